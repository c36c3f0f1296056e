"""Lyrics as lines of syllables with stresses and tones, ready to be sung one a note."""

from __future__ import annotations

import re
from typing import NamedTuple

from music.headings import KINDS
from tools.lyrics.content import chinese_words, content_words
from tools.prosody import chinese, english
from wording import detect_language

_HEADING = re.compile(
    r"^[\[【(（]?\s*([A-Za-z\- ]{4,12}|[\u4e00-\u9fff]{2,3})\s*\d*\s*[\]】)）]?\s*[:：]?$"
)
_NAMES = {
    "verse": "verse", "chorus": "chorus", "bridge": "bridge", "intro": "intro", "outro": "outro",
    "refrain": "chorus", "hook": "chorus", "pre-chorus": "pre-chorus", "prechorus": "pre-chorus",
    **KINDS,
}  # fmt: skip
# Words of one syllable that are not stressed in a sentence.
_WEAK = frozenset((
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "but",
    "or", "nor", "as", "if", "is", "am", "are", "was", "were", "be", "been", "do", "does",
    "did", "has", "have", "had", "will", "would", "can", "could", "shall", "should", "may",
    "might", "must", "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us",
    "them", "my", "your", "his", "its", "our", "their", "this", "that", "than", "so", "too",
    "there", "no", "i'm", "i'll", "i've", "i'd", "it's", "you're", "you'll", "you've", "you'd",
    "he's", "he'd", "he'll", "she's", "she'd", "she'll", "we're", "we'll", "we've", "we'd",
    "they're", "they'll", "they've", "they'd", "that's", "there's", "let's", "when", "what",
    "where", "who", "how", "while", "till", "just",
))  # fmt: skip


class Sung(NamedTuple):
    """One syllable: as written, whether the word goes on, stress (0, 1, 2), Chinese tone (0-4)."""

    text: str
    joined: bool
    stress: int
    tone: int


class Stanza(NamedTuple):
    """A section of the lyrics; `name` is empty when the text gives none."""

    name: str
    lines: tuple[tuple[Sung, ...], ...]


def stanzas(text: str) -> list[Stanza]:
    """Sections parted by empty lines or headings such as "[Chorus]" and "副歌："."""
    found: list[tuple[str, list[tuple[Sung, ...]]]] = [("", [])]
    for raw in text.replace("\r", "").split("\n"):
        line = raw.strip()
        heading = _HEADING.match(line)
        name = _NAMES.get(heading[1].strip().lower()) if heading else None
        if name is not None or not line:
            if found[-1][1]:
                found.append((name or "", []))
            elif name:
                found[-1] = (name, [])
            continue
        for part in _singable(line):
            found[-1][1].append(part)
    return [Stanza(name, tuple(lines)) for name, lines in found if lines]


def _singable(line: str) -> list[tuple[Sung, ...]]:
    """The line, or its halves at a comma when it is too long to sing in one breath."""
    sung = syllables(line)
    if len(sung) <= 16:
        return [sung] if sung else []
    parts = [part for part in re.split(r"(?<=[,;，；、。])\s*", line) if part.strip()]
    if len(parts) == 1:
        words = line.split()
        half = len(words) // 2
        parts = [" ".join(words[:half]), " ".join(words[half:])] if len(words) > 3 else [line]
        if len(parts) == 1:
            return [sung[:16], *([sung[16:]] if sung[16:] else [])]
    return [piece for part in parts if (piece := syllables(part))]


def syllables(line: str) -> tuple[Sung, ...]:
    """The sung syllables of one line, in its own language."""
    found = _chinese(line) if detect_language(line) == "zh" else _english(line)
    return tuple(found)


def _chinese(line: str) -> list[Sung]:
    found: list[Sung] = []
    at = 0
    for syllable in chinese.syllables(line):
        place = line.lower().find(syllable.text.lower(), at)
        if found and place > at:
            marks = line[at:place].strip()
            found[-1] = found[-1]._replace(text=found[-1].text + marks)
        at = max(at, place + len(syllable.text)) if place >= 0 else at
        found.append(Sung(syllable.text, False, 1 if syllable.tone else 0, syllable.tone))
    if found:
        found[-1] = found[-1]._replace(text=found[-1].text + line[at:].strip())
    sung = [place for place, item in enumerate(found) if "\u3400" <= item.text[:1] <= "\u9fff"]
    heavy = {sung[at] for at in _heavy("".join(found[place].text for place in sung))}
    return [
        item._replace(stress=int(item.stress > 0 and place in heavy))
        for place, item in enumerate(found)
    ]


def _heavy(text: str) -> set[int]:
    """Places of the first characters of words that mean something, counted without punctuation."""
    content = set(content_words(text, "zh"))
    places, at = set[int](), 0
    for word in chinese_words(text):
        if word in content:
            places.add(at)
        at += len(word)
    return places


def _english(line: str) -> list[Sung]:
    found: list[Sung] = []
    for token in re.findall(r"[^\s\-–—]+(?:[\-–—]+(?=\s|$))?|[\-–—]", line):
        spoken = english.words(token)
        if not spoken:
            if found:
                found[-1] = found[-1]._replace(text=f"{found[-1].text} {token}".strip())
            continue
        parts = english.split_word(token) if len(spoken) == 1 else [w.text for w in spoken]
        stresses = [s for word in spoken for s in english.stresses(word.pronunciations[0])]
        if len(spoken) > 1:  # numbers and the like: as they are spoken
            parts = [p for word in spoken for p in english.split_word(word.text)]
        if len(stresses) == 1 and spoken[0].text in _WEAK:
            stresses = [0]
        stresses = (stresses + [0] * len(parts))[: len(parts)]
        for index, (part, stress) in enumerate(zip(parts, stresses, strict=True)):
            found.append(Sung(part, index < len(parts) - 1, stress, 0))
    return found
