"""The chord-sequence model: what chord comes next, in any key and style.

A mixture of smoothed counts in the key's frame and of root motions, from pop and from standards,
with the song's own past (the longest context that occurred before in it) and, for styles that
the corpora lack, the progressions players are taught. Mixture weights were fitted by
expectation-maximisation on songs kept apart; the card beside the weights has data and figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import numpy as np

from music.keys import parse_key
from music.roman import chord_of
from tools.harmony import patterns
from tools.harmony._ngrams import NGrams, Vector
from tools.harmony._vocabulary import SIZE, START, frame, token

WEIGHTS = "sequence.npz"
LONGEST_MATCH = 8
DOMAINS = ("pop", "standards")
# Styles written in the manner of the standards; all others are nearer to pop.
_STANDARD_STYLES = frozenset(
    ("jazz", "blues", "bossa_nova", "waltz", "classical", "hymn", "folk", "country", "ballad")
)
# How much the taught progressions of a style weigh against the corpora.
_TAUGHT_SHARE = MappingProxyType({"pop": 0.3, "rock": 0.15, "jazz": 0.3, "folk": 0.2})
_TAUGHT_ELSEWHERE = 0.35


@dataclass(frozen=True)
class Recurrence:
    """What followed the longest recent context when it occurred before in the same song."""

    length: int
    times: int
    following: MappingProxyType[int, float]


def recurrence(history: Sequence[int]) -> Recurrence:
    """Find it; `length` is 0 when the last chord is new."""
    size = len(history)
    for length in range(min(LONGEST_MATCH, size - 1), 0, -1):
        tail = history[size - length :]
        found = [history[at] for at in range(length, size) if history[at - length : at] == tail]
        if found:
            shares = {item: n / len(found) for item, n in Counter(found).items()}
            return Recurrence(length, len(found), MappingProxyType(shares))
    return Recurrence(0, 0, MappingProxyType({}))


def bucket(found: Recurrence) -> int:
    """Index of the mixture weights: by length (1-6) and times (1-3); 0 without recurrence."""
    if not found.length:
        return 0
    return 1 + (min(found.length, 6) - 1) * 3 + min(found.times, 3) - 1


BUCKETS = 19


class ChordModel:
    """Distributions over the next chord token. `mixtures` is [domain, bucket, component]:
    the n-gram models in order, the recurrence, and a uniform share."""

    def __init__(self, models: Sequence[NGrams], mixtures: np.ndarray) -> None:
        self.models = models
        self.mixtures = mixtures

    def distribution(
        self, history: Sequence[int], style: str = "pop", opening: bool = True
    ) -> Vector:
        """Probabilities of the next *different* chord, summing to 1. Without `opening` the history
        need not be how the song starts."""
        history = list(history)
        found = recurrence(history)
        weights = self.mixtures[_domain(style), bucket(found)]
        p = self.static(history, style, weights, opening)
        for item, share in found.following.items():
            p[item] += weights[-2] * share
        if history:
            p[history[-1]] = 0.0
        p /= p.sum()
        return p

    def static(
        self,
        history: Sequence[int],
        style: str,
        weights: np.ndarray | None = None,
        opening: bool = True,
    ) -> Vector:
        """The part that does not look for recurrences, not normalised."""
        order = None if opening or not history else len(history)
        if weights is None:
            weights = self.mixtures[_domain(style), 0]
        p: Vector = np.full(SIZE, weights[-1] / SIZE)
        share = sum(weights[:-2])
        taught = taught_model(style)
        own = _TAUGHT_SHARE.get(style, _TAUGHT_ELSEWHERE) if taught else 0.0
        for weight, model in zip(weights, self.models, strict=False):
            p += weight * (1 - own) * model.distribution(history, order)
        if taught:
            p += share * own * taught.distribution(history, order)
        return p


def _domain(style: str) -> int:
    return int(style in _STANDARD_STYLES)


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


def to_arrays(models: Sequence[NGrams], mixtures: np.ndarray) -> dict[str, np.ndarray]:
    """The model as arrays to save: for every table a row per n-gram, its last column the count."""
    arrays: dict[str, np.ndarray] = {
        "mixtures": mixtures.astype(np.float32),
        "moving": np.array([model.moving for model in models]),
    }
    for number, model in enumerate(models):
        for order, table in enumerate(model.tables):
            rows = [
                [*([-1] * (order - len(context))), *context, target, count]
                for context, found in table.items()
                for target, count in found.items()
            ]
            arrays[f"m{number}o{order}"] = np.array(rows, dtype=np.int16)
    return arrays


def from_arrays(arrays: dict[str, np.ndarray]) -> ChordModel:
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
    return ChordModel(models, arrays["mixtures"].astype(np.float64))


@cache
def chord_model() -> ChordModel:
    """The shipped model."""
    with resources.files("tools.harmony").joinpath("weights", WEIGHTS).open("rb") as file:
        return from_arrays(dict(np.load(file)))


__all__ = ["START", "ChordModel", "chord_model", "recurrence", "taught_model", "without_repeats"]
