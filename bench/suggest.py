"""What suggest_chords says, measured: likeness to real songs, variety, what stays fixed, whether
reharmonisations suit the melody and get bolder, whether reasons are true, and shared songs.

python -m bench.suggest [DATA] [CACHE]

DATA is the folder of development corpora (default ../shared/data); fold 0 of each was never seen.
CACHE holds a built catalogue (default: the usual cache folder); without one that part is left out.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np

from bench._shared_changes import shared_changes
from models.settings import ModelSettings
from music.chords import Chord, parse_chord
from music.keys import Key, parse_key
from music.roman import analyse
from music.song import Note, bar_length
from tools._context import ToolContext
from tools.harmony._motion import clashes, row_distance
from tools.harmony._vocabulary import frame
from tools.harmony.reharmonise import Basis, Variant, likelihood, reharmonise
from tools.harmony.substitutions import Move, row_of
from tools.styles import all_styles, get_style
from tools.suggest_chords import TOOL, SuggestedChords
from training.harmony.corpora import Work, billboard, openewld
from training.harmony.sequence import fold

Row = list[int]
_KEYS = ("C", "A minor")
_SEEDS = 20
_BARS = 8


def main() -> None:
    """Print every table."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    cache = Path(sys.argv[2]) if len(sys.argv) > 2 else ModelSettings().cache_dir
    likeness(data)
    variety()
    fixed()
    reharmonisation(data)
    claims()
    shared_changes(cache)


def _ask(**arguments: object) -> SuggestedChords:
    context = ToolContext("en", None, None, None, Path())  # type: ignore[arg-type]
    return TOOL(arguments, context)


def _reduced(chords: Iterable[Chord], key: Key) -> Row:
    """Roots above the signature's tonic with major, minor or diminished; runs of one as one."""
    row: Row = []
    for chord in chords:
        if not chord.sounds:
            continue
        steps = {(p - chord.root) % 12 for p in chord.pitch_classes}
        kind = 1 if 3 in steps and 4 not in steps else 0
        kind = 2 if kind and 6 in steps and 7 not in steps else kind
        item = (chord.root - frame(key)) % 12 * 3 + kind
        if not row or row[-1] != item:
            row.append(item)
    return row


def _grams(row: Sequence[int], size: int) -> list[tuple[int, ...]]:
    return [tuple(row[at : at + size]) for at in range(len(row) - size + 1)]


def likeness(data: Path) -> None:
    """Share of the suggestions' runs of 3 and 4 chords that songs never seen contain."""
    print("Likeness to real songs        3 in a row   4 in a row")
    sets: tuple[tuple[str, list[Work]], ...] = (
        ("pop", list(billboard(data))),
        ("jazz", list(openewld(data, False))),
    )
    for style, works in sets:
        held = [_reduced(w.changes(), w.key) for w in works if fold(w) == 0]
        seen = [_reduced(w.changes(), w.key) for w in works if fold(w) > 0]
        rng = random.Random(1)
        rows: dict[str, list[Row]] = {
            "ours": list(_suggested(style)),
            "2-chord sampler": [_sampled(_followers(seen), rng) for _ in range(120)],
            "random, of the key": [_random(rng) for _ in range(120)],
            "held-out songs (leave one out)": held,
        }
        for name, made in rows.items():
            shares = []
            for size in (3, 4):
                sources = Counter(g for row in held for g in set(_grams(row, size)))
                needed = 2 if made is held else 1
                hits = [sources[g] >= needed for row in made for g in _grams(row, size)]
                shares.append(sum(hits) / max(1, len(hits)))
            print(f"{style + ', ' + name:38} {shares[0]:7.1%} {shares[1]:12.1%}")


def _suggested(style: str) -> Iterable[Row]:
    for key in _KEYS:
        for seed in range(_SEEDS):
            found = _ask(style=style, key=key, bars=_BARS, seed=seed)
            for item in found.progressions:
                yield _reduced([parse_chord(s) for s in item.chords], parse_key(key))


def _followers(songs: Sequence[Row]) -> dict[int, Counter[int]]:
    table: dict[int, Counter[int]] = {}
    for song in songs:
        for one, following in pairwise(song):
            table.setdefault(one, Counter())[following] += 1
    return table


def _sampled(table: dict[int, Counter[int]], rng: random.Random) -> Row:
    row = [rng.choice((0, 28))]
    while len(row) < _BARS:
        following = table[row[-1]]
        row += rng.choices(list(following), weights=list(following.values()))
    return row


def _random(rng: random.Random) -> Row:
    row = [rng.choice((0, 28))]
    while len(row) < _BARS:
        row.append(rng.choice([c for c in (0, 7, 13, 15, 21, 28, 35) if c != row[-1]]))
    return row


