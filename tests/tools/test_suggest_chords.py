"""suggest_chords: what the person fixed stays, results differ, reasons are true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.chords import parse_chord
from music.keys import parse_key
from music.roman import analyse, chord_of
from music.song import bar_length
from tests.tools.harmony_context import context, ode
from tests.vectorstore.small_catalogue import small_catalogue
from tools._forms import BadMelody
from tools._tool import InvalidArguments
from tools.harmony.fixed_bars import BadFixedBar
from tools.harmony.known_songs import KNOWN, known_songs
from tools.harmony.suggesting import NothingToChange, SameKey
from tools.harmony.why import why
from tools.styles import all_styles
from tools.suggest_chords import TOOL, SuggestedChords


def ask(**arguments: object) -> SuggestedChords:
    return TOOL({"seed": 5, **arguments}, context())


@pytest.mark.parametrize("style", sorted(all_styles()))
def test_every_style_in_major_and_minor(style: str) -> None:
    for key in ("Eb", "F# minor"):
        found = ask(style=style, key=key, bars=8, limit=3)
        assert found.key == parse_key(key).name
        rows = [tuple(item.chords) for item in found.progressions]
        assert len(set(rows)) == len(rows) == 3
        assert {len(row) for row in rows} == {8}
        for item in found.progressions:
            assert len(item.roman) == 8
            assert item.why
            assert item.why_zh


def test_the_same_seed_gives_the_same_answer() -> None:
    assert ask(mood="sad") == ask(mood="sad")
    fresh = TOOL({"mood": "sad"}, context())
    assert TOOL({"mood": "sad", "seed": fresh.seed}, context()) == fresh


def test_fixed_start_is_kept_as_it_was_written() -> None:
    for item in ask(start="Am9 F/A", bars=8).progressions:
        assert item.chords[:2] == ["Am9", "F/A"]


@pytest.mark.parametrize("onset", [float("inf"), float("nan"), -1.0])
def test_notes_that_no_melody_has(onset: float) -> None:
    for others in ({}, {"key": "C"}, {"start": "C"}, {"bars": 4}):
        with pytest.raises(BadMelody):
            ask(melody=[[onset, 1, 60]], **others)


@pytest.mark.parametrize(
    ("asked", "key", "chords"),
    [
        ({"start": ["ii", "V7"]}, "C major", ["Dm", "G7"]),
        ({"start": "ii V7 I"}, "C major", ["Dm", "G7", "C"]),
        ({"start": "4536251"}, "C major", ["F", "G", "Em", "Am", "Dm", "G", "C"]),
        ({"start": "i VI VII"}, "A minor", ["Am", "F", "G"]),
        ({"fixed": "ii V7"}, "C major", ["Dm", "G7"]),
        ({"start": "I V", "melody": [list(note) for note in ode()]}, "C major", ["C", "G"]),
    ],
)
def test_numerals_without_a_key_stay_in_the_key_they_are_read_in(
    asked: dict[str, object], key: str, chords: list[str]
) -> None:
    found = ask(**asked)
    assert found.key == key
    for item in found.progressions:
        assert item.chords[: len(chords)] == chords


def test_numerals_are_read_in_the_key_of_the_melody() -> None:
    found = ask(start="I V", melody=[[n.onset, n.duration, n.pitch + 2] for n in ode()])
    assert found.key == "D major"
    assert found.progressions[0].chords[:2] == ["D", "A"]


@pytest.mark.parametrize("name", ["start", "fixed", "reharmonise"])
def test_rows_have_64_chords_at_most(name: str) -> None:
    for row in ("C " * 65, ["C"] * 65):
        with pytest.raises(InvalidArguments, match=f"{name}.*64"):
            ask(**{name: row})
    long = " | ".join(["Cmaj7/E", "Am7", "Fmaj9", "G7sus4"] * 5)  # characters do not count
    assert len(long) > 64
    assert ask(**{name: long}).progressions
    assert ask(**{name: "C Am F G"}).progressions


@pytest.mark.parametrize("name", ["start", "reharmonise"])
def test_degrees_count_as_a_chord_each(name: str) -> None:
    with pytest.raises(InvalidArguments, match=f"{name}.*64"):
        ask(**{name: "4536251" * 10})


def test_numerals_name_the_chords() -> None:
    for item in ask(style="jazz", key="Bb", bars=8, limit=4).progressions:
        for symbol, roman in zip(item.chords, item.roman, strict=True):
            assert chord_of(roman, parse_key("Bb")).root == parse_chord(symbol).root


def test_style_and_mood_are_heard() -> None:
    jazz = [parse_chord(c) for p in ask(style="jazz", bars=8).progressions for c in p.chords]
    folk = [parse_chord(c) for p in ask(style="folk", bars=8).progressions for c in p.chords]
    sevenths = [sum(len(c.pitch_classes) > 3 for c in row) / len(row) for row in (jazz, folk)]
    assert sevenths[0] > 0.8
    assert sevenths[1] < 0.4
    assert parse_key(ask(mood="悲伤").key).is_minor
    assert not parse_key(ask(mood="happy").key).is_minor


def test_a_blues_has_twelve_bars_on_one_four_and_five() -> None:
    for item in ask(style="blues", key="A", limit=2).progressions:
        assert len(item.chords) == 12
        roots = [parse_chord(symbol).root for symbol in item.chords]
        assert roots[0] == 9
        assert roots[4] == 2
    assert "十二小节布鲁斯" in ask(style="blues", key="A").progressions[0].why_zh


def test_a_melody_is_fitted() -> None:
    melody = [list(note) for note in ode()]
    found = ask(melody=melody, limit=1)
    assert found.key == "C major"
    assert len(found.progressions[0].chords) == 8
    sounding = [set(parse_chord(symbol).pitch_classes) for symbol in found.progressions[0].chords]
    inside = [note.pitch % 12 in sounding[int(note.onset // 4)] for note in ode()]
    assert sum(inside) / len(inside) > 0.6


def test_songs_can_be_played() -> None:
    found = ask(style="waltz", bars=4, limit=2)
    for song, item in zip(found.songs(), found.progressions, strict=True):
        assert song.metre == "3/4"
        assert song.length == 4 * bar_length("3/4")
        assert song.chords()[0].symbol == item.chords[0]
        assert song.key == found.key


def test_reasons_name_what_is_there() -> None:
    key = parse_key("C")
    names = ["C", "F", "Fm", "C"]
    reason = why(names, [parse_chord(n) for n in names], key)
    assert "Fm (iv) is borrowed from C minor; its Ab sighs down to G in C" in reason.en
    assert "借自同主音的C小调" in reason.zh
    names = ["C", "G", "Am", "F"]
    assert "four-chord" in why(names, [parse_chord(n) for n in names], key).en
    names = ["C", "G/B", "Am", "G", "F"]
    assert "C–B–A–G–F" in why(names, [parse_chord(n) for n in names], key).en


def test_reasons_name_functions_and_the_way_home() -> None:
    key, names = parse_key("A minor"), ["Am", "F", "G", "C"]
    reason = why(names, [parse_chord(n) for n in names], key)
    assert "home (i–VI), tension (VII), home (III)" in reason.en
    assert "C at the end is the relative major" in reason.en
    assert "主（i–VI） → 属（VII） → 主（III）" in reason.zh
    assert "关系大调" in reason.zh


@pytest.mark.parametrize(
    ("key", "start", "symbols"),
    [
        ("C", "4536251", ["F", "G", "Em", "Am", "Dm", "G", "C"]),
        ("A minor", "6415", ["Am", "F", "C", "G"]),
        ("G", "I V vi IV", ["G", "D", "Em", "C"]),
    ],
)
def test_degrees_and_numerals_are_read_in_the_key(key: str, start: str, symbols: list[str]) -> None:
    found = ask(key=key, start=start, bars=8)
    assert all(item.chords[: len(symbols)] == symbols for item in found.progressions)


SYMBOLS = st.sampled_from(["C", "Am7", "F#m7b5/E", "Bbmaj7", "Gsus4", "Cmin7", "E7(#9)", "N.C."])


@given(
    fixed=st.dictionaries(st.integers(1, 8), SYMBOLS, max_size=4),
    spice=st.sampled_from([None, 0, 1, 2, 3]),
    style=st.sampled_from(["pop", "jazz", "metal", "chinese"]),
)
@settings(max_examples=8, deadline=None)
def test_fixed_bars_stay_as_they_were_written(
    fixed: dict[int, str], spice: int | None, style: str
) -> None:
    found = ask(key="C", bars=8, fixed=[*fixed.items()], spice=spice, style=style, limit=2)
    for item in found.progressions:
        assert len(item.chords) == len(item.by_bar) == 8
        for bar, symbol in fixed.items():
            assert item.chords[bar - 1] == symbol
    for idea in found.ideas:
        if idea.kind != "modulation":
            assert all(idea.by_bar[bar - 1] == symbol for bar, symbol in fixed.items())


@pytest.mark.parametrize(
    "written",
    ["C . . G", "C | ? | _ | G", "1:C 4:G", "1=C, 4=G", [[1, "C"], [4, "G"]], ["C", ".", ".", "G"]],
)
def test_fixed_bars_can_be_written_in_many_ways(written: object) -> None:
    for item in ask(key="C", fixed=written).progressions:
        assert (item.chords[0], item.chords[3]) == ("C", "G")
        assert len(item.chords) == 4


def test_a_bar_that_no_song_has_is_refused() -> None:
    with pytest.raises(BadFixedBar):
        ask(fixed=[[99, "C"]])


def test_spice_is_heard() -> None:
    key = parse_key("C")

    def outside(spice: int) -> float:
        rows = [
            [parse_chord(symbol) for symbol in item.chords]
            for seed in range(2)
            for item in ask(key="C", bars=8, spice=spice, seed=seed).progressions
        ]
        chords = [chord for row in rows for chord in row]
        return sum(not set(c.pitch_classes) <= set(key.pitch_classes) for c in chords) / len(chords)

    shares = [outside(spice) for spice in range(4)]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[3] > 0.2


def test_reharmonising_gives_three_levels() -> None:
    found = ask(reharmonise="C Am F G", melody=[[0, 4, 64], [4, 4, 64], [8, 4, 69], [12, 4, 67]])
    assert found.key == "C major"
    assert [item.label for item in found.progressions] == [
        "spice 1, mild", "spice 2, spicy", "spice 3, hot"
    ]  # fmt: skip
    for item in found.progressions:
        assert len(item.by_bar) == 4
        assert item.chords != ["C", "Am", "F", "G"]
        assert len(item.chords) == len(item.roman) == len(item.events)
    assert "重配和声" in found.content("zh")
    again = ask(reharmonise="C Am F G", spice=2, fixed="C . . .", limit=2)
    assert all(item.by_bar[0] == "C" for item in again.progressions)


def test_nothing_to_change_is_said() -> None:
    with pytest.raises(NothingToChange):
        ask(reharmonise="C Am", fixed="C Am")


def test_ways_to_another_key() -> None:
    found = ask(key="C", to_key="A minor", limit=4)
    assert len(found.progressions) == 4
    assert all(item.chords[-1] == "Am" for item in found.progressions)
    assert "pivot" in found.content("en")
    assert "从C大调转到A小调" in found.content("zh")
    with pytest.raises(SameKey):
        ask(key="C", to_key="C major")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_answer_fits_a_message(language: str) -> None:
    for style in ("jazz", "pop", "blues", "chinese"):
        for bars in (4, 8, 16):
            found = ask(style=style, bars=bars)
            assert 2 <= len(found.ideas) <= 4
            assert len({idea.kind for idea in found.ideas}) == len(found.ideas)
            assert bars > 8 or len(found.content(language)) <= 2000


def test_songs_of_the_catalogue_share_the_changes() -> None:
    here = replace(context(), ready_catalogue=small_catalogue)
    found = TOOL({"seed": 5, "key": "G", "fixed": "G C D G"}, here)
    songs = found.progressions[0].shared_with
    assert songs
    assert songs[0].whole
    assert songs[0].title in found.content("en")


def test_well_known_songs_have_the_loop() -> None:
    found = ask(key="D", fixed="D A Bm G", limit=1)
    assert "“Let It Be” (The Beatles)" in found.content("en")
    assert "《Let It Be》" in found.content("zh")
    for loop in KNOWN:
        key = parse_key("A minor" if loop[0] == "i" else "C")
        chords = [chord_of(text, key) for text in loop.split()]
        assert known_songs(analyse(chords, key)), loop
