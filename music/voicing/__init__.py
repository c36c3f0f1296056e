"""Chords on a keyboard: voicings for two hands that lead smoothly from chord to chord."""

from music.voicing._candidates import NINTH, TENTH, Voicing, candidates
from music.voicing._comping import comp
from music.voicing._manners import MANNERS, Manner, manner_of
from music.voicing._names import pitch_names
from music.voicing._path import USUAL, Weights, voice_progression
from music.voicing._search import Costs, Pitches, cheapest, movement, parallels
from music.voicing._tones import Tones, tones_of

__all__ = [
    "MANNERS",
    "NINTH",
    "TENTH",
    "USUAL",
    "Costs",
    "Manner",
    "Pitches",
    "Tones",
    "Voicing",
    "Weights",
    "candidates",
    "cheapest",
    "comp",
    "manner_of",
    "movement",
    "parallels",
    "pitch_names",
    "tones_of",
    "voice_progression",
]