def variety() -> None:
    """Share of bars in which two of three answers have different roots."""
    shares = []
    for style in sorted(all_styles()):
        for seed in range(4):
            rows = [
                [parse_chord(s).root for s in item.chords]
                for item in _ask(style=style, bars=_BARS, seed=seed).progressions
            ]
            shares += [
                sum(x != y for x, y in zip(a, b, strict=True)) / len(a)
                for a, b in combinations(rows, 2)
            ]
    print(f"\nVariety: two of three answers differ in {statistics.mean(shares):.1%} of the bars")


def fixed() -> None:
    """Share of fixed bars that stay, letter by letter, in progressions and their variants."""
    rng, kept, total, times = random.Random(2), 0, 0, []
    symbols = ("C", "Am7", "F#m7b5/E", "Bbmaj7", "Gsus4", "Cmin7", "E7(#9)", "D-7", "FΔ7")
    for seed in range(40):
        wanted = {bar: rng.choice(symbols) for bar in rng.sample(range(1, 9), 3)}
        style = rng.choice(sorted(all_styles()))
        begun = time.perf_counter()
        found = _ask(key="C", bars=8, style=style, fixed=[*wanted.items()], seed=seed,
                     spice=rng.choice((None, 0, 1, 2, 3)))  # fmt: skip
        times.append(time.perf_counter() - begun)
        rows = [item.chords for item in found.progressions]
        rows += [idea.by_bar for idea in found.ideas if idea.kind != "modulation"]
        for row in rows:
            for bar, symbol in wanted.items():
                kept += row[bar - 1] == symbol
                total += 1
    print(f"Fixed bars kept: {kept / total:.1%} of {total}; "
          f"an answer of 8 bars takes {1000 * statistics.median(times):.0f} ms")  # fmt: skip


def _bases(data: Path) -> list[Basis]:
    """Eight-bar stretches of standards never seen, one chord a bar, with their melody."""
    found = []
    for work in openewld(data, False):
        bar = bar_length(work.metre)
        if fold(work) or bar not in (3.0, 4.0) or not work.melody:
            continue
        symbols = [_at(work, at * bar) for at in range(4, 4 + _BARS)]
        if all(symbols) and len(set(symbols)) > 2:
            begin, end = 4 * bar, (4 + _BARS) * bar
            melody = tuple(
                Note(n.onset - begin, n.duration, n.pitch)
                for n in work.melody
                if begin <= n.onset < end
            )
            row = row_of([s or "" for s in symbols], bar)
            found.append(Basis(row, work.key, get_style("jazz"), bar, melody))
    return found


def _at(work: Work, onset: float) -> str | None:
    sounding = [chord for start, chord in work.chords if start <= onset + 1e-6 and chord.sounds]
    return sounding[-1].symbol if sounding else None


def reharmonisation(data: Path) -> None:
    """By level: clashes with the melody, voice leading, functions kept, surprise."""
    bases = _bases(data)
    print(f"\nReharmonising {len(bases)} stretches of standards never seen, style jazz")
    print("spice      variants  changed  clashes  voice leading  function kept  surprise (nats)")
    _level("as written", [(b, _as_written(b)) for b in bases])
    for level in (1, 2, 3):
        made = [(b, v) for b in bases for v in reharmonise(b, level, seed=1, limit=3)]
        _level(str(level), made)


def _as_written(base: Basis) -> Variant:
    return Variant(base.row, (), 0.0)


def _level(name: str, made: Sequence[tuple[Basis, Variant]]) -> None:
    rows: list[tuple[float, ...]] = []
    for base, variant in made:
        chords = [span.chord for span in variant.spans]
        new = [s for s in variant.spans if not variant.moves or s.symbol not in _symbols(base)]
        bad = sum(clashes(s.chord, base.melody, s.onset, s.onset + s.length) for s in new)
        rows.append(
            (
                sum(move.count for move in variant.moves) / len(base.row),
                bad / max(1, len(new)),
                row_distance(chords),
                _kept(base, variant),
                -likelihood(chords, base.key, base.style),
            )
        )
    changed, bad_share, motion, kept, surprise = np.mean(rows, axis=0)
    print(f"{name:10} {len(made):8} {changed:8.1%} {bad_share:8.1%} {motion:14.2f} {kept:14.1%} "
          f"{surprise:10.2f}")  # fmt: skip


def _symbols(base: Basis) -> set[str]:
    return {span.symbol for span in base.row}


def _kept(base: Basis, variant: Variant) -> float:
    """Share of the old chords' onsets at which the function is still the same."""
    before = analyse([span.chord for span in base.row], base.key)
    after = analyse([span.chord for span in variant.spans], base.key)
    same = 0
    for span, item in zip(base.row, before, strict=True):
        last = span.onset + span.length - 1e-6
        there = [
            other.function
            for place, other in zip(variant.spans, after, strict=True)
            if place.onset <= last and place.onset + place.length > span.onset + 1e-6
        ]
        same += item.function in there
    return same / len(base.row)


