"""The key of a chord progression: weighs the evidence for each of the 24 keys."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np

from music.chords import Chord
from music.key_finding import KeyScore, keys_of_notes, ranked
from music.keys import Key, parse_key
from music.song import Note
from tools.harmony._evidence import Row, evidence
from tools.harmony._key_tables import WEIGHTS, Vector, all_keys
from wording import FriendlyError

# Up to how many changes each row of weights is for; the last row is for more.
LIMITS = (1, 4, 8, 20)


class NoMusic(FriendlyError):
    """There is nothing to hear a key in."""

    def __init__(self) -> None:
        super().__init__(
            "I need chords or a melody to hear a key, and found none.",
            "要判断调性，我需要和弦或旋律，但什么也没找到。",
        )


def keys_of_chords(chords: Sequence[Chord], spans: Sequence[float] = ()) -> list[KeyScore]:
    """The 24 keys with probabilities, the likeliest first; `spans` say how long each chord lasts,
    in any unit. Raises `NoMusic`."""
    row = Row.of(chords, spans)
    if not row.chords:
        raise NoMusic
    scores = evidence(row) @ _weights()[sum(len(row.chords) > limit for limit in LIMITS)]
    return ranked(zip(all_keys(), scores.tolist(), strict=True))


@cache
def _weights() -> Vector:
    """[length of the progression, kind of evidence]."""
    with (resources.files("tools.harmony") / "weights" / WEIGHTS).open("rb") as file:
        return np.asarray(np.load(file)["weights"], dtype=np.float64)


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
