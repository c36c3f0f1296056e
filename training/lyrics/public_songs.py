"""English songs in the public domain as lines, without those that sound old or are no songs.

Sets (see the data folder's README): `pd_lyrics_en` ("verified public domain in the United States"),
`lieder` (OpenScore, CC0), `openewld` (only what is traditional, or first performed by 1930 with all
authors dead by 1955). Hymn books are left out: old words, in lines that are hard to tell apart.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tools.prosody import english
from training.lyrics.own_songs import Song
from training.lyrics.sheets import listed, measured, song_of_lines

_MOST_OLD, _MOST_PIOUS = 0.02, 0.02
_SHORTEST = 3
_RAREST = 2.4
"""Zipf frequency: one word below this, or unknown to the dictionary, and a line is dropped."""
_NOT_LYRICS = re.compile(
    r"https?:|www\.|copyright|wikisource|wikipedia|disambiguation|chapter|volume|published|edition"
    r"|footnote|\[\d+\]|printed|editor|\d{3}",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(?<=[a-z][,;:.!?'’]) (?=['\"“]?[A-Z])|(?<=[a-z]) (?=[A-Z][a-z']* [a-z])")
_NAMES = re.compile(r"^(I|I'\w+|God|Lord|Jesus|Christ|Love|Death)$")


def public_songs(data: Path) -> list[Song]:
    """Every song that passes, from the data folder."""
    songs = [
        *_texts(_rows(data / "pd_lyrics_en/lyrics.jsonl.gz")),
        *_lieder(_rows(data / "lieder/songs.jsonl.gz")),
        *_lead_sheets(_rows(data / "openewld/songs_pd.jsonl.gz")),
    ]
    return list(_distinct(songs))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)


def _texts(rows: Iterable[dict[str, Any]]) -> Iterator[Song]:
    for row in rows:
        text = row["lyrics"]
        if _NOT_LYRICS.search(text):
            continue
        stanzas = [s.splitlines() for s in re.split(r"\n\s*\n", text)]
        title = row["title"].strip()
        theme = "" if title.endswith((".", "!", "?", ";", ",")) or len(title) > 40 else title
        style = row["category"].lower().removesuffix("s")
        yield from _kept(theme, f"old {style}", stanzas)


def _lieder(rows: Iterable[dict[str, Any]]) -> Iterator[Song]:
    for row in rows:
        theme = "" if re.search(r"\d", row["title"]) else row["title"]
        if row["lang"] == "en":
            yield from _kept(theme, "art song", [sung_lines(t) for t in row["lyrics"].values()])


def _lead_sheets(rows: Iterable[dict[str, Any]]) -> Iterator[Song]:
    for row in rows:
        free = row["traditional"] or (row["pd_us"] and row["pd_life70"])
        if row["lang"] == "English" and free and not row.get("lyrics_removed"):
            stanzas = [sung_lines(text) for text in row["lyrics"].values()]
            yield from _kept(row["title"], "old popular song", stanzas)


def sung_lines(text: str) -> list[str]:
    """Text that runs on, cut where a capital letter begins a line (names and "I" do not)."""
    lines: list[str] = []
    for part in _SPLIT.split(" ".join(text.split())):
        if lines and (_NAMES.match(part.split(" ")[0]) or len(lines[-1].split()) < 3):
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def _kept(theme: str, style: str, stanzas: Sequence[Sequence[str]]) -> Iterator[Song]:
    """The song without the lines that nobody would sing today, if enough of it is left."""
    lines = [_clean(stanza) for stanza in stanzas]
    words = [word.text for stanza in lines for line in stanza for word in english.words(line)]
    if sum(word in listed("old") for word in words) > _MOST_OLD * len(words):
        return
    if sum(word in listed("pious") for word in words) > _MOST_PIOUS * len(words):
        return
    kept = [run for stanza in lines for run in _runs(stanza)]
    if kept:
        yield song_of_lines(" ".join(theme.split()), style, kept)


def _runs(stanza: Sequence[str]) -> Iterator[list[str]]:
    """The stretches of at least `_SHORTEST` plain lines."""
    for plain, run in itertools.groupby(stanza, _plain):
        lines = list(run)
        if plain and len(lines) >= _SHORTEST:
            yield lines


def _clean(stanza: Sequence[str]) -> list[str]:
    rows = [re.sub(r"\s+", " ", re.sub(r"[_*]|\s{4,}\d+$|^\d+[. ]+", "", row)) for row in stanza]
    rows = [re.sub(r"\s*(--|[–—])\s*", ", ", row).strip(" ,;.'") for row in rows]
    lines = [measured(row) for row in rows]
    return [line.text[0].upper() + line.text[1:] for line in lines if line and line.text]


def _plain(line: str) -> bool:
    """Whether all words are known and of today, and the line is as long as a line of a song."""
    words = english.words(line)
    return (
        2 <= len(words) <= 14
        and all(
            word.known and word.text not in listed("old") and _usual(word.text) for word in words
        )
        and not re.search(r"[\d\[\]()=<>&]", line)
    )


def _usual(word: str) -> bool:
    plain = re.sub(r"'s?$", "", word)
    return english.commonness(plain) >= _RAREST or english.commonness(word) >= _RAREST


def _distinct(songs: Iterable[Song]) -> Iterator[Song]:
    """Without stanzas that began like an earlier one."""
    seen: set[str] = set()
    for song in songs:
        new = [s for s in song.sections if " ".join(s.lines[:2]).lower() not in seen]
        seen.update(" ".join(s.lines[:2]).lower() for s in new)
        if new:
            yield song_of_lines(song.theme, song.style, [s.lines for s in new])
