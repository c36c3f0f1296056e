"""What a message says plainly outweighs what a small model made of it."""

from __future__ import annotations

from typing import Any

import pytest

from tools._chord_row import chord_row
from tools._heard import heard, meant
from tools._heard_harmony import said_of_changes, said_of_fingerings


@pytest.mark.parametrize(
    ("tool", "model", "message", "expected"),
    [
        ("suggest_chords", {"key": "C", "mood": "浪漫"}, "给我C调的浪漫和弦", {"mood": "romantic"}),
        ("suggest_chords", {"bars": 8}, "some chords in D", {"key": "D"}),
        ("write_lyrics", {"syllables": 4}, "写四句七个字的歌词", {"lines": 4, "syllables": 7}),
        ("write_lyrics", {}, "8 lines, rhymed ABAB", {"lines": 8, "rhyme": "ABAB"}),
        ("write_lyrics", {}, "eight syllables a line, 4 lines", {"lines": 4, "syllables": 8}),
        ("write_lyrics", {}, "8 syllables per line, two lines", {"lines": 2, "syllables": 8}),
        ("edit_song", {"key": "A"}, "in A instead", {"key": "A"}),
        ("edit_song", {"key": "A minor"}, "in A minor instead", {"key": "A minor"}),
        ("edit_song", {"tempo": "slower"}, "make it slower", {"tempo": "slower"}),
        ("edit_song", {"transpose": 2}, "up a tone", {"transpose": 2}),
        ("restyle", {"target_style": "jazz"}, "jazzier!", {"target_style": "jazz"}),
        ("recommend_songs", {"region": "中国民歌"}, "忧伤的中国民歌", {"query": "忧伤的中国民歌"}),
        ("recommend_songs", {"like": "current"}, "something like mine", {"like": "current"}),
    ],
)
def test_what_is_stated_is_heard(
    tool: str, model: dict[str, Any], message: str, expected: dict[str, Any]
) -> None:
    result = heard(tool, model, message)
    assert {key: result.get(key) for key in expected} == expected
    assert set(result) <= set(expected) | {"key"}


@pytest.mark.parametrize(
    ("message", "row"),
    [
        ("guitar shapes for Am, F and C please", ["Am", "F", "C"]),
        ("给C、G、Am、F加点色彩", ["C", "G", "Am", "F"]),
        ("am f c g on ukulele", ["Am", "F", "C", "G"]),
        ("Dm7 - G7 - Cmaj7 a bit", ["Dm7", "G7", "Cmaj7"]),
        ("how do i play F#m7b5 on guitar?", ["F#m7b5"]),
        ("a sad song in A minor", []),
        ("i am going to do a song", []),
        ("一首歌", []),
    ],
)
def test_the_row_of_chords_in_a_message(message: str, row: list[str]) -> None:
    assert chord_row(message) == row


def test_chords_are_taken_from_the_message() -> None:
    wrong = {"reharmonise": ["C", "G"], "spice": 2}
    said = heard("suggest_chords", wrong, "C G Am F at spice 2")
    assert said == {"reharmonise": ["C", "G", "Am", "F"], "spice": 2}
    assert heard("estimate_key", {}, "what key is Dm G C?") == {"chords": ["Dm", "G", "C"]}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("easy uke shapes", {"difficulty": 2, "instrument": "ukulele"}),
        ("capo 4, B C#m E", {"capo": 4}),
        ("C7 F capo夹几品？", {}),
        ("左撇子，吉他夹三品", {"left_handed": True, "instrument": "guitar", "capo": 3}),
        ("3rd fret capo, difficulty 5", {"capo": 3, "difficulty": 5}),
    ],
)
def test_what_is_said_of_fingerings(message: str, expected: dict[str, Any]) -> None:
    assert said_of_fingerings(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("modulate from bb to d minor", {"key": "Bb", "to_key": "D minor"}),
        ("key change to E from C", {"key": "C", "to_key": "E"}),
        ("从降E大调转到g小调", {"key": "Eb major", "to_key": "G minor"}),
        ("Am to C please", {}),
        ("辣度3", {"spice": 3}),
        ("spice up C G Am F just a little", {"spice": 1}),
        ("C G Am F大胆一点", {"spice": 3}),
    ],
)
def test_what_is_said_of_changes(message: str, expected: dict[str, Any]) -> None:
    assert said_of_changes(message) == expected


