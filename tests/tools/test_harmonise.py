"""harmonise: chords that fit, in any key and metre, with alternatives."""

from __future__ import annotations

import pytest

from music.chords import parse_chord
from music.song import Note, Section, Song
from tests.tools.harmony_context import context, ode
from tools._context import UnknownSong
from tools._forms import BadMelody, BadMetre
from tools.harmonise import TOOL, HarmonisedMelody


def ask(song: Song | None = None, **arguments: object) -> HarmonisedMelody:
    return TOOL({"seed": 1, **arguments}, context(song))


def rows(shift: int = 0) -> list[list[float]]:
    return [[n.onset, n.duration, n.pitch + shift] for n in ode()]


def test_the_ode_comes_home() -> None:
    found = ask(melody=rows())
    roots = [parse_chord(slot.symbol).root for slot in found.slots]
    assert found.key == "C major"
    assert len(roots) == 8
    assert roots[0] == roots[-1] == 0
    assert 7 in roots
    assert set(roots) <= {0, 2, 5, 7, 9}


@pytest.mark.parametrize("shift", [-5, -1, 3, 6])
def test_chords_move_with_the_melody(shift: int) -> None:
    here, there = ask(melody=rows()), ask(melody=rows(shift))
    for one, other in zip(here.slots, there.slots, strict=True):
        assert (parse_chord(other.symbol).root - parse_chord(one.symbol).root - shift) % 12 == 0
        assert one.roman == other.roman


@pytest.mark.parametrize("shift", [0, 2, -3])
def test_a_short_beginning_leaves_home(shift: int) -> None:
    birthday = [(0, 1, 67), (1, 1, 67), (2, 1, 69), (3, 1, 67), (4, 1, 72), (5, 3, 71)]
    found = ask(melody=[[onset, length, pitch + shift] for onset, length, pitch in birthday])
    roots = [(parse_chord(slot.symbol).root - shift) % 12 for slot in found.slots]
    assert roots == [0, 7]


def test_two_chords_a_bar_and_alternatives() -> None:
    found = ask(melody=rows(), per_bar=2)
    assert [slot.onset for slot in found.slots[:3]] == [0, 2, 4]
    for slot in found.slots:
        assert slot.alternatives
        assert parse_chord(slot.symbol).root not in {
            parse_chord(c.symbol).root for c in slot.alternatives
        }


def test_versions_differ_and_are_songs() -> None:
    found = ask(melody=rows(), limit=3)
    assert len(found.versions) == 3
    assert len({tuple(version) for version in found.versions}) == 3
    assert [list(song.chords()) for song in found.songs()] == found.versions
    assert found.songs()[0].melody() == tuple(ode())


def test_pickup_and_metre() -> None:
    melody = [[0, 1, 62], [1, 2, 67], [3, 0.5, 71], [3.5, 0.5, 67], [4, 2, 71], [6, 1, 69],
              [7, 2, 67], [9, 1, 64], [10, 3, 62], [13, 3, 67]]  # fmt: skip
    found = ask(melody=melody, metre="3/4", pickup=1, key="G")
    assert [slot.onset for slot in found.slots] == [1, 4, 7, 10, 13]
    assert parse_chord(found.slots[-1].symbol).root == 7


def test_style_colours_the_chords() -> None:
    jazz = ask(melody=rows(), style="jazz")
    assert all(len(parse_chord(slot.symbol).pitch_classes) > 3 for slot in jazz.slots)
    plain = ask(melody=rows())
    assert [parse_chord(s.symbol).root for s in jazz.slots] == [
        parse_chord(s.symbol).root for s in plain.slots
    ]


def test_a_song_keeps_all_but_its_chords() -> None:
    verse = Section(name="verse", length=9, melody=(Note(0, 1, 67), Note(1, 4, 72), Note(5, 4, 71)))
    chorus = Section(name="chorus", length=8, melody=(Note(0, 4, 69), Note(4, 4, 72)))
    song = Song(title="Mine", pickup=1, tempo=90, sections=(verse, chorus))
    found = ask(song)
    assert found.song is not None
    assert [s.melody for s in found.song.sections] == [verse.melody, chorus.melody]
    assert (found.song.title, found.song.tempo) == ("Mine", 90)
    assert found.song.sections[0].chords[0].onset == 1
    assert found.song.sections[1].chords[0].onset == 0
    assert "song" in found.model_dump()
    assert "works" not in found.model_dump()


def test_friendly_errors() -> None:
    with pytest.raises(BadMelody):
        ask(melody=[[0, 1, 300]])
    with pytest.raises(BadMelody):
        ask(Song(sections=(Section(length=4),)))
    with pytest.raises(BadMetre):
        ask(melody=rows(), metre="0/4")
    with pytest.raises(UnknownSong):
        ask()


@pytest.mark.parametrize("per_bar", [1, 2])
def test_a_long_melody_is_shown_by_its_first_32_bars(per_bar: int) -> None:
    ends = 8 * 4 * 5
    melody = [[row[0] + at, *row[1:]] for at in range(0, ends, 32) for row in rows()]
    found = ask(melody=melody, per_bar=per_bar)
    assert len(found.slots) == 40 * per_bar
    shown = [row for row in found.content("en").splitlines() if row.startswith("`|")]
    assert sum(row.count(" | ") + 1 for row in shown) == 32 * per_bar
    assert "and so on" in found.content("en")
    assert "后面" in found.content("zh")
    assert "and so on" not in ask(melody=rows()).content("en")
