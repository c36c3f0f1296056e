"""Lists the words that our own songs sing: `python -m training.lyrics.sung_words`.

Writes `tools/lyrics/data/en_sung.txt`: words of the dictionary that stand in lower case in at least
three lines of the English training songs, names that are also words ("spring") among them.
"""

from __future__ import annotations

import re
from collections import Counter

from tools.lyrics.lexicon import SUNG
from tools.prosody import english
from training.lyrics.own_songs import own_songs

_LINES = 3
_LOWER = re.compile(r"(?<!^)\b[a-z]{2,}\b")
_HEAD = (
    "# English words that the project's own training songs sing; written by\n"
    "# `python -m training.lyrics.sung_words`. Lines may use\n"
    "# them and end on them, however rare in print they are.\n"
)


def sung_words() -> list[str]:
    """In alphabetical order."""
    lines = Counter(
        word for song in own_songs() for line in set(song.lines) for word in set(_words(line))
    )
    known = english.dictionary()
    return sorted(w for w, n in lines.items() if n >= _LINES and w in known)


def _words(line: str) -> list[str]:
    return [match[0] for match in _LOWER.finditer(line)]


def main() -> None:
    """Writes the list."""
    rows, row = [], ""
    for word in sung_words():
        if len(row) + len(word) > 98:
            rows.append(row)
            row = ""
        row += f"{word} "
    text = _HEAD + "".join(f"{row.strip()}\n" for row in [*rows, row])
    SUNG.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
