"""Tells the words of a line that are said from those that are denied ("not afraid", 不怕)."""

from __future__ import annotations

import re
from typing import NamedTuple

from tools.lyrics.content import chinese_words, content_words

_WORDS = """
not no never without nor neither none nothing nobody cannot hardly ain't dont cant
不 没 没有 别 莫 未 无 不再 不会 不要 不用 不必 不是 不曾 从不 从未 绝不 永不 未曾 不能 不敢 不让
不许 不肯 不想 不愿 并不 何必 何须 无须 无需 免得 别再
"""
_NOT = frozenset(_WORDS.split())
_TURNS_BACK = re.compile(
    r"(?:never|not|n't|won't|can't|cannot|ain't)\s+(?:stop|quit|cease|fail|lose|help|wait)\w*|"
    r"\bwhy (?:don't|not)\b|\bnot only\b|\bno doubt\b|\bno matter\b|\bno wonder\b|\bno one but\b"
)
"""Denials that affirm: "never stop shining", "why don't we dance"."""
_REACH = 2
"""Content words after a denial that it is about."""
_CLAUSE = re.compile(r"[,;:.!?…—]|\b(?:but|till|until|because|'cause|when|while|if)\b")
_AFFIRMS_ZH = re.compile(
    r"不停|不断|不住|不禁|不由|不得不|不能不|不是不|不但|不仅|不只|不光|不知不觉|不管|不论|无论|没完|"
    r"无限|无尽|无边|不尽|无数|无比|不朽|不老|不灭|不败|不息"
)
_REACH_ZH = 2
_PHRASE_ZH = re.compile(r"[，。！？；、：,.!?;:\s]|但是|却|只要|因为|如果")


class Words(NamedTuple):
    """Content words (in Chinese their characters, too) that are said, and those that are denied."""

    said: frozenset[str]
    denied: frozenset[str]


def words(text: str, language: str) -> Words:
    """The content words of a line; a word that is said and denied is said."""
    said, denied = _chinese(text) if language == "zh" else _english(text)
    return Words(frozenset(said), frozenset(denied - said))


def _english(text: str) -> tuple[set[str], set[str]]:
    said: set[str] = set()
    denied: set[str] = set()
    for clause in _CLAUSE.split(_TURNS_BACK.sub(" ", text.lower().replace("’", "'"))):
        left = 0
        for word in re.findall(r"[a-z]+(?:'[a-z]+)?", clause):
            if word in _NOT or word.endswith("n't"):
                left = _REACH
                continue
            if found := content_words(word, "en"):
                (denied if left else said).update(found)
                left = max(0, left - 1)
    return said, denied


def _chinese(text: str) -> tuple[set[str], set[str]]:
    said: set[str] = set()
    denied: set[str] = set()
    for phrase in _PHRASE_ZH.split(_AFFIRMS_ZH.sub("，", text)):
        left = 0
        for word in chinese_words(phrase):
            if word in _NOT:
                left = _REACH_ZH
                continue
            within = word[0] in "不没未莫" and len(word) > 1
            parts = {part for w in content_words(word, "zh") for part in (w, *w)}
            (denied if left or within else said).update(parts)
            left = _REACH_ZH - 1 if within else max(0, left - 1)
    return said, denied
