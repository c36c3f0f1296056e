"""What every kind of memory agrees on: ids of works, kinds, and how people name what they mean."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import Literal, TypeVar

from music.song import Song
from tools._context import UnknownSong
from wording import FriendlyError

Kind = Literal["song", "melody", "lyrics", "chords"]

# Crockford's base 32: no letter looks like a digit or another letter.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 6
_LOOKALIKES = str.maketrans("oil", "011")
_REFERENCE = re.compile(rf"#?([{_ALPHABET}oil]{{{_ID_LENGTH}}})(?:\s*(?:[.#]|v)\s*(\d{{1,6}}))?")

_EVERYTHING = frozenset(
    (
        *("everything", "all", "all of it", "all my data", "everything about me", "me"),
        *("全部", "所有", "一切", "所有的", "全部忘记", "全忘了", "关于我的一切", "我的一切"),
    )
)
# Words around what a person looks for; they name no song. Han is matched by character.
_FILLER = frozenset(
    ("a", "an", "the", "my", "our", "of", "about", "song", "songs", "one", "with", "for", "in")
)
_HAN_FILLER = frozenset("的了歌首曲那我们个是和关于写过一")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")

T = TypeVar("T")


class AmbiguousName(FriendlyError):
    """Several things have the name a person used."""


def fresh_id() -> str:
    """A random id of a work, short enough to type: 6 characters, one of 2^30."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))


def read_reference(text: str) -> tuple[str, int | None] | None:
    """The work's id and perhaps the version's number in "K7M2QD", "k7m2qd.3" or "#k7m2qd v3"."""
    match = _REFERENCE.fullmatch(text.strip().lower())
    if match is None:
        return None
    return match[1].translate(_LOOKALIKES), int(match[2]) if match[2] else None


def unknown_song(reference: str) -> UnknownSong:
    """What to say when no work of the person has this id or title."""
    return UnknownSong(
        f'I know no song of yours called {reference!r}. Say "my songs" to see their ids.',
        f"我没有找到你的作品“{reference}”。说“我的歌”可以查看所有作品的编号。",
    )


def kind_of(song: Song) -> Kind:
    """What a work is, by what it holds."""
    has_melody = any(section.melody for section in song.sections)
    has_chords = any(section.chords for section in song.sections)
    has_words = any(section.lyrics for section in song.sections)
    if has_words and not has_melody and not has_chords:
        return "lyrics"
    if has_chords and not has_melody and not has_words:
        return "chords"
    if has_melody and not has_chords and not has_words:
        return "melody"
    return "song"


def means_everything(what: str) -> bool:
    """Whether a person asked to be forgotten altogether."""
    return what.strip().strip("。.!！").casefold() in _EVERYTHING


def haystack(song: Song) -> str:
    """The text of a song that `find` looks into after the title."""
    return " ".join(
        (song.style, song.mood, song.key, song.metre, song.language, song.composer, song.text())
    )


def find(query: str, candidates: Iterable[tuple[T, str, str]]) -> list[T]:
    """Candidates (thing, title, other text) that hold every word of the query, those with more of
    it in the title first, otherwise in the order given. An empty query finds all.
    """
    whole = query.strip().casefold()
    words = _words(whole)
    found: list[tuple[float, T]] = []
    for thing, title, text in candidates:
        low_title, low_text = title.casefold(), text.casefold()
        if all(word in low_title or word in low_text for word in words):
            in_title = sum(word in low_title for word in words) / max(1, len(words))
            found.append((in_title + (whole == low_title), thing))
    return [thing for _, thing in sorted(found, key=lambda pair: -pair[0])]


def holds_words(query: str, text: str) -> bool:
    """Whether a text holds every word that a person used to name it; no words name nothing."""
    words = _words(query.casefold())
    return bool(words) and all(word in text.casefold() for word in words)


def same_title(a: str, b: str) -> bool:
    """Titles are the same regardless of case, outer spaces and quotation marks."""
    return a.strip(" \"'“”《》「」").casefold() == b.strip(" \"'“”《》「」").casefold() != ""


def ambiguous(what: str, ids: Iterable[str]) -> AmbiguousName:
    """What to say when a name fits several works."""
    listed = ", ".join(ids)
    return AmbiguousName(
        f"Several of your works fit {what!r}: {listed}. Which id do you mean?",
        f"有好几个作品符合“{what}”：{listed}。你指的是哪个编号？",
    )


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    telling = [word for word in words if word not in _FILLER and word not in _HAN_FILLER]
    return telling or words
