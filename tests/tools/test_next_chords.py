"""next_chords: calibrated distributions, in any key, that learn from the song itself."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.chords import BadChord, parse_chord, transpose_symbol
from music.keys import key_of
from tests.tools.harmony_context import context
from tools.harmony._vocabulary import SIZE
from tools.harmony.sequence import chord_model
from tools.next_chords import TOOL, LikelyChords


def ask(history: str, **arguments: object) -> LikelyChords:
    return TOOL({"history": history, **arguments}, context())


def test_two_five_goes_to_one_in_jazz() -> None:
    found = ask("Dm7 G7 Em7 A7 Dm7 G7", key="C", style="jazz", limit=3)
    roots = {parse_chord(item.symbol).root for item in found.candidates}
    assert 0 in roots
    assert found.candidates[0].probability >= found.candidates[1].probability


def test_a_loop_is_expected_to_go_on() -> None:
    found = ask("Am F C G Am F C G Am F C", key="Am")
    assert found.candidates[0].symbol == "G"
    assert found.candidates[0].probability > 0.7
    assert found.candidates[0].roman == "VII"


@given(st.lists(st.integers(0, SIZE - 1), max_size=12), st.sampled_from(["pop", "jazz", "chinese"]))
def test_probabilities_sum_to_one(history: list[int], style: str) -> None:
    p = chord_model().distribution(history, style)
    assert p.sum() == pytest.approx(1.0)
    assert (p >= 0).all()
    assert not history or p[history[-1]] == 0


@given(st.integers(0, 11))
def test_answers_move_with_the_key(shift: int) -> None:
    here = ask("C Am F", key="C", limit=4)
    symbols = " ".join(transpose_symbol(s, shift, key_of(shift)) for s in ("C", "Am", "F"))
    there = ask(symbols, key=key_of(shift).name, limit=4)
    for one, other in zip(here.candidates, there.candidates, strict=True):
        assert one.roman == other.roman
        assert math.isclose(one.probability, other.probability, abs_tol=1e-6)


def test_style_matters() -> None:
    found = (ask("C Am F", key="C", style=style, limit=40) for style in ("jazz", "folk"))
    jazz, folk = (
        sum(c.probability for c in one.candidates if len(parse_chord(c.symbol).pitch_classes) > 3)
        for one in found
    )
    assert jazz > folk


def test_empty_history_and_bad_symbols() -> None:
    assert len(ask("", limit=5).candidates) == 5
    with pytest.raises(BadChord):
        ask("C Q7")
    assert "C大调" in ask("C F G").content("zh")


@pytest.mark.parametrize(
    ("history", "style", "expected"),
    [
        ("Dm7 G7", "jazz", {"C"}), ("Cm7 F7", "jazz", {"Bb"}), ("Dm7 G7", "pop", {"C"}),
        ("Am F C", "pop", {"G"}), ("C E7", "pop", {"Am", "F"}), ("G7", "pop", {"C"}),
        ("Em D", "pop", {"Em", "C", "G"}), ("Bm7b5 E7", "jazz", {"Am"}),
        ("C7 F7 C7", "blues", {"F"}),
    ],
)  # fmt: skip
def test_without_a_key_the_expected_chord_leads(
    history: str, style: str, expected: set[str]
) -> None:
    best = parse_chord(ask(history, style=style).candidates[0].symbol)
    roots = {(parse_chord(s).root, parse_chord(s).is_minor) for s in expected}
    assert (best.root, best.is_minor) in roots


def test_without_a_key_the_answer_is_still_a_distribution() -> None:
    found = ask("Em D", limit=50).candidates
    assert 0.9 < sum(item.probability for item in found) <= 1 + 1e-6
    assert "Em" in {item.symbol for item in found}
