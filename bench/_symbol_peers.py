"""How other libraries read a chord symbol: pychord, music21, mingus and npm tonal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import music21
from mingus.core import chords as mingus_chords
from mingus.core import notes as mingus_notes
from mingus.core.mt_exceptions import FormatError, NoteFormatError
from pychord import Chord as PyChord
from pychord import find_chords_from_notes


class Reading(NamedTuple):
    """A chord as pitch classes (with the bass), its root and its bass, all 0-11."""

    pitches: frozenset[int]
    root: int
    bass: int


Reader = Callable[[Sequence[str]], list[Reading | None]]
_ROOT = re.compile(r"([A-G][#b]*)(.*)", re.DOTALL)


def peers() -> dict[str, Reader]:
    """Every peer that can be run here, by name; tonal is left out, aloud, where it cannot."""
    found: dict[str, Reader] = {
        "pychord": _each(_pychord), "music21": _each(_music21), "mingus": _each(_mingus),
    }  # fmt: skip
    script = Path(__file__).with_name("tonal_chords.mjs")
    package = script.with_name("node_modules") / "tonal"
    if shutil.which("node") is None or not package.exists():
        print("tonal: skipped, node or bench/node_modules/tonal is missing (make bench-peers)")
    else:
        found["tonal"] = _tonal
    return found


def _each(read: Callable[[str], Reading | None]) -> Reader:
    return lambda symbols: [read(symbol) for symbol in symbols]


def _pychord(symbol: str) -> Reading | None:
    try:
        chord = PyChord(symbol)
    except ValueError:
        return None
    root = mingus_notes.note_to_int(str(chord.root))
    bass = mingus_notes.note_to_int(str(chord.on)) if chord.on else root
    pitches = {note % 12 for note in chord.components(visible=False)}
    return Reading(frozenset(pitches | {bass}), root, bass)


def _music21(symbol: str) -> Reading | None:
    """music21 writes flats of roots and basses as "-"."""
    figure = re.sub(r"^([A-G])(b+)", lambda m: m[1] + "-" * len(m[2]), symbol)
    figure = re.sub(r"/([A-G])b$", r"/\1-", figure)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            chord = music21.harmony.ChordSymbol(figure)
            root, bass = chord.root().pitchClass, chord.bass().pitchClass
    except (ValueError, AttributeError, LookupError, music21.exceptions21.Music21Exception):
        return None
    return Reading(frozenset({*chord.pitchClasses, bass}), root, bass)


def _mingus(symbol: str) -> Reading | None:
    found = _ROOT.match(symbol)
    try:
        names = mingus_chords.from_shorthand(symbol)
    except (FormatError, NoteFormatError):
        return None
    if not names or found is None:
        return None
    pitches = [mingus_notes.note_to_int(name) for name in names]
    root = mingus_notes.note_to_int(found[1])
    slashed = re.search(r"/[A-G][#b]?$", symbol)
    return Reading(frozenset(pitches), root, pitches[0] if slashed else root)


def _node(lines: Sequence[str], *mode: str) -> list[Any]:
    command = ["node", str(Path(__file__).with_name("tonal_chords.mjs")), *mode]
    answer = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in answer.stdout.splitlines()]


def _tonal(symbols: Sequence[str]) -> list[Reading | None]:
    rows = _node(symbols)
    return [
        Reading(frozenset({*row["pitches"], row["bass"]}), row["root"], row["bass"])
        if row["pitches"] and row["root"] is not None
        else None
        for row in rows
    ]


Namer = Callable[[Sequence[Sequence[str]]], list[list[str]]]


def namers(readers: Iterable[str]) -> dict[str, Namer]:
    """How the peers name notes, lowest first; each answer ranks symbols."""
    known: dict[str, Namer] = {
        "pychord": lambda rows: [_pychord_names(row) for row in rows],
        "music21": lambda rows: [_music21_names(row) for row in rows],
        "mingus": lambda rows: [mingus_chords.determine(list(row), True) for row in rows],
        "tonal": lambda rows: _node([" ".join(row) for row in rows], "detect"),
    }
    return {name: known[name] for name in readers}


def _pychord_names(notes: Sequence[str]) -> list[str]:
    try:
        return [str(chord) for chord in find_chords_from_notes(list(notes))]
    except ValueError:
        return []


def _music21_names(notes: Sequence[str]) -> list[str]:
    """music21 wants heights: each note is put above the one before it."""
    chord = music21.chord.Chord()
    last = 0
    for name in notes:
        pitch = music21.pitch.Pitch(name.replace("b", "-") + "3")
        while pitch.midi <= last:
            pitch = pitch.transpose("P8")
        last = pitch.midi
        chord.add(pitch)
    figure = music21.harmony.chordSymbolFigureFromChord(chord)
    return [] if "Cannot" in figure else [figure.replace("-", "b")]
