"""Roman numerals against When in Rome: reading figures, and naming chords as the analysts did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from music21 import roman as music21_roman
from music21.exceptions21 import Music21Exception

from music.chords import parse_chord
from music.keys import Key, parse_key
from music.roman import analyse, chord_of
from training.harmony.romantext import Analysis, analyses

_FIGURES = 1500  # the commonest ones; music21 reads some 500 a second
_SHOWN = 12
Label = tuple[str, str]


def numerals(data: Path) -> None:
    """Both tables."""
    pieces = list(analyses(data))
    _reading(pieces)
    _naming(pieces)


def _reading(pieces: Sequence[Analysis]) -> None:
    """Pitch classes of the commonest figures beside music21's."""
    used = Counter((c.figure, c.key.is_minor) for piece in pieces for c in piece.chords)
    same = places = right = figures = 0
    differ: list[str] = []
    for (figure, minor), times in used.most_common(_FIGURES):
        theirs = _music21(figure, minor)
        if theirs is None:
            continue
        ours = frozenset(
            chord_of(figure, parse_key("Cm" if minor else "C"), figured=True).pitch_classes
        )
        figures, places = figures + 1, places + times
        same, right = same + (ours == theirs), right + times * (ours == theirs)
        if ours != theirs:
            differ.append(f"{figure} in {'minor' if minor else 'major'} ({times})")
    print(f"\nFigures read as music21 reads them: {same} of {figures} ({same / figures:.1%}), at")
    print(
        f"{right:,} of {places:,} places ({right / places:.2%}). Others: {', '.join(differ[:30])}"
    )


def _music21(figure: str, minor: bool) -> frozenset[int] | None:
    caution = music21_roman.Minor67Default.CAUTIONARY
    try:
        found = music21_roman.RomanNumeral(
            figure.replace("/o", "ø"), "c" if minor else "C",
            sixthMinor=caution, seventhMinor=caution,
        )  # fmt: skip
    except (Music21Exception, ValueError, KeyError, IndexError, AttributeError):
        return None
    return frozenset(int(pitch.pitchClass) for pitch in found.pitches)


def _naming(pieces: Sequence[Analysis]) -> None:
    """Chords as plain symbols, analysed in the annotated key."""
    total = right = applied = found = claimed = 0
    differ: Counter[tuple[str, str]] = Counter()
    for theirs, ours in _pairs(pieces):
        total += 1
        right += theirs == ours
        applied += bool(theirs[1])
        claimed += bool(ours[1])
        found += bool(theirs[1]) and theirs == ours
        if theirs != ours:
            differ[_shown(theirs), _shown(ours)] += 1
    print(f"\nChords named as the analyst named them: {right / total:.1%} of {total:,}")
    print(f"applied chords: recall {found / applied:.1%}, precision {found / claimed:.1%}")
    print("commonest disagreements (analyst, ours, times):")
    for (a, b), times in differ.most_common(_SHOWN):
        print(f"  {a:10} {b:10} {times}")


def _pairs(pieces: Sequence[Analysis]) -> Iterator[tuple[Label, Label]]:
    for piece in pieces:
        for key, run in groupby(piece.chords, key=lambda item: item.key):
            items = list(run)
            plain = [parse_chord(item.chord.symbol) for item in items]
            for item, named in zip(items, analyse(plain, key), strict=True):
                if "[" not in item.figure:
                    yield _label(item.figure, key), _label(named.text, key)


def _label(text: str, key: Key) -> Label:
    """Degree with case, and target: "V65/ii" and "V7/ii" are both ("V", "ii")."""
    text = re.sub(r"/[b#]?\d+|/(?=o)", "", text)
    head, _, target = text.partition("/")
    return _degree(head, key), _degree(target, key) if target else ""


def _degree(text: str, key: Key) -> str:
    if match := re.match(r"(Cad|N|Ger|Fr|It)", text):
        return {"Cad": "i" if key.is_minor else "I", "N": "bII"}.get(match[1], match[1])
    match = re.match(r"([b#-]?)([IViv]+)", text)
    if match is None:
        return text
    sign, roman = match.groups()
    if (key.is_minor and roman.upper() in ("VI", "III")) or roman.upper() == "VII":
        sign = sign.replace("#", "")  # writers differ in whether they mark the raised degree
    if key.is_minor and sign == "b" and roman.upper() in ("VI", "VII", "III"):
        sign = ""  # ... and the natural one
    return sign.replace("-", "b") + roman


def _shown(label: Label) -> str:
    return "/".join(part for part in label if part)
