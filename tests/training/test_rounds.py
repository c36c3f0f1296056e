"""Prepared examples come back from their file as they were, and batches hold all of them."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from training.lyrics.rounds import Example, Rounds, batched, padded, read, write

EXAMPLES = st.lists(
    st.lists(st.tuples(st.integers(0, 49_151), st.integers(0, 20)), min_size=1, max_size=30).map(
        lambda rows: Example(np.array([t for t, _ in rows]), np.array([m for _, m in rows]))
    ),
    max_size=12,
)


def plain(examples: list[Example]) -> list[tuple[list[int], list[int]]]:
    return [(example.tokens.tolist(), example.marks.tolist()) for example in examples]


@settings(deadline=None, max_examples=40)
@given(st.lists(EXAMPLES, min_size=1, max_size=3), EXAMPLES)
def test_rounds_come_back_as_they_were(songs: list[list[Example]], held: list[Example]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rounds.npz"
        write(file, {"songs": Rounds(songs), "held.songs": Rounds([held])}, characters="雨夜")
        kinds, facts = read(file)
    assert facts == {"characters": "雨夜"}
    assert [plain(list(one)) for one in kinds["songs"].rounds] == [plain(one) for one in songs]
    assert [plain(list(one)) for one in kinds["held.songs"].rounds] == [plain(held)]


@given(EXAMPLES, st.integers(1, 200), st.booleans())
def test_batches_hold_every_example_once_within_their_size(
    examples: list[Example], size: int, shuffled: bool
) -> None:
    batches = batched(examples, size, random.Random(1) if shuffled else None)
    assert sorted(map(str, plain([e for batch in batches for e in batch]))) == sorted(
        map(str, plain(examples))
    )
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(len(e.tokens) for e in batch) <= size


def test_padding_stands_on_the_right() -> None:
    long, short = (Example(np.arange(1, n + 1), np.ones(n)) for n in (4, 2))
    tokens, marks = padded([short, long])
    assert tokens.tolist() == [[1, 2, 0, 0], [1, 2, 3, 4]]
    assert marks.tolist() == [[1, 1, 0, 0], [1, 1, 1, 1]]
