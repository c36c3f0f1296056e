"""Looks for the longest run of words that new lyrics share with the songs of the sets."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from opencc import OpenCC

from training.lyrics.known_runs import english_sets
from training.lyrics.own_songs import own_songs

_LONGEST = 12


def longest_copy(lyrics: Sequence[Sequence[str]], language: str, data: Path) -> dict[str, Any]:
    """The length of the longest run (words, or Chinese characters within a line) and its text."""
    songs = [list(song.lines) for song in own_songs(language)]
    if language == "en":
        songs += english_sets(data)
        known = [_words("\n".join(song)) for song in songs]
        new = [_words("\n".join(texts)) for texts in lyrics]
    else:
        songs += _classical(data / "chinese_lyrics/ci_qu.jsonl.gz")
        known = [_characters(line) for song in songs for line in song]
        new = [_characters(text) for texts in lyrics for text in texts]
    best: tuple[int, str] = (0, "")
    for size in range(1, _LONGEST + 1):
        runs = {tuple(row[i : i + size]) for row in known for i in range(len(row) - size + 1)}
        found = [
            run
            for row in new
            for i in range(len(row) - size + 1)
            if (run := tuple(row[i : i + size])) in runs
        ]
        if not found:
            break
        best = (size, (" " if language == "en" else "").join(found[0]))
    return {"longest_copy": best[0], "copied": best[1]}


def _classical(path: Path) -> list[list[str]]:
    """The lines of the set in simplified characters, split at punctuation."""
    simplify = OpenCC("t2s").convert
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        texts = [simplify("\n".join(json.loads(row)["l"])) for row in rows]
    return [re.split(r"[^\u3400-\u9fff]+", text) for text in texts]


def _words(text: str) -> list[str]:
    plain = "".join(c if c.isalpha() or c == "'" else " " for c in text.lower().replace("’", "'"))
    return plain.split()


def _characters(text: str) -> list[str]:
    return [c for c in text if "\u3400" <= c <= "\u9fff"]
