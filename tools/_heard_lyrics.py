"""What a message asks of lyrics that exist: rewrite a line, translate, continue, merge, ...

The embedded chat model does not know this tool; what is asked for is regular enough to be read from
the words. New lyrics, chords, keys and styles are for other tools, so nothing is read here where a
message is about those.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tools._heard_mood import mood_of_it, said_of_mood
from tools._heard_numbers import number
from tools._heard_place import COUNT, NEW, ORDINAL, PARTS, PARTS_ZH, QUOTED, THE, where
from tools.styles import find_style

_WORDS = re.compile(
    r"\blyrics?\b|\bwords?\b|\blines?\b|\bverses?\b|\bstanza|\btext\b|歌词|词|句|行|段|主歌|副歌",
    re.I,
)
_MUSIC = re.compile(
    r"\bchords?\b|\bmelod|\btune\b|\btempo\b|\bkey\b|\bbpm\b|\bsolo\b|\bbars?\b|\bharmon|\bbass\b|"
    r"\bdrums?\b|\barrange|\bprogression|\briff|\bstyle\b|\brhymes? (?:with|for)\b|"
    r"和弦|旋律|速度|转调|[升降]调|[A-G]调|风格|伴奏|节奏|小节|编曲|曲子|押韵的词|押什么",
    re.I,
)


def said_of_lyrics(message: str, *, open_words: bool = False) -> dict[str, Any] | None:
    """Arguments of `edit_lyrics`, where that is what the message asks for; else None.

    `open_words`: the work at hand has words, so that "make it sadder" speaks of them.
    """
    head, body = _parted(message)
    if _MUSIC.search(QUOTED.sub(" ", head)):
        return None
    if open_words and (found := mood_of_it(head)) is not None:
        return found
    for read in _READERS:
        if (found := read(head, body)) is not None:
            pasted = {"text": body} if body else {}
            return {**found, **pasted}
    return None


def _parted(message: str) -> tuple[str, str]:
    """The request, and the lyric that was pasted under it (or after a colon)."""
    text = message.strip()
    head, _, rest = text.partition("\n")
    if rest.strip():
        return head.strip().rstrip(":："), rest.strip()
    head, colon, rest = text.partition("：") if "：" in text else text.partition(": ")
    long = len(rest.split()) >= 4 or len(re.findall(r"[\u3400-\u9fff]", rest)) >= 6
    return (head.strip(), rest.strip()) if colon and long else (text, "")


def _translate(head: str, body: str) -> dict[str, Any] | None:
    said = re.search(
        r"\btranslat\w*|\b(?:english|chinese|mandarin) version of (?:this|the|my|these)\b"
        r"|翻译|译成|译为|翻成|[中英]文版",
        head,
        re.I,
    )
    of_lyrics = (
        body
        or _WORDS.search(head)
        or re.search(r"\bsing|\bsong\b|\b(?:it|this|that)\b|唱|歌|这|它|一下|成", head, re.I)
    )
    if not said or not of_lyrics or QUOTED.search(head):
        return None
    english = re.search(r"\benglish\b|英文|英语|英译", head, re.I)
    chinese = re.search(r"\bchinese\b|\bmandarin\b|中文|汉语|国语|普通话", head, re.I)
    if english and chinese:  # "from Chinese into English"
        goal = re.search(r"(?:to|into|成|为)\s*(\w+)", head, re.I)
        english = english if goal and re.match(r"engl|英", goal[1], re.I) else None
    target = {"language": "en"} if english else {"language": "zh"} if chinese else {}
    return {"action": "translate", **target, **where(head)}


def _alternatives(head: str, body: str) -> dict[str, Any] | None:
    del body
    said = re.search(
        r"\b(?:another|different|better|other|alternative|new)\s+words?\s+(?:for|than|instead of)\b"
        r"|\b(?:synonyms?|alternatives)\s+(?:for|of|to)\b|\b(?:replace|swap|change)\s+the\s+word\b"
        r"|\bwhat else (?:can|could) (?:i|we) say (?:for|instead of)\b"
        r"|换(?:一)?个?词|换词|近义词|同义词|换(?:一)?个?说法|换(?:成)?别的(?:词|说法)|还能怎么说",
        head,
        re.I,
    )
    if not said:
        return None
    quoted = QUOTED.search(head)
    word = next((group for group in quoted.groups() if group), "") if quoted else ""
    if not word:
        plain = re.match(r"\s*([a-z'\-]{2,20})\b", head[said.end() :], re.I)
        before = re.search(
            r"(?:把|将|的|里)([\u3400-\u9fff]{1,4}?)(?:这个词)?(?:换|的近义|的同义|还能)", head
        )
        after = re.search(r"([\u3400-\u9fff]{1,4})的(?:近义词|同义词)", head)
        found = plain or after or before
        word = found[1] if found else ""
    if word.lower() in ("it", "this", "that", "line", "the"):
        word = ""
    return {"action": "alternatives", **({"word": word} if word else {}), **where(head)}


def _merge(head: str, body: str) -> dict[str, Any] | None:
    said = re.search(
        r"\b(?:merge|combine|join|weave|mix|blend|put)\b(?P<what>.*)|(?P<zh>.*)(?:合在一起|合并|融合|拼在一起|"
        r"揉在一起|放在一起|合成一|合到一起|并在一起)",
        head,
        re.I,
    )
    if not said:
        return None
    what = said["what"] or said["zh"] or ""
    drafts = re.search(
        r"\bverses?\b|\blyrics?\b|\bdrafts?\b|\blines\b|\bwords\b|\bmine\b|\bours\b|\bversions\b|"
        r"歌词|词|稿|版本|我们|咱们|两个人|俩|我的|段",
        what,
        re.I,
    )
    labelled = re.search(r"^[^\W\d][\w ]{0,30}[:：]\s*$", body, re.M)
    if not (drafts or labelled) or (
        re.search(r"\bput\b", head, re.I) and "together" not in head.lower()
    ):
        return None
    names = re.findall(r"\b([A-Z][\w-]{0,30})[’']s\b", head)
    names += re.findall(
        r"(?:把|和|与|跟|，|、)\s*([\u3400-\u9fff\w]{1,8}?)的(?=和|与|跟|合|歌词|词|稿|版本|那段)",
        head,
    )
    mine = re.search(r"\bmine\b|\bmy\b|我的", head, re.I)
    authors = [
        n for n in dict.fromkeys(names) if n not in ("我", "我们", "我们两个", "咱们", "两个人")
    ]
    authors += ["me"] if mine and authors else []
    return {"action": "merge", **({"authors": authors} if authors else {})}


def _viewpoint(head: str, body: str) -> dict[str, Any] | None:
    del body
    said = re.search(
        r"\bpoint of view\b|\bpov\b|\bperspective\b|\bviewpoint\b|\b(?:first|second|third) person\b"
        r"|视角|人称|口吻|的角度",
        head,
        re.I,
    )
    asked = re.search(r"^(?:who|what|why|is|does|谁)\b.*[?？]\s*$", head.strip(), re.I)
    if not said or asked or NEW.search(head):
        return None
    people = (
        ("they", r"\btheir\b|\bthey\b|\bthird person\b|他们|她们|第三人称"),
        ("she", r"\bher\b|\bshe\b|\bwoman|\bgirl|她|女"),
        ("he", r"\bhis\b|\bhe\b|\bman'?s\b|\bboy|他|男|第三人称"),
        ("we", r"\bour\b|\bwe\b|我们"),
        ("you", r"\byour\b|\byou\b|\bsecond person\b|你|第二人称"),
        ("I", r"\bmy\b|\bi\b|\bfirst person\b|我|第一人称"),
    )
    who = next((name for name, words in people if re.search(words, head, re.I)), "")
    return {"action": "point_of_view", **({"person": who} if who else {}), **where(head)}


def _shorten(head: str, body: str) -> dict[str, Any] | None:
    said = re.search(
        r"\b(?:shorten|trim|condense|cut down)\b|\bmake\b.{0,24}\bshorter\b"
        r"|\bcut\b.{0,24}\b(?:lines?|verses?)\b"
        rf"|\b(?:drop|remove|delete|leave out)\s+(?:line\b|{THE}(?:lines?|{PARTS})\b)"
        rf"|{_SOME_LINES}"
        r"|缩短|精简|(?:写|改|弄)?短一?[点些]|压缩"
        rf"|(?:删(?:掉|减|去|除)?|去掉|砍掉)(?:第|最后|前|开头|其中|任意)?(?:[一二两三四五六七八九十几\d]+[句行段]|{PARTS_ZH})"
        r"|减(?:少)?到.{0,3}[句行]",
        head,
        re.I,
    )
    if not said or NEW.search(head) or _SEVERAL_PLACES.search(head):
        return None
    own = (
        body or _WORDS.search(head) or re.search(r"\b(?:it|this|that|song)\b|这|它|歌", head, re.I)
    )
    if not (own or re.fullmatch(r"[\u3400-\u9fff！!。一点些]{2,8}", head)):
        return None
    to = re.search(
        rf"\b(?:to|into)\s+(?:just |only )?{COUNT}\s*(?:lines?\b)", head, re.I
    ) or re.search(rf"(?:到|成|剩|留){COUNT}\s*[句行]", head)
    goal = number(to[1]) if to else None
    spot = where(head)
    if not goal and (count := _dropped(head)):
        if count == 1 and "line" in spot:  # "the last line"
            return {"action": "shorten", **spot}
        return {"action": "shorten", **spot, **_side(head), "drop": count}
    gone = re.search(r"\b(?:drop|remove|delete|cut|leave out)\b|删|去掉", head, re.I)
    one = re.search(rf"\b(?:a|one|some)\s+{PARTS}|(?<!最后)(?<!第)[一两几]段", head, re.I)
    if one and "line" not in spot:  # "drop a verse": whichever is missed least
        spot = {}
    if gone and "section" in spot and "line" not in spot and not goal:
        return {"action": "shorten", **spot, "lines": 0}
    return {"action": "shorten", **spot, **({"lines": goal} if goal else {})}


_SOME_LINES = (
    rf"\b(?:drop|remove|delete|cut|leave out|lose)\b(?:\s+(?:out|any|some|the|first|last)){{0,3}}"
    rf"\s+{COUNT}\s+(?:more\s+)?lines?\b"
    rf"|\b(?:shorten|cut|trim|make)\b[^.?!]*\b(?:by|without)\s+{COUNT}\s+(?:more\s+)?lines?\b"
    rf"|(?:删(?:掉|减|去|除)?|去掉|砍掉|减少|减)(?:最后|前|开头|其中|任意)?{COUNT}[句行]"
)


_SEVERAL_PLACES = re.compile(
    rf"(?:第\s*{COUNT}\s*|最后一?)段(?!{PARTS_ZH})|第\s*{COUNT}\s*[句行].*第\s*{COUNT}\s*[句行]"
    rf"|(?:最后|前|开头){COUNT}段"
    rf"|\blines\s+{COUNT}\s*(?:to|and|through|[-–,&])\s*{COUNT}\b"
    rf"|\bline\s+{COUNT}\b.*\bline\s+{COUNT}\b|\b{ORDINAL}\s+line\b.*\b{ORDINAL}\s+line\b",
    re.I,
)
"""Places that the tool's arguments can't say: the model asks, or calls it several times."""


def _dropped(head: str) -> int | None:
    """How many lines are to go: "drop two lines", "删掉最后两行"; not "line 2", "第二行"."""
    found = re.search(_SOME_LINES, head, re.I)
    count = next((g for g in found.groups() if g), "") if found else ""
    return number(count.lower()) if count else None


def _side(head: str) -> dict[str, Any]:
    """Whether lines go from the beginning or from the end."""
    if re.search(rf"\blast\s+{COUNT}\s+lines|最后{COUNT}[句行]", head, re.I):
        return {"line": -1}
    first = re.search(rf"\bfirst\s+{COUNT}\s+lines|(?:前|开头){COUNT}[句行]", head, re.I)
    return {"line": 1} if first else {}


def _continue(head: str, body: str) -> dict[str, Any] | None:
    said = re.search(
        r"\b(?:continue|carry on|go on|keep going|extend|finish)\b(?P<rest>.*)"
        rf"|\b(?:add|write|give me)\s+(?:me\s+)?(?:{COUNT}\s+more|another|one more"
        rf"|a (?:second|third|next|new))\s+(?:lyric\s+)?(?:lines?|{PARTS})\b"
        rf"|\badd\s+(?:a|some|{COUNT})\s+(?:more\s+)?(?:lines?|{PARTS})\b.*"
        r"|续写|接着(?:往下)?写|往下写|继续(?:往下)?写|后面(?:几句)?怎么写|"
        rf"(?:再|多)(?:写|来|加)(?:上)?{COUNT}?几?[句行段](?!.*首)|(?:加|添){COUNT}?几?[句行段](?:歌词|词)?",
        head,
        re.I,
    )
    if not said:
        return None
    of_words = (
        body or _WORDS.search(head) or re.search(PARTS, head, re.I) or re.search("[续写]", head)
    )
    if not of_words or re.search(r"\bsong\b.*\babout\b|首", head, re.I):
        return None
    count = re.search(rf"{COUNT}\s*(?:more\s+)?(?:lyric\s+)?(?:lines?\b|句|行)", head, re.I)
    section = re.search(
        rf"\b(?:add|write|continue|extend|finish)\b.*?\b({PARTS})\b|(?:写|加|来)[^，。]{{0,4}}?({PARTS_ZH})",
        head,
        re.I,
    )
    name = next((g for g in (section.groups() if section else ()) if g and not number(g)), "")
    about = _instruction(head)
    if re.fullmatch(rf"{COUNT}\s*(?:more\s+)?(?:lines?|句|行)", about, re.I):
        about = ""
    return {
        "action": "continue",
        **({"lines": number(count[1])} if count else {}),
        **({"section": name} if name else {}),
        **({"instruction": about} if about else {}),
    }


def _rewrite(head: str, body: str) -> dict[str, Any] | None:
    del body
    strong = re.search(
        r"\b(?:rewrite|re-write|rephrase|reword)\b|重写|改写|重新写|换一?句", head, re.I
    )
    weak = re.search(
        r"\b(?:redo|rework|change|replace|fix|improve|polish|try)\b|\banother\b|改|换|润色|修",
        head,
        re.I,
    )
    spot = where(head)
    line = "line" in spot
    lyric = re.search(r"\blyrics?\b|\bwords\b|歌词|词", head, re.I)
    named = "section" in spot and (strong or (weak and lyric))
    if not ((strong or weak) and line) and not named:
        return None
    if not line and find_style(QUOTED.sub("", head)) is not None and not lyric:
        return None
    about = _instruction(head)
    return {"action": "rewrite", **spot, **({"instruction": about} if about else {})}


def _instruction(head: str) -> str:
    """What the new words are to be about."""
    found = re.search(
        r"\b(?:about|(?:so|such) that|mention(?:ing)?|to be|with)\s+(?P<en>.{2,120}?)[.!?]*$"
        r"|(?:关于|改成|换成|写成|写写|写到|提到|说说)(?P<zh>.{1,60}?)(?:的|吧|。|$)",
        head,
        re.I,
    )
    if not found:
        return ""
    return (found["en"] or found["zh"] or "").strip()


_READERS: tuple[Callable[[str, str], dict[str, Any] | None], ...] = (
    _translate, _alternatives, _merge, _viewpoint, _shorten, _continue, said_of_mood, _rewrite,
)  # fmt: skip
