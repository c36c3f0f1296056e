"""Reads what a person asks of a song: metre, region, key, kind, mood, composer, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from music.keys import BadKey, parse_key
from vectorstore.words.kinds import KINDS
from vectorstore.words.moods import MOODS
from vectorstore.words.people import COMPOSERS
from vectorstore.words.regions import COUNTRIES, REGIONS
from vectorstore.words.terms import Term, mentioned

_METRE = re.compile(r"\b(\d{1,2}) ?/ ?(1|2|4|8|16)(?:拍子?)?(?!\d)")
_METRE_ZH = re.compile(r"([二三四六八九])([二三四六八九])拍")
_TRIPLE = re.compile(r"triple (?:time|met)|three[- ]four|in three\b|三拍子")
_COMMON = re.compile(r"common time|four[- ]four")
_DIGITS = {"二": "2", "三": "3", "四": "4", "六": "6", "八": "8", "九": "9"}
_METRES_ZH = {"2/4", "3/4", "4/4", "3/8", "6/8", "9/8"}
_KEY = re.compile(
    r"\b[A-G](?:#|b|♯|♭|[- ](?:sharp|flat))? ?(?:major|minor|dorian|mixolydian|phrygian|lydian)\b"
    r"|[升降]?[A-G][#b♯♭]?(?:大调|小调)"
)
_MODES = (("minor", re.compile(r"\bminor\b|小调")), ("major", re.compile(r"\bmajor\b|大调")))
_NOT = r"(?:\b(?:not|no|without|isn't|never)(?: too| so| very| a)? |(?:不要|别|不)太?)"
_FILLER = re.compile(
    r"\b(?:an?|the|some|any|of|in|from|with|for|to|by|and|or|is|that|which|me|my|i|we|you|please|"
    r"find|give|show|recommend|suggest|want|like|would|looking|something|called|named|titled|"
    r"songs?|tunes?|music|pieces?|works?|melod(?:y|ies)|time|metre|meter|key|slow|fast|very|about|"
    r"similar|hear|listen|can|could|do|have|know|old|traditional|few|more|other|another|play)\b"
    r"|[推荐找来给我一首的歌曲子听听想要请几些有没关于类似像拍音乐旋律吗呢吧]"
)  # fmt: skip
# A word for many kinds: asking for a dance, a reel will do.
_WIDER = {
    "dance": ("reel", "jig", "slip_jig", "hornpipe", "strathspey", "clog", "waltz", "polka",
              "minuet", "mazurka", "polonaise", "festive_dance_song"),
    "religious_song": ("mass", "motet", "chorale"),
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What was asked. Each field that is not empty restricts; ids as in `vectorstore.words`.

    `rest` are the words that no field explains: perhaps a title, perhaps a subject.
    """

    metres: tuple[str, ...] = ()
    place: str = ""  # a country or a region
    tonic: int | None = None  # pitch class
    mode: str = ""
    kinds: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()  # moods
    creator: str = ""
    rest: str = ""


def read_query(text: str) -> Wanted:
    """What a request in English or Chinese asks for; what is not understood is `rest`."""
    wanted, left = _musical(text)
    left, unwanted = _without_negated(left)
    composers, left = _take(left, COMPOSERS)
    places, left = _take(left, (*REGIONS, *COUNTRIES))
    kinds, left = _take(left, tuple(k for k in KINDS if k.id != "song"))
    moods, left = _take(left, MOODS)
    specific = [k for k in kinds if k != "folk_song"] or kinds
    return replace(
        wanted,
        creator=composers[0] if composers else "",
        place=places[0] if places else "",
        kinds=tuple(wide for kind in specific for wide in (kind, *_WIDER.get(kind, ()))),
        moods=tuple(moods),
        unwanted=unwanted,
        rest=" ".join(re.sub(r"[^\w'\u3400-\u9fff]+", " ", _FILLER.sub(" ", left.lower())).split()),
    )


def _musical(text: str) -> tuple[Wanted, str]:
    """Metre, key and mode, and the text without them."""
    metres, text = _metres(text)
    if match := _KEY.search(text):
        try:
            key = parse_key(match[0])
        except BadKey:
            return Wanted(metres), text
        return Wanted(metres, tonic=key.tonic, mode=_like(key.mode)), text.replace(match[0], " ")
    for mode, words in _MODES:
        if match := words.search(text):
            return Wanted(metres, mode=mode), text.replace(match[0], " ")
    return Wanted(metres), text


def _metres(text: str) -> tuple[tuple[str, ...], str]:
    if match := _METRE.search(text):
        return (f"{match[1]}/{match[2]}",), text.replace(match[0], " ")
    if match := _METRE_ZH.search(text):
        # People say 四二拍 and 二四拍 for 2/4: the first names the unit, the second counts first.
        one, two = _DIGITS[match[1]], _DIGITS[match[2]]
        metre = f"{two}/{one}" if f"{two}/{one}" in _METRES_ZH else f"{one}/{two}"
        return (metre,), text.replace(match[0], " ")
    if match := _TRIPLE.search(text):
        return ("3/4", "3/8", "3/2"), text.replace(match[0], " ")
    if match := _COMMON.search(text):
        return ("4/4",), text.replace(match[0], " ")
    return (), text


def _like(mode: str) -> str:
    return "minor" if mode in ("minor", "dorian", "phrygian", "locrian") else "major"


def _without_negated(text: str) -> tuple[str, tuple[str, ...]]:
    unwanted = []
    low = text.lower()
    for mood, word in mentioned(low, MOODS):
        if match := re.search(_NOT + re.escape(word), low):
            unwanted.append(mood.id)
            low = low.replace(match[0], " ")
    return (low if unwanted else text), tuple(unwanted)


def _take(text: str, terms: tuple[Term, ...]) -> tuple[list[str], str]:
    """The ids of the terms a text mentions, and the text without them."""
    low = text.lower()
    found = mentioned(low, terms)
    for _, word in found:
        low = low.replace(word, " ")
    return [term.id for term, _ in found], low if found else text
