"""restyle: the style arrives, what is kept is kept exactly, and strength means something."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from music.chords import parse_chord
from music.song import Note, Song, bar_length, lyric_lines
from tools._context import ToolContext
from tools.compose import TOOL as COMPOSE
from tools.composing._scoring import song_features
from tools.restyle import TOOL, RestyledSong, UnknownPart
from tools.styles import UnknownStyle, all_styles

LYRICS = """Walking down the empty street
All the lights are low
Hear the rain and feel the beat
Tell me where to go"""


def _context() -> ToolContext:
    return ToolContext("en", None, None, None, Path())  # type: ignore[arg-type]


@cache
def source() -> Song:
    """A folk song with words in C major."""
    result = COMPOSE({"lyrics": LYRICS, "style": "folk", "key": "C", "seed": 3}, _context())
    return result.songs()[0]


def restyle(style: str, **arguments: Any) -> RestyledSong:
    return TOOL({"song": source(), "target_style": style, "seed": 1, **arguments}, _context())


@pytest.mark.parametrize("name", sorted(all_styles()))
def test_every_style_is_reached(name: str) -> None:
    song = restyle(name).song
    style = all_styles()[name]
    assert song.style == name
    assert style.tempo[0] <= song.tempo <= style.tempo[2]
    names = {track.name for section in song.sections for track in section.tracks}
    assert names <= {part.name for part in style.parts} | {"Drums"}
    assert any(part.name in names for part in style.parts)
    assert [lyric_lines(s) for s in song.sections] == [lyric_lines(s) for s in source().sections]
    assert song_features(song).clashes <= 0.05
    for section in song.sections:
        starts = {note.onset for note in section.melody}
        assert all(syllable.onset in starts for syllable in section.lyrics)
        ends = [note.onset + note.duration for note in section.melody[:-1]]
        following = [note.onset for note in section.melody[1:]]
        assert all(a <= b + 1e-6 for a, b in zip(ends, following, strict=True))


@pytest.mark.parametrize("name", ["jazz", "waltz", "chinese", "disco"])
def test_what_is_kept_is_kept_exactly(name: str) -> None:
    song = restyle(name, keep=["melody", "chords", "lyrics", "form"], strength=1).song
    assert song.melody() == source().melody()
    assert song.chords() == source().chords()
    assert song.metre == source().metre
    assert [s.lyrics for s in song.sections] == [s.lyrics for s in source().sections]
    assert [(s.name, s.length) for s in song.sections] == [
        (s.name, s.length) for s in source().sections
    ]
    assert song.sections[0].tracks != source().sections[0].tracks
    assert restyle(name, keep=["tempo"]).song.tempo == pytest.approx(
        source().tempo * (1.5 if name == "waltz" else 1)
    )


def test_a_waltz_has_three_beats_and_the_same_tune() -> None:
    song = restyle("waltz").song
    assert song.metre == "3/4"
    assert [n.pitch for n in song.melody()] == [n.pitch for n in source().melody()]
    by_bars = restyle("waltz", keep=["form"]).song
    assert [s.length / bar_length("3/4") for s in by_bars.sections] == [
        s.length / bar_length("4/4") for s in source().sections
    ]


def test_jazz_colours_chords_and_swings() -> None:
    song = restyle("jazz").song
    sevenths = [len(parse_chord(c.symbol).pitch_classes) >= 4 for c in song.chords()]
    assert sum(sevenths) / len(sevenths) > 0.8
    drums = next(t for t in song.sections[0].tracks if t.drums)
    assert any(abs(hit.onset % 1 - 2 / 3) < 1e-3 for hit in drums.notes)
    bass = next(t for t in song.sections[0].tracks if t.name == "Double bass")
    assert len(bass.notes) >= song.sections[0].length * 0.8  # it walks


def test_chinese_style_makes_the_tune_pentatonic() -> None:
    def outside(song: Song) -> int:
        return sum(note.pitch % 12 not in (0, 2, 4, 7, 9) for note in song.melody())

    assert outside(source()) > 0
    assert outside(restyle("国风", strength=1).song) == 0


def test_bossa_anticipates_beats() -> None:
    def early(song: Song) -> int:
        return sum(n.onset % 1 == 0.5 and n.duration >= 1 for n in song.melody())

    steps = tuple(Note(float(beat), 1.0, 60 + beat % 5) for beat in range(32))
    section = source().sections[0].model_copy(update={"melody": steps, "lyrics": ()})
    walking = source().replace(sections=(section,))
    assert early(walking) == 0
    assert early(restyle("bossa nova", strength=1, song=walking).song) > 2


def test_strength_zero_changes_the_band_only() -> None:
    song = restyle("jazz", strength=0).song
    assert (song.melody(), song.chords(), song.tempo) == (
        source().melody(),
        source().chords(),
        source().tempo,
    )
    assert song.sections[0].tracks != source().sections[0].tracks


def test_seeds() -> None:
    assert restyle("jazz", strength=1).song == restyle("jazz", strength=1).song
    variants = {restyle("jazz", strength=1, seed=seed).song.chords() for seed in range(5)}
    assert len(variants) > 1


def test_the_answer_says_what_changed_in_both_languages() -> None:
    result = restyle("jazz")
    assert "jazz" in result.content("en")
    assert "爵士" in result.content("zh")
    assert len(result.changes) == len(result.changes_zh) >= 2


@pytest.mark.parametrize(
    ("arguments", "error"),
    [({"style": "qwertz"}, UnknownStyle), ({"style": "jazz", "keep": ["hat"]}, UnknownPart)],
)
def test_bad_wishes_are_said(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        restyle(**arguments)


@pytest.mark.parametrize("name", sorted(all_styles()))
def test_the_band_is_named_in_the_reader_s_language(name: str) -> None:
    band = restyle(name, keep=["melody", "chords", "lyrics", "form", "tempo"], strength=0)
    said = next(change for change in band.changes_zh if change.startswith("编制"))
    assert not any(char.isascii() and char.isalpha() for char in said)
    english = next(change for change in band.changes if change.startswith("played by"))
    assert all(part.name.lower() in english for part in all_styles()[name].parts)


def test_instruments_have_their_chinese_names() -> None:
    assert "古筝、弦乐、贝斯、鼓" in "".join(restyle("chinese").changes_zh)
