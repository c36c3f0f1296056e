"""Hymns in four voices (Open Hymnal, public domain) as melody and chords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from music.chords import Chord, parse_chord, spell_root
from music.formats import read_song
from music.keys import Key, parse_key
from music.song import Note, Song, bar_length
from tools.harmony._vocabulary import intervals
from training.harmony.corpora import Work, group_name, load
from wording import FriendlyError

_TYPES = ("", "m", "7", "m7", "dim", "maj7", "m7b5", "dim7")
# What a type must gain before it is preferred to the plain triads.
_COST = (0.0, 0.0, 0.04, 0.08, 0.06, 0.12, 0.12, 0.12)


def hymns(data: Path) -> Iterator[Work]:
    """Each hymn's soprano with a chord for every half bar, read off all four voices."""
    for row in load(data / "openhymnal/hymns.jsonl.gz"):
        if not re.fullmatch(r"\d+/\d+", row["meter"] or ""):
            continue
        voices = [song for text in _voices(row["abc"]) if (song := _read(text)) is not None]
        if len(voices) < 3 or len({round(voice.length) for voice in voices}) > 1:
            continue
        work = _work(row["titles"][0], voices)
        if work is not None:
            yield work


def _voices(abc: str) -> Iterator[str]:
    """The tune once for every voice, with the lines of the others left out."""
    lines = abc.splitlines()
    names = dict.fromkeys(re.findall(r"^\[V:\s*(\S+?)\s*\]", abc, re.MULTILINE))
    head = [line for line in lines if re.match(r"[XTMLQK]:", line)]
    for name in names:
        own = [line for line in lines if re.match(rf"\[V:\s*{re.escape(name)}\s*\]", line)]
        body = [re.sub(r"^\[V:[^\]]*\]", "", line).split("%")[0] for line in own]
        yield "\n".join([*(line.split("%")[0] for line in head), *body])


def _read(text: str) -> Song | None:
    try:
        song = read_song(text.encode(), "hymn.abc")
    except FriendlyError:
        return None
    return song if song.melody() else None


def _work(title: str, voices: Sequence[Song]) -> Work | None:
    song = voices[0]
    bar, pickup = bar_length(song.metre), song.pickup
    parts = [
        [note._replace(onset=note.onset - pickup) for note in voice.melody()] for voice in voices
    ]
    end = max(note.onset + note.duration for note in parts[0])
    key = parse_key(song.key)
    half = bar / 2 if bar in (2.0, 4.0, 3.0) and song.metre != "3/4" else bar
    chords: list[tuple[float, Chord]] = []
    at = 0.0
    while at < end - 1e-6:
        chord = _chord(parts, at, half, key)
        if chord is not None:
            chords.append((at, chord))
        at += half
    if len(chords) < 8:
        return None
    return Work(
        group_name(title), "openhymnal", "hymn", key, song.metre, tuple(chords), tuple(parts[0])
    )


def _chord(parts: Sequence[Sequence[Note]], start: float, length: float, key: Key) -> Chord | None:
    """The chord that most of the sounding time agrees with; the downbeat and bass count more."""
    weights = np.zeros(12)
    bass: int | None = None
    for number, part in enumerate(parts):
        for note in part:
            inside = min(note.onset + note.duration, start + length) - max(note.onset, start)
            if inside <= 0:
                continue
            sounding = note.onset <= start + 1e-6
            weights[note.pitch % 12] += inside * (1.6 if sounding else 1.0)
            if number == len(parts) - 1 and sounding:
                bass = note.pitch % 12
    if not weights.sum():
        return None
    shares = weights / weights.sum()
    best = max(
        ((root, kind) for root in range(12) for kind in range(len(_TYPES))),
        key=lambda choice: _fit(shares, choice[0], choice[1], bass),
    )
    kind = _TYPES[best[1]]
    return parse_chord(spell_root(best[0], minor=kind.startswith("m"), key=key) + kind)


def _fit(shares: np.ndarray, root: int, kind: int, bass: int | None) -> float:
    tones = [(root + step) % 12 for step in intervals(_TYPES[kind])]
    covered = float(shares[tones].sum())
    third = 0.05 if shares[tones[1] if len(tones) > 1 else root] > 0 else -0.05
    lowest = 0.12 if bass == root else 0.0
    return covered - _COST[kind] * 1.5 + lowest + third + (0.05 if shares[root] > 0 else -0.1)
