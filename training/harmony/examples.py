"""Songs as the chord-sequence model learns them: tokens, places, and the song's own past."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from music.song import bar_length
from tools.harmony._place import Place
from tools.harmony._recurrence import KINDS, recurrences
from tools.harmony._vocabulary import TYPES, frame, token
from training.harmony.corpora import Work

# Ways in which charts of other books write the same song, so that the network learns to follow
# the colours of the song before it: types and what they are written as.
_PLAIN_SEVENTHS = MappingProxyType(
    {
        **dict.fromkeys(("9", "13", "7b9", "7#9", "7#5", "7#11", "7alt"), "7"),
        "maj9": "maj7", "m9": "m7", "m11": "m7", "6/9": "6", "9sus4": "7sus4", "add9": "",
    }
)  # fmt: skip
_TRIADS = MappingProxyType(
    {
        **dict.fromkeys(("7", "maj7", "6", "sus4", "sus2", "7sus4", "5"), ""),
        **dict.fromkeys(("m7", "m6", "mMaj7"), "m"), "dim7": "dim", "m7b5": "dim",
    }
)  # fmt: skip
_SEVENTHS = MappingProxyType({"": "maj7", "6": "maj7", "m": "m7", "m6": "m7", "dim": "dim7"})
_DOMINANT_DEGREES = frozenset((2, 4, 7, 9, 11))  # major triads there become sevenths


@dataclass(frozen=True)
class Example:
    """A song without immediate repeats: tokens [chord], features of their places [chord, WIDTH];
    what the song's past gave each chord [chord, kind] and the levels of trust [chord, kind]."""

    group: str
    source: str
    domain: int
    tokens: tuple[int, ...]
    places: np.ndarray
    recurred: np.ndarray
    levels: np.ndarray
    weight: float = 1.0


def place(work: Work, onset: float) -> Place:
    """Where in its section, or in the song if no sections are marked, a chord stands."""
    bar = bar_length(work.metre)
    if not work.sections:
        bars = None if work.end is None else round(work.end / bar)
        return Place(onset / bar + 1.0, bars)
    at = max(0, bisect_right([section.onset for section in work.sections], onset + 1e-6) - 1)
    start, name = work.sections[at]
    end = work.sections[at + 1].onset if at + 1 < len(work.sections) else work.end
    bars = None if end is None else round((end - start) / bar)
    return Place(max(0.0, onset - start) / bar + 1.0, bars, name)


def placed_tokens(work: Work) -> list[tuple[int, Place]]:
    """The song's changes in its key's frame, with their places."""
    origin = frame(work.key)
    found: list[tuple[int, Place]] = []
    for onset, chord in work.placed_changes():
        item = token(chord, origin)
        if not found or found[-1][0] != item:
            found.append((item, place(work, onset)))
    return found


def example(work: Work, domain: int, weight: float = 1.0) -> Example:
    """The song as it is written."""
    placed = placed_tokens(work)
    features = np.array([where.features() for _, where in placed], dtype=np.float32)
    return _example(work, domain, [item for item, _ in placed], features, weight)


def variants(one: Example) -> Iterator[Example]:
    """The song with plain sevenths, with triads, and, if it is no pop, with sevenths throughout."""
    plain = [_retyped(item, _PLAIN_SEVENTHS) for item in one.tokens]
    others = [(plain, 0.3), ([_retyped(item, _TRIADS) for item in plain], 0.15)]
    if one.domain:
        others.append(([_with_seventh(item) for item in plain], 0.15))
    for items, weight in others:
        kept = [at for at in range(len(items)) if not at or items[at - 1] != items[at]]
        if tuple(items) != one.tokens and len(kept) > 3:
            places = one.places[kept]
            yield _example(one, one.domain, [items[at] for at in kept], places, weight * one.weight)


def _example(
    song: Work | Example, domain: int, items: Sequence[int], places: np.ndarray, weight: float
) -> Example:
    recurred = np.zeros((len(items), len(KINDS)), dtype=np.float32)
    levels = np.zeros((len(items), len(KINDS)), dtype=np.int64)
    for at, item in enumerate(items):
        for kind, found in enumerate(recurrences(items[:at])):
            recurred[at, kind] = found.following.get(item, 0.0)
            levels[at, kind] = found.level
    return Example(song.group, song.source, domain, tuple(items), places, recurred, levels, weight)


def _retyped(item: int, types: Mapping[str, str]) -> int:
    root, kind = divmod(item, len(TYPES))
    return root * len(TYPES) + TYPES.index(types.get(TYPES[kind], TYPES[kind]))


def _with_seventh(item: int) -> int:
    root, kind = divmod(item, len(TYPES))
    if TYPES[kind] == "" and root in _DOMINANT_DEGREES:
        return root * len(TYPES) + TYPES.index("7")
    return _retyped(item, _SEVENTHS)
