"""Fit the weights of `tools.harmony.key_finding`: `python -m training.harmony.key_finding DATA`.

Every training song gives its whole row of changes and excerpts of 1 to 20 from its opening and
from anywhere, as written and with the sevenths that players add; so do the progressions that
players are taught. A conditional logit over the 24 keys is fitted by gradient ascent, without
randomness beyond a fixed seed; no song is judged by counts that it went into.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from music.chords import Chord, parse_chord
from music.keys import Key, parse_key
from music.roman import chord_of
from tools.harmony import patterns
from tools.harmony._evidence import Tables, all_keys, evidence, tables_of
from tools.harmony._ngrams import NGrams
from tools.harmony.key_finding import LIMITS
from training.harmony.corpora import Work
from training.harmony.sequence import corpora, fold, tokens

Case = tuple[int, np.ndarray, int]  # length, evidence, index of the true key
# Shortest and longest excerpt, and whether it opens the song: what people type begins somewhere.
_CUTS = (
    (1, 1, True), (1, 1, False), (2, 4, True), (3, 8, True), (7, 20, True),
    (2, 3, False), (2, 4, False), (3, 8, False), (7, 20, False),
)  # fmt: skip
_SEVENTHS, _BLUES = 0.35, 0.08  # shares of excerpts that get sevenths, and those of the blues
# The triads of a key with the seventh that belongs to them, by step above the tonic.
_MAJOR = {0: "maj7", 5: "maj7", 7: "7", 10: "7"}
_MINOR = {3: "maj7", 8: "maj7", 7: "7", 10: "7"}


def excerpts(changes: list[Chord], key: Key, rng: random.Random) -> Iterator[list[Chord]]:
    """The whole, its openings and pieces from anywhere, some with sevenths."""
    yield changes
    for low, high, opening in _CUTS:
        size = rng.randint(low, high)
        start = 0 if opening else rng.randrange(max(1, len(changes) - size + 1))
        piece = changes[start : start + size]
        luck = rng.random()
        if luck < _BLUES and not key.is_minor:
            yield with_sevenths(piece, key, blues=True)
        else:
            yield with_sevenths(piece, key, blues=False) if luck < _SEVENTHS else piece


def with_sevenths(chords: Sequence[Chord], key: Key, blues: bool) -> list[Chord]:
    """Triads as four-note chords: major sevenths on I and IV, dominants elsewhere; in the blues
    dominants everywhere."""
    table = {} if blues else _MINOR if key.is_minor else _MAJOR
    found = []
    for chord in chords:
        step = (chord.root - key.tonic) % 12
        suffix = {"": table.get(step, "7"), "m": "m7", "dim": "m7b5"}.get(chord.suffix)
        found.append(chord if suffix is None else parse_chord(chord.root_name + suffix))
    return found


def taught() -> Iterator[tuple[list[Chord], Key]]:
    """The taught progressions of every style, once and as loops."""
    for table, key in ((patterns.MAJOR, parse_key("C")), (patterns.MINOR, parse_key("Am"))):
        for rows in table.values():
            for row in rows:
                chords = [chord_of(text, key) for text in row.split()]
                yield chords, key
                yield [*chords, *chords, chords[0]], key


def cases(domains: Sequence[list[Work]], rng: random.Random) -> Iterator[Case]:
    """Excerpts of the songs, each half of them judged by counts of the other half."""
    for half in (0, 1):
        others = [[tokens(w) for w in works if fold(w) % 2 != half] for works in domains]
        tables = tables_of([NGrams.count(songs, 2, moving=False) for songs in others])
        for work in (w for works in domains for w in works if fold(w) % 2 == half):
            for piece in excerpts(work.changes(), work.key, rng):
                yield _case(piece, work.key, tables)
    for changes, key in taught():
        for piece in excerpts(changes, key, rng):
            yield _case(piece, key, None)


def _case(chords: list[Chord], key: Key, tables: Tables | None) -> Case:
    names = [(one.tonic, one.is_minor) for one in all_keys()]
    return len(chords), evidence(chords, tables), names.index((key.tonic, key.is_minor))


def fit(rows: np.ndarray, truth: np.ndarray, ridge: float = 1e-3) -> np.ndarray:
    """Weights [kind] that maximise the likelihood of the true keys in `rows` [case, key, kind],
    less a ridge, by Newton's method with halved steps."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    scale = centred.std(axis=(0, 1)) + 1e-6
    scaled = centred / scale
    kinds = rows.shape[-1]
    weights = np.zeros(kinds)
    value = _value(scaled, truth, weights, ridge)[0]
    for _ in range(25):
        p = _value(scaled, truth, weights, ridge)[1]
        means = (p[..., None] * scaled).sum(axis=1)
        spread = (np.sqrt(p)[..., None] * scaled).reshape(-1, kinds)
        curve = (spread.T @ spread - means.T @ means) / len(truth) + ridge * np.eye(kinds)
        right = scaled[np.arange(len(truth)), truth]
        step = np.linalg.solve(curve, (right - means).mean(axis=0) - ridge * weights)
        while (new := _value(scaled, truth, weights + step, ridge)[0]) < value:
            step /= 2
            if np.abs(step).max() < 1e-6:
                return np.asarray(weights / scale)
        weights, value = weights + step, new
    return np.asarray(weights / scale)


def _value(
    rows: np.ndarray, truth: np.ndarray, weights: np.ndarray, ridge: float
) -> tuple[float, np.ndarray]:
    """Mean log-likelihood less the ridge, and probabilities [case, key]."""
    scores = rows @ weights
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    right = np.log(p[np.arange(len(truth)), truth] + 1e-300).mean()
    return float(right - ridge * (weights @ weights) / 2), p


def main() -> None:
    """Print a row of weights for each length of progression."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    data = parser.parse_args().data
    domains = [[w for w in works if fold(w) > 0] for works in corpora(data)]
    found = list(cases(domains, random.Random(7)))
    low = 1
    for high in (*LIMITS, 10_000):
        # Neighbouring lengths teach each other, which steadies the weights.
        chosen = [case for case in found if low * 0.6 <= case[0] <= high * 1.5]
        rows, truth = np.stack([c[1] for c in chosen]), np.array([c[2] for c in chosen])
        weights = fit(rows, truth)
        right = float(((rows @ weights).argmax(axis=1) == truth).mean())
        print(f"{low}-{high}: {len(chosen)} excerpts, {right:.1%} right:")
        print(f"    ({', '.join(str(w) for w in weights.round(2).tolist())}),")
        low = high + 1


if __name__ == "__main__":
    main()
