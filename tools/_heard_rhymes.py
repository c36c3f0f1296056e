"""What a message asks of how words sound: the scheme of a lyric that it brings along, or rhymes of
a word that suit a theme or begin in some way."""

from __future__ import annotations

import re
from typing import Any

from tools._chord_row import chord_row
from tools.prosody.phrase_ends import is_weak

_ASKED = re.compile(
    r"\brhym(?:e|ing) (?:scheme|pattern)|\b(?:internal|inner) rhym"
    r"|\bhow (?:does|do|is|are)\b.*\brhym"
    r"|\b(?:does|do|is|are|which|what|where)\b.*\brhym(?:es?|ing)?\b"
    r"|\b(?:count|how many|number of)\b.*\bsyllables?\b|\bsyllables? (?:count|per line)"
    r"|韵(?:脚|式|律格式)|押韵|押的?(?:是)?什么韵|句中韵|内韵|[单双三]押"
    r"|数(?:一)?(?:数|下).*(?:音节|字)|(?:几|多少)个?(?:音节|字)",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:re-?write|write|change|make|fix|continue|finish|translate|compose|turn|improve)\b"
    r"|\bgive me\b|[改写换续翻编填](?![的了])|生成|创作",
    re.I,
)
_QUESTION = re.compile(
    r"[?？吗几数]|什么|多少|哪|\b(?:what|which|where|how|count|check|show|find|does|do|is|are)\b"
    r"|\b(?:this|these|my|following|below)\b|[这我]|下面|^(?:the )?\w+ \w+s?$",
    re.I,
)
"""What makes a question of bare words such as "rhyme scheme"; they are also said in orders."""
_ORDER = re.compile(
    r"\b(?:need|want|should|can i|do i|about|chords?|themes?|a song|song with)\b"
    r"|应该|和弦|配|主题|关于|要押|[来作]一?[首段]",
    re.I,
)
_THING = r"(?:song|lyrics?|words|lines?|verses?|chorus|bridge|draft)"
_OPEN = re.compile(
    rf"\b(?:this|the|my|our|its|these|that|current)\s+(?:\w+\s+)?{_THING}\b"
    r"|\b(?:this|it|these|that)(?=\W*$|\s+(?:has|have|does|do|even|rhymes?|got|so far|now)\b)"
    r"|\b(?:each|every|per) line\b|^what(?:'s| is) the (?:rhyme scheme|syllable count)\W*$"
    r"|这首|这段|这个(?![字词])|这些|这歌|我的|这里|现在|当前|歌词|[主副]歌|每一?[句行]|它|^押什么韵",
    re.I,
)
"""The words of the work at hand are meant: "does it rhyme?", 每句几个字."""
_ASKS = re.compile(
    r"^(?:(?:please|hey|so|and|ok|okay)[, ]+)*(?:what|which|how|where|does|do|is|are|count|check|"
    r"(?:can|could) you (?:please )?(?:count|check|tell|show))\b"
    r"|吗|什么|几|多少|哪|数一?[数下]|检查|怎么样",
    re.I,
)
_NOT_OPEN = re.compile(
    r"\bmeans?\b|\b(?:could|would|should) (?:it|this|the|i|we)\b|\b(?:of|in|does|do) an?\b"
    r"|\b(?:more|better|less|ha(?:ve|s) to|must|okay|usual\w*|typical\w*|haiku|sonnet|limerick)\b"
    r"|\bway to\b|\brhym\w*(?: words)? (?:for|with|of|to)\b|\bsong (?-i:[A-Z])|[\"“”「『‘《]"
    r"|意思|能否|一点|一些|怎么(?!样)|一般|通常|必须|绝句|律诗|词牌|[单双三]押是|名字|希望|一首"
    r"|[让使把别]|[和与跟同].{1,6}押",
    re.I,
)
"""A rule, another song, an order or the rhymes of a word are meant."""
_WORD = r"[\"“'‘「]?(?P<word>[a-z][a-z' -]{0,30}?|[\u3400-\u9fff]{1,6}?)[\"”'’」]?"
_RHYMES = re.compile(
    rf"\brhym(?:es?|ing)(?: words)? (?:for|with|of|to) {_WORD}(?=$|[,.?!;]|\s+(?:about|that|which|"
    r"to do with|related|on the theme|in the theme|starting|beginning))",
    re.I,
)
_RHYMES_ZH = re.compile(
    r"(?:和|与|跟|同)\s*[“\"「]?(?P<word>[\u3400-\u9fff]{1,6}?)[”\"」]?\s*(?:同韵|押韵|押)"
)
_THEME = re.compile(
    r"\b(?:about|to do with|related to|on the theme of|in the theme of)\s+(?P<en>[^.,;!?\n]{2,60})"
    r"|(?:关于|主题是|围绕|有关|跟)\s*[“\"「]?(?P<zh>[\u3400-\u9fff]{1,12}?)[”\"」]?(?:有关)?的?(?:词|字|韵|$|[，。？！])",
    re.I,
)
_START = re.compile(
    r"\b(?:start|begin)(?:s|ning|ing)? with (?:the letters? )?[\"“']?(?P<en>[a-z]{1,12})\b"
    r"|以[“\"「]?(?P<zh>[\u3400-\u9fff]{1,4}?|[a-z]{1,4})[”\"」]?(?:字)?(?:开头|打头)",
    re.I,
)


