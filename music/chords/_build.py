"""From a root, degrees and a bass to the chord value: pitches, spelling, the canonical symbol."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from music.chords._chord import Chord, Degree, named_degrees
from music.chords._naming import canonical, family
from music.spelling import NoteName
from wording import Text


class _Kind(NamedTuple):
    """What a chord's degrees alone settle."""

    suffix: str
    degrees: tuple[Degree, ...]
    steps: tuple[int, ...]
    labels: tuple[str, ...]
    quality: str


@lru_cache(maxsize=8192)
def _kind(degrees: tuple[Degree, ...]) -> _Kind:
    suffix, degrees = canonical(degrees)
    steps = tuple(degree.semitones for degree in degrees)
    return _Kind(suffix, degrees, steps, tuple(map(str, degrees)), family(degrees))


def build(
    root: NoteName, degrees: tuple[Degree, ...], bass: NoteName, notes: tuple[Text, ...] = ()
) -> Chord:
    """The chord of a root, degrees and a bass."""
    kind = _kind(degrees)
    base = root.pitch_class
    name = str(root)
    chord = Chord(
        symbol=f"{name}{kind.suffix}",
        root=base,
        bass=base,
        pitch_classes=tuple([(base + step) % 12 for step in kind.steps]),
        degrees=kind.labels,
        note_names=named_degrees(root, kind.degrees),
        root_name=name,
        bass_name=name,
        quality=kind.quality,
        suffix=kind.suffix,
        notes=notes,
    )
    return chord if bass == root else over_bass(chord, root, bass)


def over_bass(chord: Chord, root: NoteName, bass: NoteName) -> Chord:
    """A chord in root position put over a bass; a bass that is no chord tone comes first."""
    lowest, name = bass.pitch_class, str(bass)
    foreign = lowest not in chord.pitch_classes
    return Chord(
        symbol=f"{chord.symbol}/{name}" if foreign or lowest != chord.root else chord.symbol,
        root=chord.root,
        bass=lowest,
        pitch_classes=(lowest, *chord.pitch_classes) if foreign else chord.pitch_classes,
        degrees=(degree_over(root, bass), *chord.degrees) if foreign else chord.degrees,
        note_names=(name, *chord.note_names) if foreign else chord.note_names,
        root_name=chord.root_name,
        bass_name=name,
        quality=chord.quality,
        suffix=chord.suffix,
        notes=chord.notes,
    )


def stack(upper: Chord, lower: Chord, root: NoteName, added: tuple[NoteName, ...]) -> Chord:
    """A polychord: the lower chord's root and bass, its notes, then the upper chord's `added`."""
    from_upper = tuple(note.pitch_class for note in added)
    return Chord(
        symbol=f"{upper.symbol}|{lower.symbol}",
        root=lower.root,
        bass=lower.bass,
        pitch_classes=lower.pitch_classes + from_upper,
        degrees=lower.degrees + tuple(degree_over(root, note) for note in added),
        note_names=lower.note_names + tuple(map(str, added)),
        root_name=lower.root_name,
        bass_name=lower.bass_name,
        quality="polychord",
        suffix=lower.suffix,
        notes=lower.notes + tuple(note for note in upper.notes if note not in lower.notes),
    )


@lru_cache(maxsize=8192)
def degree_over(root: NoteName, note: NoteName) -> str:
    """The note as a degree of the root's scale, upper tones above the octave."""
    number = (note.letter - root.letter) % 7 + 1
    number = {2: 9, 4: 11, 6: 13}.get(number, number)
    natural = Degree(number, 0).semitones
    alter = (note.pitch_class - root.pitch_class - natural + 6) % 12 - 6
    return str(Degree(number, alter))
