"""A quotation finds its work in any key and tempo, and with one note wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.song import Note
from vectorstore.catalogue import Catalogue
from vectorstore.lines import Line, line
from vectorstore.melody_index import MelodyIndex, _alignment_scores

_RNG = np.random.default_rng(5)


def _tune(length: int) -> Line:
    steps = _RNG.choice([-4, -3, -2, -2, -1, 0, 1, 2, 2, 3, 5], length)
    pitches, low, high = [65], 55, 80
    for step in steps:
        pitches.append(pitches[-1] + int(step if low <= pitches[-1] + step <= high else -step))
    durations = _RNG.choice([0.5, 0.5, 1.0, 1.5], len(pitches))
    onsets = np.concatenate([[0], np.cumsum(durations[:-1])])
    return line(
        Note(float(o), float(d), p) for o, d, p in zip(onsets, durations, pitches, strict=True)
    )


WORKS = [[_tune(60)] for _ in range(300)]
INDEX = MelodyIndex.build(WORKS)


def _quotation(work: int, start: int, shift: int, tempo: float) -> list[Note]:
    whole = WORKS[work][0]
    part = slice(start, start + 12)
    return [
        Note(float(onset) * tempo, tempo, int(pitch) + shift)
        for onset, pitch in zip(whole.onsets[part], whole.pitches[part], strict=True)
    ]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 299), st.integers(0, 48), st.integers(-9, 9), st.sampled_from([0.25, 3.0]))
def test_any_key_and_tempo(work: int, start: int, shift: int, tempo: float) -> None:
    best, *_ = INDEX.search(line(_quotation(work, start, shift, tempo)), 5)
    assert best.work == work
    assert best.score == pytest.approx(1.0, abs=1e-4)
    assert abs(best.at - start) <= 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 299), st.integers(0, 48), st.integers(0, 11), st.sampled_from([-2, 1, 3]))
def test_one_wrong_note_lowers_the_score_but_finds_the_work(
    work: int, start: int, place: int, by: int
) -> None:
    notes = _quotation(work, start, 5, 1.0)
    notes[place] = notes[place]._replace(pitch=notes[place].pitch + by)
    found = INDEX.search(line(notes), 5)
    assert work in [match.work for match in found]
    assert all(match.score < 1.0 for match in found if match.work == work)


def test_a_missing_and_an_extra_note() -> None:
    for work in range(0, 300, 10):
        notes = _quotation(work, 20, -3, 1.0)
        assert work in [m.work for m in INDEX.search(line([*notes[:5], *notes[6:]]), 5)]
        extra = Note(notes[5].onset + 0.1, 0.1, notes[5].pitch + 2)
        assert work in [m.work for m in INDEX.search(line([*notes, extra]), 5)]


def test_too_few_notes_find_nothing() -> None:
    assert INDEX.search(line([Note(0, 1, 60), Note(1, 1, 62), Note(2, 1, 64)]), 5) == []


def test_saved_and_loaded_it_finds_the_same(tmp_path: Path) -> None:
    INDEX.save(tmp_path)
    quoted = line(_quotation(7, 10, 2, 1.0))
    assert MelodyIndex.load(tmp_path).search(quoted, 5) == INDEX.search(quoted, 5)


def test_the_alignment_agrees_with_one_computed_cell_by_cell() -> None:
    query, window = np.array([60, 62, 64, 65]), np.array([[59, 60, 62, 63, 64, 65, 67, 60]])
    scores = _alignment_scores(
        np.pad(window, ((0, 0), (4, 4)), constant_values=-100),
        np.zeros((1, 16), dtype=np.float32),
        query,
        np.zeros(4, dtype=np.float32),
    )
    # Four notes in place and time, one extra note between them: (4 * 1.25 - 0.6) / (4 * 1.25).
    assert float(scores[0]) == pytest.approx(0.88)


def test_real_works_are_found_by_their_incipits(catalogue: Catalogue) -> None:
    ids = ["essenFolksong/han1/3", "airdsAirs/book1/5", "bach/bwv6.6", "oneills1850/0900-0950/920"]
    for id in ids:
        notes = [note._replace(pitch=note.pitch + 4) for note in catalogue.get(id).incipit[:12]]
        found = catalogue.by_melody(notes)
        assert id in [one.entry.id for one in found]
        assert found[0].score > 0.95
        assert "melody" in found[0].why.en
        assert "旋律" in found[0].why.zh
