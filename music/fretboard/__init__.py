"""Chords on fretted instruments: playable shapes, fingers, difficulty, capo and easy paths."""

from music.fretboard._capo import CapoChoice, capo_advice, lowered, with_capo
from music.fretboard._fingers import Barre
from music.fretboard._instruments import (
    GUITAR,
    TUNINGS,
    UKULELE,
    Fretted,
    UnknownTuning,
    find_tuning,
    note_names,
)
from music.fretboard._plan import Choice, Plan, change, plan
from music.fretboard._search import distinct, shapes
from music.fretboard._shape import Shape
from music.fretboard._tones import Wanted, wanted

__all__ = [
    "GUITAR",
    "TUNINGS",
    "UKULELE",
    "Barre",
    "CapoChoice",
    "Choice",
    "Fretted",
    "Plan",
    "Shape",
    "UnknownTuning",
    "Wanted",
    "capo_advice",
    "change",
    "distinct",
    "find_tuning",
    "lowered",
    "note_names",
    "plan",
    "shapes",
    "wanted",
    "with_capo",
]
