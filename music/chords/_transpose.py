"""Moving chords to other keys."""

from __future__ import annotations

from music.chords._chord import Chord
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
    if chord.symbol.endswith(f"/{chord.bass_name}"):
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
