"""analyse_song: facts that can be checked by ear."""

from __future__ import annotations

from pathlib import Path

import pytest

from music.formats import write_song
from music.song import ChordEvent, Note, Section, Song
from tests.tools.harmony_context import context, ode
from tools.analyse_song import TOOL
from tools.harmony.key_finding import NoMusic
from tools.harmony.portrait import form

NAMES = ("C", "G7", "C", "G7", "C", "E7", "Am", "Fm")
CHORDS = tuple(ChordEvent(4.0 * i, s) for i, s in enumerate(NAMES))
VERSE = Section(name="verse", length=32, melody=tuple(ode()), chords=CHORDS)
BRIDGE = Section(name="bridge", length=8, melody=(Note(0, 4, 69), Note(4, 4, 71)))
SONG = Song(title="Ode", key="C major", tempo=110, sections=(VERSE, BRIDGE, VERSE))


def test_facts() -> None:
    found = TOOL({"song": SONG}, context())
    assert (found.key, found.metre, found.bars, found.form) == ("C major", "4/4", 18, "A B A")
    assert [chord.roman for chord in found.chords[:8]] == [
        "I", "V7", "I", "V7", "I", "V7/vi", "vi", "iv",
    ]  # fmt: skip
    assert found.chords[7].role == "borrowed"
    assert found.range is not None
    assert (found.range.lowest, found.range.highest, found.range.semitones) == ("C4", "B4", 11)
    assert sum(item.score for item in found.styles) <= 1
    assert "Form A B A" in found.content("en")
    assert "曲式 A B A" in found.content("zh")


def test_a_wrong_written_key_is_corrected() -> None:
    found = TOOL({"song": SONG.replace(key="F# major")}, context())
    assert (found.key, found.written_key) == ("C major", "F# major")


def test_mood_follows_mode_and_tempo() -> None:
    names = ("Am", "Dm", "Am", "E7", "Am", "F", "Dm", "Am")
    minor = tuple(ChordEvent(4.0 * i, name) for i, name in enumerate(names))
    slow = Song(key="A minor", tempo=60, sections=(Section(length=32, chords=minor),))
    quick = SONG.replace(tempo=150)
    found = [TOOL({"song": song}, context()).mood for song in (slow, quick)]
    assert found[0] in {"sad", "dark", "nostalgic"}
    assert found[1] in {"happy", "energetic", "hopeful"}


def test_variations_get_a_prime() -> None:
    varied = VERSE.model_copy(update={"melody": (*ode()[:-4], Note(28, 4, 67))})
    parts = form(SONG.replace(sections=(VERSE, varied, BRIDGE)))
    assert [part.letter for part in parts] == ["A", "A'", "B"]
    assert [part.bar for part in parts] == [1, 9, 17]


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ode.musicxml"
    path.write_bytes(write_song(SONG, "musicxml"))
    found = TOOL({"file": str(path)}, context())
    assert (found.title, found.key) == ("Ode", "C major")
    assert found.chords[5].roman == "V7/vi"


def test_nothing_to_analyse() -> None:
    with pytest.raises(NoMusic):
        TOOL({"song": Song()}, context())


def test_numerals_follow_a_modulation() -> None:
    row = [
        "C",
        "Am",
        "F",
        "G",
        "C",
        "Am",
        "F",
        "G",
        "Db",
        "Bbm",
        "Gb",
        "Ab",
        "Db",
        "Bbm",
        "Gb",
        "Ab",
    ]
    parts = tuple(
        Section(length=32, chords=tuple(ChordEvent(4.0 * i, s) for i, s in enumerate(half)))
        for half in (row[:8], row[8:])
    )
    found = TOOL({"song": Song(key="C major", sections=parts)}, context())
    assert [chord.roman for chord in found.chords[8:12]] == ["I", "vi", "IV", "V"]
    assert {chord.key for chord in found.chords[8:]} == {"Db major"}
    assert "C major → Db major (from bar 9)" in found.content("en")
    assert "C大调 → 降D大调 (第 9 小节起)" in found.content("zh")
