"""From triads under a melody to chord symbols in a style, in several versions."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from music.key_finding import KeyScore, keys_of_notes
from music.keys import Key, parse_key
from music.song import ChordEvent, Note
from tools.harmony._colour import chromatic_share, enriched
from tools.harmony._slots import CLASSES, Matrix, Slot, class_of, slots, without_held_note
from tools.harmony._vocabulary import TYPES, frame, intervals, root_of, symbol, type_of
from tools.harmony.harmoniser import Harmony, decode, network, read_in, root_and_mode
from tools.styles import Style
from wording import FriendlyError

_OTHER_VERSION = 1.2  # log-odds taken from what earlier versions chose
_COMES_HOME = 1.2  # log-odds for the tonic under a last note that belongs to it
_HELD = 2.0  # log-odds against a last chord that lacks the note held over it
_EXCERPT, _STRAYS = 4, 1.5  # bars of a scrap of tune, where chords outside the key need reasons
_KEYS, _DOUBT = 3, 0.1  # how many keys an unnamed key may be, and how probable each must be
_CLASH = 0.3  # share of a slot that the melody may spend a semitone above a chord's seventh
_MOST_BARS = 2000  # of one melody or section: over an hour of music at 120 a minute
# What the harmoniser's training songs call the styles; a style not named here is unknown to it.
_IDIOMS = MappingProxyType(
    {
        "folk": "folk", "country": "folk", "chinese": "folk", "hymn": "hymn", "classical": "hymn",
        "jazz": "jazz", "bossa_nova": "jazz", "blues": "jazz", "pop": "standards",
        "ballad": "standards", "waltz": "standards",
    }
)  # fmt: skip


class LongMelody(FriendlyError):
    """More bars than anything that is sung."""

    def __init__(self, bars: int) -> None:
        super().__init__(
            f"This melody takes {bars:,} bars. I can harmonise up to {_MOST_BARS:,} at a time.",
            f"这段旋律有 {bars} 小节。一次最多可以给 {_MOST_BARS} 小节配和弦。",
        )


@dataclass(frozen=True)
class Request:
    """A melody from bar 1 on (pickup before 0), and how to harmonise it."""

    melody: tuple[Note, ...]
    key: Key
    bar: float
    per_bar: int
    style: Style | None
    end: float
    other_keys: tuple[KeyScore, ...] = ()

    def keys(self) -> list[tuple[Key, float]]:
        """What the key may be, with probabilities: the named one, or several when estimated."""
        rest = 1.0 - sum(found.score for found in self.other_keys)
        return [(self.key, rest), *((found.key, found.score) for found in self.other_keys)]


@dataclass(frozen=True)
class Option:
    """A chord that could stand in a slot, with its probability."""

    symbol: str
    probability: float


@dataclass(frozen=True)
class Version:
    """One harmonisation: a symbol a slot, and its changes as events."""

    symbols: tuple[str, ...]
    events: tuple[ChordEvent, ...]


@dataclass(frozen=True)
class Arrangement:
    """Versions, best first, and for every slot its start and options, best first."""

    versions: tuple[Version, ...]
    starts: tuple[float, ...]
    options: tuple[tuple[Option, ...], ...]


def melody_key(melody: Sequence[Note]) -> Key:
    """The likeliest key of a melody; C major without notes."""
    found = keys_of_notes(melody)
    return found[0].key if found else parse_key("C")


def other_keys(melody: Sequence[Note]) -> tuple[KeyScore, ...]:
    """What else than `melody_key` the key could well be."""
    return tuple(found for found in keys_of_notes(melody)[1:_KEYS] if found.score > _DOUBT)


def arrange(
    request: Request, limit: int, seed: int, check: Callable[[], None] = lambda: None
) -> Arrangement:
    """Harmonise a melody in up to `limit` versions that differ; `check` is called for every key of
    each. Raises `LongMelody`."""
    if request.end > _MOST_BARS * request.bar + 1e-6:
        raise LongMelody(math.ceil(request.end / request.bar))
    places = slots(request.end, request.bar, request.per_bar)
    lean = _style_lean(request, len(places))
    lean[-1] -= _HELD * without_held_note(request.melody, places[-1], request.key)
    found: list[Harmony] = []
    idiom = _IDIOMS.get(request.style.name) if request.style else None
    readings = read_in(request.melody, places, request.keys(), request.bar, idiom, check)
    for _ in range(limit):
        harmony = decode(readings, lean, check)
        if all(harmony.best != other.best for other in found):
            found.append(harmony)
        lean = lean.copy()
        lean[np.arange(len(places)), harmony.best] -= _OTHER_VERSION
        # Beginning and end stay where the tune is at home.
        lean[[0, -1], [harmony.best[0], harmony.best[-1]]] += _OTHER_VERSION
    versions = []
    for harmony in found:
        check()
        versions.append(_version(harmony.best, places, request, seed))
    check()
    starts = tuple(slot.start for slot in places)
    return Arrangement(tuple(versions), starts, _options(found[0], places, request))


def _style_lean(request: Request, size: int) -> Matrix:
    """What a style thinks of chords outside the key; and a tune that ends on a note of the
    tonic triad comes home."""
    lean = np.zeros((size, CLASSES))
    home = class_of(request.key.tonic - frame(request.key), "m" if request.key.is_minor else "")
    last = max(request.melody, key=lambda note: note.onset, default=None)
    step = (last.pitch - request.key.tonic) % 12 if last else -1
    if step in (0, 3 if request.key.is_minor else 4):
        lean[-1, home] += _COMES_HOME if step else 2 * _COMES_HOME
    outside = _outside(request.key)
    if request.style is not None:
        lean[:, outside] += 0.5 * np.log(chromatic_share(request.style))
    if request.end <= _EXCERPT * request.bar + 1e-6:
        lean[:, outside] -= _STRAYS
    return lean


def _outside(key: Key) -> list[int]:
    """Classes with tones that the key does not have; minor keys have their leading tone."""
    inside = {(pitch - frame(key)) % 12 for pitch in key.pitch_classes}
    inside |= {8} if key.is_minor else set()
    found = []
    for kind in range(CLASSES):
        root, suffix = root_and_mode(kind)
        suffix = "dim" if suffix == "m" and network().diminished[root] else suffix
        if not {(root + step) % 12 for step in intervals(suffix)} <= inside:
            found.append(kind)
    return found


def _options(
    harmony: Harmony, places: Sequence[Slot], request: Request
) -> tuple[tuple[Option, ...], ...]:
    origin = frame(request.key)
    rows = []
    for row, place in zip(harmony.probabilities, places, strict=True):
        best = np.argsort(-row, kind="stable")[:4].tolist()
        names = (symbol(_token(kind, place, request), origin, request.key) for kind in best)
        shares = (round(float(row[kind]), 4) for kind in best)
        rows.append(tuple(Option(name, share) for name, share in zip(names, shares, strict=True)))
    return tuple(rows)


def _token(kind: int, place: Slot, request: Request) -> int:
    """The triad of a class: diminished on the roots where songs have it so, unless the melody
    sings the perfect fifth."""
    root, suffix = root_and_mode(kind)
    if suffix == "m" and network().diminished[root]:
        fifth = (root + frame(request.key) + 7) % 12
        suffix = "m" if _dwelt(request.melody, fifth, place) > 0.0 else "dim"
    return root * len(TYPES) + TYPES.index(suffix)


def _version(
    classes: Sequence[int], places: Sequence[Slot], request: Request, seed: int
) -> Version:
    items = [_token(kind, place, request) for kind, place in zip(classes, places, strict=True)]
    if request.style is None:
        items = _with_dominant_sevenths(items, request.key)
    else:
        coloured = enriched(items, request.style, request.key, random.Random(seed))
        items = _held(items, coloured)
    items = [_softened(item, at, places, request) for at, item in enumerate(items)]
    names = tuple(symbol(item, frame(request.key), request.key) for item in items)
    events = tuple(
        ChordEvent(slot.start, name)
        for at, (slot, name) in enumerate(zip(places, names, strict=True))
        if at == 0 or name != names[at - 1]
    )
    return Version(names, events)


def _held(plain: Sequence[int], coloured: Sequence[int]) -> list[int]:
    """A chord that stays keeps its colour."""
    found = list(coloured)
    for at in range(1, len(found)):
        if plain[at] == plain[at - 1]:
            found[at] = found[at - 1]
    return found


def _with_dominant_sevenths(items: Sequence[int], key: Key) -> list[int]:
    """V becomes V7 where it falls to the tonic, as hymn books and folk books print it."""
    home = (key.tonic - frame(key)) % 12
    found = list(items)
    for at in range(len(items) - 1):
        dominant = type_of(items[at]) == "" and (root_of(items[at]) - home) % 12 == 7
        if dominant and root_of(items[at + 1]) == home:
            found[at] = root_of(items[at]) * len(TYPES) + TYPES.index("7")
    return found


def _softened(item: int, at: int, places: Sequence[Slot], request: Request) -> int:
    """A sixth for a major seventh, where the melody dwells on the root and would grind."""
    kind = type_of(item)
    if kind not in ("maj7", "maj9"):
        return item
    slot, root = places[at], (root_of(item) + frame(request.key)) % 12
    if _dwelt(request.melody, root, slot) < _CLASH * slot.length:
        return item
    return root_of(item) * len(TYPES) + TYPES.index("6")


def _dwelt(melody: Sequence[Note], step: int, slot: Slot) -> float:
    """For how long a pitch class is sung within a slot."""
    return sum(
        min(note.onset + note.duration, slot.start + slot.length) - max(note.onset, slot.start)
        for note in melody
        if note.pitch % 12 == step
        and note.onset < slot.start + slot.length
        and note.onset + note.duration > slot.start
    )
