"""Trains the compact Chinese lyric model: n-grams, word associations and line fingerprints.

    python -m training.lyrics.train_chinese ci_qu.jsonl.gz  # tools/lyrics/weights/chinese.npz

The file is the set `chinese_lyrics` (ci, qu and older songs, MIT); traditional characters become
simplified ones. Three tables come out: character n-grams up to three with their counts, character
vectors (truncated SVD of positive pointwise mutual information within a line and the next), and a
32-bit fingerprint of every line, so that the writer can refuse a line that exists.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from opencc import OpenCC

WEIGHTS = Path(__file__).parents[2] / "tools/lyrics/weights/chinese.npz"
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
CHARACTERS = 4500
DIMENSIONS = 48
RAREST = {2: 2, 3: 3}


def poems(path: Path) -> Iterator[list[str]]:
    """Every work as its simplified lines, split at punctuation."""
    convert = OpenCC("t2s").convert
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            text = convert("\n".join(json.loads(row)["l"]))
            if lines := [line for line in _NOT_HAN.split(text) if line]:
                yield lines


def encode(works: list[list[str]], number: dict[str, int]) -> list[list[list[int]]]:
    """Characters by number; 0 stands for a rare one."""
    return [[[number.get(c, 0) for c in line] for line in lines] for lines in works]


def ngrams(works: list[list[list[int]]], size: int) -> Counter[tuple[int, ...]]:
    """Counts within lines; 1 marks a line's beginning (as often as needed) and its end."""
    counts: Counter[tuple[int, ...]] = Counter()
    for lines in works:
        for line in lines:
            padded = [1] * (size - 1) + line + [1]
            counts.update(zip(*(padded[k:] for k in range(size)), strict=False))
    return counts


def vectors(works: list[list[list[int]]], size: int) -> npt.NDArray[np.float32]:
    """[characters, DIMENSIONS], unit length: truncated SVD of the PPMI of shared lines."""
    together = np.zeros((size, size), dtype=np.float32)
    for lines in works:
        for first, second in zip(lines, [*lines[1:], []], strict=True):
            window = np.array(sorted(set(first)), dtype=np.int64)
            together[np.ix_(window, window)] += 1.0
            if second:
                after = np.array(sorted(set(second)), dtype=np.int64)
                together[np.ix_(window, after)] += 0.5
                together[np.ix_(after, window)] += 0.5
    np.fill_diagonal(together, 0.0)
    together[:2] = together[:, :2] = 0.0
    smoothed = together.sum(0) ** 0.75 + 1e-9
    expected = together.sum(1, keepdims=True) * (smoothed / smoothed.sum())
    with np.errstate(divide="ignore"):
        ppmi = np.maximum(np.log(together / np.maximum(expected, 1e-9)), 0.0)
    left, strength, _ = np.linalg.svd(ppmi, full_matrices=False)
    found = left[:, :DIMENSIONS] * np.sqrt(strength[:DIMENSIONS])
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def packed(counts: Counter[tuple[int, ...]], least: int) -> tuple[npt.NDArray[np.int64], ...]:
    """Sorted keys (13 bits a character) and their counts."""
    kept = sorted(
        (sum(c << 13 * (len(gram) - 1 - k) for k, c in enumerate(gram)), count)
        for gram, count in counts.items()
        if count >= least and 0 not in gram
    )
    table = np.array(kept, dtype=np.int64)
    return table[:, 0], np.minimum(table[:, 1], 65535)


def fingerprint(line: str) -> int:
    """32 bits of a line."""
    return zlib.crc32(line.encode())


def main() -> None:
    """Read, count, decompose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    works = list(poems(parser.parse_args().file))
    usage = Counter(c for lines in works for line in lines for c in line)
    characters = [c for c, _ in usage.most_common(CHARACTERS)]
    number = {c: i + 2 for i, c in enumerate(characters)}
    encoded = encode(works, number)
    tables: dict[str, npt.NDArray[np.generic]] = {
        "unigrams": np.array([1, 1] + [usage[c] for c in characters], dtype=np.int32)
    }
    for size, least in RAREST.items():
        keys, counts = packed(ngrams(encoded, size), least)
        tables[f"keys{size}"], tables[f"counts{size}"] = keys, counts.astype(np.uint16)
    found = vectors(encoded, len(characters) + 2)
    tables["vectors"] = np.round(found * 127).astype(np.int8)
    lines = {fingerprint(line) for work in works for line in work if len(line) >= 5}
    tables["lines"] = np.array(sorted(lines), dtype=np.uint32)
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    tables["characters"] = np.array("".join(characters))
    np.savez_compressed(WEIGHTS, allow_pickle=False, **tables)
    print({name: table.shape for name, table in tables.items()}, WEIGHTS.stat().st_size)


if __name__ == "__main__":
    main()
