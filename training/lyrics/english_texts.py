"""The English songs that the lyric adapter learns from, and those it never sees."""

from __future__ import annotations

from pathlib import Path

from training.lyrics.own_songs import Song, own_songs
from training.lyrics.public_songs import public_songs


def training_songs(data: Path | None) -> tuple[list[Song], list[Song]]:
    """Our own songs and public ones (none without the data folder), the held-back ones left out."""
    return _part(data, held_back=False)


def validation_songs(data: Path | None) -> tuple[list[Song], list[Song]]:
    """The held-back songs: our own and public ones."""
    return _part(data, held_back=True)


def _part(data: Path | None, *, held_back: bool) -> tuple[list[Song], list[Song]]:
    public = public_songs(data) if data else []
    own = [song for song in own_songs() if song.held_back == held_back]
    return own, [song for song in public if song.held_back == held_back]
