"""The grammar of what follows a chord's root: "m7b5", "^9#11", "13(no3)" -> degrees.

A suffix is a row of parts in almost any order. Each part notes what it says in `_Parts`;
`_degrees` then stacks the chord. Where writers differ, the part also notes the reading taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from music.chords._chord import Degree
from wording import Text


class Suffix(NamedTuple):
    """The degrees in stacking order, and notes on readings that writers differ about."""

    degrees: tuple[Degree, ...]
    notes: tuple[Text, ...]


class SuffixError(ValueError):
    """The character at `position` of the suffix fits nowhere."""

    def __init__(self, position: int, expected: Text) -> None:
        super().__init__(expected.en)
        self.position, self.expected = position, expected


_PART = re.compile(
    r"""(?P<gap>[\s,;.]+)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<add>(?:add|Add|ADD)\s*(?P<add_sign>[b\#+-]{0,2})(?P<add_number>13|11|10|9|7|6|5|4|3|2))
    | (?P<omit>(?:no|omit|No|NO|Omit)\s*(?P<omit_number>1|3|5|7|9|11)(?:rd|th)?)
    | (?P<sus>(?:sus|Sus|SUS)(?P<sus_number>2/4|24|42|2|4)?)
    | (?P<alt>alt(?:ered)?|ALT)
    | (?P<half>ø7?|half-?\s?dim(?:inished)?7?|h7?)
    | (?P<dim>dim(?:inished)?|DIM|Dim|°|o)
    | (?P<aug>aug(?:mented)?|AUG|Aug)
    | (?P<dom>dominant|dom)
    | (?P<major>[Mm]ajor|MAJOR|[Mm]aj|MAJ|[Mm]a(?!dd|ug)|MA|M(?![Ii])|Δ|\^|j)
    | (?P<minor>minor|Minor|MINOR|min|Min|MIN|mi|Mi|MI|m)
    | (?P<natural>[b\#]{1,2})(?P<natural_number>13|11|10|9|7|6|5|4|3|2)
    | (?P<sign>[+-])(?P<sign_number>13|11|9|6|5|4)?
    | (?P<slash>/)(?=[\db\#+-]|[Mm]aj|sus|add|alt)
    | (?P<number>13|11|9|7|69|6|5|4|2)
    """,
    re.VERBOSE,
)
_CLOSED_BY = MappingProxyType({"(": ")", "[": "]", "{": "}"})
_EXPECTED = Text(
    "a chord quality such as m, maj7, 7, sus4, dim, add9 or b9",
    "和弦类型，例如 m、maj7、7、sus4、dim、add9 或 b9",
)


@dataclass
class _Parts:
    minor: bool = False
    major: bool = False
    family: str = ""  # "", "dim", "half", "aug", "alt"
    power: bool = False
    six: bool = False
    extension: int = 0
    suspended: set[int] = field(default_factory=set)
    altered: list[Degree] = field(default_factory=list)
    added: list[Degree] = field(default_factory=list)
    omitted: set[int] = field(default_factory=set)
    notes: list[Text] = field(default_factory=list)
    started: bool = False
    delta: bool = False


@lru_cache(maxsize=8192)
def parse_suffix(text: str) -> Suffix:
    """Raises `SuffixError`."""
    parts = _Parts()
    brackets: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None or match.end() == at:
            raise SuffixError(at, _EXPECTED)
        if match["open"]:
            brackets.append((match["open"], at))
        elif match["close"]:
            if not brackets or _CLOSED_BY[brackets.pop()[0]] != match["close"]:
                raise SuffixError(at, Text("no closing bracket", "不出现右括号"))
        elif not match["gap"] and not match["slash"]:
            _read(parts, match, bool(brackets))
            parts.started = True
        at = match.end()
    if brackets:
        raise SuffixError(len(text), Text("a closing bracket", "右括号"))
    if parts.delta and not parts.extension and not parts.six:
        parts.extension = 7
        parts.notes.append(Text("Δ and ^ alone mean a major seventh", "单独的 Δ 或 ^ 表示大七和弦"))
    return Suffix(_degrees(parts), tuple(parts.notes))


def _read(parts: _Parts, match: re.Match[str], bracketed: bool) -> None:
    """Note what one part says."""
    if match["add"]:
        _add(parts, int(match["add_number"]), _alteration(match["add_sign"]))
    elif match["omit"]:
        parts.omitted.add(int(match["omit_number"]))
    elif match["sus"]:
        parts.suspended |= {int(n) for n in (match["sus_number"] or "4") if n.isdigit()}
    elif match["alt"] or match["half"] or match["dim"] or match["aug"]:
        parts.family = match.lastgroup or ""
        if match["half"] or match["alt"]:
            parts.extension = max(parts.extension, 7)
    elif match["major"]:
        parts.major = True
        parts.delta |= match["major"] in "Δ^"
    elif match["minor"]:
        parts.minor = True
    elif match["natural"]:
        _alter(parts, int(match["natural_number"]), _alteration(match["natural"]))
    elif match["sign"]:
        _signed(parts, match)
    elif match["number"]:
        _number(parts, match["number"], bracketed)


def _alteration(signs: str) -> int:
    return sum(1 if sign in "#+" else -1 for sign in signs)


def _signed(parts: _Parts, match: re.Match[str]) -> None:
    """+ and - mean augmented and minor right after the root, sharp and flat before a degree."""
    sign, number = match["sign"], match["sign_number"]
    if number == "5" or (number and parts.started):
        _alter(parts, int(number), _alteration(sign))
        return
    if sign == "+":
        parts.family = "aug"
        if parts.extension == 7 and not number:
            parts.notes.append(
                Text("+ is read as a raised fifth, not a major seventh", "+ 读作升五音，不是大七度")
            )
    else:
        parts.minor = True
    if number:
        _number(parts, number, False)


def _number(parts: _Parts, digits: str, bracketed: bool) -> None:
    number = 9 if digits == "69" else int(digits)
    if digits == "69":
        parts.six = True
        parts.added.append(Degree(9, 0))
    elif number == 5:
        parts.power |= not parts.started
    elif number in (2, 4):
        _second_or_fourth(parts, number)
    elif number == 6 and not parts.extension:
        parts.six = True
    elif parts.extension >= 7 or parts.six or bracketed:
        _add(parts, number, 0)
    else:
        parts.extension = number


def _second_or_fourth(parts: _Parts, number: int) -> None:
    if number == 4:
        parts.suspended.add(4)
        parts.notes.append(Text("4 alone is read as sus4", "单独的 4 读作 sus4"))
    else:
        _add(parts, 9, 0)
        parts.notes.append(
            Text("2 alone is read as add9, with its third", "单独的 2 读作 add9，保留三音")
        )


def _add(parts: _Parts, number: int, alter: int) -> None:
    if number == 7 and not alter:
        parts.extension = max(parts.extension, 7)
        return
    if number == 6 and not alter:
        if parts.extension:
            number = 13
        else:
            parts.six = True
            return
    _alter(parts, number, alter, parts.added)


def _alter(parts: _Parts, number: int, alter: int, to: list[Degree] | None = None) -> None:
    target = parts.altered if to is None else to
    upper = {2: 9, 4: 11, 6: 13, 10: 3}.get(number, number)
    if upper == 3 and number == 10 and alter < 0:
        upper, alter = 9, 1  # b10 is another name for #9
    if upper == 3 and alter == -1 and not (parts.power or parts.suspended):
        parts.minor = True
    elif upper == 7:
        parts.extension, parts.major = max(parts.extension, 7), alter == 1
        parts.family = parts.family if alter > -2 else "dim"
    else:
        target.append(Degree(upper, alter))


def _degrees(parts: _Parts) -> tuple[Degree, ...]:
    """Stack the chord: the triad, sixth and seventh, then what lies above."""
    altered = {degree.number for degree in parts.altered}
    found = [Degree(1, 0), *_triad(parts, altered)]
    if parts.six:
        found.append(Degree(6, 0))
    if parts.extension >= 7:
        found.append(_seventh(parts))
    if parts.family == "alt":
        found += [Degree(9, -1), Degree(9, 1), Degree(11, 1), Degree(13, -1)]
        parts.notes.append(
            Text("alt is read as b9 #9 #11 b13 without a fifth", "alt 读作 b9 #9 #11 b13，无五音")
        )
    found += [Degree(n, 0) for n in _stacked(parts) if n not in altered]
    found += [d for d in (*parts.altered, *parts.added) if d.number != 5]
    found += [d for d in parts.added if d.number == 5]
    kept: dict[int, Degree] = {}
    for degree in sorted(found, key=lambda d: (d.number, d.alter)):
        if degree.number not in parts.omitted:
            kept.setdefault(degree.semitones, degree)
    return tuple(kept.values())


def _triad(parts: _Parts, altered: set[int]) -> list[Degree]:
    minor = parts.minor or parts.family in ("dim", "half")
    if parts.suspended:
        third = [Degree(number, 0) for number in sorted(parts.suspended)]
    else:
        third = [] if parts.power else [Degree(3, -1 if minor else 0)]
    fifths = [degree for degree in parts.altered if degree.number == 5]
    if parts.family == "aug":
        fifths.append(Degree(5, 1))
    elif parts.family in ("dim", "half") and 5 not in altered:
        fifths.append(Degree(5, -1))
    elif not fifths and parts.family != "alt":
        fifths.append(Degree(5, 0))
    return third + fifths


def _seventh(parts: _Parts) -> Degree:
    if parts.major:
        return Degree(7, 0)
    return Degree(7, -2 if parts.family == "dim" else -1)


def _stacked(parts: _Parts) -> list[int]:
    """The ninth, eleventh and thirteenth that the extension brings with it."""
    extension = parts.extension
    stacked = [9] if extension >= 9 else []
    minor = parts.minor or parts.family in ("dim", "half")
    if extension == 11 or (extension == 13 and minor and not parts.suspended):
        stacked.append(11)
        if extension == 11 and not minor and not parts.suspended:
            parts.notes.append(
                Text(
                    "11 keeps the third; many players leave it out", "11 和弦保留三音；很多人会省略"
                )
            )
    if extension == 13:
        stacked.append(13)
    if extension == 13 and not parts.suspended:
        note = (
            Text("a minor 13 includes the 11th", "小十三和弦包含十一音")
            if minor
            else Text(
                "13 leaves out the 11th, which clashes with the third",
                "十三和弦省略与三音相撞的十一音",
            )
        )
        parts.notes.append(note)
    return stacked
