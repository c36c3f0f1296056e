"""Finds other words for one in a line: as long, as stressed, rhyming where it rhymed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import torch

from tools._context import ToolContext
from tools.lyricedit.dictionary import forms, is_word, synonyms
from tools.lyricedit.draft import Ask, Draft, Outcome, UnknownPlace
from tools.lyricedit.form import slots_of
from tools.lyricedit.rewrite import pick
from tools.lyrics.check import last_word, problems
from tools.lyrics.chinese_model import chinese_model
from tools.lyrics.content import chinese_words
from tools.lyrics.engine import TooConstrained
from tools.lyrics.proposals import Assignment
from tools.prosody import english, rhymes_en, rhymes_zh
from wording import FriendlyError, Text

_OFFERED = 5
_TOKENS = 4000
_JUDGED = 48
_MEANING = 1.2
"""What the closest meaning is worth, in mean log probability a token."""
_COMMON = 0.3
"""Worth of a step of commonness (ten times as frequent)."""
_NATURAL = 1.0
"""What a step of mean log probability a character is worth beside meaning, in Chinese."""
_CONTEXT = 6
_KNOWN = 3.5
"""Zipf frequency from which a word is offered that is no synonym."""


class NoWord(FriendlyError):
    """No word to replace was named."""


def alternatives(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """Up to five words that fit in the place of one, best first; the first one is put in.

    They are ranked by meaning (shared translations) and by how natural the language model (in
    Chinese the compact one) finds the line with them. Raises
    `NoWord`, `UnknownPlace`, `TooConstrained`.
    """
    if not any(char.isalnum() for char in ask.word):
        raise NoWord(
            "Which word shall I replace? For example: another word for “lonely” in line 2.",
            "要换哪个词？比如：把第二行的“孤独”换个词。",
        )
    at, start, end = _found(draft, ask)
    line = draft.rows[at].text
    word = line[start:end]
    close = synonyms(word.lower(), draft.language)
    task = _task(draft, at)
    right = [
        other
        for other in _candidates(draft, at, (start, end), close, context)
        if not problems(line[:start] + _cased(other, word) + line[end:], task, draft.language)
    ]
    if not right:
        raise TooConstrained(
            f"I found no other word for “{word}” of the same syllables"
            f"{' and rhyme' if end >= len(line.rstrip('.,!?')) else ''}. Try rewriting the line.",
            f"没有找到能替换“{word}”的词（字数、押韵都要合适）。可以试试重写这一句。",
        )
    ranked = _ranked(draft, at, (start, end), right, close, context)[:_OFFERED]
    chosen = _cased(pick(ranked, ask.choice), word)
    new = line[:start] + chosen + line[end:]
    texts = dict.fromkeys(draft.with_echoes([at]), new)
    others = tuple(_cased(other, word) for other in ranked if _cased(other, word) != chosen)
    note = Text(f"“{word}” became “{chosen}”.", f"“{word}”换成了“{chosen}”。")
    song = draft.changed(texts, by_helper=False)
    return Outcome(song, draft.changes(texts), (note,), others)


def _found(draft: Draft, ask: Ask) -> tuple[int, int, int]:
    """(row, start, end) of the word; Raises `UnknownPlace`."""
    word = ask.word.strip().strip("\"'“”「」")
    edge = "" if any("\u3400" <= char <= "\u9fff" for char in word) else r"\b"
    pattern = re.compile(rf"{edge}{re.escape(word)}{edge}", re.I)
    for at in draft.place(ask):
        if match := pattern.search(draft.rows[at].text):
            return at, match.start(), match.end()
    raise UnknownPlace(
        f"The word “{word[:40]}” does not stand there.", f"那里没有“{word[:40]}”这个词。"
    )


def _task(draft: Draft, at: int) -> Assignment:
    """What the line must keep. Lines that ended on its old word (hooks) need no rhyme of it."""
    slots = slots_of(draft.song, draft.rows, draft.shape, {at}, draft.language)
    kin = [i for i in draft.shape.members(at) if draft.shape.echoes[i] != at]
    old = last_word(draft.rows[at].text, draft.language)
    ends = tuple(end for i in kin if (end := last_word(draft.rows[i].text, draft.language)) != old)
    return Assignment(replace(slots[at], repeats=None), (), rhymes=ends)


def _candidates(
    draft: Draft, at: int, span: tuple[int, int], close: dict[str, float], context: ToolContext
) -> list[str]:
    """Words as long and stressed alike: by meaning, by rhyme, by what the model expects there."""
    line = draft.rows[at].text
    word, last = line[slice(*span)], not line[span[1] :].strip(" .,!?;:…，。！？")
    pool: list[str] = list(close)
    if draft.language == "zh":
        if last:
            pool += [r.word for r in rhymes_zh.rhymes(word, syllables=len(word), limit=80)]
        if not last or len(pool) < _OFFERED:
            pool += _next_to(word)
        return [w for w in dict.fromkeys(pool) if len(w) == len(word) and w != word]
    if last:
        pool += [r.word for r in rhymes_en.rhymes(word.lower(), ("multi", "perfect"), limit=200)]
    pool += _expected(draft, at, line[: span[0]], context)
    known = [w for w in pool if w in close or english.commonness(w) >= _KNOWN]
    return [w for w in dict.fromkeys(known) if _like(w, word.lower())]


def _next_to(word: str) -> list[str]:
    """Chinese words that mean what the synonyms of a synonym mean."""
    near = synonyms(word, "zh")
    return [other for close in near for other in synonyms(close, "zh")]


def _like(other: str, word: str) -> bool:
    """As many syllables, stressed alike, known to people and not a form of the same word."""
    if not is_word(other) or set(forms(other)) & set(forms(word)):
        return False
    a, b = english.word(other).pronunciations[0], english.word(word).pronunciations[0]
    if english.count(a) != english.count(b):
        return False
    return english.count(a) == 1 or english.stresses(a)[0] == english.stresses(b)[0]


def _expected(draft: Draft, at: int, left: str, context: ToolContext) -> list[str]:
    """Whole words that the language model would say next."""
    model = context.scoring_model()
    prefix = model.read(_before(draft, at) + left.rstrip())
    top = torch.topk(prefix.log_probs, min(_TOKENS, len(prefix.log_probs))).indices.tolist()
    pieces = [model.decode([token]) for token in top]
    return [p.strip() for p in pieces if p.startswith(" ") and p[1:].isalpha() and p.islower()]


def _before(draft: Draft, at: int) -> str:
    lines = [row.text for row in draft.rows[max(0, at - _CONTEXT) : at]]
    return "\n".join(["Lyrics:", *lines, ""])


def _ranked(
    draft: Draft,
    at: int,
    span: tuple[int, int],
    words: list[str],
    close: dict[str, float],
    context: ToolContext,
) -> list[str]:
    line = draft.rows[at].text
    if draft.language == "zh":
        return _ranked_zh(line, span, _distinct(words), close)
    first = sorted(words, key=lambda w: -(5 * close.get(w, 0.0) + english.commonness(w)))
    judged = _distinct([*(w for w in first if w in close), *words])[:_JUDGED]
    model = context.scoring_model()
    prefix = model.read(_before(draft, at))
    texts = [f"{line[: span[0]]}{_cased(w, line[slice(*span)])}{line[span[1] :]}\n" for w in judged]
    scores = dict(zip(judged, model.score_texts(texts, prefix), strict=True))

    def worth(word: str) -> float:
        meaning = _MEANING * close.get(word, 0.0)
        return scores[word] + meaning + _COMMON * english.commonness(word)

    return sorted(judged, key=worth, reverse=True)


def _ranked_zh(
    line: str, span: tuple[int, int], words: list[str], close: dict[str, float]
) -> list[str]:
    """By shared translations, how near a word is to the old one in the vectors of the Chinese
    model, and how natural that model finds the line with it."""
    model = chinese_model()
    old = model.vector(line[slice(*span)])

    def near(word: str) -> float:
        return close.get(word, 0.0) + float(model.vector(word) @ old)

    judged = sorted(words, key=near, reverse=True)[:_JUDGED]
    texts = [_han(line[: span[0]] + word + line[span[1] :]) for word in judged]
    scores = dict(zip(judged, model.fluencies(texts), strict=True))
    return sorted(judged, key=lambda w: near(w) + _NATURAL * scores[w], reverse=True)


def _han(text: str) -> str:
    return "".join(char for char in text if "\u3400" <= char <= "\u9fff")


def _distinct(words: Iterable[str]) -> list[str]:
    """Each once; of Chinese words only those that are words."""
    return [w for w in dict.fromkeys(words) if w.isascii() or len(chinese_words(w)) == 1]


def _cased(word: str, old: str) -> str:
    return word[0].upper() + word[1:] if old[:1].isupper() else word
