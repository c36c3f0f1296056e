"""Chord symbols in the spellings that lead sheets, libraries and databases use, as a grid."""

from __future__ import annotations

from collections.abc import Iterator

ROOTS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B", "C#", "G#")
QUALITIES = (
    "", "M", "maj", "Maj", "major", "m", "min", "mi", "-", "minor", "dim", "o", "°", "aug", "+",
    "sus", "sus2", "sus4", "sus24", "5", "6", "M6", "maj6", "m6", "min6", "-6", "69", "6/9",
    "6add9", "M69", "m69", "m6/9", "-69", "7", "dom7", "dom", "maj7", "Maj7", "M7", "ma7", "^7",
    "^", "Δ", "Δ7", "j7", "m7", "min7", "mi7", "-7", "mM7", "mMaj7", "m(maj7)", "m/maj7", "-^7",
    "-Δ7", "m(M7)", "minmaj7", "dim7", "o7", "°7", "dimM7", "oM7", "ø", "ø7", "h", "h7", "m7b5",
    "-7b5", "m7-5", "m7(b5)", "min7b5", "aug7", "+7", "7+", "7#5", "7+5", "augmaj7", "+M7",
    "maj7#5", "M7+5", "M7+", "7sus", "7sus4", "7sus2", "sus7", "sus47", "maj7sus4", "M7sus4",
    "9", "dom9", "maj9", "Maj9", "M9", "^9", "Δ9", "m9", "min9", "-9", "mM9", "mMaj9", "-^9",
    "9sus", "9sus4", "sus9", "dim9", "o9", "ø9", "m9b5", "aug9", "+9", "9+", "11", "maj11",
    "M11", "m11", "min11", "-11", "ø11", "13", "maj13", "M13", "^13", "m13", "min13", "-13",
    "13sus", "13sus4", "7alt", "alt", "2", "4", "add2", "add4", "add9", "madd9", "add11",
    "madd4", "madd11", "67", "6/7", "m#5", "mb6", "-#5", "-b6", "m7#5", "M7b5", "(b5)", "-5",
    "+5", "hendrix", "7b12", "maj#4", "alt7", "susb9", "b9sus", "7b9sus", "quartal", "no3",
    "no5", "omit5", "omit3", "m(no5)", "sus4add9", "sus2sus4",
)  # fmt: skip
CHANGED = (
    "", "6", "m6", "69", "7", "M7", "maj7", "^7", "m7", "-7", "mM7", "dim7", "9", "M9", "maj9",
    "m9", "11", "m11", "13", "M13", "maj13", "m13", "7sus4", "9sus4", "13sus4", "aug", "sus4",
    "m",
)  # fmt: skip
CHANGES = (
    "b5", "-5", "(b5)", "#5", "+5", "(#5)", "b9", "-9", "(b9)", "#9", "+9", "(#9)", "#11",
    "+11", "(#11)", "b13", "-13", "(b13)", "b6", "add9", "(add9)", "add11", "(add11)", "add13",
    "add6", "add4", "add2", "add#11", "(13)", "(9)", "/9", "no3", "no5", "(no5)", "omit5",
    "omit3", "alt", "b9b5", "b5b9", "#9#5", "#5#9", "b9#5", "#5b9", "#9b5", "b9#9", "b9#11",
    "#9#11", "#11b9", "b9b13", "#9b13", "#11b13", "(b9,b13)", "(#9,#11)", "(b9)(b13)", "sus4",
    "sus2", "sus", "b9b13#11", "#5b9#11", "#9#11b13",
)  # fmt: skip
BASSES = ("", "/E", "/G", "/Bb", "/D", "/F#")


def _says_twice(base: str, change: str) -> bool:
    """Whether nobody would write the change there: sus on sus, 9 on 9, alt on what has no third."""
    twice = ("sus" in base and "sus" in change) or ("9" in base and change in ("/9", "(9)"))
    return twice or (change == "alt" and ("sus" in base or base in ("dim7", "aug")))


def grid() -> Iterator[tuple[str, str]]:
    """(symbol, suffix): every plain quality on every root and some basses; every changed one
    on three roots, in turn."""
    for quality in QUALITIES:
        for at, root in enumerate(ROOTS):
            yield f"{root}{quality}", quality
            bass = BASSES[1 + at % (len(BASSES) - 1)]
            if not quality.startswith("/"):
                yield f"{root}{quality}{bass}", quality
    turn = 0
    for base in CHANGED:
        for change in CHANGES:
            if base + change in QUALITIES or _says_twice(base, change):
                continue
            for _ in range(3):
                turn += 1
                root = ROOTS[turn * 5 % 12]
                # Cb5 would be a chord on C flat
                written = f"({change})" if not base and change[0] in "b#" else base + change
                yield root + written, base + change
