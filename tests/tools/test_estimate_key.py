"""estimate_key: from chords, from a melody, from the current song."""

from __future__ import annotations

import pytest

from music.chords import BadChord
from music.keys import key_of
from music.song import ChordEvent, Section, Song
from tests.tools.harmony_context import context, ode
from tools._context import UnknownSong
from tools._forms import BadOnset
from tools.estimate_key import TOOL
from tools.harmony.key_finding import NoMusic

LOOPS = {
    "C G Am F C G Am F C": "C major",
    "Am Dm E7 Am Dm E7 Am": "A minor",
    "Dm7 G7 Cmaj7 A7 Dm7 G7 Cmaj7": "C major",
    "Bb Eb F7 Bb Gm Cm F7 Bb": "Bb major",
    "F#m Bm C#7 F#m": "F# minor",
}


@pytest.mark.parametrize(("chords", "key"), LOOPS.items())
def test_chords(chords: str, key: str) -> None:
    found = TOOL({"chords": chords}, context())
    assert found.key == key
    assert 0 < found.score <= 1
    assert [item.score for item in found.alternatives] == sorted(
        (item.score for item in found.alternatives), reverse=True
    )


@pytest.mark.parametrize("shift", range(-5, 7))
def test_the_answer_moves_with_the_melody(shift: int) -> None:
    melody = [[n.onset, n.duration, n.pitch + shift] for n in ode()]
    assert TOOL({"melody": melody}, context()).key == key_of(shift % 12).name


@pytest.mark.parametrize("given", [{"chords": []}, {"melody": []}, {"chords": " "}])
def test_nothing_given_is_no_question_about_the_current_song(given: dict[str, object]) -> None:
    with pytest.raises(NoMusic, match="chords or a melody"):
        TOOL(given, context())


@pytest.mark.parametrize("onset", [float("nan"), float("inf"), -1.0, 1e6])
def test_chords_start_at_times_a_song_has(onset: float) -> None:
    with pytest.raises(BadOnset, match="100000") as caught:
        TOOL({"chords": [[0, "C"], [onset, "G"]]}, context())
    assert "四分音符" in caught.value.friendly("zh")


def test_timed_chords_and_song() -> None:
    events = [[4, "G7"], [0, "Dm7"], [8, "C"], [12, "C"]]
    assert TOOL({"chords": events}, context()).key == "C major"
    section = Section(length=16, chords=tuple(ChordEvent(4 * i, s) for i, s in enumerate("GCDG")))
    assert TOOL({}, context(Song(sections=(section,)))).key == "G major"
    assert "G大调" in TOOL({}, context(Song(sections=(section,)))).content("zh")


def test_nothing_to_hear() -> None:
    with pytest.raises(UnknownSong):
        TOOL({}, context())
    with pytest.raises(NoMusic):
        TOOL({}, context(Song()))
    with pytest.raises(NoMusic):
        TOOL({"chords": ["N.C."]}, context())


LIFTED = "C Am F G " * 2 + "Db Bbm Gb Ab " * 2


def test_a_modulation_is_told_with_its_place() -> None:
    found = TOOL({"chords": LIFTED}, context())
    assert [(item.start, item.key) for item in found.regions] == [(0, "C major"), (32, "Db major")]
    assert "C major → Db major (from Db)" in found.content("en")
    assert "也可能是：" in found.content("zh")
    assert "%）" in found.content("zh")
    assert "转调：C大调 → 降D大调（从 Db 起）" in found.content("zh")


@pytest.mark.parametrize(
    "row",
    [
        "C Gm7 C7 F Fm C Dm7 G7 C", "Cmaj7 Fm7 Bb7 Ebmaj7 Dm7 G7 Cmaj7 Dm7 G7 Cmaj7",
        "C E7 Am D7 G C F G C", "Am F C G Am F C G",
    ],
)  # fmt: skip
def test_a_visit_is_no_modulation(row: str) -> None:
    found = TOOL({"chords": row}, context())
    assert [item.key for item in found.regions] == [found.key]


def test_sections_that_modulate_are_named() -> None:
    events = tuple(ChordEvent(4 * i, s) for i, s in enumerate(LIFTED.split()))
    verse = Section(name="verse", length=32, chords=events[:8])
    moved = tuple(event._replace(onset=event.onset - 32) for event in events[8:])
    song = Song(sections=(verse, Section(name="chorus", length=32, chords=moved)))
    found = TOOL({}, context(song))
    assert [(item.section, item.key) for item in found.regions] == [
        ("verse", "C major"), ("chorus", "Db major"),
    ]  # fmt: skip


def test_it_says_why() -> None:
    found = TOOL({"chords": "Am7 Dm7 G7 Cmaj7 Dm7 G7 Cmaj7"}, context())
    assert found.why == "Dm7–G7–Cmaj7 is its ii–V–I, twice"
    assert "Dm7–G7–Cmaj7 正是C大调的 ii–V–I" in found.content("zh")
    assert "ends on C" in TOOL({"melody": [list(note) for note in ode()]}, context()).why


def test_a_long_chart_survives_a_symbol_nobody_can_read() -> None:
    chart = ["Cmaj7", "Dm7", "G7", "Cmaj7", "%%?", "Dm7", "G7", "Cmaj7", "Am7", "Dm7", "G7", "C6"]
    found = TOOL({"chords": chart}, context())
    assert (found.key, found.unread) == ("C major", ["%%?"])
    assert "%%?" in found.content("en")
    with pytest.raises(BadChord):
        TOOL({"chords": ["C", "%%?", "G"]}, context())
