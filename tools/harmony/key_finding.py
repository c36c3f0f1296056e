"""The key of a chord progression: weighs the evidence for each of the 24 keys."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from music.chords import Chord
from music.key_finding import KeyScore, keys_of_notes, ranked
from music.keys import Key, parse_key
from music.song import Note
from tools.harmony._evidence import all_keys, evidence
from wording import FriendlyError

# Weights of `evidence` for progressions of 1, up to 4, 8, 20 and more changes: a conditional
# logit over the 24 keys, fitted by `training.harmony.key_finding`. Tested on songs held out.
_WEIGHTS = (
    (
        1.02, 0.66, 0.66, 0.66, 0.25, -1.12, 0.13, 0.2, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
        0.13, 0.0, 0.0, 1.25, 2.01, 0.0, -1.23,
    ),
    (
        0.38, 0.27, 1.35, 2.29, -0.06, -1.11, 0.66, 1.09, -2.43, -0.23, 3.13, 0.06, 1.11,
        -14.37, 0.36, -1.89, 5.0, -1.93, 4.0, 5.3, -6.82, -3.38,
    ),
    (
        0.26, 0.15, 1.19, 3.78, 0.51, -1.16, 0.67, 0.93, -2.86, -0.91, 3.89, 0.18, 1.61,
        -10.14, 0.44, -2.49, 5.28, -2.13, 5.19, 6.49, -6.6, -4.02,
    ),
    (
        0.14, 0.1, 0.97, 5.77, 1.86, -1.25, 0.2, 0.54, -1.68, -1.25, 4.95, 0.39, 2.68,
        -4.47, 0.18, -2.19, 6.74, -0.46, 8.15, 9.36, -8.24, -3.87,
    ),
    (
        0.02, 0.33, 1.24, 6.82, 3.08, -1.42, -0.06, 0.33, -2.32, -1.03, 5.75, 0.09, 3.65,
        -2.92, -0.54, -4.34, 6.14, -2.61, 8.46, 9.34, -7.07, -3.82,
    ),
)  # fmt: skip
LIMITS = (1, 4, 8, 20)


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
    weights = _WEIGHTS[sum(len(sounding) > limit for limit in LIMITS)]
    scores = evidence(sounding) @ np.array(weights)
    return ranked(zip(all_keys(), scores.tolist(), strict=True))


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
