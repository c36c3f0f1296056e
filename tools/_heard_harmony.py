"""What a message says plainly of fingerings and key changes: capo, difficulty, instrument, keys."""

from __future__ import annotations

import re
from typing import Any

from music.keys import BadKey, parse_key

_EASY = re.compile(
    r"\b(?:eas(?:y|ier|iest)|beginners?|simpl(?:e|er|est)|novice|noob)\b|"
    r"\b(?:no|without|hate|avoid|can'?t play)\s+(?:any\s+)?barres?\b|"
    r"新手|初学|入门|简单|容易|好按|不会大?横按",
    re.I,
)
_EASY_LEVEL = 2
_DIFFICULTY = re.compile(
    r"\bdifficulty\s*(?:level)?\s*(?:of|at|:)?\s*([1-5])|难度\D{0,4}([1-5])", re.I
)
_CAPO = re.compile(
    r"\bcapo\b(?!\s*(?:夹几|夹哪))\D{0,16}?([1-9])(?!\d|[#b])|"
    r"(?<![A-Za-z#b\d])([1-9])(?:st|nd|rd|th)?\s*(?:fret\s*)?capo|"
    r"(?:变调夹|夹)\D{0,4}([1-9一二三四五六七])\s*品",
    re.I,
)
_LEFT = re.compile(
    r"\bleft[\s-]*hand(?:ed|er)\b|\blefty\b|\bsouthpaw\b|左撇子|左手(?:琴|吉他|尤克里里|版|指法)|(?:吉他|尤克里里)左手",
    re.I,
)
_INSTRUMENTS = (
    ("ukulele", re.compile(r"\bu(?:ku|ke)l?el?e?l?e?\b|\bukes?\b|尤克里里|乌克丽丽|uke", re.I)),
    ("guitar", re.compile(r"\bg(?:ui|u|iu)ta?i?r\b|吉他", re.I)),
    ("piano", re.compile(r"\bpiano\b|\bkeyboards?\b|\bkeys\b|钢琴|键盘", re.I)),
)
_SPICE = re.compile(
    r"\bspice\s*(?:level)?\s*(?:of|at|:)?\s*([0-3])|辣度\s*([0-3])|([0-3])\s*级辣", re.I
)
_SPICES = (
    (
        3,
        re.compile(
            r"(?:really|very|super|extra) spic|\bwild|\bcrazy|\bbold|\bdaring|\bradical|"
            r"far[\s-]out|\bextreme|大胆|狂|野|前卫|出格",
            re.I,
        ),
    ),
    (2, re.compile(r"\bmedium|\bnoticeabl|\bclearly|中等|适中|明显", re.I)),
    (
        1,
        re.compile(
            r"\b(?:a|just a) (?:little|bit|touch)|\bslight|\bmild|\bgentl|\bsubtl|稍|略|一点点|轻",
            re.I,
        ),
    ),
)
_BORED = re.compile(
    r"\b(?:bor(?:ed|ing)|dull|plain|predictable|tired of|spic|reharm|substitut|more interesting|"
    r"colou?r|richer)|无聊|单调|平淡|普通|听腻|套路|太俗|没意思|重配|重新配|丰富|色彩|加点|代理和弦|替代和弦",
    re.I,
)
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}

_KEY = (
    r"(?:[降升]?[A-Ga-g](?:#|b|♯|♭|[\s-]?sharp|[\s-]?flat)?"
    r"(?:\s?(?:major|minor|maj|min|m)\b|[大小]?调)?)(?![A-Za-z0-9#])"
)
_CHANGES = re.compile(
    r"modulat|key[\s-]?change|change[\s\w]*key|pivot|转调|转到|转[降升A-Ga-g]|移到", re.I
)
_FROM_TO = re.compile(
    rf"(?<![A-Za-z])(?:from\s+|从\s*)?({_KEY})\s*"
    rf"(?:[-=]*>|→|(?:up\s+|down\s+|over\s+)?(?:in)?to\s+|(?:怎么|如何|该怎么|要怎么)?(?:转调?到?|到|升到|降到|走到))\s*({_KEY})"
)
_TO_FROM = re.compile(rf"\b(?:in)?to\s+({_KEY})\s+from\s+({_KEY})")


def said_of_fingerings(message: str) -> dict[str, Any]:
    """Arguments of `voice_chords` that the words name; chords are read elsewhere."""
    difficulty = _DIFFICULTY.search(message)
    capo = _CAPO.search(message)
    found: dict[str, Any] = {
        "difficulty": _number(difficulty) or (_EASY_LEVEL if _EASY.search(message) else None),
        "capo": _number(capo),
        "left_handed": bool(_LEFT.search(message)) or None,
        "instrument": next((name for name, said in _INSTRUMENTS if said.search(message)), None),
    }
    return {key: value for key, value in found.items() if value is not None}


def said_of_changes(message: str) -> dict[str, Any]:
    """Arguments of `suggest_chords` that the words name: a spice, or the keys of a modulation."""
    found: dict[str, Any] = {}
    if (spice := _spice(message)) is not None:
        found["spice"] = spice
    if (there := _TO_FROM.search(message)) and (keys := _keys(there[2], there[1])):
        return found | keys
    moves = _FROM_TO.search(message)
    certain = _CHANGES.search(message) or (moves and re.search(r"调|minor|major", moves[0]))
    if moves and certain and (keys := _keys(moves[1], moves[2])):
        found |= keys
    return found


def said_of_boredom(message: str) -> bool:
    """Whether chords that the message spells are to be made more interesting."""
    return _BORED.search(message) is not None


def _spice(message: str) -> int | None:
    """How far a reharmonisation may go, by number or in words such as "a little"."""
    if (number := _number(_SPICE.search(message))) is not None:
        return number
    return next((level for level, said in _SPICES if said.search(message)), None)


def _number(match: re.Match[str] | None) -> int | None:
    digit = next((group for group in match.groups() if group), None) if match else None
    return None if digit is None else _DIGITS.get(digit) or int(digit)


def _keys(start: str, end: str) -> dict[str, str]:
    """Both keys by name; empty when either is none."""
    try:
        names = [_name(text) for text in (start, end)]
    except BadKey:
        return {}
    return dict(zip(("key", "to_key"), names, strict=True))


def _name(text: str) -> str:
    """ "A minor", and only the tonic where no mode is named. Raises `BadKey`."""
    key = parse_key(text[:1].upper() + text[1:])
    named = key.is_minor or re.search(r"maj|大", text, re.I)
    return key.name if named else key.name.removesuffix(" major")
