"""What stands under a title: tempo, key, metre and style in the song's own language."""

from __future__ import annotations

from music.render._fonts import symbol
from music.song import Song


def facts(song: Song) -> tuple[str, ...]:
    """Such as ("♩ = 92", "G major", "4/4", "pop"); empty ones are left out.

    Words alone have no tempo, key or metre yet, whatever the Song's fields say.
    """
    if song.text() and not song.melody() and not song.chords():
        return tuple(filter(None, (_style(song),)))
    return tuple(fact for fact in (_tempo(song), _key(song), song.metre, _style(song)) if fact)


def is_chinese(song: Song) -> bool:
    """Whether headings are Chinese."""
    return song.language.startswith("zh")


def _key(song: Song) -> str:
    key = symbol(song.key)
    if is_chinese(song):
        key = key.replace(" major", "大调").replace(" minor", "小调")
    return key


def _style(song: Song) -> str:
    """The style as written; an English name says nothing to a Chinese reader."""
    foreign = is_chinese(song) and song.style.isascii()
    return "" if foreign else song.style.replace("_", " ")


def _tempo(song: Song) -> str:
    beats, unit = (int(part) for part in song.metre.split("/"))
    if unit >= 8 and beats % 3 == 0 and beats > 3:
        return f"♩. = {song.tempo / 1.5:.0f}"
    return f"♩ = {song.tempo:g}"
