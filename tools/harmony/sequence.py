"""The chord-sequence model: what chord comes next, in any key, style and place in the form.

A small recurrent network, which also says how far to trust the song's own past (`_recurrence`), is
mixed with smoothed counts in the key's frame and of root motions, from pop, standards and jazz, and
for styles that the corpora lack with the progressions players are taught. The weights of the
mixture were fitted by expectation-maximisation on songs kept apart; the card beside the weights
has data and figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType

import numpy as np

from music.keys import parse_key
from music.roman import chord_of
from tools.harmony import patterns
from tools.harmony._network import Network
from tools.harmony._ngrams import NGrams, Vector
from tools.harmony._place import Place
from tools.harmony._recurrence import Recurrence, recurrences
from tools.harmony._vocabulary import SIZE, START, TYPES, frame, shifted, token

WEIGHTS = "sequence.npz"
DOMAINS = ("pop", "standards", "jazz")
UNKNOWN = len(DOMAINS)  # the domain of a song whose style is not said
# Styles of the other domains than pop.
_STANDARD_STYLES = ("waltz", "classical", "hymn", "folk", "country", "ballad")
_OF_DOMAIN = MappingProxyType(
    {
        **dict.fromkeys(("jazz", "blues", "bossa_nova"), 2),
        **dict.fromkeys(_STANDARD_STYLES, 1),
    }
)
# How much the taught progressions of a style weigh against the corpora where nothing is copied
# (`static`), which is to show the style; in the full model the corpora speak for what they hold.
_TAUGHT_SHARE = MappingProxyType({"pop": 0.3, "rock": 0.15, "jazz": 0.3, "folk": 0.2})
_TAUGHT_ELSEWHERE = 0.35
_TAUGHT_BESIDE = MappingProxyType(
    {"pop": 0.0, "jazz": 0.0, "rock": 0.05, **dict.fromkeys(_STANDARD_STYLES, 0.05)}
)
_TAUGHT_BESIDE_ELSEWHERE = 0.2
BUCKETS = 4


def bucket(found: Sequence[Recurrence]) -> int:
    """Index of the mixture's weights: how long a turn the song now repeats (none, up to 2 chords,
    up to 4, longer)."""
    level = found[0].level
    return 0 if not level else 1 + (level >= 12) + (level >= 20)


class ChordModel:
    """Distributions over the next chord token.

    `models` are n-grams in the key's frame, one a domain, then the same by root motion. `mixtures`
    is [domain or unknown, bucket, component]: the network with the song's own past, the n-gram
    models in order, and a uniform share. `fresh` is [domain or unknown, component]: the
    n-gram models and a uniform share, where the song's past does not count. `repeats` is [domain or
    unknown, RUNS]: how often a chord stays, see `_repeats`.
    """

    def __init__(
        self,
        models: Sequence[NGrams],
        network: Network,
        mixtures: np.ndarray,
        fresh: np.ndarray,
        repeats: np.ndarray,
    ) -> None:
        self.models, self.network = models, network
        self.mixtures, self.fresh, self.repeats = mixtures, fresh, repeats

    def distribution(
        self,
        history: Sequence[int],
        style: str | None = "pop",
        opening: bool = True,
        place: Place = Place(),  # noqa: B008 - immutable
    ) -> Vector:
        """Probabilities of the next *different* chord, summing to 1. Without `opening` the history
        need not be how the song starts; without `style` it may be of any."""
        return self.expected(history, {0: 1.0}, style, opening, place)

    def expected(
        self,
        history: Sequence[int],
        frames: Mapping[int, float],
        style: str | None,
        opening: bool = True,
        place: Place = Place(),  # noqa: B008 - immutable
        own_past: bool = True,
    ) -> Vector:
        """The same for tokens counted from pitch class 0, averaged over the frames that the key may
        have, by their probabilities. Without `own_past` the song is not expected to repeat
        itself."""
        found = recurrences(history if own_past else ())
        domain = domain_of(style)
        weights = self.mixtures[domain, bucket(found)]
        origins = tuple(frames)
        beside = _TAUGHT_BESIDE.get(style or "pop", _TAUGHT_BESIDE_ELSEWHERE)
        opinion = self.network.opinion(history, origins, domain, place, found, opening)
        p: Vector = np.zeros(SIZE)
        for at, origin in enumerate(origins):
            trust = opinion.trust[at] * weights[0]
            past = [shifted(item, -origin) for item in history]
            fresh = trust[0] * opinion.chords[at] + self._counted(past, weights[1:], opening)
            fresh = _coloured(fresh, past, style, opening, beside)
            p += frames[origin] * np.roll(fresh, origin * len(TYPES))
            for share, source in zip(trust[1:].tolist(), found, strict=True):
                for item, part in source.following.items():
                    p[item] += frames[origin] * share * part
        if history:
            p[history[-1]] = 0.0
        return np.asarray(p / p.sum())

    def static(self, history: Sequence[int], style: str, opening: bool = True) -> Vector:
        """What is expected where the song's own past does not count; not normalised."""
        p = self._counted(history, self.fresh[domain_of(style)], opening)
        share = _TAUGHT_SHARE.get(style, _TAUGHT_ELSEWHERE)
        return _coloured(p, history, style, opening, share)

    def _counted(self, history: Sequence[int], weights: np.ndarray, opening: bool) -> Vector:
        """The n-gram models with these weights, and a uniform share."""
        p: Vector = np.full(SIZE, weights[-1] / SIZE)
        for weight, model in zip(weights.tolist(), self.models, strict=False):
            if weight > _TOO_LITTLE:
                p += weight * model.distribution(history, _order(history, opening))
        return p


