"""How each style is played: instruments, swing, and patterns for bars of four, three and six.

Patterns are step strings on a grid of sixteenth notes, as on a drum machine: 16 steps for four
quarters, 12 for three quarters, 12 for a bar of 6/8. `.` is silence, `-` holds, `x` and `X` play
(`X` accented), `o` is a soft stroke. In chord patterns a digit plays that voice of the chord,
counted from below; in bass patterns `R` is the root, `5` the fifth, `O` the octave and `W` a
walking note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

KICK, SIDE_STICK, SNARE, CLAP, CLOSED, PEDAL, OPEN = 36, 37, 38, 39, 42, 44, 46
CRASH, RIDE, TAMBOURINE, SHAKER = 49, 51, 54, 70

Drums = Mapping[int, str]


@dataclass(frozen=True)
class Cell:
    """One bar of accompaniment."""

    chords: str
    bass: str
    drums: Drums = field(default_factory=dict)


@dataclass(frozen=True)
class Playing:
    """General MIDI programs and cells of a style; `swing` is where the off-beat eighth falls."""

    lead: int
    comp: int
    bass: int
    four: Cell
    three: Cell
    six: Cell
    swing: float = 0.5
    strum: float = 0.0
    crash: bool = False


_ROCK_SIX: Drums = {KICK: "X...........", SNARE: "......X.....", CLOSED: "x.o.o.x.o.o."}
_ARPEGGIO_THREE = Cell("0-1-2-3-2-1-", "R-----------")
_ARPEGGIO_SIX = Cell("0-1-2-3-2-1-", "R-----5-----")
_WALTZ = Cell("....x---x---", "R---........")
_WALTZ_KIT = Cell("....x---x---", "R---........", {KICK: "x...........", CLOSED: "....x...x..."})
_SLOW_SIX = Cell("X-----x---x-", "R-----R---5-", _ROCK_SIX)
_STRUM_SIX = Cell("X---x-x---x-", "R-----5-----")

_POP = Playing(
    73, 0, 33,
    Cell(
        "X-----x---x-x---", "R-----R-R-----5-",
        {KICK: "X.....x.x.......", SNARE: "....X.......X...", CLOSED: "x.o.x.o.x.o.x.o."},
    ),
    _WALTZ_KIT, _SLOW_SIX, crash=True,
)  # fmt: skip
_BALLAD = Playing(
    73, 0, 32, Cell("0-1-2-3-2-1-2-1-", "R-------5-------"), _ARPEGGIO_THREE, _ARPEGGIO_SIX
)
_ROCK = Playing(
    27, 28, 34,
    Cell(
        "X-x-x-x-X-x-x-x-", "R-R-R-R-R-R-R-R-",
        {KICK: "X.....x.x.x.....", SNARE: "....X.......X...", CLOSED: "X.x.X.x.X.x.X.x."},
    ),
    _WALTZ_KIT, _SLOW_SIX, crash=True,
)  # fmt: skip
_FOLK = Playing(
    73, 25, 32, Cell("X---x-x---x-x-x-", "R-------5-------"),
    Cell("X---x-x-x-x-", "R-----------"), _STRUM_SIX, strum=0.02,
)  # fmt: skip
_COUNTRY = Playing(
    25, 25, 32,
    Cell(
        "....x-o-....x-o-", "R---....5---....",
        {KICK: "x.......x.......", SIDE_STICK: "....x.......x...", CLOSED: "o.o.x.o.o.o.x.o."},
    ),
    _WALTZ_KIT, _STRUM_SIX, strum=0.015,
)  # fmt: skip
_JAZZ = Playing(
    66, 0, 32,
    Cell(
        "X--...x-....x-..", "W---W---W---W---",
        {RIDE: "x...X.o.x...X.o.", PEDAL: "....x.......x..."},
    ),
    Cell("....x-....x-", "W---W---W---", {RIDE: "x...X.o.x...", PEDAL: "....x...x..."}),
    _ARPEGGIO_SIX, swing=0.66,
)  # fmt: skip
_BLUES = Playing(
    22, 16, 33,
    Cell(
        "X-..x-..x-..x-..", "W---W---W---W---",
        {KICK: "x.......x.......", SNARE: "....X.......X...", RIDE: "x.o.x.o.x.o.x.o."},
    ),
    _WALTZ_KIT, _SLOW_SIX, swing=0.66,
)  # fmt: skip
_BOSSA = Playing(
    73, 24, 32,
    Cell(
        "X-----x-..x---x-", "R-----5-5-----R-",
        {SIDE_STICK: "x.....x.....x...", KICK: "o.....o.o.....o.", CLOSED: "o.o.o.o.o.o.o.o."},
    ),
    _WALTZ, _ARPEGGIO_SIX,
)  # fmt: skip
_REGGAE = Playing(
    18, 27, 33,
    Cell(
        "....X.......X...", "R---..R-5---..R-",
        {KICK: "........X.......", SIDE_STICK: "........X.......", CLOSED: "x.o.X.o.x.o.X.o."},
    ),
    _WALTZ_KIT, _SLOW_SIX,
)  # fmt: skip
_FUNK = Playing(
    65, 27, 36,
    Cell(
        "..x.o..X..o.x..o", "R..R..O...R.5.O.",
        {KICK: "X..x..x...x.....", SNARE: "....X..o.o..X..o", CLOSED: "xoxoxoxoxoxoxoxo"},
    ),
    _WALTZ_KIT, _SLOW_SIX, crash=True,
)  # fmt: skip
_SOUL = Playing(
    65, 4, 33,
    Cell(
        "X-----x---o---x-", "R-----R-..R---5-",
        {KICK: "X.....x...x.....", SNARE: "....X.......X...", CLOSED: "x.o.x.o.x.o.x.oo"},
    ),
    _WALTZ_KIT, _SLOW_SIX, swing=0.54,
)  # fmt: skip
_CLASSICAL = Playing(
    40, 0, 42, Cell("0-2-1-2-0-2-1-2-", "R---------------"),
    Cell("0-2-1-2-1-2-", "R-----------"), Cell("0-1-2-0-1-2-", "R-----R-----"),
)  # fmt: skip
_DISCO = Playing(
    80, 4, 38,
    Cell(
        "..x...x...x...x.", "R.O.R.O.R.O.R.O.",
        {KICK: "X...X...X...X...", CLAP: "....X.......X...", OPEN: "..x...x...x...x."},
    ),
    _WALTZ_KIT, _SLOW_SIX, crash=True,
)  # fmt: skip
_ELECTRONIC = Playing(
    81, 89, 38,
    Cell(
        "X---------------", "..R...R...R...R.",
        {KICK: "X...X...X...X...", CLAP: "....x.......x...", CLOSED: "..x...x...x...x."},
    ),
    _WALTZ_KIT, _SLOW_SIX,
)  # fmt: skip
_LOFI = Playing(
    11, 4, 33,
    Cell(
        "X---------x-----", "R---------R---5-",
        {KICK: "x.........x.....", SIDE_STICK: "....x.......x...", CLOSED: "o.o.o.o.o.o.o.oo"},
    ),
    _WALTZ, _ARPEGGIO_SIX, swing=0.58, strum=0.03,
)  # fmt: skip
_CHINESE = Playing(
    75, 107, 32, Cell("0-1-2-3-..2-1-..", "R---------------"),
    Cell("0-1-2-3-2-..", "R-----------"), Cell("0-1-2-3-..1-", "R-----------"),
)  # fmt: skip
_HYMN = Playing(
    73, 19, 19, Cell("X---x---x---x---", "R---R---R---R---"),
    Cell("X---x---x---", "R---R---R---"), Cell("X-----x-----", "R-----R-----"),
)  # fmt: skip
_METAL = Playing(
    29, 30, 34,
    Cell(
        "X-xxx-xxX-xxx-xx", "R-RRR-RRR-RRR-RR",
        {KICK: "X.xxx.xxX.xxx.xx", SNARE: "....X.......X...", CLOSED: "X...X...X...X..."},
    ),
    _WALTZ_KIT, _SLOW_SIX, crash=True,
)  # fmt: skip
_PUNK = Playing(
    29, 30, 34,
    Cell(
        "X-x-x-x-X-x-x-x-", "R-R-R-R-R-R-R-R-",
        {KICK: "X...X...X.x.X...", SNARE: "..X...X...X...X.", CLOSED: "X.X.X.X.X.X.X.X."},
    ),
    _WALTZ_KIT, _SLOW_SIX, crash=True,
)  # fmt: skip

_STYLES: Mapping[str, Playing] = MappingProxyType(
    {
        "pop": _POP, "rock": _ROCK, "folk": _FOLK, "jazz": _JAZZ, "blues": _BLUES,
        "ballad": _BALLAD, "country": _COUNTRY, "bossa_nova": _BOSSA, "waltz": _BALLAD,
        "reggae": _REGGAE, "funk": _FUNK, "rnb": _SOUL, "classical": _CLASSICAL,
        "electronic": _ELECTRONIC, "lofi": _LOFI, "chinese": _CHINESE, "hymn": _HYMN,
        "metal": _METAL, "punk": _PUNK, "soul": _SOUL, "disco": _DISCO,
    }
)  # fmt: skip
_WALTZ_STYLE = Playing(73, 0, 32, _BALLAD.four, _WALTZ, _ARPEGGIO_SIX)


@cache
def playing(style: str) -> Playing:
    """How a style is played; words around the name do not matter, unknown styles get a ballad."""
    name = style.lower().replace("-", "_").replace(" ", "_")
    if "waltz" in name:
        return _WALTZ_STYLE
    if name in _STYLES:
        return _STYLES[name]
    inside = [known for known in _STYLES if known in name or known.split("_")[0] in name]
    return _STYLES[max(inside, key=len)] if inside else _BALLAD
