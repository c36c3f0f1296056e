"""Chord symbols: read them, spell them, move them to another key, and name sets of notes."""

from music.chords._chord import BadChord, Chord
from music.chords._harte import parse_harte
from music.chords._parse import NO_CHORD, parse_chord
from music.chords._transpose import (
    spell_root,
    symbol_for,
    symbols_for,
    transpose_chord,
    transpose_symbol,
)

__all__ = [
    "NO_CHORD",
    "BadChord",
    "Chord",
    "parse_chord",
    "parse_harte",
    "spell_root",
    "symbol_for",
    "symbols_for",
    "transpose_chord",
    "transpose_symbol",
]
