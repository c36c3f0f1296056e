"""What a message says of the form of a lyric: words it must have, its hook, stresses, rhymes."""

from __future__ import annotations

import re
from typing import Any

from music.headings import KINDS
from tools._heard_numbers import number
from tools._heard_place import COUNT

_QUOTED = re.compile(r"[\"“「『‘《]([^\"”」』’》]{1,120})[\"”」』’》]|(?<!\w)'([^']{1,120})'(?!\w)")
_ITEM = r"[\"“「『‘《'][^\"”」』’》]+[\"”」』’》'][\s,，、]*(?:and|和|、|，)?\s*"
_LIST = rf"((?:{_ITEM})+|[^.;!?。；！？\n]+)"
_INCLUDE = re.compile(
    r"(?:\b(?:us(?:e|es|ing)|includ(?:e|es|ing)|contain(?:s|ing)?|with|work in|put in)\s+the"
    r"\s+(?:words?|phrases?)|(?:用上|用到|包含|带上|必须有|要有|出现)(?:这[几两]?个)?(?:词|字|词语)?)"
    r"\s*[:：]?\s*" + _LIST,
    re.I,
)
_AVOID = re.compile(
    r"(?:\b(?:without|avoid(?:ing)?|don'?t use|do not use|no|never use)\s+(?:using\s+)?the"
    r"\s+(?:words?|phrases?)|(?:不要|别|不许|避开|不能)(?:出现|用到?|使用|有)?(?:这[几两]?个)?(?:词|字|词语)?)"
    r"\s*[:：]?\s*" + _LIST,
    re.I,
)
_HOOK = re.compile(
    r"(?:\bhook(?:\s+line)?|chorus (?:repeats|line|goes)|记忆点|副歌(?:重复|里?唱|就唱|第一句))"
    r"[^\"“「『‘《]{0,16}",
    re.I,
)
_INTERNAL = re.compile(
    r"\b(?:internal|inner|inside)\s+rhym|句中(?:也)?押韵|句内押韵|行内韵|内韵", re.I
)
_NEAR = re.compile(
    r"\b(?:near|slant|half|loose|imperfect|approximate)[\s-]+rhym|近似押韵|近韵|宽韵|押韵(?:可以)?宽松",
    re.I,
)
_SCANSION = re.compile(r"(?<![\w/])([x/]{4,16}(?:[ ,|]+[x/]{4,16})*)(?![\w/])")
_FOOT = {"iamb": "x/", "troch": "/x", "anap": "xx/", "dact": "/xx"}
_FEET = {"di": 2, "tri": 3, "tetra": 4, "penta": 5}
_METER = re.compile(r"\b(iamb|troch|anap|dact)\w*\s+(di|tri|tetra|penta)met(?:er|re)s?\b", re.I)
_TONES = re.compile(r"[平仄中]{4,16}")
_PATTERN = re.compile(r"(?<!\d)(\d{1,2}(?:\s*[-–./,，、 ]\s*\d{1,2}){2,})(?!\d)")
_OF_SYLLABLES = re.compile(r"syllab|字|音节|言|common met", re.I)
_SCHEME = re.compile(r"(?<![A-Za-z])([A-DX]{3,8}(?:\s*[/|]\s*[A-DX]{2,8})*)(?![A-Za-z])")
_SPLIT = re.compile(r"\s*(?:,|，|、|;|\band\b|\bor\b|和|与|跟|以及)\s*", re.I)
_ENDS = re.compile(r"\s+(?:in it|somewhere|in (?:the|every|each)\b.*|for me|please|等)$", re.I)
_SECTIONS = re.compile(
    rf"\b(?:{COUNT}|an?|the)\s+(?:\w+\s+)?(verse|pre-?chorus|chorus|bridge|intro|outro)(?:e?s)?\b"
    rf"|{COUNT}\s*[段个遍]\s*({'|'.join(KINDS)})",
    re.I,
)
_MOST_SECTIONS = 6
"""Of one name."""
_MOST_WORDS = 3
"""Words of an item that is listed without quotation marks."""


def said_of_form(message: str) -> dict[str, Any]:
    """Arguments of `write_lyrics` that the words state; nothing where they state none."""
    avoid = _listed(_AVOID, message)
    found: dict[str, Any] = {
        "include": [word for word in _listed(_INCLUDE, message) if word not in avoid],
        "avoid": avoid,
        "hook": _hook(message),
        "internal_rhyme": bool(_INTERNAL.search(message)),
        "near_rhymes": bool(_NEAR.search(message)),
        "stress": _stress(message),
        "tones": _TONES.findall(message),
        "syllables": _lengths(message),
        "rhyme": _scheme(message),
        "structure": _structure(message),
    }
    return {key: value for key, value in found.items() if value}


def _listed(pattern: re.Pattern[str], message: str) -> list[str]:
    """The quoted items after the phrase, or words parted by commas and "and"."""
    match = pattern.search(message)
    if match is None:
        return []
    if quoted := _quoted(match[1]):
        return quoted
    items = [_ENDS.sub("", item.strip()) for item in _SPLIT.split(match[1])]
    short = [item for item in items if 0 < len(item.split()) <= _MOST_WORDS and len(item) <= 24]
    return short if len(short) == len([item for item in items if item]) else short[:1]


def _quoted(text: str) -> list[str]:
    return [(a or b).strip() for a, b in _QUOTED.findall(text)]


def _hook(message: str) -> str:
    if (match := _HOOK.search(message)) is None:
        return ""
    quoted = _QUOTED.match(message, match.end())
    return (quoted[1] or quoted[2]).strip() if quoted else ""


def _stress(message: str) -> str:
    if named := _METER.search(message):
        return _FOOT[named[1].lower()] * _FEET[named[2].lower()]
    written = _SCANSION.search(message)
    both = written is not None and {"x", "/"} <= set(written[1])
    return written[1] if written and both else ""


def _lengths(message: str) -> list[int]:
    """A pattern such as 8-6-8-6, where the message speaks of syllables."""
    match = _PATTERN.search(message) if _OF_SYLLABLES.search(message) else None
    return [int(n) for n in re.findall(r"\d+", match[1])] if match else []


def _scheme(message: str) -> str:
    match = _SCHEME.search(message)
    return re.sub(r"\s*[/|]\s*", "/", match[1]) if match else ""


def _structure(message: str) -> list[str]:
    """The sections in the order of the message, where several of a name are wished for."""
    found: list[tuple[int, str]] = []
    for english, part, chinese, name in _SECTIONS.findall(message):
        kind = KINDS[name] if name else re.sub(r"^prechorus$", "pre-chorus", part.lower())
        found.append((number((english or chinese or "one").lower()) or 1, kind))
    if not any(1 < count <= _MOST_SECTIONS for count, _ in found):
        return []
    return [kind for count, kind in found for _ in range(min(count, _MOST_SECTIONS))]
