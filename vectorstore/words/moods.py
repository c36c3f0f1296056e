"""Moods: their names, and the stated rule by which a work's features give it mood words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vectorstore.words.terms import Term, term

MOODS = (
    term("happy", "欢快", "joyful", "cheerful", "merry", "glad", "bright", "upbeat", "快乐", "喜悦",
         "愉快", "欢乐", "喜庆", "明快", "高兴", "开心"),
    term("sad", "忧伤", "melancholy", "melancholic", "sorrowful", "mournful", "sorrow", "gloomy",
         "lonely", "悲伤", "伤感", "哀伤", "忧郁", "悲", "凄凉", "难过", "惆怅"),
    term("calm", "平静", "peaceful", "quiet", "gentle", "soft", "soothing", "relaxing", "serene",
         "安静", "宁静", "轻柔", "舒缓", "恬静", "温柔", "安详"),
    term("energetic", "有活力", "lively", "fast", "driving", "spirited", "vigorous", "exciting",
         "活泼", "热烈", "激昂", "奔放", "快速", "有力"),
    term("romantic", "浪漫", "tender", "loving", "amorous", "柔情", "深情", "甜蜜"),
    term("dark", "阴郁", "sombre", "somber", "ominous", "tragic", "grim", "黑暗", "阴沉", "悲剧"),
    term("hopeful", "充满希望", "uplifting", "optimistic", "希望", "振奋", "乐观"),
    term("nostalgic", "怀旧", "wistful", "longing", "homesick", "思念", "思乡", "怀念"),
    term("dreamy", "梦幻", "floating", "ethereal", "梦", "悠扬", "朦胧"),
    term("angry", "愤怒", "fierce", "defiant", "furious", "激愤", "怒"),
    term("solemn", "庄严", "dignified", "stately", "reverent", "庄重", "肃穆", "神圣"),
    term("playful", "俏皮", "cheeky", "teasing", "whimsical", "调皮", "顽皮", "幽默"),
)  # fmt: skip

_LIVELY_WORDS = re.compile(r"lively|spirit|brisk|quick|animated|allegro|vivace|gay|playful|lustig")
_SLOW_WORDS = re.compile(r"slow|tender|grave|largo|adagio|plaintive|expression|feeling|langsam")
_SAD_WORDS = re.compile(r"klage|leid\b|\btod\b|mord|trauer|mourn|lament|plaintive|weep|suku|grab")
_LIVELY_KINDS = frozenset({"reel", "jig", "hornpipe", "polka", "clog", "strathspey", "slip_jig"})
_SOLEMN_KINDS = frozenset({"mass", "motet", "chorale", "religious_song"})
_SOMBRE, _SUNNY = frozenset({"sad", "dark"}), frozenset({"happy", "hopeful", "playful"})
_STILL, _STIRRED = frozenset({"calm", "dreamy", "solemn"}), frozenset({"energetic", "angry"})
_OPPOSITES = (
    (_SOMBRE, _SUNNY),
    (_SUNNY, _SOMBRE),
    (_STILL, _STIRRED),
    (_STIRRED, _STILL),
)


@dataclass(frozen=True)
class Traits:
    """What the mood rule looks at. `pace` is notes per beat, `span` the range in semitones,
    `leap` the mean melodic interval in semitones, `rise` how much higher (semitones) the second
    half lies than the first; `words` are the work's genre and tempo words."""

    minor: bool
    pace: float
    span: int
    leap: float
    rise: float
    swaying: bool  # triple or compound metre
    kinds: frozenset[str]
    words: str


def moods(traits: Traits) -> tuple[str, ...]:
    """Mood ids, the strongest first, at most three.

    The directions are those of Gabrielsson and Lindstrom (2010): major, fast and rising read as
    positive or active, minor, slow and narrow as negative or passive. The limits for pace, span
    and leap are near the terciles of the whole corpus.
    """
    words, kinds = traits.words.lower(), traits.kinds
    lively = bool(_LIVELY_WORDS.search(words) or kinds & _LIVELY_KINDS) or traits.pace >= 2.0
    slow = not lively and (bool(_SLOW_WORDS.search(words)) or traits.pace < 1.35)
    grieving = bool(_SAD_WORDS.search(words)) or "lament" in kinds
    signs = (
        ("calm", "lullaby" in kinds),
        ("playful", bool(kinds & {"jesting_song", "children's_song"})),
        ("sad", grieving and (traits.minor or not lively)),
        ("solemn", bool(kinds & _SOLEMN_KINDS)),
        ("romantic", "love_song" in kinds and not grieving),
        ("nostalgic", bool(kinds & {"farewell_song", "wanderer's_song"})),
        ("dark", traits.minor and (grieving or (slow and traits.span <= 9))),
        ("sad", traits.minor and not lively),
        ("angry", traits.minor and lively and traits.leap >= 3.2),
        ("happy", not traits.minor and lively),
        ("energetic", lively or bool(kinds & {"march", "soldier's_song"})),
        ("happy", "drinking_song" in kinds),
        ("dreamy", slow and traits.swaying and traits.leap < 2.4),
        ("calm", slow and traits.leap < 2.4),
        ("hopeful", not traits.minor and not slow and traits.rise >= 1.0),
        ("nostalgic", traits.minor and slow and traits.swaying),
        ("romantic", slow and not traits.minor and traits.swaying),
        ("calm", slow),
        ("hopeful", not traits.minor and traits.rise >= 0.0),
        ("happy", not traits.minor),
    )
    found: list[str] = []
    for mood, holds in signs:
        if holds and mood not in found and not _contradicts(mood, found):
            found.append(mood)
    return tuple(found[:3])


def _contradicts(mood: str, others: list[str]) -> bool:
    sides = [side for side in _OPPOSITES if mood in side[0]]
    return any(other in opposite for _, opposite in sides for other in others)


@cache
def mood_terms() -> dict[str, Term]:
    """All moods by id."""
    return {t.id: t for t in MOODS}