def test_two_rows_that_were_copied_well_stay() -> None:
    said = "Verse: Am F C G, chorus: Dm E7 Am. How do I play these?"
    all_seven = {"chords": ["Am", "F", "C", "G", "Dm", "E7", "Am"]}
    assert heard("voice_chords", all_seven, said) == all_seven
    assert heard("estimate_key", {}, "what key is it in? It has an A and a B section") == {}


def test_a_boring_progression_is_reharmonised_in_its_own_key() -> None:
    said = "C Am F G is boring, make it a little more interesting"
    asked = heard("suggest_chords", {"key": "C", "to_key": "F"}, said)
    assert asked == {"reharmonise": ["C", "Am", "F", "G"], "spice": 1}


def test_the_way_to_another_key_is_a_progression() -> None:
    said = "how do i get from C to Eb major"
    assert meant("voice_chords", {"chords": ["C", "Eb"]}, said) == "suggest_chords"
    asked = heard("suggest_chords", {"chords": ["C", "Eb"], "instrument": "piano"}, said)
    assert asked == {"key": "C", "to_key": "Eb major"}
    assert meant("voice_chords", {}, "C Eb on piano") == "voice_chords"


def test_notes_are_named_as_a_chord() -> None:
    asked = heard("parse_chord", {"symbol": "C"}, "what chord is C Eb G Bb?")
    assert asked == {"notes": ["C", "Eb", "G", "Bb"]}
    assert heard("parse_chord", {"symbol": "C"}, "what is C") == {"symbol": "C"}


def test_a_chord_that_is_asked_about_is_no_key() -> None:
    assert heard("parse_chord", {"symbol": "Am7"}, "what is Am7") == {"symbol": "Am7"}
    assert "spice" not in heard("suggest_chords", {}, "wild chords in D")


def test_a_number_of_bars_is_no_tempo() -> None:
    result = heard("compose", {"tempo": 16, "bars": 16}, "a folk song, 16 bars")
    assert "tempo" not in result
    assert (result["bars"], result["style"]) == (16, "folk")


def test_what_nobody_said_is_dropped() -> None:
    assert "style" not in heard("compose", {"style": "rock", "tempo": 90}, "随便来一首")
    assert "tempo" not in heard("compose", {"style": "rock", "tempo": 90}, "随便来一首")


def test_a_repeated_call_keeps_its_arguments() -> None:
    assert heard("compose", {"style": "jazz"}, "try again", {"style": "jazz"}) == {"style": "jazz"}


def test_slower_is_said_of_a_song_that_exists() -> None:
    assert meant("compose", {"tempo": "slower"}) == "edit_song"
    assert meant("compose", {"tempo": 90}) == "compose"
    assert heard("edit_song", {"tempo": "slower"}, "make it slower") == {"tempo": "slower"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "给这段歌词配和弦：雨落在长安街，把你的名字冲淡",
            {"lyrics": "雨落在长安街，把你的名字冲淡"},
        ),
        (
            "put chords to these lyrics: The rain came / And went",
            {"lyrics": "The rain came\nAnd went"},
        ),
        ("harmonise C D E G", {"melody": [[0, 1, 60], [1, 1, 62], [2, 1, 64], [3, 1, 67]]}),
        ("harmonise this", {}),
    ],
)
def test_what_is_brought_is_harmonised(said: str, expected: dict[str, Any]) -> None:
    assert heard("harmonise", {}, said) == expected


def test_fixed_bars_are_heard() -> None:
    asked = heard("suggest_chords", {"start": ["C"]}, "jazz chords: C . . G7 . . F C, keep those")
    assert asked == {"style": "jazz", "fixed": "C . . G7 . . F C"}


@pytest.mark.parametrize(
    ("tool", "arguments", "said", "expected"),
    [
        ("suggest_chords", {}, "降B大七和弦有哪些音？", "parse_chord"),
        ("voice_chords", {}, "C Am F G A7 D. Where does it modulate?", "estimate_key"),
        ("edit_song", {"key": "C major"}, "从C大调转到Eb大调", "suggest_chords"),
        ("edit_song", {"key": "Eb major"}, "从C大调转到Eb大调", "edit_song"),
        ("voice_chords", {}, "C Am F G on guitar", "voice_chords"),
    ],
)
def test_the_tool_that_is_meant(
    tool: str, arguments: dict[str, Any], said: str, expected: str
) -> None:
    assert meant(tool, arguments, said) == expected


def test_a_question_between_two_keys() -> None:
    found = said_of_changes("从C大调怎么转到降E大调？")
    assert found == {"key": "C major", "to_key": "Eb major"}