_TOO_LITTLE = 0.002  # shares that are not worth the time


def _order(history: Sequence[int], opening: bool) -> int | None:
    return None if opening or not history else len(history)


def _coloured(
    p: Vector, history: Sequence[int], style: str | None, opening: bool, share: float
) -> Vector:
    """Leaning by `share` to the style's taught progressions, if there are any."""
    taught = taught_model(style) if style and share else None
    if taught is None:
        return p
    lesson = taught.distribution(history, _order(history, opening))
    return np.asarray((1 - share) * p + share * p.sum() * lesson)


def domain_of(style: str | None) -> int:
    """Index into `DOMAINS` of the corpora nearest to a style; pop for all others."""
    return UNKNOWN if style is None else _OF_DOMAIN.get(style, 0)


@cache
def taught_model(style: str) -> NGrams | None:
    """Counts of the style's taught progressions, each also as a loop; None without any."""
    songs: list[list[int]] = []
    for table, key in ((patterns.MAJOR, parse_key("C")), (patterns.MINOR, parse_key("Am"))):
        for row in table.get(style, ()):
            once = [token(chord_of(text, key), frame(key)) for text in row.split()]
            songs.append(without_repeats(once * 2))
    return NGrams.count(songs, 3, moving=False) if songs else None


def without_repeats(items: Iterable[int]) -> list[int]:
    """The tokens, each run of one token as a single one."""
    kept: list[int] = []
    for item in items:
        if not kept or kept[-1] != item:
            kept.append(item)
    return kept


def to_arrays(model: ChordModel, network: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The model as arrays to save: the network's, and for every table of n-grams a row each, its
    last column the count."""
    arrays: dict[str, np.ndarray] = {
        "mixtures": model.mixtures.astype(np.float32),
        "fresh": model.fresh.astype(np.float32),
        "repeats": model.repeats.astype(np.float32),
        "moving": np.array([counts.moving for counts in model.models]),
        **{f"n_{name}": array.astype(np.float16) for name, array in network.items()},
    }
    for number, counts in enumerate(model.models):
        for order, table in enumerate(counts.tables):
            rows = [
                [*([-1] * (order - len(context))), *context, target, count]
                for context, found in table.items()
                for target, count in found.items()
            ]
            arrays[f"m{number}o{order}"] = np.array(rows, dtype=np.int16)
    return arrays


def from_arrays(arrays: Mapping[str, np.ndarray]) -> ChordModel:
    """The inverse of `to_arrays`."""
    models = []
    for number, moving in enumerate(arrays["moving"]):
        tables = []
        order = 0
        while f"m{number}o{order}" in arrays:
            table: dict[tuple[int, ...], dict[int, int]] = {}
            for row in arrays[f"m{number}o{order}"].tolist():
                table.setdefault(tuple(row[:-2]), {})[row[-2]] = row[-1]
            tables.append(table)
            order += 1
        models.append(NGrams(tables, bool(moving)))
    network = Network({name[2:]: array for name, array in arrays.items() if name[:2] == "n_"})
    shares = [arrays[name].astype(np.float64) for name in ("mixtures", "fresh", "repeats")]
    return ChordModel(models, network, *shares)


@cache
def chord_model() -> ChordModel:
    """The shipped model."""
    with resources.files("tools.harmony").joinpath("weights", WEIGHTS).open("rb") as file:
        return from_arrays(dict(np.load(file)))


__all__ = ["START", "ChordModel", "chord_model", "taught_model", "without_repeats"]
