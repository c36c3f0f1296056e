"""parse_chord: the contract's fields, and errors for people."""

from __future__ import annotations

import pytest

from music.chords import BadChord
from tests.tools.harmony_context import context
from tools._tool import InvalidArguments
from tools.parse_chord import TOOL, BadNotes


def test_fields() -> None:
    chord = TOOL({"symbol": "F#m7b5/E"}, context())
    assert (chord.root, chord.bass, chord.pitch_classes) == (6, 4, [6, 9, 0, 4])
    assert chord.notes == ["F#", "A", "C", "E"]
    assert "half-diminished" in chord.reading
    assert "半减七" in chord.content("zh")
    assert "Am6/E" in chord.other_names


def test_chinese_name_and_german_reading() -> None:
    assert TOOL({"symbol": "降E大九和弦"}, context()).symbol == "Ebmaj9"
    assert TOOL({"symbol": "H7", "german": True}, context()).root == 11


def test_no_chord() -> None:
    chord = TOOL({"symbol": "N.C."}, context())
    assert (chord.root, chord.pitch_classes, chord.other_names) == (-1, [], [])


def test_errors() -> None:
    with pytest.raises(BadChord, match="character 1"):
        TOOL({"symbol": "H#9x"}, context())
    with pytest.raises(InvalidArguments):
        TOOL({}, context())


def test_harte_labels() -> None:
    chord = TOOL({"symbol": "A:min7/b3"}, context())
    assert (chord.symbol, chord.root, chord.bass) == ("Am7/C", 9, 0)


@pytest.mark.parametrize(
    ("notes", "symbol"),
    [(["C", "E", "G", "A"], "C6"), (["A", "C", "E", "G"], "Am7"), ([64, 67, 72], "C/E"),
     (["C4", "A3", "E4"], "Am"), ("60 64 70", "C7"), (["Gb", "Bb", "Db"], "Gb"),
     ("F♯ A♯ C♯", "F#")],
)  # fmt: skip
def test_notes_are_named(notes: object, symbol: str) -> None:
    assert TOOL({"notes": notes}, context()).symbol == symbol


def test_names_are_ranked_with_what_is_missing() -> None:
    found = TOOL({"notes": ["E", "Bb", "D", "A"]}, context())
    assert (found.candidates[0].symbol, found.candidates[0].missing) == ("C13", ["1", "5"])
    assert "without its root" in found.content("en")
    assert "省略根音" in found.content("zh")
    assert [one.symbol for one in TOOL({"notes": "C E G A"}, context()).candidates][:2] == [
        "C6", "Am7/C",
    ]  # fmt: skip


def test_notes_are_spelled_for_the_key() -> None:
    assert TOOL({"notes": [66, 70, 73], "key": "Db"}, context()).symbol == "Gb"
    assert TOOL({"notes": [66, 70, 73], "key": "B"}, context()).symbol == "F#"
    assert TOOL({"notes": ["H", "D", "F#"], "german": True}, context()).symbol == "Bm"


@pytest.mark.parametrize("notes", [["C"], ["C", "Q"], ["C", 500], ["C", ""]])
def test_bad_notes(notes: list[object]) -> None:
    with pytest.raises(BadNotes):
        TOOL({"notes": notes}, context())
