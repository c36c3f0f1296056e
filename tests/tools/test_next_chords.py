"""next_chords: calibrated distributions, in any key, that learn from the song itself."""

from __future__ import annotations

import math
from collections import Counter

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


@pytest.mark.parametrize(
    ("history", "key", "symbol"),
    [("ii V7", "C major", "C"), ("4536251 25", "C major", "C"), ("i iv V7", "A minor", "Am")],
)
def test_numerals_without_a_key_stay_in_the_key_they_are_read_in(
    history: str, key: str, symbol: str
) -> None:
    found = ask(history)
    assert (found.key, found.candidates[0].symbol) == (key, symbol)


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
    found = (ask("", key="C", style=style, limit=40) for style in ("jazz", "folk"))
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
    shares: Counter[tuple[int, bool]] = Counter()
    for item in ask(history, style=style, limit=500).candidates:
        chord = parse_chord(item.symbol)
        shares[chord.root, chord.is_minor] += item.probability  # type: ignore[assignment]
    roots = {(parse_chord(s).root, parse_chord(s).is_minor) for s in expected}
    assert max(shares, key=lambda one: shares[one]) in roots


@pytest.mark.parametrize("history", ["", "C", "Em D", "C C F F C C", "D-7 G7 C^7 D-7 G7"])
def test_all_candidates_are_a_distribution(history: str) -> None:
    found = ask(history, limit=500)
    assert sum(item.probability for item in found.candidates) == pytest.approx(1.0, abs=1e-4)
    assert found.other == pytest.approx(0.0, abs=1e-4)
    assert len({item.symbol for item in found.candidates}) == len(found.candidates)
    few = ask(history, limit=3)
    assert few.other == pytest.approx(1 - sum(c.probability for c in few.candidates), abs=1e-6)


def test_a_chart_by_the_bar_may_repeat_and_a_row_of_changes_hardly() -> None:
    by_bar = {c.symbol: c.probability for c in ask("C C F F C C G", limit=500).candidates}
    changes = {c.symbol: c.probability for c in ask("C F C G C F C G", limit=500).candidates}
    assert by_bar["G"] > 0.3
    assert changes["G"] < 0.01


def test_symbols_are_written_as_the_song_writes_them() -> None:
    names = [c.symbol for c in ask("D-7 G7 C^7 A-7", style="jazz", limit=500).candidates]
    assert "D-7" in names
    assert "E-7" in names
    assert "F^7" in names
    assert "Dm7" not in names
    spelled = ask("Gb Db/F Abm7 Db Gb", limit=12)
    assert not any("#" in c.symbol for c in spelled.candidates)
    assert "Db" in {c.symbol for c in spelled.candidates}


def test_types_follow_the_song() -> None:
    def sevenths(history: str) -> float:
        found = ask(history, style="jazz", key="C", limit=500).candidates
        return sum(c.probability for c in found if len(parse_chord(c.symbol).pitch_classes) > 3)

    assert sevenths("C Am Dm G") < 0.35
    assert sevenths("Cmaj7 Am7 Dm7 G7") > 0.85


def test_the_place_in_the_form_matters() -> None:
    """A phrase of four starts on its tonic rather than ending there."""

    def home(bar: int) -> float:
        found = ask("C G Am F", style="pop", bar=bar, bars=8, limit=20).candidates
        return next(c.probability for c in found if c.symbol == "C")

    assert home(1) > home(4) + 0.05
    assert ask("C G", section="副歌").candidates == ask("C G", section="Chorus 2").candidates


def test_a_wrong_key_is_not_believed_for_long() -> None:
    history = "Dm7 G7 Cmaj7 Am7 Dm7 G7 Em7 A7 Dm7 G7"
    right, wrong = (ask(history, key=key, style="jazz").candidates[0] for key in ("C", "Eb"))
    assert (right.symbol, wrong.symbol) == ("Cmaj7", "Cmaj7")
    assert wrong.probability > 0.8 * right.probability
    assert (right.roman, wrong.roman) == ("Imaj7", "VImaj7")


def test_reasons_in_both_languages() -> None:
    found = {c.symbol: c for c in ask("Am Dm E7", key="A minor", limit=30).candidates}
    assert "authentic" in found["Am"].why
    assert "正格终止" in found["Am"].why_zh
    assert "阻碍终止" in found["F"].why_zh
    text = ask("C A7", key="C", limit=1)
    assert "resolves down a fifth" in text.content("en")
