"""What a message says plainly, over what a small chat model made of it.

A model of 135 million parameters finds the right tool, but takes "16 bars" for a tempo now and then
or drops a mood. Keys, styles, moods and numbers are regular enough to be read from the words, and a
value that stands neither in the message nor in the call before it was made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tools._chord_row import chord_row, note_row, spells
from tools._heard_fit import said_of_fit
from tools._heard_form import said_of_form
from tools._heard_harmony import said_of_boredom, said_of_changes, said_of_fingerings
from tools._heard_lyrics import said_of_lyrics
from tools._heard_material import (
    asks_for_key,
    brought_to_harmonise,
    chord_asked_about,
    fixed_row,
)
from tools._heard_numbers import number
from tools._heard_rhymes import said_of_rhymes
from tools._heard_setting import said_of_setting
from tools._moods import find_mood
from tools._registry import toolbox
from tools.composing._description import Described, read_description
from tools.styles import find_style

_COUNT = r"(\d{1,3}|[a-z]+|[一二两三四五六七八九十]+)"
_LINES = re.compile(r"(?!an?\b)" + _COUNT + r"[\s-]*(?:lines?\b|句|行)", re.I)
_SYLLABLES = re.compile(_COUNT + r"[\s-]*(?:syllables?\b|个字|字|言|个?音节)", re.I)
_RHYME = re.compile(r"(?<![A-Za-z])([A-D]{2,8})(?![A-Za-z])")
_METRE = re.compile(r"\d\s*/\s*\d|分之|[二三四六八]拍")
_NUMBER = re.compile(r"\d+|[一二两三四五六七八九十]+|[a-z]+", re.I)
_NUMBERS = ("bars", "tempo", "lines", "syllables", "limit", "per_bar", "capo", "difficulty")
_COUNTED = (
    *("lines", "syllables", "rhyme", "include", "avoid", "hook", "stress", "tones"),
    *("near_rhymes", "internal_rhyme", "structure"),
)
_NAMES = ("style", "mood", "target_style")
# Rows of symbols are copied badly by a small model. Where a tool is about the chords that the
# message spells, they are taken from there whether the model wrote them or not.
_ROWS = ("chords", "history", "reharmonise", "start")
_NOTES = 3  # that are named without any chord type make a chord to be named
_PROGRESSION = 3  # chords that make one
_ABOUT_CHORDS = {"voice_chords": "chords", "estimate_key": "chords", "next_chords": "history"}


_OF_HARMONY = frozenset((*_ABOUT_CHORDS, "suggest_chords", "parse_chord"))


def meant(name: str, arguments: Mapping[str, Any], message: str = "") -> str:
    """The tool that the arguments are for: only a song that exists can get "slower", and the way
    "from C to Eb major" leads through chords, whoever was taken for the one to ask."""
    if call := plain_call(message):
        return call[0]
    relative = isinstance(arguments.get("tempo"), str)
    if name == "compose" and relative:
        return "edit_song"
    if name in _OF_HARMONY and chord_asked_about(message):
        return "parse_chord"
    if name in _OF_HARMONY and asks_for_key(message):
        return "estimate_key"
    way = said_of_changes(message)
    # "From C to Eb": a song that is to be edited would not be moved to where it is.
    stays = name == "edit_song" and arguments.get("key") == way.get("key")
    if "to_key" in way and (name in _ABOUT_CHORDS or stays):
        return "suggest_chords"
    return name


def plain_call(
    message: str, *, open_words: bool = False, sung: bool = False
) -> tuple[str, dict[str, Any]] | None:
    """A call that the words alone decide, without asking a small model: edits of lyrics,
    words for a tune and a tune for words, which it was not taught. `open_words`: the work at hand
    is words alone, so that "make it sadder" speaks of them; `sung`: it has words."""
    if (rhymes := said_of_rhymes(message, open_words=open_words or sung)) is not None:
        return rhymes
    if (fit := said_of_fit(message)) is not None:
        return fit
    if (setting := said_of_setting(message)) is not None:
        return setting
    found = said_of_lyrics(message, open_words=open_words)
    return None if found is None else ("edit_lyrics", found)


def heard(
    name: str, arguments: Mapping[str, Any], message: str, last: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The call's arguments, mended: what is stated is taken from `message`, what is neither there
    nor among the arguments of the `last` call is dropped."""
    if (call := plain_call(message)) and call[0] == name:
        return call[1]
    if name == "parse_chord" and len(notes := note_row(message)) >= _NOTES:
        return {"notes": notes}
    if name == "parse_chord" and (symbol := chord_asked_about(message)):
        return {"symbol": symbol}
    fields = toolbox()[name].arguments.model_fields
    known = dict(last or {})
    given = {
        key: value
        for key, value in arguments.items()
        if key in fields and (known.get(key) == value or _is_stated(key, value, message))
    }
    if name == "recommend_songs":
        return _wanted(given, message)
    found = {key: value for key, value in _stated(name, message).items() if key in fields}
    if name == "suggest_chords":
        given = _progression(given, found, message)
    if name == "harmonise":
        found |= brought_to_harmonise(message)
    if name == "write_lyrics":  # moods and styles may be words of the theme
        found = {key: value for key, value in found.items() if key in _COUNTED or key in given}
    if name == "compose" and not _is_follow_up(arguments, known):
        found["description"] = message
    return {**given, **found, **_rows(name, given, message)}


