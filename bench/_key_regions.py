"""Local keys: pop songs that change their tonic, and classical pieces annotated chord by chord."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import _key_peers as peers
from music.chords import Chord
from music.keys import Key
from tools.harmony.key_finding import keys_of_chords
from tools.harmony.modulation import DETAILED, regions
from training.harmony.corpora import billboard
from training.harmony.romantext import analyses

_WINDOW = 16  # chords that the windowed profile looks at
Finder = Callable[[Sequence[Chord], Sequence[int]], list[Key]]


@dataclass(frozen=True)
class _Song:
    """Chords, the annotated tonic of each, and the indices that open sections."""

    chords: list[Chord]
    tonics: list[int]
    openings: list[int]


def local_keys(data: Path) -> None:
    """Both tables."""
    systems: dict[str, Finder] = {
        "ours, sections known": lambda chords, openings: _spread(chords, openings, None),
        "ours": lambda chords, _: _spread(chords, (), None),
        "one key throughout": lambda chords, _: [keys_of_chords(chords)[0].key] * len(chords),
        f"profile, {_WINDOW} chords": lambda chords, _: _windowed(chords),
    }
    songs = _songs(data)
    several = [song for song in songs if len(set(song.tonics)) > 1]
    one = [song for song in songs if len(set(song.tonics)) == 1]
    print(f"\nTonic of each chord: {len(several)} pop songs with several, {len(one)} with one")
    print(f"{'':24} agreement  found to modulate  agreement  found to modulate")
    for name, find in systems.items():
        print(f"  {name:22}" + "".join(_tonics(group, find) for group in (several, one)))
    pieces = [a for a in analyses(data) if zlib.crc32(a.group.encode()) % 10 == 0]
    print(f"\nLocal key of each chord in {len(pieces)} classical pieces, held out: agreement")
    del systems["ours, sections known"]
    systems["ours, detailed"] = lambda chords, _: _spread(chords, (), DETAILED)
    for name, find in systems.items():
        shares = []
        for piece in pieces:
            found = find([item.chord for item in piece.chords], ())
            pairs = zip(found, (item.key for item in piece.chords), strict=True)
            shares.append(
                np.mean([(a.tonic, a.is_minor) == (b.tonic, b.is_minor) for a, b in pairs])
            )
        print(f"  {name:22} {np.mean(shares):7.1%}")


def _tonics(songs: Sequence[_Song], find: Finder) -> str:
    agreement, moved = [], 0
    for song in songs:
        found = [key.tonic for key in find(song.chords, song.openings)]
        agreement.append(np.mean(np.array(found) == np.array(song.tonics)))
        moved += len(set(found)) > 1
    return f"{np.mean(agreement):9.1%} {moved / len(songs):14.1%}    "


def _spread(chords: Sequence[Chord], openings: Sequence[int], leaving: float | None) -> list[Key]:
    found = regions(chords, openings) if leaving is None else regions(chords, (), leaving)
    ends = [item.first for item in found[1:]] + [len(chords)]
    return [
        item.key for item, end in zip(found, ends, strict=True) for _ in range(end - item.first)
    ]


def _windowed(chords: Sequence[Chord]) -> list[Key]:
    """Temperley's profile over the chords around each chord."""
    half = _WINDOW // 2
    return [
        peers.by_profile(
            peers.chord_weights([(c, 1.0) for c in chords[max(0, at - half) : at + half]]),
            peers.TEMPERLEY,
        )
        for at in range(len(chords))
    ]


def _songs(data: Path) -> list[_Song]:
    """Billboard, one entry a song, its stretches joined again."""
    order: dict[str, list[tuple[list[Chord], int, list[int]]]] = {}
    for work in billboard(data, modulating=True):
        chords = [(at, c) for at, c in work.chords if c.sounds]
        starts = [section.onset for section in work.sections]
        openings = [
            i for i in range(1, len(chords))
            if any(chords[i - 1][0] < start <= chords[i][0] for start in starts)
        ]  # fmt: skip
        row = ([c for _, c in chords], work.key.tonic, openings)
        order.setdefault(work.group, []).append(row)
    songs = []
    for stretches in order.values():
        song = _Song([], [], [])
        for chords_of, tonic, openings in stretches:
            song.openings.extend([len(song.chords)] if song.chords else [])
            song.openings.extend(len(song.chords) + opening for opening in openings)
            song.chords.extend(chords_of)
            song.tonics.extend([tonic] * len(chords_of))
        if len(song.chords) > 8:
            songs.append(song)
    return songs
