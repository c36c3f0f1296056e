"""Finds the two drafts that people want merged: pasted, named by id, or remembered by author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from music.song import Song
from tools._context import ToolContext
from tools.lyricedit.credits import signed
from tools.lyricedit.merge import OneDraft, labelled
from tools.lyricedit.rows import song_of_text

_SEARCHED = 20
_ME = ("me", "mine", "i", "我", "我的")


class Sources(NamedTuple):
    """What was given to merge: a song or the id of one, another, pasted words, authors' names."""

    song: Song | str
    other: Song | str
    text: str
    authors: tuple[str, ...]


def two_drafts(sources: Sources, context: ToolContext) -> tuple[Song, Song]:
    """Both drafts with their authors. Raises `OneDraft`, `UnknownSong`, `NoLyrics`."""
    names = [_name(author, context) for author in sources.authors]
    pasted = labelled(sources.text)
    if len(pasted) >= 2:
        songs = [signed(song_of_text(text), _name(name, context)) for name, text in pasted[:2]]
    elif sources.text.strip():
        words = song_of_text(pasted[0][1] if pasted else sources.text)
        author = _name(pasted[0][0], context) if pasted else context.author
        songs = [context.song(sources.other or sources.song), signed(words, author)]
    elif sources.other:
        songs = [context.song(sources.song), context.song(sources.other)]
    else:
        songs = _remembered(names, context)
    if len(songs) < 2:
        raise _one_draft()
    first, second = songs[:2]
    given = [*names, "", ""][:2]
    return signed(first, given[0]), signed(second, given[1])


def _name(author: str, context: ToolContext) -> str:
    """ "me" by the name that the person goes by."""
    plain = author.strip().lstrip("@")
    return (context.author or plain) if plain.lower() in _ME else plain


def _remembered(names: Sequence[str], context: ToolContext) -> list[Song]:
    """The newest works with words by each of the authors; without names the two newest."""
    works = [context.memory.work(w.id) for w in context.memory.works("", _SEARCHED)]
    lyrics = [song for song in works if song.text()]
    if not names:
        return lyrics[:2]
    found: list[Song] = []
    for name in names:
        own = [song for song in lyrics if _wrote(song, name) and song not in found]
        found += own[:1]
    if len(found) == 1 and (current := context.memory.current()) is not None:
        found += [song for song in (current, *lyrics) if song.text() and song not in found][:1]
    return found


def _wrote(song: Song, name: str) -> bool:
    authors = {c.author.lower() for section in song.sections for c in section.credits}
    return any(name.lower() in author for author in (*authors, song.lyricist.lower()) if author)


def _one_draft() -> OneDraft:
    return OneDraft(
        "I need two drafts to merge: paste both under your names (“Ann:” on a line of its own), or"
        " name two of your works.",
        "合并需要两份稿子：把两段词分别写在各自的名字下面（名字单独一行，后面加冒号），或者说出两个作品的编号。",
    )
