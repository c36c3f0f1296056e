"""Fit the weights of `tools.harmony.key_finding`: `python -m training.harmony.key_finding DATA`.

Every training song gives its whole row of changes and excerpts of 3 to 20; a conditional logit
over the 24 keys is fitted by gradient ascent, without randomness beyond a fixed seed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from music.chords import Chord
from music.keys import Key
from tools.harmony.key_finding import all_keys, evidence
from training.harmony.corpora import Work
from training.harmony.sequence import corpora, fold

_LIMITS = ((3, 6), (7, 20), (21, 10_000))


def excerpts(works: list[Work]) -> Iterator[tuple[list[Chord], Key]]:
    """Whole songs, their openings, and pieces from anywhere in them."""
    rng = random.Random(7)
    for work in works:
        changes = work.changes()
        yield changes, work.key
        for low, high in ((3, 6), (3, 6), (7, 20)):
            for opening in (True, False):
                size = rng.randint(low, high)
                start = 0 if opening else rng.randrange(max(1, len(changes) - size))
                yield changes[start : start + size], work.key


def fit(rows: np.ndarray, truth: np.ndarray, rounds: int = 4000) -> np.ndarray:
    """Weights [kind] that maximise the likelihood of the true keys in `rows` [case, key, kind]."""
    scale = rows.std(axis=(0, 1)) + 1e-9
    scaled = rows / scale
    weights = np.zeros(rows.shape[-1])
    right = scaled[np.arange(len(truth)), truth]
    for _ in range(rounds):
        scores = scaled @ weights
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        slope = (right - (p[..., None] * scaled).sum(axis=1)).mean(axis=0) - 1e-4 * weights
        weights += 0.5 * slope
    result: np.ndarray = weights / scale
    return result


def main() -> None:
    """Print a row of weights for each length of progression."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    works = [w for domain in corpora(parser.parse_args().data) for w in domain if fold(w) > 0]
    keys = all_keys()
    names = [(key.tonic, key.is_minor) for key in keys]
    cases = [
        (len(chords), evidence(chords, keys), names.index((key.tonic, key.is_minor)))
        for chords, key in excerpts(works)
        if len(chords) > 2
    ]
    for low, high in _LIMITS:
        chosen = [case for case in cases if low <= case[0] <= high]
        rows, truth = np.stack([c[1] for c in chosen]), np.array([c[2] for c in chosen])
        weights = fit(rows, truth)
        right = float(((rows @ weights).argmax(axis=1) == truth).mean())
        print(
            f"{low}-{high}: {len(chosen)} excerpts, {right:.1%} right: {weights.round(2).tolist()}"
        )


if __name__ == "__main__":
    main()
