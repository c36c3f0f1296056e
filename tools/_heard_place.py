"""The place in a lyric that a message names: which line, which section, how many."""

from __future__ import annotations

import re
from typing import Any

from tools._heard_numbers import number

COUNT = r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[一二两三四五六七八九十]{1,3})"
ORDINAL = r"(first|second|third|fourth|fifth|sixth|seventh|eighth|last|\d{1,2}(?:st|nd|rd|th))"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
PARTS = r"(?:pre-?chorus|chorus|verse|bridge|hook|refrain|outro|intro)"
PARTS_ZH = r"(?:预副歌|导歌|主歌|副歌|桥段|尾声|前奏)"
THE = rf"(?:(?:a|one|two|three|the|my|our|\d+|{ORDINAL})\s+){{1,2}}"
QUOTED = re.compile(
    r"[\"“「『]([^\"”」』]{1,80})[\"”」』]|(?<!\w)'([^']{1,60})'(?!\w)|‘([^’]{1,60})’"
)
NEW = re.compile(
    r"\b(?:write|compose|create|generate|make|give|need|want)\b(?!\s+(?:it|this|that|them|the|these|"
    r"those|my|our|another|\w+ more|more)\b)[^.,:]{0,30}?\b(?:songs?|lyrics?|verses?|chorus|"
    r"poem|words)\b(?! (?:so|sound|be|shorter|more|less)\b)"
    r"|(?<![续改重])写(?:一|个|首|段|几|点|[两三四五六七八])|来(?:一)?(?:首|段)|作(?:一)?首|以.{1,12}为(?:主)?题",
    re.I,
)
"""Asks for new words, not for a change."""


def where(head: str) -> dict[str, Any]:
    """Line and section that the words name."""
    found: dict[str, Any] = {}
    by_number = re.search(rf"\bline\s*(?:number|no\.?|#)?\s*{COUNT}\b", head, re.I) or re.search(
        rf"第\s*{COUNT}\s*[句行]", head
    )
    by_order = re.search(rf"\b{ORDINAL}\s+line\b|(最后)一?[句行]", head, re.I)
    if by_number:
        found["line"] = number(by_number[1].lower())
    elif by_order:
        found["line"] = place(by_order[1] or "last")
    elif re.search(r"\bline\b|句|行", head) and (quoted := QUOTED.search(head)):
        found["line"] = next(group for group in quoted.groups() if group)
    part = re.search(rf"\b({PARTS}\s*\d?)\b", head, re.I)
    order = re.search(rf"\b{ORDINAL}\s+({PARTS})\b", head, re.I)
    chinese = re.search(rf"第({COUNT})段({PARTS_ZH})|({PARTS_ZH})", head)
    last = re.search(rf"最后一?段({PARTS_ZH})", head)
    if order:
        found["section"] = f"{order[2]} {place(order[1])}".lower()
    elif part:
        found["section"] = part[1].strip().lower()
    elif last:
        found["section"] = f"{last[1]} -1"
    elif chinese:
        found["section"] = f"{chinese[3]} {number(chinese[1])}" if chinese[1] else chinese[4]
    return found


def place(word: str) -> int:
    """1 for "first" and "1st", -1 for "last"."""
    if word.lower() in ("last", "最后"):
        return -1
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else ORDINALS.index(word.lower()) + 1
