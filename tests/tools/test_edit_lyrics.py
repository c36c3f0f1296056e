"""Lines written anew keep their form, their notes and their authors."""

from __future__ import annotations

import pytest

from music.song import Note, Section, Song, Syllable
from tests.tools.lyric_edits import CHINESE, SONG, VERSE, alone, edited, helped, texts
from tools._context import UnknownSong
from tools.lyricedit.draft import UnknownPlace
from tools.lyricedit.form import shape_of, stress_pattern
from tools.lyricedit.rewrite import OverlongLine
from tools.lyricedit.rows import NoLyrics, rows_of, song_of_text
from tools.lyrics.check import rhymes, syllables
from wording import FriendlyError


def sung_song() -> Song:
    """Two lines of four notes; the last note of the first is held over two."""
    words = ("Leave", "the", "light", "on", "Keep", "the", "night", "gone")
    notes = tuple(Note(float(i), 1.0, 60 + i) for i in range(9))
    onsets = (0, 1, 2, 3, 5, 6, 7, 8)
    lyrics = tuple(
        Syllable(onset=float(onset), text=word, line=int(place >= 4))
        for place, (onset, word) in enumerate(zip(onsets, words, strict=True))
    )
    return Song(title="On", sections=(Section(length=12, melody=notes, lyrics=lyrics),))


def test_a_line_is_written_again_in_its_form() -> None:
    person = helped("The tide comes in, the winds all blow\nThe gulls are loud, the tide is low")
    result = edited(person, action="rewrite", text=VERSE, line=2, instruction="about the sea")
    assert texts(result)[1] == "The tide comes in, the winds all blow"
    assert texts(result)[::2] == [VERSE.split("\n")[1], VERSE.split("\n")[3]]
    (change,) = result.changes
    assert (change.line, change.before) == (2, "The seats are cold, the lights are low")
    assert result.alternatives == ("The gulls are loud, the tide is low",) or (
        not result.alternatives
    )


def test_another_alternative_can_be_chosen() -> None:
    answers = "The tide comes in, the winds all blow\nThe waves are calling me to go"
    first = edited(helped(answers), action="rewrite", text=VERSE, line=2)
    options = [texts(first)[1], *first.alternatives]
    again = edited(helped(answers), action="rewrite", text=VERSE, line=2, choice=len(options))
    assert texts(again)[1] == options[-1]
    with pytest.raises(FriendlyError, match="no number 9"):
        edited(helped(answers), action="rewrite", text=VERSE, line=2, choice=9)


def test_chinese_lines_keep_length_and_rhyme_without_any_model() -> None:
    result = edited(alone("zh"), action="rewrite", text=CHINESE, line=2, instruction="大海")
    old, new = "我把思念寄远方", texts(result)[1]
    assert new != old
    assert syllables(new, "zh") == 7
    assert rhymes(new, "夜色落在旧城墙", "zh")
    assert "~~我把思念寄远方~~" in result.content("zh")


def test_a_line_that_comes_again_changes_everywhere() -> None:
    person = helped("Sing to me before the rain\nWalk with me along the lane")
    result = edited(person, action="rewrite", text=SONG, line=5)
    assert texts(result)[4] == texts(result)[6] != "Take me home before the rain"
    assert len(result.changes) == 2


def test_syllables_stay_on_their_notes() -> None:
    song = sung_song()
    person = helped(
        "Bring the moon home\nHold the world on\nKeep your dreams strong\nFind the song gone"
    )
    result = edited(person, action="rewrite", song=song.model_dump(), line=1)
    old, new = song.sections[0], result.song.sections[0]
    assert new.melody == old.melody
    assert [s.onset for s in new.lyrics] == [s.onset for s in old.lyrics]
    assert texts(result)[1] == "Keep the night gone"


def test_the_sections_and_lines_that_are_meant() -> None:
    answer = "1. Take me home before the night\n2. Never mind the rain and cold"
    by_words = edited(
        helped("Never let me lose my sight"), action="rewrite", text=SONG, line="leave a light for"
    )
    assert [change.line for change in by_words.changes] == [6]
    within = edited(helped(answer, "Hold me now and hold me tight"), action="rewrite", text=SONG,
                    section="the chorus", line=2)  # fmt: skip
    assert [change.line for change in within.changes] == [6]
    for place in ({"line": 99}, {"line": "elephants dancing"}, {"section": "bridge"}):
        with pytest.raises(UnknownPlace):
            edited(alone(), action="rewrite", text=SONG, **place)
    with pytest.raises(FriendlyError, match="Which line"):
        edited(alone(), action="rewrite", text=SONG)


def test_what_cannot_be_written_says_what_to_relax() -> None:
    with pytest.raises(OverlongLine, match="Line 2 has 24 syllables, more"):
        edited(alone("zh"), action="rewrite", text="\n".join(["从前" * 12, "后来" * 12]), line=2)
    with pytest.raises(OverlongLine, match="Split it into two or three lines"):
        edited(alone(), action="rewrite", text="I walk along the road " * 8, line=1)
    with pytest.raises(UnknownSong):
        edited(alone(), action="rewrite", line=1)
    with pytest.raises(NoLyrics):
        edited(alone(), action="rewrite", text="[verse]", line=1)


def test_who_wrote_a_line_is_kept() -> None:
    answer = "The tide comes in, the winds all blow"
    result = edited(helped(answer, author="Ann"), action="rewrite", text=VERSE, line=2)
    assert [line.author for line in result.lines] == ["Ann", "Ann + Bandmate", "Ann", "Ann"]
    later = edited(helped("I feel the engine break and start"), action="rewrite",
                   song=result.song.model_dump(), line=1)  # fmt: skip
    assert [line.author for line in later.lines][:2] == ["Ann + Bandmate", "Ann + Bandmate"]
    assert Song.model_validate_json(result.song.model_dump_json()) == result.song


def test_the_form_of_a_lyric_is_read() -> None:
    shape = shape_of(rows_of(song_of_text(SONG)), "en")
    assert [shape.members(line) for line in range(4)] == [[2], [3], [0], [1]]
    assert shape.echoes[6] == 4
    chinese = shape_of(rows_of(song_of_text(CHINESE)), "zh")
    assert chinese.members(0) == [1, 2, 3]


def test_stresses_of_words_are_read() -> None:
    assert stress_pattern("Remember the morning") == (False, True, False, False, True, False)
    assert stress_pattern("I want to be alone") == (False, True, False, True, False, True)
