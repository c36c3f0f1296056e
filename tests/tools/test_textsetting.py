"""Phrases and accents of a melody, and words set under its notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.song import Note, Section, Song, lyric_lines
from tests.tools.lyrics_context import context
from tools._forms import BadMetre
from tools.fit_lyrics import TOOL, NoWords, Result, TooManyWords
from tools.lyrics.wish import Wish
from tools.textsetting.fitting import NoTune, WordsDoNotFit
from tools.textsetting.lines import lines_of_notes, lines_of_song, sections_of
from tools.textsetting.melisma import TooFewNotes, carriers
from tools.textsetting.metre import accents, levels, strength
from tools.textsetting.phrasing import phrases


def row(durations: Sequence[float], pitches: Sequence[int] | None = None) -> list[Note]:
    """Notes one after another; a negative duration is a rest."""
    notes: list[Note] = []
    at = 0.0
    for duration in durations:
        if duration > 0:
            pitch = pitches[len(notes)] if pitches else 60 + len(notes) % 5
            notes.append(Note(at, duration, pitch))
        at += abs(duration)
    return notes


def fit(lyrics: str, notes: list[Note], **others: Any) -> Result:
    asked = {"lyrics": lyrics, "melody": [list(note) for note in notes], **others}
    return TOOL(asked, context(None))


TWINKLE = row(
    [1] * 6 + [2] + [1] * 6 + [2], [60, 60, 67, 67, 69, 69, 67, 65, 65, 64, 64, 62, 62, 60]
)


def test_a_rest_ends_a_phrase_and_a_long_note_before_it_does_not() -> None:
    notes = row([1, 1, 1, 2, 1, 2.5, -0.5] * 4)
    assert [len(phrase) for phrase in phrases(notes, "3/4")] == [6, 6, 6, 6]


def test_where_no_rest_tells_long_notes_do_and_upbeats_lead_on() -> None:
    notes = row([1, *([1, 1, 1, 1, 1, 1, 2] * 2), 1, 1, 1, 1, 1, 1, 3])
    assert [len(phrase) for phrase in phrases(notes, "4/4", 3.0)] == [8, 7, 7]


def test_long_phrases_are_divided_at_the_bar() -> None:
    assert [len(p) for p in phrases(row([1] * 16 + [-1] + [1] * 8), "4/4")] == [8, 8, 8]


@given(
    st.lists(st.sampled_from([0.5, 1.0, 1.5, 2.0, -0.5, -1.0]), min_size=1, max_size=60),
    st.sampled_from(["2/4", "3/4", "4/4", "6/8", "5/4", "7/8"]),
)
def test_phrases_hold_every_note_once_in_order(durations: list[float], metre: str) -> None:
    notes = row(durations)
    assert [note for phrase in phrases(notes, metre) for note in phrase] == notes
    assert all(phrase and len(phrase) <= 16 for phrase in phrases(notes, metre))


@pytest.mark.parametrize(
    ("metre", "expected"),
    [
        ("2/4", [4, 1, 3, 1]),
        ("3/4", [4, 1, 2, 1, 2, 1]),
        ("4/4", [4, 1, 2, 1, 3, 1, 2, 1]),
        ("6/8", [4, 1, 1, 3, 1, 1]),
        ("9/8", [4, 1, 1, 2, 1, 1, 2, 1, 1]),
        ("12/8", [4, 1, 1, 2, 1, 1, 3, 1, 1, 2, 1, 1]),
        ("5/4", [4, 1, 2, 1, 2, 1, 3, 1, 2, 1]),
        ("7/8", [4, 1, 3, 1, 3, 1, 1]),
    ],
)
def test_the_grid_of_a_bar(metre: str, expected: list[int]) -> None:
    assert [strength(0.5 * place, metre) for place in range(len(expected))] == expected


def test_accents_are_local_maxima_and_long_notes_count_more() -> None:
    assert accents(levels(row([1, 1, 1, 1]), "4/4")) == (True, False, True, False)
    assert accents(levels(row([1, 1, 1, 1]), "4/4", 3.0)) == (False, True, False, True)
    assert accents(levels(row([0.5, 1.5, 1, 1]), "4/4")) == (True, False, True, False)
    assert accents(levels(row([0.5, 0.5, 0.5, 3, 0.5]), "4/4"))[3]


def test_a_metre_that_is_none_is_a_friendly_error() -> None:
    with pytest.raises(BadMetre):
        phrases(row([1, 1, 1]), "4/5")
    with pytest.raises(BadMetre):
        Wish("rain", "en", melody=row([1, 1, 1, 1]), metre="0/4").request()


def test_words_lie_one_a_note_and_lines_end_with_phrases() -> None:
    result = fit("Twinkle twinkle little star\nHow I wonder what you are", TWINKLE)
    (section,) = result.song.sections
    assert [s.onset for s in section.lyrics] == [note.onset for note in TWINKLE]
    assert lyric_lines(section) == ["Twinkle twinkle little star", "How I wonder what you are"]
    assert (result.stresses, result.strong) == (4, 4)
    assert result.content("en").startswith("**Twinkle twinkle little star**: 2 lines set.")


def test_too_few_syllables_are_held_over_weak_short_notes_and_never_over_a_rest() -> None:
    notes = row([1, 0.5, 0.5, 1, 1, -1, 1, 0.5, 0.5, 2], [60, 62, 64, 65, 67, 67, 65, 64, 62])
    result = fit("la la la la\nla la la", notes)
    onsets = [s.onset for s in result.song.sections[0].lyrics]
    assert len(onsets) == 7
    assert 5.0 in onsets
    assert 1.5 not in onsets
    assert 6.5 not in onsets
    assert [line.melismas for line in result.lines] == [("la",), ("la",)]


def test_too_many_syllables_divide_long_notes() -> None:
    result = fit("Twinkle twinkle little star\nHow I wonder what they all are", TWINKLE)
    melody = result.song.sections[0].melody
    assert len(melody) == len(TWINKLE) + 1
    assert sum(note.duration for note in melody) == sum(note.duration for note in TWINKLE)
    assert result.lines[1].divided
    assert not result.lines[0].divided


def test_readings_are_chosen_to_fit() -> None:
    two, three = row([1, 1, 1, 2]), row([1, 1, 1, 1, 2])
    assert len(fit("Every star is", two).song.sections[0].lyrics) == 4
    assert len(fit("Every star is", three).song.sections[0].lyrics) == 5


def test_what_can_not_be_set_says_how_much_fits() -> None:
    with pytest.raises(WordsDoNotFit, match="room for 28 at most"):
        fit("la " * 60, TWINKLE)
    with pytest.raises(NoWords):
        fit("[Chorus]\n...", TWINKLE)
    with pytest.raises(NoWords, match="English or Chinese"):
        fit("Я вас любил", TWINKLE)
    with pytest.raises(NoTune):
        TOOL({"lyrics": "la la", "song": Song(sections=(Section(length=4),))}, context(None))


def test_a_long_text_is_set_like_a_short_one_and_an_endless_one_is_refused() -> None:
    lines = ["我在风里等着你回来", "你在雨里唱着歌"] * 40
    notes = row([*([1.0] * 8), 2.0, -1.0, *([1.0] * 6), 2.0, -1.0] * 40)
    found = fit("\n".join(lines), notes)
    assert [(line.text, line.notes) for line in found.lines] == [(t, len(t)) for t in lines]
    with pytest.raises(TooManyWords, match="up to 4000"):
        fit("\n".join(["我在风里等着你回来"] * 500), notes)


def test_chinese_words_lie_under_their_notes() -> None:
    result = fit("一闪一闪亮晶晶\n满天都是小星星", TWINKLE)
    (section,) = result.song.sections
    assert [s.onset for s in section.lyrics] == [note.onset for note in TWINKLE]
    assert result.song.language == "zh"
    assert result.content("zh").endswith("2 句。")


def test_further_stanzas_are_verses_to_the_same_notes() -> None:
    verses = "Twinkle twinkle little star\nHow I wonder what you are"
    result = fit(f"{verses}\n\nWhen the blazing sun is gone\nwhen he nothing shines upon", TWINKLE)
    (section,) = result.song.sections
    assert lyric_lines(section, 2) == [
        "When the blazing sun is gone",
        "when he nothing shines upon",
    ]
    assert {s.verse for s in section.lyrics} == {1, 2}
    assert len(section.melody) == len(TWINKLE)


def test_stanzas_find_their_sections_by_name_and_choruses_return() -> None:
    verse = Section(name="verse", length=16, melody=tuple(TWINKLE))
    chorus = Section(name="chorus", length=16, melody=tuple(row([2] * 8)))
    song = Song(title="Mine", key="G major", sections=(verse, chorus, verse, chorus))
    words = (
        "[Chorus]\nLa la la la la la la la\n\n[Verse 1]\nTwinkle twinkle little star\n"
        "How I wonder what you are\n\n[Verse 2]\nUp above the world so high\n"
        "Like a diamond in the sky\n"
    )
    result = TOOL({"lyrics": words, "song": song}, context(None))
    first, second, third, fourth = result.song.sections
    assert lyric_lines(first)[0].startswith("Twinkle")
    assert lyric_lines(third)[0].startswith("Up")
    assert lyric_lines(second) == lyric_lines(fourth) == ["La la la la la la la la"]
    assert result.song.key == "G major"
    assert result.song.title == "Mine"
    assert result.unsung == 0


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from([0.5, 1.0, 2.0, -1.0]), min_size=4, max_size=24),
    st.lists(
        st.sampled_from(("love", "tomorrow", "a", "heaven", "the", "river", "I")),
        min_size=3,
        max_size=20,
    ),
)
def test_every_word_is_sung_once_on_a_note_that_exists(
    durations: list[float], words: list[str]
) -> None:
    notes = row(durations)
    if not notes:
        return
    try:
        result = fit(" ".join(words), notes)
    except WordsDoNotFit:
        return
    (section,) = result.song.sections
    assert lyric_lines(section) == [" ".join(words)]
    onsets = [s.onset for s in section.lyrics]
    assert onsets == sorted(set(onsets))
    assert set(onsets) <= {n.onset for n in section.melody}


def test_carriers_are_strong_and_hold_what_joins_them() -> None:
    phrase = row([1, 0.5, 0.5, 1, 1], [60, 62, 64, 65, 67])
    kept = carriers(phrase, 4, "4/4")
    assert [note.onset for note in kept] == [0.0, 1.0, 2.0, 3.0]
    assert kept[1].duration == 1.0
    with pytest.raises(TooFewNotes, match="5 notes"):
        carriers(phrase, 6, "4/4")


def test_a_song_asks_for_its_own_lines() -> None:
    verse = Section(name="verse", length=16, melody=tuple(TWINKLE))
    late = tuple(row([1, 2, 2]))
    song = Song(pickup=1.0, sections=(verse, Section(name="verse", length=16, melody=late)))
    lines = lines_of_song(song)
    assert [(line.section, len(line.carriers)) for line in lines] == [(0, 7), (0, 7), (1, 3)]
    assert lines[2].phase == 3.0
    assert lines[2].accents == (False, True, False)
    assert sections_of(lines) == (("verse", "verse 2"), (2, 1))
    request = Wish("night", "en", song=song).request()
    assert request.form.lines == (2, 1)
    assert request.form.syllables == (7, 7, 3)


def test_syllables_of_a_line_may_be_fewer_than_its_notes() -> None:
    lines = lines_of_notes(TWINKLE, "4/4", [7, 5])
    assert [len(line.carriers) for line in lines] == [7, 5]
    assert sum(lines[1].durations) == 8.0
