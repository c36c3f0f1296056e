"""The key of a chord progression: where the sequence model finds it least surprising."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from music.chords import Chord
from music.key_finding import KeyScore, keys_of_notes, ranked
from music.keys import Key, key_of, parse_key
from music.song import Note
from tools.harmony._ngrams import Vector
from tools.harmony._vocabulary import SIZE, frame, token
from tools.harmony.sequence import chord_model, without_repeats
from wording import FriendlyError

# Weights of `evidence` for progressions of up to 6, up to 20 and more changes: a conditional
# logit over the 24 keys, fitted by `training.harmony.key_finding` on excerpts of training songs.
_WEIGHTS = (
    (1.18, -0.36, 0.75, 3.98, 1.52, -1.5, -0.23, 0.7),
    (0.49, -0.19, 0.77, 5.64, 3.19, -1.47, -0.67, 0.08),
    (0.06, 0.74, 1.7, 7.36, 3.25, -1.2, -0.92, 0.13),
)
_UP_TO = (6, 20)


class NoMusic(FriendlyError):
    """There is nothing to hear a key in."""

    def __init__(self) -> None:
        super().__init__(
            "I need chords or a melody to hear a key, and found none.",
            "要判断调性，我需要和弦或旋律，但什么也没找到。",
        )


def keys_of_chords(chords: Sequence[Chord]) -> list[KeyScore]:
    """The 24 keys with probabilities, the likeliest first. Raises `NoMusic`."""
    sounding = [chord for chord in chords if chord.sounds]
    if not sounding:
        raise NoMusic
    keys = all_keys()
    weights = _WEIGHTS[sum(len(sounding) > limit for limit in _UP_TO)]
    scores = evidence(sounding, keys) @ np.array(weights)
    return ranked(zip(keys, scores.tolist(), strict=True))


@cache
def all_keys() -> tuple[Key, ...]:
    """The 12 major and 12 minor keys."""
    return tuple(key_of(tonic, mode) for tonic in range(12) for mode in ("major", "minor"))


def evidence(chords: Sequence[Chord], keys: Sequence[Key]) -> Vector:
    """What speaks for each key, [key, kind]: log-likelihood of the changes; last, first and share
    of chords that are its tonic; the same for its parallel; being minor; ending on a dominant
    seventh on the tonic; ending on its dominant
    seventh."""
    fits = [_fit(chords, origin) for origin in range(12)]
    first, last = chords[0], chords[-1]
    rows = []
    for key in keys:
        at_home = [_is_tonic(chord, key) for chord in chords]
        parallel = sum(chord.root == key.tonic for chord in chords) - sum(at_home)
        rows.append(
            (
                fits[frame(key)],
                float(at_home[-1]),
                float(_is_tonic(first, key)),
                sum(at_home) / len(chords),
                parallel / len(chords),
                float(key.is_minor),
                float(last.root == key.tonic and last.quality == "dominant"),
                float((last.root - key.tonic) % 12 == 7 and last.quality == "dominant"),
            )
        )
    return np.array(rows)


def _is_tonic(chord: Chord, key: Key) -> bool:
    """Whether the chord stands on the tonic and its third fits the mode."""
    return chord.root == key.tonic and chord.is_minor == key.is_minor


def mixed(chords: Sequence[KeyScore], melody: Sequence[KeyScore]) -> list[KeyScore]:
    """Both opinions on the key as one; chords say more than the melody over them."""
    heard = {item.key: item.score for item in melody}
    floor = 1e-6
    return ranked(
        (item.key, math.log(item.score + floor) + 0.5 * math.log(heard.get(item.key, 1.0) + floor))
        for item in chords
    )


def likeliest_key(chords: Sequence[Chord], melody: Sequence[Note] = ()) -> Key:
    """One key from what there is; C major from nothing."""
    sounding = [chord for chord in chords if chord.sounds]
    if not sounding:
        heard = keys_of_notes(melody)
        return heard[0].key if heard else parse_key("C")
    return mixed(keys_of_chords(sounding), keys_of_notes(melody))[0].key


def _fit(chords: Sequence[Chord], origin: int) -> float:
    """Log-likelihood of the changes, counted from a frame."""
    song = without_repeats(token(chord, origin) for chord in chords)
    single, pairs = _tables()
    total = math.log(single[song[0]])
    for before, item in pairwise(song):
        total += math.log(pairs[before][item])
    return total


@cache
def _tables() -> tuple[Vector, tuple[Vector, ...]]:
    """Probabilities in the key's frame after nothing, and after each chord."""
    in_key = [model for model in chord_model().models if not model.moving]
    single = np.full(SIZE, 0.5)
    for model in in_key:
        for item, count in model.tables[0][()].items():
            single[item] += count
    single /= single.sum()
    pairs = []
    for before in range(SIZE):
        p = np.mean([model.distribution([before], 1) for model in in_key], axis=0)
        pairs.append(0.9 * p + 0.1 * single)
    return single, tuple(pairs)
