"""What a message asks of words and a melody that are to meet: words written to the tune of the
song at hand, or words that it brings along set under that tune."""

from __future__ import annotations

import re
from typing import Any

from tools._heard_form import said_of_form

_TUNE = r"(?:melod(?:y|ies)|tune|song|notes)"
_THIS = r"(?:this|the|my|our|that|its|his|her|these|those|the current|the same)(?:\s+\w+){0,2}?"
_GAP = r"[^.:：\n]{0,40}?"
_WRITE = re.compile(
    r"\b(?:write|make|give|find|need|want|create|come up with|suggest|do|add|got any|any)\b"
    rf"{_GAP}\b(?:lyrics?|words)\b{_GAP}"
    r"\b(?:to|for|on|over|under|onto|into|with|that (?:fits?|match(?:es)?|go with|goes with))"
    rf"\s+{_THIS}\s+(?:melod(?:y|ies)|tune|notes)\b",
    re.I,
)
_WRITE_ZH = re.compile(
    r"(?:给|为|替|照着|照|按着|按照|按|根据|依着|帮|跟着|就着|在)[^，。：:\n]{0,8}?"
    r"(?:旋律|曲调|调子|曲子|谱子|音符)[^。：:\n]{0,8}?(?:填|写|配|作)[^。：:\n]{0,12}?(?:歌?词)"
    r"|(?:给|为|帮|替)[^，。：:\n]{0,6}?(?:歌|曲|旋律|曲子)[^，。：:\n]{0,4}?填(?:个|上|一段|点|首)?词",
)
_SET = re.compile(
    r"\b(?:put|set|fit|place|lay|match|align|sing|use|write)\b"
    rf"{_GAP}\b(?:lyrics?|words|lines|text|poem|verses?)\b{_GAP}"
    rf"\b(?:under|to|on|onto|with|beneath|over|into)\s+{_THIS}\s*\b{_TUNE}\b",
    re.I,
)
_SET_ZH = re.compile(
    r"(?:把|将|用)[^。：:\n]{0,10}?(?:歌词|词|句子|文字|诗)[^。：:\n]{0,6}?"
    r"(?:配|填|放|套|对|写|安|唱)[^。：:\n]{0,3}?(?:到|在|进|上|入|给)?[^。：:\n]{0,8}?"
    r"(?:旋律|曲子|曲调|调子|音符|这首歌|谱子)"
)
_OTHER = re.compile(
    r"\bchords?\b|\bharmon|\bprogression|\bcompose\b|\bset(?:ting)? .{0,30}to music\b"
    r"|\b(?:new|another|different)\s+(?:melody|tune)\b|\brewrite\b|\btranslat"
    r"|和弦|和声|谱曲|作曲|配曲|谱(?:一)?个?曲|新(?:的)?旋律|翻译|改写|重写",
    re.I,
)
_ABOUT = re.compile(r"\babout\s+([^.;!?\n:]{2,80})", re.I)
_ABOUT_ZH = re.compile(
    r"(?:关于|主题是|讲的是|内容是|写的是|讲)\s*[“「]?([^，。！？：:\n“”「」]{1,30}?)[”」]?"
    r"(?:的(?:中文|英文)?歌?词|的$|[，。！？\n]|$)"
)
_TONGUE = re.compile(r"\bin (english|chinese|mandarin)\b|(中文|英文)", re.I)
_TAIL = re.compile(r"\s*\b(?:in (?:english|chinese|mandarin)|please|pls|thanks)\b.*$", re.I)


def said_of_fit(message: str) -> tuple[str, dict[str, Any]] | None:
    """The call of `write_lyrics` (to the melody of the song at hand) or of `fit_lyrics`, where
    that is what the message asks for; else None."""
    head, words = parted(message)
    if _OTHER.search(head):
        return None
    if words and (_SET.search(head) or _SET_ZH.search(head)):
        return "fit_lyrics", {"lyrics": words}
    if not words and (_WRITE.search(head) or _WRITE_ZH.search(head)):
        return "write_lyrics", {"song": "current", **_wished(head)}
    return None


def parted(message: str) -> tuple[str, str]:
    """The request, and the words that stand under it or after its colon."""
    text = message.strip()
    places = [at for sign in (":", "：", "\n") if (at := text.find(sign)) >= 0]
    if not places:
        return text, ""
    words = text[min(places) + 1 :].strip().strip('"“”「」')
    return text[: min(places)].strip(), re.sub(r"\s+/\s+", "\n", words)


def _wished(head: str) -> dict[str, Any]:
    """Theme, language and form of the words to write."""
    found = said_of_form(head)
    if about := _ABOUT.search(head) or _ABOUT_ZH.search(head):
        found["theme"] = _TAIL.sub("", about[1]).strip(" ,，")
    if tongue := _TONGUE.search(head):
        found["language"] = (
            "en" if (tongue[1] or tongue[2]).lower() in ("english", "英文") else "zh"
        )
    return {key: value for key, value in found.items() if value}
