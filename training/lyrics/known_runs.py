"""Makes the filter of known word runs: `python -m training.lyrics.known_runs DATA`.

DATA is the folder of sets that its README describes. The filter holds the words of all sets with
English lyrics, of our own training songs and of the catalogue's works. Only bits are kept, no text.
Writes `tools/lyrics/weights/known_en.bloom`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from music.song import lyric_lines
from tools.lyrics.overlap import filter_of, runs_of_song
from training.lyrics.own_songs import own_songs
from vectorstore.corpus import all_sources, corpus_folder
from vectorstore.reading import read_work_song

WEIGHTS = Path(__file__).parents[2] / "tools/lyrics/weights/known_en.bloom"
_WITH_WORDS = ("johnson_j_r", "beach", "leadSheet", "liliuokalani")
"""Folders of the catalogue with English words."""
_HYPHENS = re.compile(r"(?<=[a-z])- ?(?=[a-z])|[\u00ad_]")
_CHORDPRO = re.compile(r"\[[^\]]*\]|\{[^}]*\}|^#.*$", re.M)


def english_sets(data: Path) -> Iterator[list[str]]:
    """The words of every English song of the sets."""
    for song in _rows(data / "pd_lyrics_en/lyrics.jsonl.gz"):
        yield _lines(song["lyrics"])
    for name in ("lieder/songs", "openewld/songs_pd"):
        for song in _rows(data / f"{name}.jsonl.gz"):
            if song["lang"] in ("en", "English"):
                for verse in (song["lyrics"] or {}).values():
                    yield _lines(verse)
    for song in _rows(data / "openhymnal/hymns.jsonl.gz"):
        yield _lines("\n".join(song["lyric_lines"]))
        yield _lines("\n".join(map(str, song["extra_verses"])))
    for song in _rows(data / "christmas_chordpro/songs.jsonl.gz"):
        yield _lines(_CHORDPRO.sub("", song["chordpro"]))


def catalogue_words() -> Iterator[list[str]]:
    """The words of the catalogue's English works."""
    folder = corpus_folder()
    for source in all_sources():
        if source.path.startswith(_WITH_WORDS):
            song = read_work_song(folder, source)
            yield [line for section in song.sections for line in lyric_lines(section)]


def main() -> None:
    """Read, hash, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    own = (song.lines for song in own_songs())
    songs = [*english_sets(data), *own, *catalogue_words()]
    made = filter_of(run for song in songs for run in runs_of_song(song))
    WEIGHTS.write_bytes(made.bits.tobytes())
    print(f"{WEIGHTS.name}: {len(songs):,} songs, {WEIGHTS.stat().st_size:,} bytes")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)


def _lines(text: str) -> list[str]:
    return [line for line in _HYPHENS.sub("", text).splitlines() if line.strip()]


if __name__ == "__main__":
    main()
