"""Examples of several rounds in a file, so that training needs nothing but torch where it runs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Example(NamedTuple):
    """Tokens, and beside each a mark: whether it is learnt, or the characters needed after it."""

    tokens: np.ndarray
    marks: np.ndarray


class Rounds:
    """Examples of one kind in a fixed number of rounds; every round has all texts, made anew."""

    def __init__(self, rounds: Sequence[Sequence[Example]]) -> None:
        self.rounds = rounds

    def __len__(self) -> int:
        return len(self.rounds)

    def tokens(self) -> int:
        """Tokens of all rounds together."""
        return sum(len(example.tokens) for one in self.rounds for example in one)

    def batches(self, size: int, rng: random.Random) -> Iterator[list[Example]]:
        """One pass over all rounds: batches of about `size` tokens, padding counted, of examples
        of similar length; the order within a round is random."""
        for one in self.rounds:
            yield from batched(one, size, rng)


def batched(
    examples: Sequence[Example], size: int, rng: random.Random | None = None
) -> list[list[Example]]:
    """Batches of about `size` tokens, padding counted; in order of length without a generator."""
    shaken = {id(e): rng.uniform(0, 0.2) if rng else 0.0 for e in examples}
    rows = sorted(examples, key=lambda e: len(e.tokens) * (1 + shaken[id(e)]))
    found: list[list[Example]] = [[]]
    longest = 0
    for example in rows:
        longest = max(longest, len(example.tokens))
        if found[-1] and (len(found[-1]) + 1) * longest > size:
            found.append([])
            longest = len(example.tokens)
        found[-1].append(example)
    if rng:
        rng.shuffle(found)
    return [batch for batch in found if batch]


def padded(batch: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Tokens and marks, [examples, time], zeros on the right."""
    time = max(len(example.tokens) for example in batch)
    both = np.zeros((2, len(batch), time), dtype=np.int64)
    for i, example in enumerate(batch):
        both[0, i, : len(example.tokens)] = example.tokens
        both[1, i, : len(example.marks)] = example.marks
    return both[0], both[1]


def write(path: Path, kinds: Mapping[str, Rounds], **facts: str) -> None:
    """Keep rounds by kind, without empty examples, and facts as text, in a compressed file."""
    arrays: dict[str, np.ndarray] = {f"fact.{name}": np.array(f) for name, f in facts.items()}
    for kind, rounds in kinds.items():
        full = [[example for example in one if len(example.tokens)] for one in rounds.rounds]
        rows = [example for one in full for example in one]
        arrays[f"{kind}.sizes"] = np.array([len(one) for one in full], np.int32)
        arrays[f"{kind}.lengths"] = np.array([len(e.tokens) for e in rows], np.uint16)
        empty = np.zeros(0)
        arrays[f"{kind}.tokens"] = np.concatenate([empty, *(e.tokens for e in rows)]).astype("u2")
        arrays[f"{kind}.marks"] = np.concatenate([empty, *(e.marks for e in rows)]).astype("u1")
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def read(path: Path) -> tuple[dict[str, Rounds], dict[str, str]]:
    """What `write` kept: rounds by kind, and facts."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    facts = {n.removeprefix("fact."): str(a) for n, a in arrays.items() if n.startswith("fact.")}
    kinds = [name.removesuffix(".sizes") for name in arrays if name.endswith(".sizes")]
    return {kind: _rounds(arrays, kind) for kind in kinds}, facts


def _rounds(arrays: Mapping[str, np.ndarray], kind: str) -> Rounds:
    ends = np.cumsum(arrays[f"{kind}.lengths"].astype(np.int64))[:-1]
    tokens = np.split(arrays[f"{kind}.tokens"], ends)
    marks = np.split(arrays[f"{kind}.marks"], ends)
    examples = [Example(t, m) for t, m in zip(tokens, marks, strict=True)]
    starts = np.cumsum([0, *arrays[f"{kind}.sizes"]])
    return Rounds([examples[a:b] for a, b in pairwise(starts)])
