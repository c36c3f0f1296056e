"""RomanText files: keys, beats, copies and figures."""

from __future__ import annotations

from training.harmony.romantext import read

PIECE = """Composer: Nobody
Time Signature: 4/4
m0 b4 C: V7
m1 I b3 viio6/5/V
m2 G: I b2 V65 b3 i
m3var1 d: i
m3-4 = m1-2
m5 f#: N6 b3 what b4 V
"""


def test_a_piece() -> None:
    found = list(read(PIECE))
    assert [(item.key.name, item.chord.symbol) for item in found] == [
        ("C major", "G7"), ("C major", "C"), ("C major", "F#dim7/A"), ("G major", "G"),
        ("G major", "D7/F#"), ("G major", "Gm"), ("C major", "C"), ("C major", "F#dim7/A"),
        ("G major", "G"), ("G major", "D7/F#"), ("G major", "Gm"), ("F# minor", "G/B"),
        ("F# minor", "C#"),
    ]  # fmt: skip
    assert [item.onset for item in found[:4]] == [0.75, 1.0, 1.5, 2.0]
