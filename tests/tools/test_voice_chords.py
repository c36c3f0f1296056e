"""Chords as they are played: shapes, capo advice, piano hands, pictures and parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from music.chords import BadChord, parse_chord
from music.fretboard import UnknownTuning
from music.song import ChordEvent, Note, Section, Song
from tests.tools.harmony_context import context
from tools._context import Cancelled, ToolContext, UnknownSong
from tools._registry import find_tool
from tools._tool import InvalidArguments
from tools.voice_chords import VoicedChords
from tools.voicing.instruments import NoTunings, UnknownInstrument
from tools.voicing.material import NoChords

SONG = Song(
    title="雨夜",
    language="zh",
    key="Eb major",
    style="ballad",
    sections=(
        Section(
            name="verse",
            length=16,
            melody=(Note(0, 8, 67), Note(8, 8, 70)),
            chords=tuple(
                ChordEvent(at * 4.0, s) for at, s in enumerate(("Eb", "Bb/D", "Cm7", "Abmaj7"))
            ),
        ),
    ),
)


def answered(
    folder: Path, song: Song | None = None, language: str = "en", **arguments: Any
) -> VoicedChords:
    where: ToolContext = replace(context(song, language), files=folder)
    result = find_tool("voice_chords")(arguments, where)
    assert isinstance(result, VoicedChords)
    return result


def test_guitar_shapes_with_fingers_and_a_capo(tmp_path: Path) -> None:
    result = answered(tmp_path, chords="Bb F Gm Eb")
    assert [chord.symbol for chord in result.chords] == ["Bb", "F", "Gm", "Eb"]
    assert all(len(chord.shapes) == 1 for chord in result.chords)
    assert result.chords[0].shapes[0].frets == "x13331"
    assert result.chords[0].names == ["Bb", "F", "Bb", "D", "F"]
    assert result.capos[0].capo == 3
    assert result.capos[0].shapes == ["G", "D", "Em", "C"]
    assert result.capos[0].sounds == ["Bb", "F", "Gm", "Eb"]
    assert "capo on fret 3: play G D Em C" in result.content("en")
    assert "变调夹夹 3 品" in result.content("zh")


def test_with_the_capo_the_same_notes_sound(tmp_path: Path) -> None:
    result = answered(tmp_path, chords="Bb F Gm Eb", capo=3)
    assert [chord.played for chord in result.chords] == ["G", "D", "Em", "C"]
    for chord in result.chords:
        classes = {note % 12 for note in chord.shapes[0].notes}
        assert classes == set(parse_chord(chord.symbol).pitch_classes)


@pytest.mark.parametrize("word", ["ukulele", "Uke", "尤克里里"])
def test_ukulele_by_any_name(tmp_path: Path, word: str) -> None:
    result = answered(tmp_path, chords=["C", "F"], instrument=word)
    assert [chord.shapes[0].frets for chord in result.chords] == ["0003", "2010"]


def test_one_chord_has_three_shapes(tmp_path: Path) -> None:
    (chord,) = answered(tmp_path, chords=["Bm"]).chords
    assert len(chord.shapes) == 3
    assert chord.shapes[0].frets == "x24432"
    assert len({shape.frets for shape in chord.shapes}) == 3


def test_a_beginner_gets_easier_chords_and_is_told(tmp_path: Path) -> None:
    result = answered(tmp_path, chords="F C G", difficulty=1)
    assert result.chords[0].played == "Fmaj7"
    assert all(shape.difficulty == 1 for chord in result.chords for shape in chord.shapes)
    assert "play Fmaj7" in result.content("en")
    assert "改弹 Fmaj7" in result.content("zh")


def test_piano_hands_and_part(tmp_path: Path) -> None:
    result = answered(tmp_path, chords="Dm7 G7 Cmaj7", instrument="钢琴", style="爵士")
    assert result.manner == "rootless"
    for chord in result.chords:
        assert chord.left[0] % 12 == parse_chord(chord.symbol).bass
        assert len(chord.right) >= 3
        assert len(chord.names) == len(chord.left) + len(chord.right)
    (song,) = result.songs()
    (track,) = song.sections[0].tracks
    assert track.program == 0
    sounding = {hit.pitch for hit in track.notes if hit.onset < 4}
    assert sounding == set(result.chords[0].left + result.chords[0].right)


def test_a_song_keeps_its_tune_and_gets_the_part(tmp_path: Path) -> None:
    result = answered(tmp_path, SONG, "zh", instrument="吉他")
    (song,) = result.songs()
    assert song.melody() == SONG.melody()
    assert song.chords() == SONG.chords()
    names = [track.name for track in song.sections[0].tracks]
    assert names[0] == "Guitar"
    assert "Chords" not in names
    assert "Bass" in names
    first = {hit.pitch for hit in song.sections[0].tracks[0].notes if hit.onset < 4}
    assert first <= set(result.chords[0].shapes[0].notes)


def test_the_piano_stays_under_the_tune(tmp_path: Path) -> None:
    result = answered(tmp_path, SONG, instrument="piano")
    assert max(pitch for chord in result.chords for pitch in chord.right) <= 70


@pytest.mark.parametrize("instrument", ["guitar", "ukulele", "piano"])
def test_the_picture_is_a_wide_white_card(tmp_path: Path, instrument: str) -> None:
    result = answered(tmp_path, chords="C Am F G7", instrument=instrument, language="zh")
    (path,) = result.files()
    with Image.open(path) as image:
        assert image.width == 1200
        assert 300 < image.height < 1600
        assert image.getpixel((600, 8)) == (255, 255, 255, 255)
        colours = image.convert("RGB").getcolors(200_000)
        assert colours is not None
        assert len(colours) > 50


def test_left_handed_diagrams_are_mirrored(tmp_path: Path) -> None:
    right = answered(tmp_path, chords=["C"], limit=1)
    left = answered(tmp_path, chords=["C"], limit=1, left_handed=True)
    assert right.files() != left.files()
    assert right.files()[0].read_bytes() != left.files()[0].read_bytes()
    assert right.chords == left.chords


def test_tunings_are_kept(tmp_path: Path) -> None:
    result = answered(tmp_path, chords="D", tuning="drop D")
    assert result.tuning == "drop D"
    assert result.chords[0].shapes[0].frets == "000232"
    assert "(drop D)" in result.content("en")
    assert "（Drop D 调弦）" in result.content("zh")
    assert "标准" not in answered(tmp_path, chords="D").content("zh")


@pytest.mark.parametrize("instrument", ["guitar", "piano"])
def test_a_part_ends_after_a_thousand_bars(tmp_path: Path, instrument: str) -> None:
    result = answered(tmp_path, chords=[[0, "C"], [60000, "G"]], instrument=instrument)
    assert [chord.symbol for chord in result.chords] == ["C", "G"]
    (song,) = result.songs()
    notes = song.sections[0].tracks[0].notes
    assert 3996 <= max(note.onset for note in notes) < 4000


def test_a_strummed_part_keeps_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = replace(context(), files=tmp_path)

    def late(*_: object) -> list[object]:
        where.deadline.cancel()
        return []

    monkeypatch.setattr("tools.voicing.strings.string_hits", late)
    with pytest.raises(Cancelled):
        find_tool("voice_chords")({"chords": "C G"}, where)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"chords": ["C", "X9"]}, BadChord),
        ({"chords": ["C"], "tuning": "nonsense"}, UnknownTuning),
        ({"chords": ["C"], "instrument": "tuba"}, UnknownInstrument),
        ({"chords": ["C"], "instrument": "piano", "tuning": "drop D"}, NoTunings),
        ({"chords": ["N.C."]}, NoChords),
        ({"chords": ["C"], "difficulty": 9}, InvalidArguments),
        ({"chords": ["C"], "capo": -1}, InvalidArguments),
        ({}, UnknownSong),
    ],
)
def test_what_cannot_be_shown_is_said(
    tmp_path: Path, arguments: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        answered(tmp_path, **arguments)


def test_a_song_without_chords(tmp_path: Path) -> None:
    with pytest.raises(NoChords):
        answered(tmp_path, Song(sections=(Section(length=4, melody=(Note(0, 4, 60),)),)))


def test_every_chord_has_an_answer_whatever_its_name(tmp_path: Path) -> None:
    row = ["C7alt", "D|C", "Ebmaj13#11", "F#m11b5", "G13b9#11", "A5", "Bsus2", "C/D", "Abm(maj7)"]
    for instrument in ("guitar", "ukulele", "piano"):
        result = answered(tmp_path, chords=row, instrument=instrument)
        assert len(result.chords) == len(row), instrument


def test_jazz_guitar_is_played_in_closed_shapes(tmp_path: Path) -> None:
    plain = answered(tmp_path, chords="Cm7 F7 Bbmaj7 G7")
    jazz = answered(tmp_path, chords="Cm7 F7 Bbmaj7 G7", style="jazz")
    assert "0" in "".join(chord.shapes[0].frets for chord in plain.chords)
    assert "0" not in "".join(chord.shapes[0].frets for chord in jazz.chords)
