"""The tables of docs/chord-symbols.md, written from what the bench found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench._symbol_kinds import KINDS, Case, kind_of
from music.chords import parse_chord

MARK = "<!-- From here on written by `python -m bench.symbols ../shared/data --page`. -->"
_DOUBTFUL = (
    "C^", "C2", "C4", "C7alt", "C11", "C13", "Cm13", "Cmaj13", "C7-9", "C-9", "C-5", "C+7", "C7+",
    "C+9", "Cm+7", "Csus9", "Csusb9", "Cm7sus4", "C/9", "C7b13", "C79b", "Cb5", "Co7(maj7)", "D/C7",
)  # fmt: skip
_BASS = re.compile(r"/[A-G][#b]?$")
_STEPS = ("1", "b9", "9", "b3", "3", "11", "b5", "5", "b13", "13", "b7", "7")


def write_page(
    path: Path, symbols: int, counts: Mapping[str, tuple[int, int, int]], cases: Sequence[Case]
) -> None:
    """Replaces what stands below the mark; what stands above is written by hand."""
    text = path.read_text(encoding="utf-8")
    kept = text[: text.index(MARK) + len(MARK)]
    made = "\n".join([*_readings(), *_counts(symbols, counts), *_kinds(cases)])
    path.write_text(f"{kept}\n\n{made}\n", encoding="utf-8")


def _readings() -> Iterator[str]:
    yield "## Where writers differ"
    yield ""
    yield "| written | read as | notes | the reading taken |"
    yield "|---|---|---|---|"
    for symbol in _DOUBTFUL:
        chord = parse_chord(symbol)
        said = "; ".join(note.en for note in chord.notes)
        yield _row(symbol, chord.symbol, " ".join(chord.note_names), said)
    yield ""


def _counts(symbols: int, counts: Mapping[str, tuple[int, int, int]]) -> Iterator[str]:
    yield "## Beside other libraries"
    yield ""
    yield f"{symbols:,} symbols: qualities in many spellings, changes, roots and basses."
    yield ""
    yield "| library | reads | reads as we do | differently | not at all | only it reads |"
    yield "|---|---|---|---|---|---|"
    for name, (read, agreed, alone) in counts.items():
        yield _row(name, read, agreed, read - agreed - alone, symbols - read, alone)
    yield ""


def _kinds(cases: Sequence[Case]) -> Iterator[str]:
    yield "## Every disagreement, by kind"
    yield ""
    yield "Suffixes are given once for all roots; degrees are counted from the root."
    grouped = defaultdict[str, list[Case]](list)
    plain = {(case.peer, case.suffix) for case in cases if not _BASS.search(case.symbol)}
    for case in cases:
        # A bass adds its own note to both sides; the plain chord shows the difference better.
        if not (_BASS.search(case.symbol) and (case.peer, case.suffix) in plain):
            grouped[kind_of(case).title].append(case)
    for kind in KINDS:
        if kind.title in grouped:
            yield from ("", f"### {kind.title}", "", kind.reason, "")
            yield "| library | it has | it lacks | suffixes |"
            yield "|---|---|---|---|"
            yield from _shapes(grouped[kind.title])


def _shapes(cases: Iterable[Case]) -> Iterator[str]:
    """Suffixes with one and the same difference share a row."""
    rows = defaultdict[tuple[str, str, str], dict[str, None]](dict)
    for case in cases:
        has = "another root" if case.other_root else _steps(case.theirs - case.ours, case.suffix)
        lacks = "" if case.other_root else _steps(case.ours - case.theirs, case.suffix)
        rows[(case.peer, has, lacks)][case.suffix] = None
    for (peer, has, lacks), suffixes in rows.items():
        yield _row(peer, has or "–", lacks or "–", ", ".join(f"`{one}`" for one in suffixes))


def _steps(steps: Iterable[int], suffix: str) -> str:
    """The steps as degrees, named as the suffix writes them."""
    names = dict(enumerate(_STEPS))
    names[3] = "#9" if re.search(r"[#+]9", suffix) else "b3"
    names[6] = "#11" if re.search(r"[#+](11|4)", suffix) else "b5"
    return " ".join(names[step] for step in sorted(steps))


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
