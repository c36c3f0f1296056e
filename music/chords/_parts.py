"""What the parts of a chord symbol add up to: from notes taken while reading to degrees."""

from __future__ import annotations

from dataclasses import dataclass, field

from music.chords import _readings as readings
from music.chords._chord import Degree
from wording import Text


@dataclass(slots=True)
class Parts:
    """What the parts read so far say, before the chord is stacked."""

    minor: bool = False
    major: bool = False  # of the seventh
    delta: bool = False  # a triangle or ^, which alone brings a seventh
    family: str = ""  # "", "dim", "half", "aug", "alt"
    power: bool = False
    six: bool = False
    extension: int = 0
    implied: bool = False  # the seventh of ø and alt, which a written number replaces
    suspended: list[Degree] = field(default_factory=list)
    altered: list[Degree] = field(default_factory=list)
    added: list[Degree] = field(default_factory=list)
    omitted: set[int] = field(default_factory=set)
    notes: list[Text] = field(default_factory=list)
    started: bool = False
    last: str = ""  # kind of the part before this one
    listing: str = ""  # "add" or "omit" while their numbers go on: add9,11
    depth: int = 0  # open brackets

    @property
    def is_minor(self) -> bool:
        """Whether the third, if there is one, is minor."""
        return self.minor or self.family in ("dim", "half")

    def note(self, reading: Text) -> None:
        """Remember a reading, once."""
        if reading not in self.notes:
            self.notes.append(reading)

    def alter(self, number: int, alter: int) -> None:
        """A sharpened or flattened degree."""
        self._place(number, alter, self.altered)

    def add(self, number: int, alter: int = 0) -> None:
        """A degree added to what the chord has."""
        if number == 7 and not alter:
            self.extension = max(self.extension, 7)
        elif number == 6 and not alter and not self.extension:
            self.six = True
        else:
            self._place(number, alter, self.added)

    def _place(self, number: int, alter: int, to: list[Degree]) -> None:
        upper = {2: 9, 4: 11, 6: 13, 10: 3}.get(number, number)
        if number == 10 and alter < 0:
            upper, alter = 9, 1  # b10 is another name for #9
        if upper == 3 and alter == -1 and not (self.power or self.suspended):
            self.minor = True
        elif upper == 7 and alter == 1 and to is self.added and self.extension and not self.major:
            to.append(Degree(7, 0))  # beside the seventh that the chord has
        elif upper == 7:
            self.extension, self.major = max(self.extension, 7), alter == 1
            self.family = self.family if alter > -2 else "dim"
        else:
            to.append(Degree(upper, alter))

    def degrees(self) -> tuple[Degree, ...]:
        """Stack the chord: the triad, sixth and seventh, then what lies above."""
        altered = {degree.number for degree in self.altered}
        found = [Degree(1, 0), *self._triad(altered)]
        if self.six:  # beside a seventh the sixth is the thirteenth
            found.append(Degree(13 if self.extension else 6, 0))
        if self.extension >= 7:
            found.append(self._seventh())
        if self.family == "alt":
            found += [Degree(9, -1), Degree(9, 1), Degree(11, 1), Degree(13, -1)]
            self.note(readings.ALTERED)
        found += [Degree(n, 0) for n in self._stacked() if n not in altered]
        found += [d for d in self.altered if d.number != 5] + self.added
        kept: dict[int, Degree] = {}
        for degree in sorted(found):
            if degree.number not in self.omitted:
                kept.setdefault(degree.semitones, degree)
        return tuple(kept.values())

    def _triad(self, altered: set[int]) -> list[Degree]:
        if self.suspended:
            third = sorted(set(self.suspended))
        else:
            third = [] if self.power else [Degree(3, -1 if self.is_minor else 0)]
        fifths = [degree for degree in self.altered if degree.number == 5]
        if self.family == "alt":
            fifths.clear()  # its #11 and b13 sound already
        if self.family == "aug":
            fifths.append(Degree(5, 1))
        elif self.family in ("dim", "half") and 5 not in altered:
            fifths.append(Degree(5, -1))
        elif not fifths and self.family != "alt":
            fifths.append(Degree(5, 0))
        return third + fifths

    def _seventh(self) -> Degree:
        if self.major:
            return Degree(7, 0)
        return Degree(7, -2 if self.family == "dim" else -1)

    def _stacked(self) -> list[int]:
        """The ninth, eleventh and thirteenth that the extension brings with it."""
        extension, minor, open_third = self.extension, self.is_minor, bool(self.suspended)
        third_clashes = not minor and not open_third and 3 not in self.omitted
        stacked = [9] if extension >= 9 else []
        if extension == 11:
            stacked.append(11)
            if third_clashes:
                self.note(readings.ELEVEN)
        if extension == 13:
            stacked.append(13)
            if minor and not open_third:
                self.note(readings.MINOR_THIRTEEN)
            elif third_clashes and not any(d.number == 11 for d in self.altered + self.added):
                self.note(readings.THIRTEEN)
        return stacked
