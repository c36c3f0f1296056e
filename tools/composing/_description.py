"""Reading a composing request: style, mood, key, tempo, metre, bars and theme in free text."""

from __future__ import annotations

import re
from typing import NamedTuple

from music.keys import BadKey, Key, parse_key
from tools._moods import Mood, find_mood
from tools.styles import Style, find_style

_KEY_PATTERNS = (
    r"([升降]?[A-Ga-g][#b♯♭]?\s*(?:自然|和声|旋律)?[大小]调|[升降]?[A-G][#b♯♭]?\s*[宫商角徵羽]调)",
    r"(?<![A-Za-z])([A-Ga-g](?:#|b|♯|♭|[ -]sharp|[ -]flat)?[ -]?"
    r"(?:major|minor|maj|min|dorian|mixolydian|lydian|phrygian))(?![A-Za-z])",
    r"\b(?:key of|key:|in)\s+([A-G](?:#|b|♯|♭)?m?)(?![A-Za-z#'])",
)
_METRE = re.compile(r"(?<!\d)(\d{1,2})\s*/\s*(2|4|8|16)(?!\d)")
_METRE_ZH = re.compile(r"([四八])分之([二三四五六七九])|([二三四五六七九])[/／]?([四八])拍")
_TEMPO = re.compile(
    r"(\d{2,3})\s*(?:bpm|beats per minute|拍每分|拍/分)|(?:tempo|速度)\s*[:=是为]?\s*(\d{2,3})"
)
_BARS = re.compile(
    r"(\d{1,3}|[a-z]+|[一二两三四五六七八九十]+)[\s-]*(?:bars?\b|measures?\b|小节)", re.I
)
_ENGLISH = {
    "four": 4, "eight": 8, "twelve": 12, "sixteen": 16, "twenty": 20, "twenty-four": 24,
    "thirty-two": 32, "six": 6, "ten": 10,
}  # fmt: skip
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SLOW = re.compile(r"\bslow(ly|er)?\b|ballad|慢|缓|抒情")
_FAST = re.compile(r"\b(fast|quick|up-?tempo|speedy)\b|快")
_THEME = (
    re.compile(r"(?:关于|写给|以|献给)\s*[《“\"]?(.{1,14}?)[》”\"]?(?:的|为主题|为题|，|。|$)"),
    re.compile(r"\babout\s+(?:the\s+|a\s+|an\s+|my\s+)?([^,.;!?]{2,40})", re.I),
)
_TITLED = re.compile(
    r"(?:titled?|called|named|叫做?|标题是?|歌名是?)\s*[:：]?\s*[\"“《']([^\"”》']{1,60})[\"”》']",
    re.I,
)


class Described(NamedTuple):
    """What a description says; None or "" where it says nothing. `pace` multiplies the tempo."""

    style: Style | None
    mood: Mood | None
    key: Key | None
    minor: bool | None
    metre: str | None
    tempo: float | None
    pace: float
    bars: int | None
    theme: str
    title: str


def read_description(text: str) -> Described:
    """All that the text names, in English or Chinese."""
    lowered = text.lower()
    slow = _SLOW.search(lowered) is not None
    pace = 0.75 if slow else 1.2 if _FAST.search(lowered) else 1.0
    title = _TITLED.search(text)
    return Described(
        style=find_style(text),
        mood=find_mood(text),
        key=_key(text),
        minor=_mode(lowered),
        metre=_metre(text),
        tempo=_tempo(lowered),
        pace=pace,
        bars=_bars(lowered),
        theme=next((m[1].strip() for p in _THEME if (m := p.search(text))), ""),
        title=title[1].strip() if title else "",
    )


def _key(text: str) -> Key | None:
    for pattern in _KEY_PATTERNS:
        for match in re.finditer(pattern, text):
            try:
                return parse_key(match[1].replace("-", " "))
            except BadKey:
                continue
    return None


def _mode(text: str) -> bool | None:
    """True for minor, False for major, None when neither is named."""
    if re.search(r"\bminor\b|小调", text):
        return True
    return False if re.search(r"\bmajor\b|大调", text) else None


def _metre(text: str) -> str | None:
    if (match := _METRE.search(text)) and 1 <= int(match[1]) <= 12:
        return f"{int(match[1])}/{match[2]}"
    if match := _METRE_ZH.search(text):
        unit, count = match[1] or match[4], match[2] or match[3]
        return f"{_DIGITS[count]}/{_DIGITS[unit]}"
    return "3/4" if re.search(r"\bwaltz|华尔兹|圆舞曲|三拍", text, re.I) else None


def _tempo(text: str) -> float | None:
    match = _TEMPO.search(text)
    number = float(match[1] or match[2]) if match else 0.0
    return number if 30 <= number <= 320 else None


def _bars(text: str) -> int | None:
    match = _BARS.search(text)
    if match is None:
        return None
    word = match[1]
    if word.isdecimal():
        return int(word)
    if word in _ENGLISH:
        return _ENGLISH[word]
    return _chinese_number(word) if word[0] in "一二两三四五六七八九十" else None


def _chinese_number(word: str) -> int:
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _DIGITS[word[-1]]
    return 10 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[ones[-1]] if ones else 0)
