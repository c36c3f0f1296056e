"""What a substitution rule sees, a chord between its neighbours, and what it makes: a move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from music.chords import Chord, parse_chord, spell_root
from music.keys import Key
from tools.styles import Style
from wording import Text

# Suffixes of the chord kinds that rules write, by how rich the row is.
_SUFFIXES = MappingProxyType(
    {
        "power": {"maj": "5", "min": "5", "dom": "", "hdim": "dim", "dim": "dim"},
        "triads": {"maj": "", "min": "m", "dom": "7", "hdim": "m7b5", "dim": "dim7"},
        "sevenths": {"maj": "maj7", "min": "m7", "dom": "7", "hdim": "m7b5", "dim": "dim7"},
    }
)


@dataclass(frozen=True)
class Span:
    """A chord that sounds from `onset` for `length` quarter notes. A fixed one never changes."""

    symbol: str
    onset: float
    length: float
    fixed: bool = False

    @property
    def chord(self) -> Chord:
        """The chord of the symbol."""
        return parse_chord(self.symbol)


@dataclass(frozen=True)
class Move:
    """Replaces `count` spans from `at` by chords, each with its share of their time.

    `spice` 1 to 3; `near` are the places of the row that `why` speaks of, which have to stay as
    they are; `keeps`: the function (tonic, predominant, dominant) stays.
    """

    at: int
    count: int
    chords: tuple[tuple[str, float], ...]
    kind: str
    spice: int
    why: Text
    near: frozenset[int]
    keeps: bool

    def spans(self, row: Sequence[Span]) -> list[Span]:
        """The spans that the move puts in the place of the old ones."""
        onset = row[self.at].onset
        total = sum(span.length for span in row[self.at : self.at + self.count])
        made = []
        for symbol, share in self.chords:
            made.append(Span(symbol, onset, total * share))
            onset += total * share
        return made


@dataclass(frozen=True)
class Place:
    """One chord of a row and what lies around it; the row goes round for the chord after."""

    row: tuple[Span, ...]
    at: int
    key: Key
    style: Style
    rich: str

    @property
    def span(self) -> Span:
        """The span at the place."""
        return self.row[self.at]

    @cached_property
    def chord(self) -> Chord:
        """The chord at the place."""
        return self.span.chord

    @cached_property
    def before(self) -> Chord | None:
        """The chord before, None at the start."""
        return self.row[self.at - 1].chord if self.at else None

    @cached_property
    def after(self) -> Chord:
        """The chord after; behind the last one comes the first."""
        return self.row[(self.at + 1) % len(self.row)].chord

    @property
    def last(self) -> bool:
        """Whether the row ends here."""
        return self.at == len(self.row) - 1

    @property
    def next(self) -> int:
        """The place after."""
        return (self.at + 1) % len(self.row)

    def step(self, chord: Chord) -> int:
        """Semitones of a chord's root above the tonic."""
        return (chord.root - self.key.tonic) % 12

    def falls(self, chord: Chord, into: Chord) -> bool:
        """Whether the root goes down a fifth."""
        return chord.sounds and into.sounds and (into.root - chord.root) % 12 == 5

    def name(self, root: int, kind: str, suffix: str | None = None) -> str:
        """A chord symbol on a pitch class in the row's manner; `kind` is one of maj, min, dom,
        hdim, dim, and `suffix` overrides how it is written."""
        written = _SUFFIXES[self.rich][kind] if suffix is None else suffix
        minor = kind in ("min", "hdim", "dim")
        return parse_chord(spell_root(root, minor=minor, key=self.key) + written).symbol

    def degree(self, step: int, kind: str, suffix: str | None = None) -> str:
        """Like `name`, by semitones above the tonic."""
        return self.name(self.key.tonic + step, kind, suffix)

    def note(self, pitch: int, chord: Chord) -> str:
        """A pitch class as the chord spells it, else as the key does."""
        if pitch % 12 in chord.pitch_classes:
            return chord.note_names[chord.pitch_classes.index(pitch % 12)]
        return self.key.spell(pitch % 12)

    def whole(
        self, symbol: str, kind: str, spice: int, why: Text, near: Sequence[int] = (), *,
        keeps: bool = True,
    ) -> Move:  # fmt: skip
        """A move that puts one chord in the place of this one."""
        return Move(
            self.at, 1, ((symbol, 1.0),), kind, spice, why, frozenset((*near, self.at)), keeps
        )

    def split(
        self, symbols: Sequence[str], kind: str, spice: int, why: Text, near: Sequence[int] = (),
        *, keeps: bool = True,
    ) -> Move:  # fmt: skip
        """A move that parts this chord's time: two equal halves, or a half and two quarters."""
        shares = (0.5, 0.25, 0.25) if len(symbols) == 3 else (1 / len(symbols),) * len(symbols)
        chords = tuple(zip(symbols, shares, strict=True))
        return Move(self.at, 1, chords, kind, spice, why, frozenset((*near, self.at)), keeps)


def is_dominant(chord: Chord) -> bool:
    """A major third with a minor seventh."""
    return chord.quality == "dominant"


def is_major(chord: Chord) -> bool:
    """A major third and no minor seventh or altered fifth."""
    return chord.quality == "major"


def is_minor(chord: Chord) -> bool:
    """A minor third and a perfect fifth."""
    return chord.quality in ("minor", "minor-major")


def richness(row: Sequence[Span], style: Style) -> str:
    """ "power", "triads" or "sevenths": how the row's chords are written."""
    sounding = [span.chord for span in row if span.chord.sounds]
    if sounding and sum(len(c.pitch_classes) == 2 for c in sounding) > len(sounding) / 2:
        return "power"
    four = sum(len(c.pitch_classes) > 3 for c in sounding)
    wanted = 0.34 if style.harmony.colour in ("seventh", "extended", "dominant") else 0.6
    return "sevenths" if sounding and four / len(sounding) >= wanted else "triads"


def row_of(symbols: Sequence[str], bar: float, fixed: Sequence[int] = ()) -> tuple[Span, ...]:
    """Spans of one bar each; neighbours with the same symbol are joined unless one is fixed."""
    spans: list[Span] = []
    for at, symbol in enumerate(symbols):
        span = Span(symbol, at * bar, bar, at in fixed)
        if spans and spans[-1].symbol == symbol and spans[-1].fixed == span.fixed:
            spans[-1] = replace(spans[-1], length=spans[-1].length + bar)
        else:
            spans.append(span)
    return tuple(spans)
