"""parse_chord: the contract's fields, and errors for people."""

from __future__ import annotations

import pytest

from music.chords import BadChord
from tests.tools.harmony_context import context
from tools._tool import InvalidArguments
from tools.parse_chord import TOOL


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
