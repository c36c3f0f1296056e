"""Reads lyric lines out of what a chat model answers, however it dresses them up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.S | re.I)
_OPEN_THOUGHT = re.compile(r"^.*</(?:think|thinking|reasoning)>", re.S | re.I)
_UNENDED = re.compile(r"<(?:think|thinking|reasoning)>.*\Z", re.S | re.I)
_NUMBER = re.compile(
    r"^(?:line\s*|第\s*)?[\[(（]?(\d{1,3}|(?<=第)[一二三四五六七八九十]{1,3})([a-h])?\s*(?:行|句)?\s*(?:[\])）.:：、．]|[-–—]\s)+\s*",
    re.I,
)
_LETTER = re.compile(r"^[(（]?[a-hA-H][)）.:：]\s+")
_BULLET = re.compile(r"^(?:[-*+•·▪◦–—>]|\\-)\s+")
_VERSION = re.compile(
    r"^(?:version|draft|option|take|variant|版本|方案|草稿)\s*[\dA-Ha-h一二三四五六]*\s*[:：]?\s*$"
    r"|^第[一二三四五六\d]+(?:版|稿|个版本)\s*[:：]?\s*$",
    re.I,
)
_HEADING = re.compile(
    r"^[\[(【（<]?\s*(?:verse|chorus|pre-?chorus|bridge|intro|outro|hook|refrain|tag|interlude|title"
    r"|主歌|副歌|导歌|预副歌|桥段|前奏|尾奏|尾声|间奏|标题|歌名)\s*[\dA-Z一二三四五六]*\s*[\])】）>]?\s*[:：]?\s*$",
    re.I,
)
_BRACKET = re.compile(r"\s*[(（\[【{]([^()（）\[\]【】{}]*)[)）\]】}]\s*[.。]?\s*$")
_LEADING_BRACKET = re.compile(r"^[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]\s*[:：]?\s*")
_ABOUT_LINE = re.compile(
    r"\d|syllab|rhym|stress|音节|个?字|押|韵|verse|chorus|bridge|主歌|副歌", re.I
)
_AFTER_DASH = re.compile(r"\s+[-–—|]+\s*\(?\d+(?:\s*(?:syllables?|个?字|音节))?\)?\s*$", re.I)
_QUOTES = {'"': '"', "“": "”", "‘": "’", "「": "」", "『": "』", "'": "'", "`": "`"}
_TALK = re.compile(
    r"^(?:sure|certainly|of course|okay|here (?:is|are|'s)|here you go|note|i hope|let me|these|"
    r"this version|好的|当然|以下|这是|这里是|希望|注[:：])",
    re.I,
)
_CHINESE = "一二三四五六七八九"
_LONGEST = 160


class Answered(NamedTuple):
    """A line that a model gave: its number where it has one, and the version it belongs to."""

    text: str
    number: int | None
    version: int


def answered(answer: str) -> list[Answered]:
    """The lines in the order given; where any are numbered, only those.

    A version ends at a heading such as "Version 2", or where the numbers start again.
    """
    found = list(_read(_without_thoughts(answer)))
    numbered = [line for line in found if line.number is not None]
    return numbered if len(numbered) * 2 >= len(found) else found


def _without_thoughts(answer: str) -> str:
    text = _THOUGHT.sub("", answer)
    return _UNENDED.sub("", _OPEN_THOUGHT.sub("", text))


def _read(text: str) -> Iterator[Answered]:
    version, last = 0, 0
    fresh = False
    for row in _rows(text):
        plain = _unmarked(row)
        if _VERSION.match(plain):
            version, last, fresh = version + fresh, 0, False
            continue
        number, letter, rest = _numbered(plain)
        if not (line := _cleaned(rest)) or (number is None and _is_talk(plain)):
            continue
        if number is not None:
            same = number == last and letter  # "3a", "3b"
            if number < last or (number == last and not same):
                version += 1
            last = number
        fresh = True
        yield Answered(line, number, ord(letter.lower()) - ord("a") if letter else version)


def _rows(text: str) -> list[str]:
    """The answer row by row; a JSON list of strings is one, too."""
    body = _unfenced(text)
    if is_list(text):
        try:
            return _strings(json.loads(body))
        except json.JSONDecodeError:
            pass
    return [row for row in re.split(r"[\r\n]+|<br\s*/?>", body) if row.strip()]


def is_list(text: str) -> bool:
    """Whether an answer, whole or so far, may be a list in JSON: it is read from its end only."""
    return _unfenced(text).startswith(("[", "{"))


def _unfenced(text: str) -> str:
    return re.sub(r"^```\w*\s*$", "", text, flags=re.M).strip()


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _strings(item)]


def _unmarked(row: str) -> str:
    """Without Markdown: bold, headings, quotes, table bars."""
    text = re.sub(r"\*{1,3}|_{2,3}|^\s*#{1,6}\s+", "", row).strip()
    if text.startswith("|"):
        cells = [cell.strip() for cell in text.strip("|").split("|")]
        number = next((cell for cell in cells if cell.isdecimal()), "")
        words = max(cells, key=len, default="")
        text = "" if set(words) <= set("-: ") else f"{number}. {words}" if number else words
    while (bullet := _BULLET.match(text)) is not None:
        text = text[bullet.end() :]
    return text.strip()


def _numbered(text: str) -> tuple[int | None, str, str]:
    """(number, version letter, the rest) of "3a. words"."""
    match = _NUMBER.match(text)
    if match is None:
        return None, "", _LETTER.sub("", text)
    return _value(match[1]), match[2] or "", _LETTER.sub("", text[match.end() :])


def _value(digits: str) -> int:
    """Of "12" or "十二"."""
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _CHINESE.index(ones[-1]) + 1
    return 10 * (_CHINESE.index(tens[-1]) + 1 if tens else 1) + (
        _CHINESE.index(ones[0]) + 1 if ones else 0
    )


def _cleaned(text: str) -> str:
    """The words alone: no labels, counts, translations, quotes or closing stops."""
    if not text or _HEADING.match(text):
        return ""
    line = _AFTER_DASH.sub("", text.strip())
    if (label := _LEADING_BRACKET.match(line)) and _ABOUT_LINE.search(label[1]):
        line = line[label.end() :]
    while (bracket := _BRACKET.search(line)) is not None and _is_aside(bracket[1], line):
        line = line[: bracket.start()]
    line = line.strip().rstrip(",，.。;；、").strip()
    while len(line) > 2 and _QUOTES.get(line[0]) == line[-1]:
        line = line[1:-1].strip().rstrip(",，.。;；").strip()
    line = line.replace("_", " ").strip()
    return "" if len(line) > _LONGEST or not any(char.isalpha() for char in line) else line


def _is_aside(inside: str, line: str) -> bool:
    """Whether brackets hold a count, a label or a translation rather than sung words."""
    return _ABOUT_LINE.search(inside) is not None or _has_han(inside) != _has_han(
        line.replace(inside, "")
    )


def _is_talk(row: str) -> bool:
    """What a model says around its lines."""
    return row.endswith((":", "：")) or _TALK.match(row) is not None


def _has_han(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)
