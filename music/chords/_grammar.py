"""The grammar of what follows a chord's root: "m7b5", "^9#11", "13(no3)" -> degrees.

A suffix is a row of parts in almost any order. Each part says something to a `Parts`, which
stacks the chord. Where writers differ, the reading taken is noted too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from music.chords import _readings as readings
from music.chords._chord import Degree
from music.chords._parts import Parts
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
    r"""(?P<gap>[\s,;.·]+ | -(?=second|fourth|fifth|sixth|seventh|ninth|eleventh|thirteenth))
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<add>(?:add(?:ed)?|Add|ADD)\s*(?:(?=[(\[MΔ^]|maj)
        | (?P<add_sign>[b\#+-]{1,2}|flat\s*|sharp\s*)?
          (?P<add_number>13|11|10|9|7|6|5|4|3|2)(?:th|rd|nd)?))
    | (?P<omit>(?:no|No|NO|omit|Omit|OMIT)\s*(?:(?=[(\[])
        | (?P<omit_number>13|11|9|7|5|3|1|root)(?:th|rd|st)?))
    | (?P<sus>(?:sus(?:pended)?|Sus|SUS)(?:\s*\((?P<sus_in>2[/,]?4|4[/,]?2|2|4)\)
        | [-\s]*(?P<sus_word>second|fourth) | \s*(?P<sus_number>2[/,]?4|4[/,]?2|[b\#]?2|[b\#]?4)?))
    | (?P<alt>alt(?:ered)?|Alt|ALT)
    | (?P<half>ø7?|half[-\s]?dim(?:inished)?|h(?:dim)?7?)
    | (?P<lowered>(?:dim|aug)(?:5|11)(?!\d))
    | (?P<dim>dim(?:inished)?|DIM|Dim|°|o(?!mit))
    | (?P<aug>aug(?:mented)?|AUG|Aug)
    | (?P<dom>dominant|dom|Dom|DOM)
    | (?P<major>[Mm]ajor|MAJOR|[Mm]aj|MAJ|[Mm]a(?!dd|ug|lt)|MA(?!DD|UG|LT)|M(?![Ii])|Δ|\^|j)
    | (?P<minor>minor|Minor|MINOR|min|Min|MIN|mi|Mi|MI|m)
    | (?P<natural>(?:(?P<accidental>[b\#]{1,2})|(?P<named>flat|sharp)\s*)
        (?:(?P<natural_number>13|11|10|9|7|6|5|4|3|2)
        |(?P<natural_word>five|nine|eleven|thirteen|fifth|ninth|eleventh|thirteenth)))
    | (?P<after>(?P<after_number>13|11|9|6|5)(?P<after_sign>[+-])(?=[)\],/]|$))
    | (?P<sign>[+-](?P<sign_number>13|11|9|7|6|5|4)?)
    | (?P<slash>/)(?=[\db\#+-]|[Mm]a|M\d|Δ|\^|sus|add|alt|no|omit)
    | (?P<number>(?:13|11|69|9|7|6|5|4|2)(?:th)?
        |sixth|seventh|ninth|eleventh|thirteenth|six|seven|nine|eleven|thirteen)
    """,
    re.VERBOSE,
)
_WORDS = MappingProxyType(
    {
        "five": 5, "fifth": 5, "six": 6, "sixth": 6, "seven": 7, "seventh": 7, "nine": 9,
        "ninth": 9, "eleven": 11, "eleventh": 11, "thirteen": 13, "thirteenth": 13,
    }
)  # fmt: skip
_CLOSED_BY = MappingProxyType({"(": ")", "[": "]", "{": "}"})
# Every accidental follows its number, and the last one stands at the end: 79b, 7911#, 7(9b).
_AFTER_NUMBERS = re.compile(r"[^b#]*(?:(?:13|11|9|6|5)[b#][^b#]*?)+(?<=[b#])[)\]]*$")
_NUMBER_FIRST = re.compile(r"(13|11|9|6|5)([b#])")
_EXPECTED = Text(
    "a chord quality such as m, maj7, 7, sus4, dim, add9 or b9",
    "和弦类型，例如 m、maj7、7、sus4、dim、add9 或 b9",
)
_A_NUMBER = Text("a degree after the accidental, such as b9", "变音记号后的音级，例如 b9")
_NO_CLOSING = Text("no closing bracket", "不出现右括号")
_A_CLOSING = Text("a closing bracket", "右括号")
_ONCE = Text("each part of the chord only once", "每个成分只写一次")
_ONE_FAMILY = Text(
    "one kind of chord, not two that contradict each other", "一种和弦类型，而不是互相矛盾的两种"
)
_A_DEGREE = Text("a degree after the minus, such as -5 or -9", "减号后的音级，例如 -5 或 -9")


@lru_cache(maxsize=8192)
def parse_suffix(text: str) -> Suffix:
    """Raises `SuffixError`."""
    parts, brackets, at = Parts(), [], 0
    if _AFTER_NUMBERS.match(text):
        text = accidentals_first(text)
        parts.note(readings.AFTER_NUMBER)
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            raise SuffixError(at, _A_NUMBER if text[at] in "b#" else _EXPECTED)
        kind = match.lastgroup or ""
        if kind == "open":
            brackets.append(match["open"])
            parts.depth += 1
        elif kind == "close":
            if not brackets or _CLOSED_BY[brackets.pop()] != match["close"]:
                raise SuffixError(at, _NO_CLOSING)
            parts.depth -= 1
            parts.listing = ""
        elif kind not in ("gap", "slash"):
            _READERS[kind](parts, match)
            parts.started = True
            if kind != "number":
                parts.listing = kind if kind in ("add", "omit") else ""
        if kind != "gap":
            parts.last = kind
        at = match.end()
    if brackets:
        raise SuffixError(len(text), _A_CLOSING)
    _finish(parts)
    return Suffix(parts.degrees(), tuple(parts.notes))


def accidentals_first(text: str) -> str:
    """ "79b" as "7b9": same length, so that positions stay true."""
    return _NUMBER_FIRST.sub(r"\2\1", text)


def _finish(parts: Parts) -> None:
    """What only the whole suffix settles."""
    if parts.delta and not parts.extension and not parts.six:
        parts.extension = 7
        parts.note(readings.DELTA)
    if parts.suspended and not parts.extension and Degree(9, -1) in parts.altered:
        parts.note(readings.SUSPENDED_FLAT_NINE)
    if parts.suspended and parts.minor:
        parts.note(readings.THIRD_SUSPENDED)
    fifth = not parts.family and 5 not in parts.omitted | {d.number for d in parts.altered}
    if Degree(13, -1) in parts.altered and parts.extension and fifth:
        parts.note(readings.FLAT_THIRTEEN)


def _read_add(parts: Parts, match: re.Match[str]) -> None:
    if match["add_number"]:
        parts.add(int(match["add_number"]), _alteration(match["add_sign"] or ""))


def _read_omit(parts: Parts, match: re.Match[str]) -> None:
    if match["omit_number"]:
        parts.omitted.add(1 if match["omit_number"] == "root" else int(match["omit_number"]))


def _read_sus(parts: Parts, match: re.Match[str]) -> None:
    word = {"second": "2", "fourth": "4"}.get(match["sus_word"] or "")
    written = word or match["sus_in"] or match["sus_number"] or "4"
    alter = _alteration(written)
    fresh = [Degree(int(char), alter) for char in written if char in "24"]
    if any(degree in parts.suspended for degree in fresh):
        raise SuffixError(match.start(), _ONCE)
    parts.suspended += fresh


def _read_family(parts: Parts, match: re.Match[str]) -> None:
    kind = match.lastgroup or ""
    if parts.family:
        raise SuffixError(match.start(), _ONCE if parts.family == kind else _ONE_FAMILY)
    parts.family = kind
    if kind in ("half", "alt") and not parts.extension:
        parts.extension, parts.implied = 7, not match[0].endswith("7")


def _read_lowered(parts: Parts, match: re.Match[str]) -> None:
    """ "dim5" and "aug5" alter the fifth; "aug11" is a sharp eleventh only on a seventh chord."""
    word, number = match["lowered"][:3], int(match["lowered"][3:])
    if number == 5 or parts.extension:
        parts.alter(number, 1 if word == "aug" else -1)
    else:
        parts.family, parts.extension = word, number


def _read_major(parts: Parts, match: re.Match[str]) -> None:
    if parts.major:
        raise SuffixError(match.start(), _ONCE)
    parts.major = True
    parts.delta |= match[0] in "Δ^"


def _read_minor(parts: Parts, match: re.Match[str]) -> None:
    if parts.minor:
        raise SuffixError(match.start(), _ONCE)
    parts.minor = True


def _read_dominant(parts: Parts, match: re.Match[str]) -> None:
    """ "dom" alone says that the seventh is minor, which a bare 7 says already."""
    if parts.major:
        raise SuffixError(match.start(), _ONE_FAMILY)
    if not parts.extension:
        parts.extension, parts.implied = 7, True


def _read_natural(parts: Parts, match: re.Match[str]) -> None:
    number = int(match["natural_number"] or _WORDS[match["natural_word"] or "five"])
    alter = _alteration(match["accidental"] or match["named"])
    if parts.listing == "add":
        parts.add(number, alter)
    else:
        parts.alter(number, alter)


def _alteration(signs: str) -> int:
    """Semitones that "b", "##", "+", "flat" raise a degree by."""
    if "flat" in signs or "sharp" in signs:
        return -1 if "flat" in signs else 1
    return sum((sign in "#+") - (sign in "b-") for sign in signs)


def _read_after(parts: Parts, match: re.Match[str]) -> None:
    """ "(9-)", "5+": the sign behind its degree. Outside brackets 9+ is a ninth with +."""
    number, sign = int(match["after_number"]), match["after_sign"]
    if number == 5 or parts.depth or parts.last == "slash":
        parts.alter(number, _alteration(sign))
        return
    _read_value(parts, number, match.start())
    if sign == "-":
        raise SuffixError(match.end("after_sign"), _A_DEGREE)
    parts.family = "aug"
    parts.note(readings.PLUS_IS_AUGMENTED)


def _read_sign(parts: Parts, match: re.Match[str]) -> None:
    """+ and - mean augmented and minor right after the root, sharp and flat before a degree."""
    sign, number = match["sign"][0], int(match["sign_number"] or 0)
    inside = parts.started or parts.depth > 0
    if sign == "+" and number == 7 and inside and (parts.minor or parts.depth):
        parts.alter(7, 1)
        parts.note(readings.PLUS_IS_SEVENTH)
        return
    if number in (4, 5) or (number and number != 7 and inside):
        parts.alter(number, _alteration(sign))
        if number != 5 or not inside:
            parts.note(readings.SIGN_IS_ALTERATION)
        return
    if sign == "+":
        _read_plus(parts, match, number)
    elif parts.started or parts.minor:
        raise SuffixError(match.start() + 1, _A_DEGREE)
    else:
        parts.minor = True
        if number >= 9:
            parts.note(readings.MINUS_IS_MINOR)
    if number:
        parts.started = True
        _read_value(parts, number, match.start("sign_number"))


def _read_plus(parts: Parts, match: re.Match[str], number: int) -> None:
    if parts.family:
        raise SuffixError(match.start(), _ONCE if parts.family == "aug" else _ONE_FAMILY)
    parts.family = "aug"
    if 7 in (parts.extension, number) and not parts.major:
        parts.note(readings.PLUS_IS_FIFTH)
    elif number or parts.extension > 7:
        parts.note(readings.PLUS_IS_AUGMENTED)


def _read_number(parts: Parts, match: re.Match[str]) -> None:
    written = match["number"].removesuffix("th")
    if written == "69":
        parts.six = True
        parts.added.append(Degree(9, 0))
        return
    number = int(written) if written.isdigit() else _WORDS[match["number"]]
    _read_value(parts, number, match.start())


def _read_value(parts: Parts, number: int, at: int) -> None:
    if parts.listing == "omit":
        parts.omitted.add(number)
    elif number == 5:
        if parts.extension or parts.six or parts.suspended:
            raise SuffixError(at, _EXPECTED)
        parts.power |= not parts.started
    elif number in (2, 4):
        _second_or_fourth(parts, number)
    elif parts.listing == "add":
        parts.add(number)
    elif number == 6:
        if parts.six:
            raise SuffixError(at, _ONCE)
        parts.add(6)
    else:
        _extend(parts, number, at)


def _extend(parts: Parts, number: int, at: int) -> None:
    """A 7, 9, 11 or 13: the chord's extension, or one more tone when it has one."""
    within = parts.depth > 0 and parts.last != "major"
    if parts.implied:
        parts.extension, parts.implied = number, False
    elif number == parts.extension == 7 and parts.family == "dim" and parts.last == "major":
        parts.major = False
        parts.add(7, 1)
        parts.note(readings.BOTH_SEVENTHS)
    elif number == parts.extension and not within:
        raise SuffixError(at, _ONCE)
    elif parts.last == "slash" and not parts.extension:
        parts.add(number)
        if number == 9 and not parts.six:
            parts.note(readings.SLASH_NINE)
    elif parts.extension >= 7 or (parts.six and number != 7) or within:
        parts.add(number)
    else:
        parts.extension = number
        if parts.suspended and number > 7:
            parts.note(readings.SUSPENDED_EXTENSION)


def _second_or_fourth(parts: Parts, number: int) -> None:
    if parts.listing == "add" or number == 2:
        parts.add(9 if number == 2 else 11)
        if number == 2 and not parts.listing:
            parts.note(readings.TWO)
    elif parts.minor:
        parts.add(11)
    elif Degree(4, 0) not in parts.suspended:
        parts.suspended.append(Degree(4, 0))
        parts.note(readings.FOUR)


_READERS: MappingProxyType[str, Callable[[Parts, re.Match[str]], None]] = MappingProxyType(
    {
        "add": _read_add, "omit": _read_omit, "sus": _read_sus, "alt": _read_family,
        "half": _read_family, "lowered": _read_lowered, "dim": _read_family,
        "aug": _read_family, "dom": _read_dominant, "major": _read_major, "minor": _read_minor,
        "natural": _read_natural, "after": _read_after, "sign": _read_sign,
        "number": _read_number,
    }
)  # fmt: skip
