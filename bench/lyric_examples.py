"""Prints the first lyrics of a run of `bench.lyrics`, unselected, as a page for people to read.

python -m bench.lyric_examples runs/en.jsonl runs/zh.jsonl > docs/examples/lyrics.md
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench._lyric_prompts import requests

_COUNT = 20
_HIDDEN = ("theme", "language", "seed", "melody")
_HEAD = """# Lyrics, unselected

The first twenty requests of each language in `bench/lyrics.py`, as the embedded model answered them
on a CPU: nothing was chosen, mended or left out. `python -m bench.lyric_examples` made this page.
"""


def main() -> None:
    """English first, then Chinese."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("english", type=Path)
    parser.add_argument("chinese", type=Path)
    options = parser.parse_args()
    print(_HEAD)
    for language, path in (("en", options.english), ("zh", options.chinese)):
        print(f"## {'English' if language == 'en' else '中文'}\n")
        rows = path.read_text(encoding="utf-8").splitlines()[:_COUNT]
        asked = requests(language, _COUNT, 0)
        for number, (request, row) in enumerate(zip(asked, rows, strict=False), 1):
            print("\n".join(_entry(number, request, json.loads(row))))


def _entry(number: int, asked: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    wishes = {key: value for key, value in asked.items() if key not in _HIDDEN and value}
    if "melody" in asked:
        wishes["melody"] = f"{len(asked['melody'])} notes"
    listed = "; ".join(f"{key} {_plain(value)}" for key, value in wishes.items())
    yield f"### {number}. {asked['theme']}\n"
    yield f"*{listed}; seed {asked['seed']}*\n"
    if "error" in answer:
        yield f"> {answer['error']['message']}\n"
        return
    for name, lines in itertools.groupby(answer["lines"], key=lambda line: str(line["section"])):
        texts = "  \n".join(line["text"] for line in lines)
        yield f"[{name}]  \n{texts}\n"


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    main()
