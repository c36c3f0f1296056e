"""Where a progression changes key: the likeliest path of local keys that does not flicker.

Leaving a key costs so much that a ii-V to another chord, or a borrowed one, does not pay for it; at
the start of a section it costs less. Decoded after A. Viterbi, "Error bounds for convolutional
codes", IEEE Transactions on Information Theory 13 (1967).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from music.chords import Chord
from music.key_finding import KeyScore
from music.keys import Key
from tools.harmony._key_tables import Vector, all_keys, local_tables, tokens_of
from tools.harmony._local_keys import moves, posteriors
from tools.harmony.key_finding import keys_of_chords

# The chance to leave a key at any of `_USUAL` changes, and at the first chord of a section: set on
# Billboard songs with one and with several annotated tonics (bench.keys prints what comes of it).
# Long songs repeat their evidence, so the chance falls with the cube of the length.
LEAVING, LEAVING_AT_SECTION, _USUAL, _MOST = 1e-6, 1e-3, 100, 1e-3
DETAILED = 1e-2  # follows tonicisations of a few chords, as analysts of classical music do
_NEARNESS = 0.3


@dataclass(frozen=True)
class Region:
    """A stretch in one key: the index of its first chord, the key, and its probability."""

    first: int
    key: Key
    score: float


def regions(
    chords: Sequence[Chord], openings: Collection[int] = (), leaving: float | None = None
) -> list[Region]:
    """The keys that a row of chords passes through, at least one where anything sounds; chords that
    do not sound belong to the region before. `openings` are the indices that open sections;
    `leaving` replaces the usual chance to leave a key at a chord."""
    places = [
        at
        for at, chord in enumerate(chords)
        if chord.sounds and (at == 0 or chord != chords[at - 1])
    ]
    if not places:
        return []
    sounding = [chords[at] for at in places]
    whole = keys_of_chords(sounding)
    fits = local_tables().fits(tokens_of(sounding))
    if leaving is None:
        leaving = min(_MOST, LEAVING * (_USUAL / len(places)) ** 3)
    costs = [_leaving(before, at, openings, leaving) for before, at in pairwise(places)]
    path = _path(fits, costs, _home(whole))
    if len(set(path)) == 1:
        return [Region(0, whole[0].key, whole[0].score)]
    local = posteriors(fits, max(leaving, LEAVING), _NEARNESS)
    found: list[Region] = []
    at = 0
    for state, run in groupby(path):
        size = len(list(run))
        score = float(local[at : at + size, state].mean())
        found.append(Region(places[at] if found else 0, all_keys()[state], score))
        at += size
    return found


def _leaving(before: int, at: int, openings: Collection[int], leaving: float) -> float:
    opens = any(before < opening <= at for opening in openings)
    return max(leaving, LEAVING_AT_SECTION) if opens else leaving


def _home(whole: Sequence[KeyScore]) -> Vector:
    """[key] log-probability that the song as a whole is in it."""
    found = np.zeros(24)
    for item in whole:
        found[2 * item.key.tonic + item.key.is_minor] = np.log(item.score + 1e-2)
    return found


def _path(fits: Vector, costs: Sequence[float], home: Vector) -> list[int]:
    """The likeliest key at every chord; songs begin at home."""
    score = fits[0] + home
    back = []
    for fit, leaving in zip(fits[1:], costs, strict=True):
        ways = score[:, None] + np.log(moves(leaving, _NEARNESS) + 1e-300)
        best = ways.argmax(axis=0)
        back.append(best)
        score = ways[best, np.arange(24)] + fit
    state = int(score.argmax())
    path = [state]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]
