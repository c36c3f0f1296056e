"""compose: wishes are met, words are sung, tunes fit their chords; the same seed, the same song."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from music.keys import parse_key
from music.song import Song, bar_length, lyric_lines
from tools._context import ToolContext
from tools.compose import TOOL, ComposedSong, NothingToSing, UnknownMood
from tools.composing._description import read_description
from tools.composing._features import strength
from tools.composing._patterns import steps
from tools.composing._rhythm import PhraseShape, sample_phrase, stress_fit
from tools.composing._scoring import features, song_features
from tools.composing._words import stanzas, syllables
from tools.styles import UnknownStyle, all_styles

LYRICS = """Walking down the empty street tonight
Every window holds a little light
I remember how you used to call my name
Nothing in this city is the same

Oh, bring me home, bring me home
Where the river meets the sea"""

SHORT_WORDS = """I go to work when half the town is dark
I walk across the bridge and hear a dog
My hands are in my coat, my breath is white
The boats are tied like horses in the fog"""


def compose(**arguments: Any) -> ComposedSong:
    context = ToolContext("en", None, None, None, Path())  # type: ignore[arg-type]
    return TOOL({"seed": 1, **arguments}, context)


@pytest.mark.parametrize("name", sorted(all_styles()))
def test_every_style_gives_a_sound_song(name: str) -> None:
    song = compose(style=name).song
    found = song_features(song)
    traits = all_styles()[name].melody
    assert song.style == name
    assert found.on_chord > 0.5
    assert found.clashes <= 0.03
    assert 5 <= found.span <= traits.span + 1
    assert found.steps >= 0.4
    assert all(section.tracks for section in song.sections)
    for section in song.sections:
        ends = [note.onset + note.duration for note in section.melody]
        starts = [note.onset for note in section.melody[1:]]
        assert all(end <= start + 1e-6 for end, start in zip(ends, starts, strict=False))
        assert max(ends) <= section.length + 1e-6


def test_the_same_seed_gives_the_same_song_and_others_differ() -> None:
    first, again, other = compose(style="pop"), compose(style="pop"), compose(style="pop", seed=2)
    assert first.song == again.song
    assert first.song.melody() != other.song.melody()
    assert len({song.melody() for song in (first.song, *first.alternatives)}) == 3
    assert first.scores == sorted(first.scores, reverse=True)


@pytest.mark.parametrize("key", ["G major", "F# minor", "Eb major", "D dorian"])
def test_the_key_is_the_one_asked_for(key: str) -> None:
    song = compose(style="folk", key=key).song
    assert song.key == key
    inside = [note.pitch % 12 in parse_key(key).pitch_classes for note in song.melody()]
    assert sum(inside) / len(inside) > 0.9
    assert song.melody()[-1].pitch % 12 == parse_key(key).tonic


@pytest.mark.parametrize("bars", [4, 7, 12, 16, 32, 64])
def test_the_number_of_bars_is_met(bars: int) -> None:
    song = compose(style="rock", bars=bars).song
    assert song.length == bars * bar_length(song.metre)


@pytest.mark.parametrize("metre", ["2/4", "3/4", "6/8", "5/4", "7/8", "12/8"])
def test_any_metre(metre: str) -> None:
    song = compose(metre=metre, bars=8).song
    assert song.metre == metre
    assert song.length == 8 * bar_length(metre)
    on_bars = sum(strength(note.onset, metre) == 0 for note in song.melody())
    assert on_bars >= 5


def test_every_syllable_gets_one_note_and_the_words_come_back() -> None:
    song = compose(lyrics=LYRICS, style="folk").song
    assert [section.name for section in song.sections] == ["verse", "chorus"]
    text = [line for section in song.sections for line in lyric_lines(section)]
    assert text == [line for line in LYRICS.splitlines() if line]
    for section in song.sections:
        assert [s.onset for s in section.lyrics] == [n.onset for n in section.melody]


def test_stressed_syllables_are_on_stronger_beats() -> None:
    levels: dict[int, list[int]] = {0: [], 1: []}
    for seed in range(4):
        song = compose(lyrics=LYRICS, style="hymn", seed=seed).song
        stresses = [s.stress for part in stanzas(LYRICS) for line in part.lines for s in line]
        onsets = [n.onset for section in song.sections for n in section.melody]
        for stress, onset in zip(stresses, onsets, strict=True):
            levels[min(stress, 1)].append(strength(onset, song.metre))
    assert np.mean(levels[1]) < np.mean(levels[0]) - 0.4


def test_chinese_words_are_sung_one_character_a_note() -> None:
    words = "月光洒在窗前\n我想起了从前\n江水缓缓流过\n带走我的思念"
    song = compose(lyrics=words, style="国风").song
    assert song.language == "zh"
    assert song.text() == words
    five = {0, 3, 5, 7, 10}
    tonic = parse_key(song.key).tonic
    inside = [(note.pitch - tonic) % 12 in five for note in song.melody()]
    assert sum(inside) / len(inside) > 0.9


def test_given_chords_stay_and_the_tune_fits_them() -> None:
    result = compose(chords=["Am", "F", "C", "G"], style="pop")
    symbols = [event.symbol for event in result.song.chords()]
    assert symbols == ["Am", "F", "C", "G"] * 4
    assert result.song.key in ("C major", "A minor")
    assert song_features(result.song).on_chord > 0.6


def test_moods_change_tempo_register_and_mode() -> None:
    sad, happy = compose(style="pop", mood="sad").song, compose(style="pop", mood="happy").song
    assert sad.tempo < happy.tempo
    assert parse_key(sad.key).is_minor
    assert not parse_key(happy.key).is_minor
    assert len(sad.melody()) < len(happy.melody())


def test_the_tune_repeats_itself_more_than_chance() -> None:
    rates = [song_features(compose(style="pop", seed=seed).song).repetition for seed in range(4)]
    assert np.mean(rates) > 0.15


def test_a_description_is_read() -> None:
    said = read_description("a sad jazz waltz in F# minor, 90 bpm, 24 bars, about the winter sea")
    assert said.style is not None
    assert (said.style.name, said.metre, said.tempo, said.bars) == ("jazz", "3/4", 90, 24)
    assert said.key == parse_key("F# minor")
    assert said.theme == "winter sea"
    zh = read_description("写一首关于江南烟雨的古风歌，A小调，八小节，慢一点")
    assert zh.style is not None
    assert (zh.style.name, zh.bars, zh.theme, zh.pace) == ("chinese", 8, "江南烟雨", 0.75)
    assert zh.key == parse_key("A minor")


def test_arguments_win_over_the_description() -> None:
    song = compose(description="jazz in G, 24 bars", key="C", bars=8, style="pop").song
    assert (song.key, song.style, song.length) == ("C major", "pop", 32)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"style": "qwertz"}, UnknownStyle),
        ({"mood": "purple"}, UnknownMood),
        ({"lyrics": "?!\n..."}, NothingToSing),
        ({"lyrics": "la " * 4000}, NothingToSing),
    ],
)
def test_bad_wishes_are_said(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        compose(**arguments)


def test_exact_counts_are_met_by_the_rhythm_model() -> None:
    rng = np.random.default_rng(0)
    for notes in (3, 7, 12):
        bars = sample_phrase("4/4", 0.0, PhraseShape(2, notes, exact=True), rng)
        assert bars is not None
        assert sum(map(len, bars)) == notes


def test_stress_fit_prefers_strong_beats() -> None:
    bars = [(0.0, 1.5, 2.0, 3.5)]
    assert stress_fit(bars, "4/4", (1, 0, 1, 0)) > stress_fit(bars, "4/4", (0, 1, 0, 1))


def test_words_keep_their_spelling() -> None:
    line = "Don't look back, beautiful - not 2 nights!"
    assert "".join(s.text + ("" if s.joined else " ") for s in syllables("Don't look back")) == (
        "Don't look back "
    )
    assert len(syllables(line)) == 9


def test_patterns_fit_other_metres() -> None:
    snare = [step.onset for step in steps("....X.......X...", "4/4", "3/4")]
    assert snare == [1.0, 2.0]
    assert [step.onset for step in steps("xxxxxxxx", "4/4", "6/8")] == [0.0, 1.0, 1.5, 2.5]


def test_features_see_clashes_and_leaps() -> None:
    good = Song.model_validate(
        {
            "sections": [
                {
                    "length": 4,
                    "melody": [[0, 1, 60], [1, 1, 62], [2, 2, 64]],
                    "chords": [[0, "C"]],
                }
            ]
        }
    )
    bad = good.sections[0].model_copy(
        update={"melody": tuple(n._replace(pitch=65) for n in good.sections[0].melody)}
    )
    assert song_features(good).clashes == 0
    assert features(bad.melody, bad.chords, "4/4").clashes == 1


def test_short_words_that_mean_something_are_sung_on_strong_beats_too() -> None:
    """ "I go to work": the beat is on "go" and "work", wherever the line begins in its bar."""
    strong = total = 0
    for seed, metre in enumerate(("4/4", "3/4", "4/4", "6/8")):
        song = compose(lyrics=SHORT_WORDS, metre=metre, seed=seed).song
        for section, part in zip(song.sections, stanzas(SHORT_WORDS), strict=True):
            onsets = [s.onset for s in section.lyrics]
            stresses = [s.stress for line in part.lines for s in line]
            levels = [9, *(strength(onset, metre) for onset in onsets), 9]
            for place, stress in enumerate(stresses, 1):
                total += stress == 1
                strong += stress == 1 and levels[place] <= min(levels[place - 1 : place + 2 : 2])
    assert strong / total > 0.8


class OneWork:
    """A person who is writing one song."""

    def __init__(self, song: Song) -> None:
        self._song = song

    def current(self) -> Song:
        return self._song


def with_current(song: Song, **arguments: Any) -> ComposedSong:
    context = ToolContext("en", OneWork(song), None, None, Path())  # type: ignore[arg-type]
    return TOOL({"seed": 1, "lyrics": "current", **arguments}, context)


@pytest.mark.parametrize("words", [LYRICS, "月光洒在窗前\n我想起了从前\n\n江水缓缓流过"])
def test_the_words_of_the_current_song_are_set(words: str) -> None:
    sheet = compose(lyrics=words, style="folk").song.replace(title="My Words")
    bare = [s.model_copy(update={"melody": (), "chords": (), "tracks": ()}) for s in sheet.sections]
    song = with_current(sheet.replace(sections=tuple(bare)), description="a tune in 3/4").song
    assert song.text() == sheet.text()
    assert [s.name for s in song.sections] == [s.name for s in sheet.sections]
    assert (song.title, song.metre, song.style) == ("My Words", "3/4", "folk")
    assert all(len(s.melody) == len(s.lyrics) for s in song.sections)
    assert with_current(sheet, description="a jazz tune").song.style == "jazz"


def test_a_song_without_words_is_told_so() -> None:
    with pytest.raises(NothingToSing, match="no words yet"):
        with_current(Song())
