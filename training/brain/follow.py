"""Follow-ups: messages whose meaning depends on the last call and the current song."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from models.prompt import short_arguments, state_line

if TYPE_CHECKING:
    from training.brain.examples import Arguments, Example, Pattern

_AGAIN = (
    *("recommend_songs", "write_lyrics", "suggest_chords", "compose", "inspire", "restyle"),
    *("harmonise", "next_chords", "find_rhymes"),
)
_CHORDS = ("suggest_chords", "next_chords", "harmonise")
_STYLED = ("suggest_chords", "recommend_songs", "write_lyrics", "inspire")
_COUNTED = ("recommend_songs", "find_rhymes", "next_chords", "suggest_chords")
_SONG = ("compose", "restyle", "edit_song", "export_song", "analyse_song")

Call = tuple[str, "Arguments"]


def follow_up(rng: random.Random, pattern: Pattern) -> Example:
    """The line reads `operation | message`; the operation says what the message does to the
    last call, and with which tools it can follow."""
    from training.brain.examples import Example, random_call, random_song, render

    operation, _, line = pattern.line.partition(" | ")
    change, tools = _OPERATIONS[operation.strip()]
    text, stated = render(rng, line, pattern.language)
    name, arguments = random_call(rng, tools)
    arguments = short_arguments(arguments)
    song = random_song(rng) if name in _SONG or rng.random() < 0.4 else None
    tool, changed = change((name, arguments), stated)
    state = state_line(song, (name, arguments))
    return Example(text, pattern.language, state, tool, changed, "", pattern.line)


def _again(last: Call, stated: Arguments) -> Call:
    return last[0], {**last[1], **stated}


def _key(last: Call, stated: Arguments) -> Call:
    return _again(last, stated) if last[0] in _CHORDS else ("edit_song", stated)


def _style(last: Call, stated: Arguments) -> Call:
    if last[0] == "write_lyrics" and stated["style"] == "chinese":
        return last[0], {**last[1], "language": "zh"}
    if last[0] in _STYLED:
        return _again(last, stated)
    return "restyle", {"target_style": stated["style"]}


def _subject(last: Call, stated: Arguments) -> Call:
    name = {"compose": "description", "recommend_songs": "query"}.get(last[0], "theme")
    return last[0], {**last[1], name: stated["theme"]}


def _section(last: Call, stated: Arguments) -> Call:
    kept = {k: v for k, v in last[1].items() if k not in ("lines", "structure")}
    return last[0], {**kept, **stated}


def _word(last: Call, stated: Arguments) -> Call:
    return last[0], {**last[1], "text": stated["text"]}


# What the message does, and the tools that may have been called before it.
_OPERATIONS: Mapping[str, tuple[Callable[[Call, Arguments], Call], tuple[str, ...]]] = {
    "again": (_again, _AGAIN),
    "key": (_key, (*_CHORDS, *_SONG)),
    "style": (_style, (*_STYLED, *_SONG)),
    "mood": (_again, ("suggest_chords", "recommend_songs", "write_lyrics", "compose")),
    "language": (_again, ("write_lyrics",)),
    "subject": (_subject, ("write_lyrics", "compose", "inspire")),
    "section": (_section, ("write_lyrics",)),
    "lines": (_again, ("write_lyrics",)),
    "rhyme": (_again, ("write_lyrics",)),
    "syllables": (_again, ("write_lyrics",)),
    "bars": (_again, ("suggest_chords", "compose")),
    "limit": (_again, _COUNTED),
    "word": (_word, ("find_rhymes", "count_syllables")),
    "chord": (_again, ("parse_chord",)),
    "region": (_again, ("recommend_songs",)),
}
