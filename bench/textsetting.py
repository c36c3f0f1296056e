"""How well words and notes are brought together: `python -m bench.textsetting DATA`.

Takes the words off the hymns of `openhymnal`, sets them again with `fit_lyrics`' engine, and counts
the syllables that land on their true notes. `--tune N` searches the weights on the training half.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import json
import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from music.errors import UnreadableFile
from music.formats import abc
from music.song import Section, Song, Syllable
from tools.textsetting.costs import Weights
from tools.textsetting.fitting import WordsDoNotFit, set_text
from tools.textsetting.passes import Stanza

_VOICE = re.compile(r"^\[V:\s*(\S+)\s*\]\s*")
_NUMBER = re.compile(r"^\d+\.\s*")


class Hymn(NamedTuple):
    """A melody with its first verse; `lines` are the words."""

    song: Song
    lines: tuple[str, ...]
    words: tuple[tuple[float, ...], ...]
    """Onsets of the syllables of every word."""


class Score(NamedTuple):
    """Syllables in all, on their true notes, and hymns that could not be set."""

    syllables: int
    right: int
    lines: int
    lines_right: int
    refused: int
    stresses: int
    strong: int


def main() -> None:
    """Prints the figures of both halves, or the best weights found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--tune", type=int, default=0, help="rounds of the search")
    options = parser.parse_args()
    train, test = halves(options.data)
    if options.tune:
        print(json.dumps(dataclasses.asdict(tuned(train, options.tune)), indent=1))
        return
    for name, hymns in (("training half", train), ("other half", test)):
        score = measured(hymns, Weights())
        print(
            f"{name}: {len(hymns)} hymns, {score.syllables} syllables, on their true notes"
            f" {score.right / score.syllables:.4f}, lines begun right"
            f" {score.lines_right / score.lines:.4f}, refused {score.refused}, stresses of longer"
            f" words on strong beats {score.strong / score.stresses:.4f}"
        )


def halves(data: Path) -> tuple[list[Hymn], list[Hymn]]:
    """Hymns by a hash of their titles: those for tuning, and the others."""
    found: tuple[list[Hymn], list[Hymn]] = ([], [])
    with gzip.open(data / "openhymnal" / "hymns.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if (hymn := read(row["abc"])) is not None:
                found[zlib.crc32(hymn.song.title.lower().encode()) % 2].append(hymn)
    return found


def read(text: str) -> Hymn | None:
    """The first voice; None without words under it."""
    try:
        song = abc.read(_first_voice(text).encode())
    except UnreadableFile:
        return None
    syllables = [(k, s) for k, x in enumerate(song.sections) for s in x.lyrics if s.verse == 1]
    if not syllables or len(song.sections) != 1:
        return None
    words, lines = _words([s for _, s in syllables])
    section = song.sections[0]
    bare = Section(name=section.name, length=section.length, melody=section.melody)
    return Hymn(song.replace(sections=(bare,)), lines, words)


def _first_voice(text: str) -> str:
    """Header and the lines of the first voice with the words under them."""
    kept, first, on = [], "", True
    for row in text.splitlines():
        if match := _VOICE.match(row):
            first = first or match[1]
            on = match[1] == first
            kept += [row[match.end() :]] if on else []
        elif on and not row.startswith("V:"):
            kept.append(row)
    return "\n".join(kept) + "\n"


def _words(syllables: list[Syllable]) -> tuple[tuple[tuple[float, ...], ...], tuple[str, ...]]:
    rows: dict[int, str] = {}
    words: list[list[float]] = []
    goes_on = False
    for s in syllables:
        text = _NUMBER.sub("", s.text).replace(" ", "")
        if not any(c.isalpha() for c in text):
            continue
        if goes_on:
            words[-1].append(s.onset)
        else:
            words.append([s.onset])
        rows[s.line] = rows.get(s.line, "") + text + ("" if s.joined else " ")
        goes_on = s.joined
    return tuple(map(tuple, words)), tuple(row.strip() for _, row in sorted(rows.items()))


def measured(hymns: list[Hymn], weights: Weights) -> Score:
    """Sets all of them again."""
    total = [0] * 7
    for hymn in hymns:
        for place, value in enumerate(scored(hymn, weights)):
            total[place] += value
    return Score(*total)


def scored(hymn: Hymn, weights: Weights) -> Score:
    """One hymn; a refused one has all its syllables wrong."""
    size = sum(map(len, hymn.words))
    try:
        found = set_text(hymn.song, [Stanza("", hymn.lines)], "en", lambda: None, weights)
    except WordsDoNotFit:
        return Score(size, 0, len(hymn.lines), 0, 1, 0, 0)
    placed = list(_placed(found.song.sections[0].lyrics))
    right = starts = number = 0
    for true, mine in zip(hymn.words, placed, strict=False):
        right += sum(abs(a - b) < 1e-3 for a, b in zip(true, mine, strict=False))
    firsts = [0]
    for line in hymn.lines[:-1]:
        firsts.append(firsts[-1] + len(line.split()))
    for number in firsts:
        starts += number < len(placed) and abs(placed[number][0] - hymn.words[number][0]) < 1e-3
    return Score(
        size, right, len(hymn.lines), starts, 0,
        sum(line.stresses for line in found.lines), sum(line.strong for line in found.lines),
    )  # fmt: skip


def _placed(syllables: tuple[Syllable, ...]) -> Iterator[tuple[float, ...]]:
    word: list[float] = []
    for syllable in syllables:
        word.append(syllable.onset)
        if not syllable.joined:
            yield tuple(word)
            word = []


def tuned(hymns: list[Hymn], rounds: int) -> Weights:
    """The best of random changes of one or two weights at a time."""
    rng = random.Random(0)
    names = [field.name for field in dataclasses.fields(Weights) if field.name not in _KEPT]
    best, score = Weights(), measured(hymns, Weights()).right
    print(score)
    for number in range(rounds):
        change = {
            name: round(getattr(best, name) * rng.choice((0.5, 0.7, 1.4, 2.0)), 3)
            for name in rng.sample(names, rng.choice((1, 1, 2)))
        }
        weights = dataclasses.replace(best, **change)
        if (found := measured(hymns, weights).right) > score:
            best, score = weights, found
            print(number, score, change, flush=True)
    return best


_KEPT = ("tone", "unsung", "early_end")
"""Weights that these hymns say nothing about."""


if __name__ == "__main__":
    main()