def said_of_rhymes(message: str, *, open_words: bool = False) -> tuple[str, dict[str, Any]] | None:
    """The call of `count_syllables` for a lyric under a question about its rhymes or syllables, or
    of `find_rhymes` with a theme or a beginning, where that is what is asked for; else None.

    `open_words`: the work at hand has words, so that "does it rhyme?" speaks of them.
    """
    head, words = _parted(message)
    if not words and open_words and _asks_about_open(head):
        words = "current"
    if not words or not _ASKED.search(head):
        return _wished_rhymes(message)
    ordered = _CHANGED.search(head) or _ORDER.search(head) or _RHYMES.search(head)
    if ordered or not _QUESTION.search(head) or len(chord_row(words)) > 2:
        return None
    return "count_syllables", {"text": words}


def _asks_about_open(message: str) -> bool:
    asks = _ASKS.search(message) and _OPEN.search(message)
    return bool(asks) and not _NOT_OPEN.search(message)


def _wished_rhymes(message: str) -> tuple[str, dict[str, Any]] | None:
    found = _RHYMES.search(message) or _RHYMES_ZH.search(message)
    if not found or re.search(r"\b(?:write|rewrite|song|lyrics?|verse)\b|歌词|写", message, re.I):
        return None
    rest = message[: found.start()] + " " + message[found.end() :]
    wished = {}
    for name, pattern in (("theme", _THEME), ("starts_with", _START)):
        if said := pattern.search(rest):
            wished[name] = (said["en"] or said["zh"]).strip()
            rest = rest.replace(said[0], " ")
    word = found["word"].strip()
    # A small model would drop the second word of "read it".
    phrase = " " in word and is_weak(word.split()[-1].lower())
    return ("find_rhymes", {"text": word, **wished}) if wished or phrase else None


def _parted(message: str) -> tuple[str, str]:
    """The question, and the lyric that stands under it, over it or after its colon."""
    text = message.strip()
    rows = text.splitlines()
    if len(rows) > 2 and not _ASKED.search(rows[0]) and _ASKED.search(rows[-1]):
        return rows[-1], "\n".join(rows[:-1]).strip()
    first, _, under = text.partition("\n")
    place = min((at for sign in ":：" if (at := first.find(sign)) >= 0), default=len(first))
    head, rest = first[:place], first[place + 1 :]
    lyric = "\n".join(part for part in (rest.strip(), under.strip("\n")) if part.strip())
    return head.strip(), re.sub(r"\s+/\s+", "\n", lyric.strip().strip('"“”「」'))
