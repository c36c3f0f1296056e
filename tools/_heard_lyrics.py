"""What a message asks of lyrics that exist: rewrite a line, translate, continue, merge, ...

The embedded chat model does not know this tool; what is asked for is regular enough to be read from
the words. New lyrics, chords, keys and styles are for other tools, so nothing is read here where a
message is about those.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tools._heard_numbers import number
from tools._moods import find_mood
from tools.styles import find_style

_COUNT = r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[一二两三四五六七八九十]{1,3})"
_ORDINAL = r"(first|second|third|fourth|fifth|sixth|seventh|eighth|last|\d{1,2}(?:st|nd|rd|th))"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_PARTS = r"(?:pre-?chorus|chorus|verse|bridge|hook|refrain|outro|intro)"
_PARTS_ZH = r"(?:预副歌|导歌|主歌|副歌|桥段|尾声|前奏)"
_THE = rf"(?:(?:a|one|two|three|the|my|our|\d+|{_ORDINAL})\s+){{1,2}}"
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
_NEW = re.compile(
    r"\b(?:write|compose|create|generate|make|give|need|want)\b(?!\s+(?:it|this|that|them|the|these|"
    r"those|my|our|another|\w+ more|more)\b)[^.,:]{0,30}?\b(?:songs?|lyrics?|verses?|chorus|"
    r"poem|words)\b(?! (?:so|sound|be|shorter|more|less)\b)"
    r"|(?<![续改重])写(?:一|个|首|段|几|点|[两三四五六七八])|来(?:一)?(?:首|段)|作(?:一)?首|以.{1,12}为(?:主)?题",
    re.I,
)
_QUOTED = re.compile(
    r"[\"“「『]([^\"”」』]{1,80})[\"”」』]|(?<!\w)'([^']{1,60})'(?!\w)|‘([^’]{1,60})’"
)


def said_of_lyrics(message: str) -> dict[str, Any] | None:
    """Arguments of `edit_lyrics`, where that is what the message asks for; else None."""
    head, body = _parted(message)
    if _MUSIC.search(_QUOTED.sub(" ", head)):
        return None
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
    if not said or not of_lyrics or _QUOTED.search(head):
        return None
    english = re.search(r"\benglish\b|英文|英语|英译", head, re.I)
    chinese = re.search(r"\bchinese\b|\bmandarin\b|中文|汉语|国语|普通话", head, re.I)
    if english and chinese:  # "from Chinese into English"
        goal = re.search(r"(?:to|into|成|为)\s*(\w+)", head, re.I)
        english = english if goal and re.match(r"engl|英", goal[1], re.I) else None
    target = {"language": "en"} if english else {"language": "zh"} if chinese else {}
    return {"action": "translate", **target, **_where(head)}


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
    quoted = _QUOTED.search(head)
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
    return {"action": "alternatives", **({"word": word} if word else {}), **_where(head)}


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
    if not said or _NEW.search(head):
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
    return {"action": "point_of_view", **({"person": who} if who else {}), **_where(head)}


def _shorten(head: str, body: str) -> dict[str, Any] | None:
    said = re.search(
        r"\b(?:shorten|trim|condense|cut down)\b|\bmake\b.{0,24}\bshorter\b"
        r"|\bcut\b.{0,24}\b(?:lines?|verses?)\b"
        rf"|\b(?:drop|remove|delete|leave out)\s+(?:line\b|{_THE}(?:lines?|{_PARTS})\b)"
        r"|缩短|精简|(?:写|改|弄)?短一?[点些]|压缩"
        rf"|(?:删(?:掉|减|去)?|去掉)(?:第|最后)?(?:[一二两三四五六七八九十几\d]+[句行段]|{_PARTS_ZH})"
        r"|减(?:少)?到.{0,3}[句行]",
        head,
        re.I,
    )
    if not said or _NEW.search(head):
        return None
    own = (
        body or _WORDS.search(head) or re.search(r"\b(?:it|this|that|song)\b|这|它|歌", head, re.I)
    )
    if not (own or re.fullmatch(r"[\u3400-\u9fff！!。一点些]{2,8}", head)):
        return None
    to = re.search(
        rf"\b(?:to|into)\s+(?:just |only )?{_COUNT}\s*(?:lines?\b)", head, re.I
    ) or re.search(rf"(?:到|成|剩|留){_COUNT}\s*[句行]", head)
    goal = number(to[1]) if to else None
    where = _where(head)
    gone = re.search(r"\b(?:drop|remove|delete|cut|leave out)\b|删|去掉", head, re.I)
    one = re.search(rf"\b(?:a|one|some)\s+{_PARTS}|(?<!最后)(?<!第)[一两几]段", head, re.I)
    if one and "line" not in where:  # "drop a verse": whichever is missed least
        where = {}
    if gone and "section" in where and "line" not in where and not goal:
        return {"action": "shorten", **where, "lines": 0}
    return {"action": "shorten", **where, **({"lines": goal} if goal else {})}


def _continue(head: str, body: str) -> dict[str, Any] | None:
    said = re.search(
        r"\b(?:continue|carry on|go on|keep going|extend|finish)\b(?P<rest>.*)"
        rf"|\b(?:add|write|give me)\s+(?:me\s+)?(?:{_COUNT}\s+more|another|one more"
        rf"|a (?:second|third|next|new))\s+(?:lyric\s+)?(?:lines?|{_PARTS})\b"
        rf"|\badd\s+(?:a|some|{_COUNT})\s+(?:more\s+)?(?:lines?|{_PARTS})\b.*"
        r"|续写|接着(?:往下)?写|往下写|继续(?:往下)?写|后面(?:几句)?怎么写|"
        rf"(?:再|多)(?:写|来|加)(?:上)?{_COUNT}?几?[句行段](?!.*首)|(?:加|添){_COUNT}?几?[句行段](?:歌词|词)?",
        head,
        re.I,
    )
    if not said:
        return None
    of_words = (
        body or _WORDS.search(head) or re.search(_PARTS, head, re.I) or re.search("[续写]", head)
    )
    if not of_words or re.search(r"\bsong\b.*\babout\b|首", head, re.I):
        return None
    count = re.search(rf"{_COUNT}\s*(?:more\s+)?(?:lyric\s+)?(?:lines?\b|句|行)", head, re.I)
    section = re.search(
        rf"\b(?:add|write)\b.*?\b({_PARTS})\b|(?:写|加|来)[^，。]{{0,4}}?({_PARTS_ZH})", head, re.I
    )
    name = next((g for g in (section.groups() if section else ()) if g and not number(g)), "")
    about = _instruction(head)
    return {
        "action": "continue",
        **({"lines": number(count[1])} if count else {}),
        **({"section": name} if name else {}),
        **({"instruction": about} if about else {}),
    }


def _mood(head: str, body: str) -> dict[str, Any] | None:
    english = re.search(
        r"\b(?:make|turn|rewrite|change)\b.*?\b(?:lyrics?|words|lines?|verses?|chorus|bridge|text)\b(?P<how>.*)",
        head,
        re.I,
    )
    before = re.search(
        r"\b(?P<how>(?:more |less )?[a-z]+)\s+(?:lyrics|words)\s*(?:please|pls)?[.!]?$", head, re.I
    )
    chinese = re.search(
        r"(?:歌词|词|句|行|段|主歌|副歌|文字)[^，。]*?(?:改|写|变|弄|换)?(?:得|成|的)?(?:更|再|别那么|不要那么)(?P<how>.+)"
        r"|^(?:请|帮我|把它)?(?:改|写)得(?:更|再)?(?P<plain>.+)",
        head,
    )
    how = ""
    if english:
        how = english["how"]
    elif chinese:
        how = chinese["how"] or chinese["plain"]
    elif before and not _NEW.search(head) and re.search(r"er$|^more|^less", before["how"], re.I):
        how = before["how"]
    mood = _mood_of(how)
    if not mood or (find_style(how) is not None and not body and chinese and chinese["plain"]):
        return None
    if english and re.search(r"\babout\b|^(?:please )?write", head, re.I):
        return None
    return {"action": "mood", "mood": mood, **_where(head)}


def _mood_of(text: str) -> str:
    """The mood that is named, also in its comparative; less of one is the way to another."""
    for word in re.findall(r"[a-z]+", text.lower()):
        stem = re.sub(r"ier$", "y", word)
        for form in (word, stem, re.sub(r"(.)\1er$", r"\1", word), re.sub(r"er$", "", word)):
            if len(form) > 2 and (mood := find_mood(form)) is not None:
                less = re.search(rf"\b(?:less|not so)\s+{word}", text, re.I)
                return ("happy" if mood.valence < 0 else "sad") if less else mood.name
    found = find_mood(text) if re.search(r"[\u3400-\u9fff]", text) else None
    return found.name if found else ""


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
    where = _where(head)
    line = "line" in where
    lyric = re.search(r"\blyrics?\b|\bwords\b|歌词|词", head, re.I)
    named = "section" in where and (strong or (weak and lyric))
    if not ((strong or weak) and line) and not named:
        return None
    if not line and find_style(_QUOTED.sub("", head)) is not None and not lyric:
        return None
    about = _instruction(head)
    return {"action": "rewrite", **where, **({"instruction": about} if about else {})}


def _where(head: str) -> dict[str, Any]:
    """Line and section that the words name."""
    found: dict[str, Any] = {}
    by_number = re.search(rf"\bline\s*(?:number|no\.?|#)?\s*{_COUNT}\b", head, re.I) or re.search(
        rf"第\s*{_COUNT}\s*[句行]", head
    )
    by_order = re.search(rf"\b{_ORDINAL}\s+line\b|(最后)一?[句行]", head, re.I)
    if by_number:
        found["line"] = number(by_number[1].lower())
    elif by_order:
        found["line"] = _place(by_order[1] or "last")
    elif re.search(r"\bline\b|句|行", head) and (quoted := _QUOTED.search(head)):
        found["line"] = next(group for group in quoted.groups() if group)
    part = re.search(rf"\b({_PARTS}\s*\d?)\b", head, re.I)
    order = re.search(rf"\b{_ORDINAL}\s+({_PARTS})\b", head, re.I)
    chinese = re.search(rf"第({_COUNT})段({_PARTS_ZH})|({_PARTS_ZH})", head)
    last = re.search(rf"最后一?段({_PARTS_ZH})", head)
    if order:
        found["section"] = f"{order[2]} {_place(order[1])}".lower()
    elif part:
        found["section"] = part[1].strip().lower()
    elif last:
        found["section"] = f"{last[1]} -1"
    elif chinese:
        found["section"] = f"{chinese[3]} {number(chinese[1])}" if chinese[1] else chinese[4]
    return found


def _place(word: str) -> int:
    """1 for "first" and "1st", -1 for "last"."""
    if word.lower() in ("last", "最后"):
        return -1
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _ORDINALS.index(word.lower()) + 1


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
    _translate, _alternatives, _merge, _viewpoint, _shorten, _continue, _mood, _rewrite,
)  # fmt: skip
