"""Moving chords to other keys, and naming sets of notes."""

from __future__ import annotations

from collections.abc import Iterable

from music.chords._chord import Chord
from music.chords._naming import names
from music.chords._parse import parse_chord
from music.keys import Key
from music.spelling import note_name, spell

# Roots of minor chords read better as sharps where majors take flats: C#m, not Dbm.
_MINOR_ROOTS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")


def spell_root(pitch_class: int, *, minor: bool = False, key: Key | None = None) -> str:
    """The best name of a chord root: in `key` when there is one, else the usual one."""
    if key is not None:
        return key.spell(pitch_class % 12)
    return _MINOR_ROOTS[pitch_class % 12] if minor else str(spell(pitch_class))


def transpose_chord(chord: Chord, semitones: int, key: Key | None = None) -> Chord:
    """The chord moved up, with its root spelled for `key`, the key of the *result*.

    Without a key the usual root names are taken; moving by 0 leaves the spelling as it is.
    """
    if not chord.sounds or (semitones % 12 == 0 and key is None):
        return chord
    if "|" in chord.symbol:
        parts = [transpose_symbol(part, semitones, key) for part in chord.symbol.split("|")]
        return parse_chord("|".join(parts))
    root = spell_root(chord.root + semitones, minor=chord.is_minor, key=key)
    bass = ""
    if chord.bass != chord.root:
        bass = "/" + _bass_name(chord, root)
    return parse_chord(f"{root}{chord.suffix}{bass}")


def _bass_name(chord: Chord, root: str) -> str:
    """The bass keeps its interval from the root: D/F# becomes Eb/G, never Eb/F##."""
    old_root, old_bass = note_name(chord.root_name), note_name(chord.bass_name)
    name = note_name(root).up(
        old_bass.letter - old_root.letter, old_bass.pitch_class - old_root.pitch_class
    )
    return str(name if abs(name.alter) < 2 else spell(name.pitch_class))


def transpose_symbol(symbol: str, semitones: int, key: Key | None = None) -> str:
    """`transpose_chord` for text. Raises `BadChord`."""
    return transpose_chord(parse_chord(symbol), semitones, key).symbol


def symbols_for(
    pitch_classes: Iterable[int], bass: int | None = None, key: Key | None = None, limit: int = 8
) -> list[str]:
    """Names for a set of notes, the likeliest first; empty when no usual chord has them.

    `bass` is the lowest note when known; it makes its own root likelier and others inversions.
    """
    pitches = frozenset(pitch % 12 for pitch in pitch_classes)
    found: dict[str, None] = {}
    for _, root, suffix in names(pitches | ({bass % 12} if bass is not None else set()), bass):
        minor = suffix.startswith("m") and not suffix.startswith("maj")
        name = spell_root(root, minor=minor, key=key) + suffix
        if bass is not None and bass % 12 != root:
            name += f"/{_lowest(name, bass % 12, key)}"
        found[parse_chord(name).symbol] = None
    return list(found)[:limit]


def _lowest(name: str, bass: int, key: Key | None) -> str:
    chord = parse_chord(name)
    if bass in chord.pitch_classes:
        return chord.note_names[chord.pitch_classes.index(bass)]
    return key.spell(bass) if key else str(spell(bass))


def symbol_for(
    pitch_classes: Iterable[int], bass: int | None = None, key: Key | None = None
) -> str | None:
    """The likeliest name for a set of notes, or None when no usual chord has them."""
    found = symbols_for(pitch_classes, bass, key, limit=1)
    return found[0] if found else None
