"""A melody read slot by slot: what the harmoniser's network sees of every bar or half bar.

Everything is counted from the frame of the key, so that one model serves all keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from music.keys import Key
from music.song import Note
from tools.harmony._ngrams import Vector
from tools.harmony._slots import Matrix, Slot
from tools.harmony._vocabulary import frame

IDIOMS = ("folk", "hymn", "standards", "jazz")
"""Kinds of song that the network knows apart; none of them when the kind is not known."""
_BLOCKS, _TUNE, _PLACE = 12, 2, 40
WIDTH = 12 * (_BLOCKS + _TUNE) + _PLACE + len(IDIOMS)
# How much a note counts that begins on the downbeat, mid-bar, on a beat, between beats.
_DOWN, _MID, _BEAT, _OFF = 1.0, 0.7, 0.5, 0.3
_TIED = 0.8  # ... and one that is held over the bar line, for the time it lasts
_NEAR = 1e-6


class _Heard(NamedTuple):
    """A note in a slot: from when to when it sounds there, and what leads to and from it."""

    slot: int
    pitch: int
    step: int  # pitch class above the frame
    start: float
    end: float
    begins: bool  # false when it began in an earlier slot
    leaps: int  # 0-2: how many of its neighbours are more than a tone away


def features(
    melody: Sequence[Note], places: Sequence[Slot], key: Key, bar: float, idiom: str | None = None
) -> Matrix:
    """One row a slot, `WIDTH` columns.

    Shares of the slot's time by pitch class: plain, by beat, of either half, of notes that leap;
    the first, last, lowest note, those on the downbeat and mid-bar, the neighbours in the slots
    around; the whole tune and its last note; the place in bar, phrase and tune; the idiom.
    """
    shares, single = _by_slot(list(_heard(melody, places, frame(key))), places)
    first, last = single[0], single[3]
    nothing = np.zeros((1, 12))
    before, after = np.vstack([nothing, last[:-1]]), np.vstack([first[1:], nothing])
    total = shares[0].sum(axis=0)
    whole = total / max(_NEAR, float(total.sum()))
    sounding = np.flatnonzero(shares[0].sum(axis=1))
    final = last[sounding[-1]] if len(sounding) else np.zeros(12)
    tune, kind = np.concatenate([whole, final]), _idiom(idiom)
    tune, kind = (np.tile(row, (len(places), 1)) for row in (tune, kind))
    scaled = [part / np.maximum(_NEAR, part.sum(axis=1, keepdims=True)) for part in shares]
    counts = shares[0], len(melody)
    place = _places(places, key, bar, counts)
    return np.hstack([*scaled, *single, before, after, tune, place, kind])


def _heard(melody: Sequence[Note], places: Sequence[Slot], origin: int) -> Iterator[_Heard]:
    notes = sorted(melody, key=lambda note: note.onset)
    ends = np.array([slot.start + slot.length for slot in places])
    pitches = [note.pitch for note in notes]
    for at, note in enumerate(notes):
        around = [*pitches[max(0, at - 1) : at], *pitches[at + 1 : at + 2]]
        leaps = sum(abs(other - note.pitch) > 2 for other in around)
        slot = int(np.searchsorted(ends, note.onset + _NEAR))
        last = note.onset + note.duration
        while slot < len(places) and places[slot].start < last - _NEAR:
            start, end = max(note.onset, places[slot].start), min(last, float(ends[slot]))
            if end - start > _NEAR:
                begins = note.onset >= places[slot].start - _NEAR
                step = (note.pitch - origin) % 12
                yield _Heard(slot, note.pitch, step, start, end, begins, leaps)
            slot += 1


def _by_slot(heard: Sequence[_Heard], places: Sequence[Slot]) -> tuple[list[Matrix], list[Matrix]]:
    """Time by pitch class (plain, by beat, first and second half, leaping), and single notes
    (first, downbeat, mid-bar, last, lowest), each [slot, 12]."""
    shares = [np.zeros((len(places), 12)) for _ in range(5)]
    single = [np.zeros((len(places), 12)) for _ in range(5)]
    lowest = [128] * len(places)
    for note in heard:
        place = places[note.slot]
        middle, time = place.start + place.length / 2, note.end - note.start
        cell = note.slot, note.step
        shares[0][cell] += time
        shares[1][cell] += _weight(note, place) * (
            min(time, place.length / 2) if note.begins else time
        )
        shares[2][cell] += max(0.0, min(note.end, middle) - note.start)
        shares[3][cell] += max(0.0, note.end - max(note.start, middle))
        shares[4][cell] += note.leaps * time / 2
        if not single[0][note.slot].any():
            single[0][cell] = 1.0
        if note.start <= place.start + _NEAR:
            _set(single[1], cell)
        if note.start <= middle + _NEAR < note.end:
            _set(single[2], cell)
        _set(single[3], cell)
        if note.pitch < lowest[note.slot]:
            lowest[note.slot] = note.pitch
            _set(single[4], cell)
    return shares, single


def _set(table: Matrix, cell: tuple[int, int]) -> None:
    table[cell[0]] = 0.0
    table[cell] = 1.0


def _weight(note: _Heard, place: Slot) -> float:
    position = note.start - place.start
    if not note.begins:
        return _TIED
    if position < _NEAR:
        return _DOWN
    if abs(position - place.length / 2) < _NEAR:
        return _MID
    return _BEAT if abs(position - round(position)) < _NEAR else _OFF


def _idiom(name: str | None) -> Vector:
    return np.array([float(name == idiom) for idiom in IDIOMS])


def _places(places: Sequence[Slot], key: Key, bar: float, counts: tuple[Matrix, int]) -> Matrix:
    """[slot, _PLACE]: where each slot stands, counted from both ends, and the kind of bar."""
    numbers = [round(slot.start // bar + _NEAR) for slot in places]
    bars, size = numbers[-1] + 1, len(places)
    heard, notes = counts
    found = np.zeros((size, _PLACE))
    for at, (slot, number) in enumerate(zip(places, numbers, strict=True)):
        left, row = bars - 1 - number, found[at]
        row[[number % 4, 4 + left % 4, 8 + number % 8, 16 + left % 8]] = 1.0
        row[24:28] = at == 0, at == size - 1, at >= size - 2, key.is_minor
        row[28], row[29] = slot.length < bar - _NEAR, slot.start % bar > _NEAR
        row[30:33] = [abs(bar - length) < _NEAR for length in (3.0, 2.0, 4.0)]
        row[33] = heard[at].sum() / slot.length
        row[34] = min(1.0, notes / (4.0 * bars * bar))
        row[35] = np.count_nonzero(heard[at]) / 7
        row[36:40] = number / bars, bars >= 12, bars % 8 == 0, bars > 40
    return found
