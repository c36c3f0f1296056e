"""The constrained requests that lyrics are measured on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

THEMES = {
    "en": "rain in the city|leaving a small town|first love in summer|"
    "my grandmother's kitchen|a night train|losing a friend|dancing till morning|"
    "a letter never sent|the sea in winter|hope|moving house|my father's car|"
    "an old photograph|the last day of school|a dog that waits|working nights|"
    "the river after the flood|a bar at closing time|learning to swim|"
    "my sister's wedding|jealousy|the first snow|a phone that does not ring|"
    "growing old|a garden on a roof|forgiveness|the moon|a broken guitar|hitchhiking|"
    "coming home|a secret|the lighthouse|an empty stage|the market on Sunday|insomnia|"
    "a second chance|the desert|birds on a wire|money|a quiet love",
    "zh": "城市|夏天|分手|想念外婆|大海|深夜失眠|毕业|下雨天|流浪远方|追逐梦想|"
    "老照片|故乡的河|第一次见面|加班的夜|春天的风|父亲的背影|一封没寄出的信|"
    "末班车|雪|月亮|搬家|旧吉他|朋友的婚礼|等待|秋天|江南|小时候|猫|码头|"
    "晚安",
}
STYLES = {
    "en": ("", "folk", "rock", "pop", "country", "soul", "blues"),
    "zh": ("", "民谣", "流行", "摇滚", "国风", "抒情"),
}
MOODS = {
    "en": ("", "sad", "hopeful", "calm", "angry", "tender"),
    "zh": ("", "伤感", "温暖", "平静", "欢快"),
}
SCHEMES = ("AABB", "ABAB", "XAXA", "AABA", "ABBA", "AAAA", "AAXA", "ABCB")
LENGTHS = {"en": (5, 6, 7, 8, 9, 10, 12), "zh": (4, 5, 6, 7, 8, 9, 10)}
WORDS = {
    "en": ("window", "morning", "road", "coffee", "summer", "shoes", "letter", "river", "light"),
    "zh": ("窗", "路灯", "咖啡", "月光", "雨", "车站", "海", "故事", "风"),
}
STRESSES = ("x/x/x/x/", "/x/x/x/", "x/x/x/", "xx/xx/xx/", "/xx/xx/x", "x/x/x/x/x/")
TONES = (["平平仄仄平", "仄仄仄平平"], ["仄仄平平仄仄平", "平平仄仄仄平平"])
RHYTHMS = {
    "4/4": ((1, 1, 1, 1, 1, 1, 2), (0.5, 0.5, 1, 0.5, 0.5, 1, 1, 1, 2), (0.5,) * 7 + (1.5, 3),
            (1, 0.5, 0.5, 1, 1, 1, 3), (0.5,) * 6 + (1, 1, 3)),
    "3/4": ((1, 1, 1, 2, 1, 3), (1, 0.5, 0.5, 1, 1, 1, 1, 3), (2, 1, 2, 1, 1, 1, 1, 3)),
    "6/8": ((0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 0.5, 1.5), (1, 0.5, 1, 0.5, 1, 0.5, 1.5)),
}  # fmt: skip
"""Phrases of whole bars in quarter notes."""


def requests(language: str, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Requests of all kinds, in an order that any beginning of it is a fair sample."""
    rng = random.Random(seed)
    for number in range(count):
        asked: dict[str, Any] = {
            "theme": rng.choice(THEMES[language].split("|")),
            "language": language,
            "style": rng.choice(STYLES[language]),
            "mood": rng.choice(MOODS[language]),
            "seed": number,
        }
        kind = rng.random()
        yield asked | _form(kind, rng, language)


def _form(kind: float, rng: random.Random, language: str) -> dict[str, Any]:
    """Half are plain verses; the others ask for words, stresses, inner rhymes, sections, notes."""
    scheme, length = rng.choice(SCHEMES), rng.choice(LENGTHS[language])
    form: dict[str, Any] = {"structure": ["verse"], "lines": 4, "rhyme": scheme}
    if kind < 0.5:
        return form | {"syllables": length if rng.random() < 0.7 else _alternating(rng, language)}
    if kind < 0.6:
        words = rng.sample(WORDS[language], 2)
        return form | {"syllables": max(length, 7), "include": words}
    if kind < 0.7:
        english = {"stress": rng.choice(STRESSES)}
        return form | (english if language == "en" else {"tones": rng.choice(TONES)})
    if kind < 0.75:
        return form | {"syllables": max(length, 8), "internal_rhyme": True, "rhyme": "AABB"}
    if kind < 0.85:
        sections = ["verse", "pre-chorus", "chorus", "bridge"]
        return {"structure": sections, "syllables": length, "rhyme": "ABAB/AA/AABB/XAXA"}
    metre = rng.choice(tuple(RHYTHMS))
    return {"metre": metre, "melody": _melody(rng, metre), "rhyme": rng.choice(("AABB", "ABAB"))}


def _alternating(rng: random.Random, language: str) -> list[int]:
    first, second = rng.sample(LENGTHS[language], 2)
    return [first, second, first, second]


def _melody(rng: random.Random, metre: str) -> list[list[float]]:
    """Four phrases, each a rhythm of its own over a stepwise walk, with a rest between them."""
    notes, at, pitch = [], 0.0, 67
    for _ in range(4):
        rhythm = rng.choice(RHYTHMS[metre])
        for place, duration in enumerate(rhythm):
            last = place == len(rhythm) - 1
            notes.append([at, duration - 0.5 if last and duration > 1 else duration, pitch])
            at += duration
            pitch = min(76, max(60, pitch + rng.choice((-2, -1, 0, 1, 2))))
    return notes
