"""Note names: letters with accidentals, their pitch classes, and which name reads best where."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

LETTERS = "CDEFGAB"
_LETTER_PITCH = (0, 2, 4, 5, 7, 9, 11)
# Position of each letter on the line of fifths, C = 0.
_LETTER_FIFTHS = (0, 2, 4, -1, 1, 3, 5)
# Names that musicians use for the black keys when nothing says otherwise.
_USUAL = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


class NoteName(NamedTuple):
    """A letter (0 = C ... 6 = B) with an alteration in semitones (-1 = flat)."""

    letter: int
    alter: int

    @property
    def pitch_class(self) -> int:
        """0-11, C = 0."""
        return (_LETTER_PITCH[self.letter] + self.alter) % 12

    @property
    def fifths(self) -> int:
        """Position on the line of fifths: C = 0, G = 1, F = -1."""
        return _LETTER_FIFTHS[self.letter] + 7 * self.alter

    def __str__(self) -> str:
        return LETTERS[self.letter] + ("#" * self.alter if self.alter > 0 else "b" * -self.alter)

    def up(self, steps: int, semitones: int) -> NoteName:
        """The note that many letters and semitones higher (an interval)."""
        letter = (self.letter + steps) % 7
        natural = (_LETTER_PITCH[letter] - _LETTER_PITCH[self.letter]) % 12
        alter = (semitones - natural + self.alter + 6) % 12 - 6
        return NoteName(letter, alter)


@lru_cache(maxsize=1024)
def note_name(text: str) -> NoteName:
    """Read "Bb", "f#", "C##". Raises `ValueError`."""
    letter = LETTERS.find(text[:1].upper()) if text else -1
    accidentals = text[1:]
    if letter < 0 or accidentals.strip("#b") or ("#" in accidentals and "b" in accidentals):
        raise ValueError(f"not a note name: {text!r}")
    return NoteName(letter, accidentals.count("#") - accidentals.count("b"))


@cache
def by_fifths(position: int) -> NoteName:
    """The note at a place on the line of fifths."""
    letter = _LETTER_FIFTHS.index((position + 1) % 7 - 1)
    return NoteName(letter, (position - _LETTER_FIFTHS[letter]) // 7)


@cache
def spell(pitch_class: int, centre: int | None = None) -> NoteName:
    """A name for a pitch class.

    With `centre`, a place on the line of fifths (the tonic's for a major key), the name lies
    between five fifths below and six above it: the scale, the usual flats and the raised fourth.
    """
    if centre is None:
        return note_name(_USUAL[pitch_class % 12])
    low = centre - 5
    steps = (7 * pitch_class - low) % 12
    return by_fifths(low + steps)
