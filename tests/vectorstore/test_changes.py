"""Chord changes are read off voices and clear tunes, and found again in any key."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.chords import parse_chord
from music.keys import key_of, parse_key
from music.song import Hit, Note, Section, Song, Track
from vectorstore.catalogue import Catalogue
from vectorstore.changes import CHORDS, UNCLEAR, Changes, changes_of
from vectorstore.changes_index import ChangesIndex, code, loop
from vectorstore.kern_voices import kern_voices


def voiced(symbols: list[str], beats: float = 2.0, pickup: float = 0.0) -> Song:
    """Four voices in block chords, bass on the root."""
    tracks = []
    for voice in range(4):
        notes = []
        for at, symbol in enumerate(symbols):
            tones = parse_chord(symbol).pitch_classes
            pitch = 36 + tones[0] if not voice else 48 + 12 * (voice % 2) + tones[voice % 3] % 12
            notes.append(Hit(at * beats, beats, pitch, 80))
        tracks.append(Track(name=f"v{voice}", notes=tuple(notes)))
    section = Section(length=beats * len(symbols), tracks=tuple(tracks))
    return Song(key="C major", sections=(section,), pickup=pickup)


def test_voices_are_read_chord_by_chord() -> None:
    symbols = ["C", "G", "Am", "F", "Dm", "G", "C"]
    found = changes_of(voiced(symbols), 0, False, "4/4")
    sounding = found.degrees[found.degrees != UNCLEAR]
    assert [int(d) for d in sounding] == [code(parse_chord(s), 0) for s in symbols]
    assert [int(b) for b in found.bars[found.degrees != UNCLEAR]] == [1, 1, 2, 2, 3, 3, 4]
    assert not found.outlined


def test_an_upbeat_is_bar_nought() -> None:
    found = changes_of(voiced(["G", "C", "F", "G"], 1.0, pickup=1.0), 0, False, "3/4")
    kept = found.degrees != UNCLEAR
    assert [int(b) for b in found.bars[kept]] == [0, 1, 1, 1]


def test_a_tune_counts_only_where_it_spells_a_triad() -> None:
    pitches = [60, 64, 67, 64, 62, 67, 71, 67, 60, 61, 62, 63, 72, 67, 64, 60]
    melody = tuple(Note(float(at), 1.0, pitch) for at, pitch in enumerate(pitches))
    song = Song(sections=(Section(length=16, melody=melody),))
    found = changes_of(song, 0, False, "4/4")
    assert found.outlined
    assert [int(d) for d in found.degrees] == [UNCLEAR, 0, 21, UNCLEAR, 0]
    assert not len(changes_of(song, 0, False, "").degrees)


def test_all_voices_of_a_kern_score() -> None:
    lines = ("**kern\t**kern", "*M4/4\t*M4/4", "4C\t2.e", "8D\t.", "8E\t.", "=2\t=2",
             "0r\t1cc#]", ".\t[2B-", "*-\t*-")  # fmt: skip
    text = "\n".join(lines)
    rows = kern_voices(text)
    assert rows.tolist() == [[0, 1, 48], [0, 3, 64], [1, 0.5, 50], [1.5, 0.5, 52], [2, 4, 73],
                             [6, 2, 58]]  # fmt: skip
    assert not len(kern_voices("**kern\t**kern\n*^\t*\n4c\t4d\t4e\n"))


def index(*works: list[int]) -> ChangesIndex:
    return ChangesIndex.build(
        [
            Changes(np.array(w, np.int8), np.arange(1, len(w) + 1, dtype=np.int16), at % 2 == 1)
            for at, w in enumerate(works)
        ]
    )


def test_whole_progressions_come_before_parts_and_voices_before_tunes() -> None:
    query = [0, 21, 28, 15]
    found = index([0, 21, 28, 3], query, [9, 9, *query, 0], [5, 6, 7, 8])
    runs = found.search(query, 5)
    assert [run.work for run in runs] == [2, 1, 0]
    assert (runs[0].first, runs[0].length, runs[0].whole) == (3, 5, True)
    assert (runs[2].length, runs[2].whole) == (3, False)


def test_a_run_does_not_cross_from_one_work_to_the_next() -> None:
    assert index([1, 0, 21], [28, 15, 1]).search([0, 21, 28, 15], 5) == []


@given(st.lists(st.integers(0, CHORDS - 1), min_size=3, max_size=12), st.integers(0, 11))
def test_every_progression_finds_itself(row: list[int], before: int) -> None:
    query = loop(row)
    runs = index([UNCLEAR] * before + query).search(row, 3)
    assert len(query) < 3 or (runs[0].whole and runs[0].first <= before + 1)


@pytest.mark.parametrize(
    ("symbol", "tonic", "expected"),
    [("C", 0, 0), ("Am7", 0, 28), ("Bdim7", 0, 35), ("Eb13", 0, 9), ("D/F#", 2, 0)],
)
def test_codes(symbol: str, tonic: int, expected: int) -> None:
    assert code(parse_chord(symbol), tonic) == expected


def test_chords_without_a_third_match_nothing() -> None:
    assert code(parse_chord("C5"), 0) < UNCLEAR
    assert code(parse_chord("N.C."), 0) < UNCLEAR


@pytest.mark.parametrize("tonic", [0, 7])
def test_the_catalogue_finds_works_whose_notes_are_the_chords(
    catalogue: Catalogue, tonic: int
) -> None:
    key = key_of(tonic)
    chords = [parse_chord(key.spell((tonic + step) % 12)) for step in (0, 5, 7)]
    found = catalogue.by_changes(chords, key, 3)
    assert found
    for one in found:
        assert one.run.whole
        song = catalogue.song(one.entry.id)
        own = parse_key(one.entry.key).tonic
        wanted = {(own + step + tone) % 12 for step in (0, 5, 7) for tone in (0, 4, 7)}
        bar = 4.0 * int(one.entry.metre.split("/")[0]) / int(one.entry.metre.split("/")[1])
        begin, end = song.pickup + (one.run.first - 1) * bar, song.pickup + one.run.last * bar
        inside = [n.pitch % 12 in wanted for n in song.melody() if begin <= n.onset < end]
        assert sum(inside) >= 0.7 * len(inside)
        assert "第" in one.why.zh


def test_chords_are_looked_up_as_changes_first(catalogue: Catalogue) -> None:
    best = catalogue.by_chords(["C", "F", "G", "C"], 3)[0]
    assert "same chords" in best.why.en or "same changes" in best.why.en
