"""Chord symbols: read them, spell them, move them to another key, and name sets of notes."""

from music.chords._chord import BadChord, Chord
from music.chords._harte import parse_harte
from music.chords._jazzomat import parse_jazzomat
from music.chords._parse import NO_CHORD, parse_chord
from music.chords._reverse import Naming, names_for, symbol_for, symbols_for
from music.chords._transpose import spell_root, transpose_chord, transpose_symbol

__all__ = [
    "NO_CHORD",
    "BadChord",
    "Chord",
    "Naming",
    "names_for",
    "parse_chord",
    "parse_harte",
    "parse_jazzomat",
    "spell_root",
    "symbol_for",
    "symbols_for",
    "transpose_chord",
    "transpose_symbol",
]
