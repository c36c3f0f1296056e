"""Moods as musical parameters, and how people name them in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tools._matching import mentions
from wording import Text


@dataclass(frozen=True)
class Mood:
    """A mood in the valence-arousal plane (both -1..1; Russell 1980) and what it asks of music.

    `mode` "major" or "minor"; `pace` multiplies tempo and `density` the number of notes;
    `register` shifts the tune in semitones; `loudness` shifts MIDI velocities. Directions follow
    Gabrielsson and Lindström (2010), sizes were set by ear.
    """

    name: str
    label: Text
    aliases: tuple[str, ...]
    valence: float
    arousal: float
    mode: str
    pace: float
    density: float
    register: int
    loudness: int


def _words(english: str, chinese: str) -> tuple[str, ...]:
    return tuple(f"{english}, {chinese}".split(", "))


_TABLE = (
    Mood(
        name="happy",
        label=Text("happy", "欢快"),
        aliases=_words(
            "joyful, cheerful, joy, bright, fun, playful, upbeat, glad, merry, sunny, happiness",
            "快乐, 欢快, 开心, 高兴, 喜悦, 愉快, 明快, 欢乐, 俏皮, 活泼, 喜庆, 阳光",
        ),
        valence=0.8,
        arousal=0.5,
        mode="major",
        pace=1.12,
        density=1.1,
        register=2,
        loudness=6,
    ),
    Mood(
        name="sad",
        label=Text("sad", "悲伤"),
        aliases=_words(
            "sorrow, sorrowful, melancholy, blue, heartbroken, heartbreak, lonely, grief, gloomy",
            "悲伤, 伤心, 难过, 忧伤, 忧郁, 哀伤, 悲, 孤独, 失恋, 伤感, 凄凉, 心碎, 惆怅, 离别",
        ),
        valence=-0.7,
        arousal=-0.5,
        mode="minor",
        pace=0.8,
        density=0.8,
        register=-3,
        loudness=-10,
    ),
    Mood(
        name="calm",
        label=Text("calm", "平静"),
        aliases=_words(
            "peaceful, relaxed, relaxing, chill, gentle, quiet, soft, mellow, soothing, serene",
            "平静, 安静, 宁静, 放松, 温柔, 轻柔, 舒缓, 悠闲, 安详, 恬静, 摇篮曲",
        ),
        valence=0.4,
        arousal=-0.7,
        mode="major",
        pace=0.82,
        density=0.75,
        register=-1,
        loudness=-12,
    ),
    Mood(
        name="angry",
        label=Text("angry", "愤怒"),
        aliases=_words(
            "rage, furious, aggressive, mad, fierce, anger",
            "愤怒, 生气, 狂暴, 激烈, 愤, 暴躁, 怒",
        ),
        valence=-0.7,
        arousal=0.8,
        mode="minor",
        pace=1.15,
        density=1.2,
        register=0,
        loudness=14,
    ),
    Mood(
        name="romantic",
        label=Text("romantic", "浪漫"),
        aliases=_words(
            "love, tender, loving, sweet, passionate",
            "浪漫, 爱情, 甜蜜, 深情, 柔情, 缠绵, 温馨",
        ),
        valence=0.6,
        arousal=-0.1,
        mode="major",
        pace=0.9,
        density=0.9,
        register=0,
        loudness=-4,
    ),
    Mood(
        name="dark",
        label=Text("dark", "阴暗"),
        aliases=_words(
            "sinister, ominous, scary, brooding, mysterious, haunting, eerie, tense",
            "黑暗, 阴暗, 阴沉, 神秘, 恐怖, 诡异, 紧张, 压抑, 暗黑",
        ),
        valence=-0.6,
        arousal=0.2,
        mode="minor",
        pace=0.92,
        density=0.9,
        register=-5,
        loudness=0,
    ),
    Mood(
        name="hopeful",
        label=Text("hopeful", "希望"),
        aliases=_words(
            "hope, uplifting, inspiring, inspirational, optimistic, triumphant, warm",
            "希望, 充满希望, 励志, 积极, 振奋, 向上, 温暖, 乐观",
        ),
        valence=0.6,
        arousal=0.3,
        mode="major",
        pace=1.02,
        density=1.0,
        register=1,
        loudness=2,
    ),
    Mood(
        name="nostalgic",
        label=Text("nostalgic", "怀旧"),
        aliases=_words(
            "nostalgia, wistful, longing, memories, yearning, homesick, retro",
            "怀旧, 怀念, 思念, 回忆, 思乡, 乡愁, 想念, 复古",
        ),
        valence=0.1,
        arousal=-0.4,
        mode="major",
        pace=0.88,
        density=0.85,
        register=-1,
        loudness=-6,
    ),
    Mood(
        name="dreamy",
        label=Text("dreamy", "梦幻"),
        aliases=_words(
            "ethereal, dreamlike, floating, atmospheric, ambient",
            "梦幻, 空灵, 飘渺, 朦胧, 迷幻, 梦",
        ),
        valence=0.3,
        arousal=-0.5,
        mode="major",
        pace=0.86,
        density=0.8,
        register=2,
        loudness=-10,
    ),
    Mood(
        name="energetic",
        label=Text("energetic", "有活力"),
        aliases=_words(
            "energy, lively, exciting, driving, powerful, party, dance, epic, intense, fast-paced",
            "有活力, 激情, 热血, 动感, 热情, 激昂, 澎湃, 劲爆, 派对",
        ),
        valence=0.5,
        arousal=0.9,
        mode="major",
        pace=1.18,
        density=1.2,
        register=1,
        loudness=12,
    ),
)


def all_moods() -> Mapping[str, Mood]:
    """Every mood by name."""
    return MappingProxyType({mood.name: mood for mood in _TABLE})


def find_mood(text: str) -> Mood | None:
    """The first mood a free text names ("something gloomy", "忧伤一点"), or None."""
    aliases = {mood.name: (mood.name, *mood.aliases) for mood in _TABLE}
    found = mentions(text, aliases)
    return all_moods()[found[0].name] if found else None