def _progression(given: dict[str, Any], found: Mapping[str, Any], message: str) -> dict[str, Any]:
    """Chords that the message spells are what it is about, not the keys of a modulation."""
    if row := fixed_row(message):
        return {**{key: value for key, value in given.items() if key not in _ROWS}, "fixed": row}
    if "to_key" in found:
        return {key: value for key, value in given.items() if key not in _ROWS}
    if len(chord_row(message)) < _PROGRESSION or not said_of_boredom(message):
        return given
    kept = {key: value for key, value in given.items() if key not in ("key", "to_key", "start")}
    return {"reharmonise": [], **kept}


def _rows(name: str, given: Mapping[str, Any], message: str) -> dict[str, list[str]]:
    """The row of chords that the message spells, under the argument it belongs to."""
    row = chord_row(message)
    wanted = next((key for key in _ROWS if key in given), _ABOUT_CHORDS.get(name))
    if not row or not wanted:
        return {}
    written = given.get(wanted) or []
    timed = not all(isinstance(item, str) for item in written)
    # Two rows ("verse: ..., chorus: ...") are more than the longest one.
    complete = len(written) >= len(row) and not timed and spells(message, written)
    return {} if timed or complete else {wanted: row}


def _wanted(given: dict[str, Any], message: str) -> dict[str, Any]:
    """The catalogue reads place, mood, metre and kind from words itself, so a place that holds
    more than a place, or nothing at all, gives way to the message."""
    if {"like", "query"} & given.keys():
        return given
    muddled = re.search(r"song|tune|folk|歌|曲|调", str(given.get("region", "")), re.I)
    if muddled or not (given.keys() - {"limit"}):
        return {"query": message} | {key: given[key] for key in given if key == "limit"}
    return given


def _stated(name: str, message: str) -> dict[str, Any]:
    """Arguments that the words name, whatever the tool."""
    said = read_description(message)
    style = said.style.name if said.style else None
    words = {
        "key": _key(said),
        "bars": said.bars,
        "tempo": said.tempo,
        "metre": said.metre if _METRE.search(message) else None,
        "style": style,
        "target_style": style,
        "mood": said.mood.name if said.mood else None,
    }
    if name == "voice_chords":
        return said_of_fingerings(message) | {k: v for k, v in words.items() if k == "style" and v}
    if name == "suggest_chords":
        words |= _changes(message)
    if name == "parse_chord":  # "Am7" is a chord there, not a key
        return {}
    if name == "write_lyrics":
        rhyme = _RHYME.search(message)
        words |= {
            "lines": _count(_LINES, message),
            "syllables": _count(_SYLLABLES, message),
            "rhyme": rhyme[1] if rhyme else None,
            **said_of_form(message),
        }
    return {key: value for key, value in words.items() if value is not None}


def _changes(message: str) -> dict[str, Any]:
    """A spice is said of chords that the message spells, not of a mood such as "wild"."""
    said = said_of_changes(message)
    return said if chord_row(message) else {k: v for k, v in said.items() if k != "spice"}


def _key(said: Described) -> str | None:
    """Only the tonic where no mode is named: "in A instead" leaves a minor song minor."""
    if said.key is None:
        return None
    plain = said.minor is None and not said.key.is_minor
    return said.key.name.removesuffix(" major") if plain else said.key.name


def _is_stated(key: str, value: Any, message: str) -> bool:
    if key in _NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        if key == "tempo" and value == read_description(message).bars:
            return False
        return value in _numbers(message)
    if key in _NAMES and isinstance(value, str):
        # "Jazzier" names no style by the book; what shares its beginning may still be meant.
        named = find_style(value) is not None or find_mood(value) is not None
        return value.lower() in message.lower() or (named and _alike(value, message))
    return True


def _alike(value: str, message: str) -> bool:
    style, mood = find_style(value), find_mood(value)
    labels = [value, *(label for x in (style, mood) if x for label in (x.label.en, x.label.zh))]
    names = [alias for x in (style, mood) if x for alias in x.aliases]
    lowered = message.lower()
    return any(word.lower()[:4] in lowered for word in (*labels, *names) if len(word) > 1)


def _is_follow_up(arguments: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether the call repeats the last one, as "another one" asks for."""
    return bool(known) and any(known.get(key) == value for key, value in arguments.items())


def _count(pattern: re.Pattern[str], message: str) -> int | None:
    """The first number, where there is one: "8 syllables per line, 4 lines"."""
    counts = (number(match[1]) for match in pattern.finditer(message))
    return next((count for count in counts if count is not None), None)


def _numbers(message: str) -> set[int]:
    read = (number(word) for word in _NUMBER.findall(message))
    return {value for value in read if value is not None}
