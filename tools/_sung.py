"""The sections of a song that have words."""

from __future__ import annotations

from music.song import Section, Song
from wording import FriendlyError


def sung_sections(song: Song, missing: type[FriendlyError]) -> list[Section]:
    """In their order. Raises `missing` for a song without words."""
    if found := [section for section in song.sections if section.lyrics]:
        return found
    raise missing(
        "The current song has no words yet. Ask me for lyrics first, or send me yours.",
        "现在这首歌还没有歌词。先让我写一段，或者把歌词发给我。",
    )
