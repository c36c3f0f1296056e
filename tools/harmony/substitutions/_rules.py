"""All rules, what a style does without, and the moves that are open in a row of chords."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType

from music.chords import parse_chord
from music.keys import Key
from music.song import Note
from tools.harmony._motion import clashes
from tools.harmony.substitutions import _far, _mild, _modal, _power
from tools.harmony.substitutions._place import Move, Place, Span, richness
from tools.styles import Style
from wording import Text

Rule = Callable[[Place], Iterator[Move]]

_RULES: tuple[tuple[int, Rule], ...] = (
    (1, _mild.colours), (1, _mild.suspensions), (1, _mild.relatives), (1, _mild.inversions),
    (1, _mild.secondary_dominants), (1, _mild.deceptions),
    (2, _modal.borrowed), (2, _modal.two_fives), (2, _modal.passing_diminished),
    (2, _modal.tritones), (2, _modal.back_door),
    (3, _far.altered), (3, _far.neapolitan), (3, _far.mediants), (3, _far.chains),
    (1, _power.from_below), (2, _power.from_above), (3, _power.tritone_drop),
    (3, _far.cycles), (3, _far.constant_structures), (3, _far.mirrors),
)  # fmt: skip

KINDS = MappingProxyType(
    {
        "colour": Text("added colour", "加色彩音"), "suspension": Text("suspension", "挂留"),
        "relative": Text("relative chord", "三度代理和弦"), "inversion": Text("inversion", "转位"),
        "secondary dominant": Text("secondary dominant", "副属和弦"),
        "deceptive": Text("deceptive cadence", "阻碍终止"),
        "borrowed": Text("borrowed chord", "借用和弦"), "ii-V": Text("ii–V", "2-5"),
        "passing diminished": Text("passing diminished chord", "经过减七和弦"),
        "tritone": Text("tritone substitution", "三全音替代"),
        "backdoor": Text("backdoor cadence", "后门终止"),
        "altered dominant": Text("altered dominant", "变化属和弦"),
        "neapolitan": Text("Neapolitan", "那不勒斯和弦"),
        "chromatic mediant": Text("chromatic mediant", "半音三度和弦"),
        "dominant chain": Text("chain of dominants", "属七和弦链"),
        "coltrane": Text("Coltrane cycle", "科尔特兰循环"),
        "constant structure": Text("constant structure", "平行结构"),
        "mirror": Text("negative harmony", "负和声"),
        "approach": Text("approach chord", "导入和弦"),
    }
)  # fmt: skip
# What players of a style do without, however spicy it gets.
_JAZZ_ONLY = ("coltrane", "constant structure", "altered dominant", "mirror", "tritone", "backdoor")
_SHUNNED = MappingProxyType(
    {
        **dict.fromkeys(("folk", "country", "hymn", "reggae", "waltz"),
                        (*_JAZZ_ONLY, "neapolitan")),
        **dict.fromkeys(("pop", "rock", "electronic", "disco", "ballad", "soul"),
                        ("coltrane", "altered dominant")),
        "chinese": (*_JAZZ_ONLY, "ii-V", "secondary dominant", "passing diminished",
                    "dominant chain", "neapolitan"),
        "classical": ("coltrane", "constant structure", "altered dominant", "backdoor", "mirror",
                      "tritone", "colour"),
        "blues": ("coltrane", "constant structure", "neapolitan", "relative", "deceptive"),
        **dict.fromkeys(("punk", "metal"), (*_JAZZ_ONLY[:1], *_JAZZ_ONLY[2:], "colour", "ii-V",
                                            "passing diminished", "suspension", "inversion")),
    }
)  # fmt: skip


def moves(
    row: Sequence[Span], key: Key, style: Style, level: int, melody: Sequence[Note] = ()
) -> list[Move]:
    """Every move up to the level that touches no fixed span and grates with no melody note."""
    spans, rich, found = tuple(row), richness(row, style), []
    without = _SHUNNED.get(style.name, ())
    for at, span in enumerate(spans):
        if span.fixed or not span.chord.sounds or span.chord.quality == "polychord":
            continue
        place = Place(spans, at, key, style, rich)
        silence = not place.after.sounds or (place.before is not None and not place.before.sounds)
        for spice, rule in _RULES if not silence else _RULES[:1]:
            if spice <= level:
                found += [
                    move
                    for move in rule(place)
                    if move.kind not in without and _sound(move, spans, melody)
                ]
    return found


def _sound(move: Move, row: Sequence[Span], melody: Sequence[Note]) -> bool:
    if any(row[at].fixed for at in range(move.at, move.at + move.count)):
        return False
    made = move.spans(row)
    same = [span.symbol for span in made] == [
        span.symbol for span in row[move.at : move.at + move.count]
    ]
    return not same and not any(
        clashes(parse_chord(span.symbol), melody, span.onset, span.onset + span.length)
        for span in made
        if span.symbol != row[move.at].symbol
    )
