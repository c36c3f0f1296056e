"""What a message asks of words that are to get a melody: those of the work at hand, or those that
it brings along."""

from __future__ import annotations

import re
from typing import Any

from tools._heard_fit import parted

_WORDS = r"(?:lyrics?|words|lines|verses?|poem|text)"
_THESE = rf"(?:this|these|the|my|our|those|that|its)(?:\s+\w+){{0,2}}?\s+{_WORDS}"
_GAP = r"[^.:：\n]{0,40}?"
_ASKED = re.compile(
    rf"\b(?:set|put)\s+(?:{_THESE}|it|this|them|that)\s+to\s+music\b"
    rf"|\b(?:turn|make)\s+{_THESE}\s+into\s+a\b{_GAP}\bsong\b"
    rf"|\bset\s+{_THESE}\s+to\s+an?\b{_GAP}\b(?:melody|tune)\b"
    r"|\b(?:write|compose|make|give|find|create|need|want|add|come up with|suggest)\b"
    rf"{_GAP}\b(?:melody|tune|music)\b{_GAP}\b(?:for|to|under|with)\s+(?:{_THESE}|them)\b",
    re.I,
)
_ASKED_ZH = re.compile(
    r"(?:给|为|帮|替)[^，。：:\n]{0,8}?(?:歌?词|诗|句)[^，。：:\n]{0,4}?(?:谱|配|写|作|做|加)"
    r"[^，。：:\n]{0,10}?(?:曲|旋律|调子|音乐)"
    r"|(?:把|将)[^，。：:\n]{0,8}?(?:歌?词|诗|句)[^，。：:\n]{0,4}?(?:谱成|谱上|配上|写成|变成|做成)"
    r"[^，。：:\n]{0,8}?(?:曲|歌|旋律|音乐)",
    re.I,
)
_ALSO_WORDS = re.compile(
    r"\b(?:write|make up|create)\b[^.]{0,30}\b(?:lyrics|words)\b[^.]{0,60}\band\b"
    r"|写[^，。]{0,12}歌?词[^。]{0,20}(?:并|再|然后|，)",
    re.I,
)


def said_of_setting(message: str) -> tuple[str, dict[str, Any]] | None:
    """The call of `compose` for words, where that is what the message asks for; else None."""
    head, words = parted(message)
    if _ALSO_WORDS.search(head) or not (_ASKED.search(head) or _ASKED_ZH.search(head)):
        return None
    return "compose", {"lyrics": words or "current", "description": head}
