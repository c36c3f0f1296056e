"""Training of the chord-sequence model: reading songs, their variants, and the export to numpy."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from tools.harmony._network import Network
from tools.harmony._place import Place
from tools.harmony._recurrence import recurrences
from tools.harmony._vocabulary import START, TYPES, shifted, type_of
from tools.harmony.sequence import without_repeats
from training.harmony.corpora import Work, billboard
from training.harmony.examples import example, place, variants
from training.harmony.network import Batch, SequenceNetwork, exported

_LINES = (
    (0.0, "silence"),
    (1.0, "A, intro, | C:maj | C:maj |, (guitar"),
    (5.0, "B, verse, | C:maj . F:maj . | G:7 | A:min | F:maj7 | x2"),
    (20.0, "C, chorus, | F:maj | G:7 | C:maj | C:maj |"),
)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """The only song of a small corpus."""
    row = {"id": 1, "title": "A Song", "artist": "Nobody", "metre": "4/4", "tonic": "C",
           "tonics": [[0.0, "C"]], "lines": _LINES}  # fmt: skip
    (tmp_path / "billboard").mkdir()
    with gzip.open(tmp_path / "billboard/mcgill_chords.jsonl.gz", "wt") as file:
        file.write(json.dumps(row))
    (found,) = billboard(tmp_path)
    return found


def test_sections_bars_and_repeats_are_read(work: Work) -> None:
    assert [(s.onset, s.name) for s in work.sections] == [
        (0.0, "intro"), (8.0, "verse"), (40.0, "chorus"),
    ]  # fmt: skip
    assert work.end == 56.0
    assert [str(chord) for chord in work.by_bar()[:6]] == ["C", "C", "C", "F", "G7", "Am"]
    assert [str(chord) for chord in work.changes()[:4]] == ["C", "F", "G7", "Am"]
    assert place(work, 10.0) == Place(1.5, 8, "verse")
    assert place(work, 52.0) == Place(4.0, 4, "chorus")


def test_a_song_that_changes_its_tonic_is_read_in_stretches(tmp_path: Path, work: Work) -> None:
    lines = [*_LINES[:3], [20.0, "C, chorus, | G:maj | A:7 | D:maj | B:min |"]]
    row = {"id": 2, "title": "Up", "artist": "Nobody", "metre": "4/4", "tonic": "C",
           "tonics": [[0.0, "C"], [20.0, "D"]], "lines": lines}  # fmt: skip
    with gzip.open(tmp_path / "billboard/mcgill_chords.jsonl.gz", "wt") as file:
        file.write(json.dumps(row))
    assert list(billboard(tmp_path)) == []
    assert [w.key.name for w in billboard(tmp_path, modulating=True)] == ["C major", "D major"]
    assert work.key.name == "C major"


def test_variants_keep_the_song_and_change_its_colours(work: Work) -> None:
    plain = example(work, 1)
    triads, sevenths = list(variants(plain))[-2:]
    assert {type_of(item) for item in triads.tokens} == {"", "m"}
    assert {type_of(item) for item in sevenths.tokens} == {"maj7", "7", "m7"}
    roots = without_repeats(item // len(TYPES) for item in plain.tokens)
    assert [item // len(TYPES) for item in triads.tokens] == roots
    assert 0 < triads.weight < 1


def test_numpy_computes_what_torch_trained(work: Work) -> None:
    """For every chord of a song, in its key and moved with its frame."""
    torch.manual_seed(0)
    network = SequenceNetwork()
    for value in network.parameters():
        torch.nn.init.normal_(value, 0.0, 0.3)
    song = example(work, 2)
    before = np.array([START, *song.tokens[:-1]])
    arrays = (before, np.array(song.tokens), song.places, song.levels, song.recurred)
    rows = [torch.from_numpy(array)[None] for array in arrays]
    batch = Batch._make([*rows, torch.tensor([2])])
    with torch.no_grad():
        chords, trust = network.eval()(batch)
    reader = Network(exported([network]))
    assert len(song.tokens) > 8
    for at in range(len(song.tokens)):
        where = place(work, _onsets(work)[at])
        history = [shifted(item, 5) for item in song.tokens[:at]]
        found = reader.opinion(history, (0, 5), 2, where, recurrences(history), True)
        assert np.allclose(found.chords[1], chords[0, at].exp(), atol=1e-5)
        assert np.allclose(found.trust[1], trust[0, at].exp(), atol=1e-5)


def _onsets(work: Work) -> list[float]:
    return [onset for onset, _ in work.placed_changes()]