def claims() -> None:
    """What reasons say, checked from the pitch classes alone."""
    checks: dict[str, Callable[[Basis, Move], bool]] = {
        "borrowed": _is_borrowed, "secondary dominant": _is_fifth_above, "tritone": _is_tritone,
        "passing diminished": _is_passing, "relative": _shares_two, "ii-V": _is_two_five,
        "dominant chain": _is_chain, "chromatic mediant": _is_mediant,
    }  # fmt: skip
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    said = [0, 0]
    for style in sorted(all_styles()):
        for key in _KEYS:
            for seed in range(3):
                found = _ask(style=style, key=key, bars=_BARS, seed=seed)
                for item in found.progressions:
                    _said(item.why, parse_key(key), said)
                    row = row_of(item.chords, 4.0)
                    base = Basis(row, parse_key(key), get_style(style), 4.0)
                    for variant in reharmonise(base, 1 + seed, seed=seed):
                        for move in variant.moves:
                            if move.kind in checks:
                                total[move.kind] += 1
                                right[move.kind] += checks[move.kind](base, move)
    print("\nClaims that hold, of those made")
    print(f"{'borrowed, said of progressions':32} {said[0]:5} of {said[1]}")
    for kind in checks:
        print(f"{kind:32} {right[kind]:5} of {total[kind]}")


def _said(why: str, key: Key, counts: list[int]) -> None:
    """ "X (numeral) is borrowed from KEY": in that key (or its harmonic minor) and not in ours."""
    for symbol, source in re.findall(r"(\S+) \(\S+\) is borrowed from (\S+ [a-z]+)", why):
        tones, lender = set(parse_chord(symbol).pitch_classes), parse_key(source)
        counts[1] += 1
        counts[0] += tones <= _scale(lender) and not tones <= set(key.pitch_classes)


def _scale(key: Key) -> set[int]:
    return {*key.pitch_classes, *([(key.tonic + 11) % 12] if key.is_minor else [])}


def _new(move: Move) -> list[Chord]:
    return [parse_chord(symbol) for symbol, _ in move.chords]


def _next(base: Basis, move: Move) -> Chord:
    return base.row[(move.at + move.count) % len(base.row)].chord


def _is_borrowed(base: Basis, move: Move) -> bool:
    tones, key = set(_new(move)[0].pitch_classes), base.key
    if "raised seventh" in move.why.en:
        return (key.tonic + 11) % 12 in tones and key.is_minor
    source = re.search(r"borrowed from (\S+ [a-z]+)", move.why.en)
    inside = source is not None and tones <= _scale(parse_key(source[1]))
    return inside and not tones <= set(key.pitch_classes)


def _is_fifth_above(base: Basis, move: Move) -> bool:
    chord = _new(move)[-1]
    fifth = (_next(base, move).root + 7) % 12 == chord.root
    return fifth and (chord.root + 4) % 12 in chord.pitch_classes


def _is_tritone(base: Basis, move: Move) -> bool:
    old, chord, after = base.row[move.at].chord, _new(move)[0], _next(base, move)
    pair = {(old.root + 4) % 12, (old.root + 10) % 12}
    return pair <= set(chord.pitch_classes) and (chord.root - after.root) % 12 == 1


def _is_passing(base: Basis, move: Move) -> bool:
    first, middle = _new(move)
    steps = {(middle.bass - first.bass) % 12, (_next(base, move).bass - middle.bass) % 12}
    return steps in ({1}, {11})


def _shares_two(base: Basis, move: Move) -> bool:
    old = base.row[move.at].chord
    return len(set(old.pitch_classes) & set(_new(move)[0].pitch_classes)) >= 2


def _is_two_five(base: Basis, move: Move) -> bool:
    two, five = _new(move)[-2:]
    goal = _next(base, move).root
    return (two.root - goal) % 12 == 2 and (five.root - goal) % 12 == 7 and two.is_minor


def _is_chain(base: Basis, move: Move) -> bool:
    chords = [*_new(move), _next(base, move)]
    return all((b.root - a.root) % 12 == 5 for a, b in pairwise(chords))


def _is_mediant(base: Basis, move: Move) -> bool:
    before, chord = base.row[move.at - 1].chord, _new(move)[0]
    third = (chord.root - before.root) % 12 in (3, 4, 8, 9)
    outside = not set(chord.pitch_classes) <= set(base.key.pitch_classes)
    return third and outside and bool(set(before.pitch_classes) & set(chord.pitch_classes))


if __name__ == "__main__":
    main()
