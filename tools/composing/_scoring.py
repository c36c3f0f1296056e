"""Judging melodies by the features that listeners notice, so that candidates can be ranked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from music.chords import BadChord, parse_chord
from music.song import ChordEvent, Note, Song, bar_length
from tools.composing._features import strength


class Features(NamedTuple):
    """Shares are 0..1; `span` in semitones; `repetition` the share of bars heard before."""

    notes: int
    span: int
    on_chord: float
    clashes: float
    steps: float
    unanswered: float
    longest_run: int
    repetition: float
    climaxes: int
    climax_at: float
    variety: int


def features(notes: Sequence[Note], chords: Sequence[ChordEvent], metre: str) -> Features:
    """Features of a melody over its chords; times of both from the same start.

    `on_chord` counts notes on beats, `clashes` notes a semitone above a chord tone that last a beat
    or fall on one (a minor ninth), `unanswered` leaps of a fourth or more not followed by a step
    back or a note of the leap's own span.
    """
    if not notes:
        return Features(0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0.0, 0, 0.0, 0)
    masks = _masks(chords)
    strong = on = clash = 0
    for note in notes:
        tones = _tones_at(masks, note.onset + min(0.5, note.duration / 2))
        on_beat = strength(note.onset, metre) <= 2
        pitch = note.pitch % 12
        if tones and on_beat:
            strong += 1
            on += pitch in tones
        exposed = on_beat or note.duration >= 1
        clash += bool(tones) and pitch not in tones and (pitch - 1) % 12 in tones and exposed
    moves = [b.pitch - a.pitch for a, b in pairwise(notes)]
    leaps = [(a, b) for a, b in pairwise(moves) if abs(a) >= 5]
    open_leaps = sum(not (a * b < 0 or b == 0) for a, b in leaps)
    pitches = [note.pitch for note in notes]
    top = max(pitches)
    return Features(
        notes=len(notes),
        span=top - min(pitches),
        on_chord=on / max(strong, 1),
        clashes=clash / len(notes),
        steps=sum(abs(move) <= 2 for move in moves) / max(len(moves), 1),
        unanswered=open_leaps / max(len(moves), 1),
        longest_run=_longest_run(moves),
        repetition=_repetition(notes, metre),
        climaxes=pitches.count(top),
        climax_at=notes[pitches.index(top)].onset / (notes[-1].onset + 1e-9),
        variety=len({pitch % 12 for pitch in pitches}),
    )


def score(found: Features, likelihood: float, repetition: float) -> float:
    """One number, higher is better. The scale is arbitrary; weights were set by listening.

    `likelihood` is the model's mean log probability a note; `repetition` what the style likes.
    """
    return (
        0.8 * likelihood
        + 3.0 * min(0.85, found.on_chord)
        - 8.0 * found.clashes
        - 4.0 * abs(found.steps - 0.68)
        - 6.0 * max(0.0, found.unanswered - 0.03)
        - 0.4 * max(0, found.longest_run - 3)
        - 0.15 * max(0, 11 - found.span)
        - 0.15 * max(0, found.span - 17)
        - 1.2 * abs(found.repetition - 0.55 * repetition)
        - 0.10 * max(0, found.climaxes - 4)
        + 0.5 * (0.4 <= found.climax_at <= 0.95)
        - 0.4 * max(0, 5 - found.variety)
    )


def song_features(song: Song) -> Features:
    """Features of a whole song."""
    return features(song.melody(), song.chords(), song.metre)


def _masks(chords: Sequence[ChordEvent]) -> list[tuple[float, frozenset[int]]]:
    rows = []
    for event in chords:
        try:
            rows.append((event.onset, frozenset(parse_chord(event.symbol).pitch_classes)))
        except BadChord:
            rows.append((event.onset, frozenset()))
    return rows


def _tones_at(masks: Sequence[tuple[float, frozenset[int]]], time: float) -> frozenset[int]:
    found: frozenset[int] = frozenset()
    for onset, tones in masks:
        if onset > time + 1e-6:
            break
        found = tones
    return found


def _longest_run(moves: Sequence[int]) -> int:
    longest = run = 1
    for move in moves:
        run = run + 1 if move == 0 else 1
        longest = max(longest, run)
    return longest


def _repetition(notes: Sequence[Note], metre: str) -> float:
    """Bars whose rhythm and contour (intervals within a whole step) came before."""
    bar = bar_length(metre)
    cells: dict[int, list[Note]] = {}
    for note in notes:
        cells.setdefault(int(note.onset // bar + 1e-6), []).append(note)
    seen: list[tuple[tuple[float, ...], tuple[int, ...]]] = []
    repeated = 0
    for number, row in sorted(cells.items()):
        onsets = tuple(round(note.onset - number * bar, 3) for note in row)
        moves = tuple(b.pitch - a.pitch for a, b in pairwise(row))
        alike = any(
            onsets == other and all(abs(a - b) <= 2 for a, b in zip(moves, shape, strict=True))
            for other, shape in seen
        )
        repeated += alike and len(row) > 1
        seen.append((onsets, moves))
    return repeated / max(1, len(cells))
