"""What is answered about chords on an instrument: shapes, hands, capo frets."""

from __future__ import annotations

from pydantic import BaseModel, Field


class FretShape(BaseModel):
    """One way to hold a chord: frets and fingers a string from left to right in a diagram (x and
    0 for none), the MIDI notes that sound with the capo, the difficulty 1-5."""

    frets: str
    fingers: list[int]
    notes: list[int]
    difficulty: int


class VoicedChord(BaseModel):
    """A chord as it sounds (`symbol`) and as it is fingered (`played`).

    On strings `shapes` has the best first; on a piano `left` and `right` are MIDI notes. `names`
    are the sounding notes of the first shape from the lowest up. `instead` says why another chord
    is played; `hard` that no shape is as easy as was asked.
    """

    symbol: str
    played: str
    onset: float = Field(description="quarter notes from the start, where it first sounds")
    shapes: list[FretShape] = []
    left: list[int] = []
    right: list[int] = []
    names: list[str] = []
    instead: str = ""
    instead_zh: str = ""
    hard: bool = False


class CapoRow(BaseModel):
    """A capo fret: the chords as fingered and as they sound, how hard the hardest is, and the
    effort a chord costs on average, changes included (1 is easy)."""

    capo: int
    shapes: list[str]
    sounds: list[str]
    key_of_shapes: str
    hardest: int
    effort: float
    simplified: list[str] = Field([], description="chords that are replaced by easier ones")


class Answer(BaseModel):
    """Everything that is said about one song on one instrument."""

    instrument: str
    tuning: str = ""
    capo: int = 0
    manner: str = ""
    chords: list[VoicedChord]
    capos: list[CapoRow] = []
