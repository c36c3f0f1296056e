"""The mood that a message wants words to have."""

from __future__ import annotations

import re
from typing import Any

from tools._heard_place import NEW, where
from tools._moods import Mood, find_mood
from tools.styles import find_style


def said_of_mood(head: str, body: str) -> dict[str, Any] | None:
    english = re.search(
        r"\b(?:make|turn|rewrite|change)\b.*?\b(?:lyrics?|words|lines?|verses?|chorus|bridge|text)\b(?P<how>.*)",
        head,
        re.I,
    )
    before = re.search(
        r"\b(?P<how>(?:more |less )?[a-z]+)\s+(?:lyrics|words)\s*(?:please|pls)?[.!]?$", head, re.I
    )
    chinese = re.search(
        r"(?:歌词|词|句|行|段|主歌|副歌|文字)[^，。]*?(?:改|写|变|弄|换)?(?:得|成|的)?(?:更|再|(?=别那么|不要那么))(?P<how>.+)"
        r"|^(?:请|帮我|把它)?(?:改|写)得(?:更|再)?(?P<plain>.+)",
        head,
    )
    how = ""
    if english:
        how = english["how"]
    elif chinese:
        how = chinese["how"] or chinese["plain"]
    elif before and not NEW.search(head) and re.search(r"er$|^more|^less", before["how"], re.I):
        how = before["how"]
    mood = _mood_of(how)
    if not mood or (find_style(how) is not None and not body and chinese and chinese["plain"]):
        return None
    if english and re.search(r"\babout\b|^(?:please )?write", head, re.I):
        return None
    return {"action": "mood", "mood": mood, **where(head)}


def mood_of_it(head: str) -> dict[str, Any] | None:
    """A mood asked of the work at hand as a whole: "make it more hopeful", "改得更有希望一点"."""
    found = re.search(
        r"^(?:please\s+|(?:can|could|would) (?:you|we)\s+|let'?s\s+"
        r"|i(?:'d| would)? (?:like|want)\s+)*"
        r"(?:(?:make|turn|have|get)\s+)?(?:(?:it|this|that|(?:the|this|my|our) (?:song|one))\s+)?"
        r"(?:(?:feel|sound|be|to be|to feel|to sound)\s+)?"
        r"(?P<how>(?:(?:a (?:bit|little|lot)|much|slightly|somewhat|even|less|not so)\s+)*"
        r"(?:more\s+[a-z]+|less\s+[a-z]+|not so\s+[a-z]+|[a-z]+er))"
        r"(?:,?\s+(?:please|pls|thanks|now|overall))*[\s.!?]*$",
        head.strip(),
        re.I,
    ) or re.search(
        r"^(?:请|帮我|麻烦|能不能|可以)*(?:把)?(?:它|这首歌?|这个|整首歌?|情绪|感觉)*"
        r"(?:改|写|变|弄|换|调)?(?:得|成|的)?(?:更|再|稍微|变得)*(?P<how>[\u3400-\u9fff]{1,8}?)"
        r"(?:一些|一点儿?|些|点|吧|吗|[。！!？?])+$",
        head.strip(),
    )
    how = found["how"] if found and found["how"].lower() != "lover" else ""
    if not how and (less := re.search(r"^(?:不要|别)(?:再)?(?:那么|这么|太)(.{1,8})", head)):
        how = f"不{less[1]}"
    mood = _mood_of(how)
    if not mood or find_style(how) is not None:
        return None
    return {"action": "mood", "mood": mood}


def _mood_of(text: str) -> str:
    """The mood that is named, also in its comparative; less of one is the way to another."""
    for word in re.findall(r"[a-z]+", text.lower()):
        stem = re.sub(r"ier$", "y", word)
        for form in (word, stem, re.sub(r"(.)\1er$", r"\1", word), re.sub(r"er$", "", word)):
            if len(form) > 2 and (mood := find_mood(form)) is not None:
                less = re.search(rf"\b(?:less|not so)\s+{word}", text, re.I)
                return _away_from(mood) if less else mood.name
    less = re.match(r"不要?|别", text)
    found = (
        find_mood(text[less.end() if less else 0 :])
        if re.search(r"[\u3400-\u9fff]", text)
        else None
    )
    if found is None:
        return ""
    return _away_from(found) if less else found.name


def _away_from(mood: Mood) -> str:
    return "happy" if mood.valence < 0 else "sad"
