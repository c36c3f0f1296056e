"""The parts of the Chinese model do what the search relies on."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.lyrics.chinese_copies import RUN, copies
from tools.lyrics.chinese_net import Memory, Network, Shape
from tools.lyrics.chinese_packing import packed, unpacked
from tools.lyrics.chinese_sheet import LONGEST, SECTIONS, Sheet
from tools.lyrics.chinese_split import content_words, split
from tools.lyrics.chinese_theme import style_of, subject

CHARACTERS = "一在城市夜的灯里等雨我"
SHEET = Sheet(CHARACTERS)
han = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=12)


@given(han)
def test_a_line_is_spelled_from_its_end_with_a_countdown(line: str) -> None:
    tokens, needed = SHEET.line(line)
    assert SHEET.text(reversed(tokens[:-1])) == line
    assert needed == [*range(len(line) - 1, -1, -1), 0]


def test_a_breath_is_no_syllable() -> None:
    tokens, needed = SHEET.line("城市 夜")
    assert len(tokens) == 5
    assert needed == [2, 2, 1, 0, 0]
    assert SHEET.text(reversed(tokens)) == "城市 夜"


@given(st.sampled_from(SECTIONS), st.integers(1, LONGEST), st.lists(han, max_size=3))
def test_openings_say_all_their_words(section: str, length: int, words: list[str]) -> None:
    tokens = SHEET.opening(section, length, words)
    assert SHEET.text(reversed(tokens)) == "".join(reversed(words))
    assert tokens[-1] == SHEET.number["<write>"]
    assert (SHEET.number["<hint>"] in tokens) == bool(words)


def test_going_on_from_memory_is_the_same_as_reading_all() -> None:
    """Also for rows of other lengths, padded before, and rows in another order."""
    torch.manual_seed(0)
    network = Network(Shape(50, width=32, layers=2, heads=2)).eval()
    tokens, needed = torch.randint(1, 50, (2, 9)), torch.randint(0, LONGEST, (2, 9))
    tokens[1, :4], needed[1, :4] = tokens[0, :4], needed[0, :4]
    with torch.no_grad():
        whole, _ = network(tokens, needed)
        _, kept = network(tokens[:1, :4], needed[:1, :4])
        memory = Memory(kept, [], torch.zeros(2, 0, dtype=torch.bool))
        rows = torch.stack([tokens[0, 4:7], torch.cat([torch.zeros(1).long(), tokens[1, 4:6]])])
        left = torch.stack([needed[0, 4:7], torch.cat([torch.zeros(1).long(), needed[1, 4:6]])])
        first, memory = network.go_on(rows, left, memory)
        memory = memory.rows(torch.tensor([1, 0]))
        last, _ = network.go_on(
            torch.stack([tokens[1, 6:7], tokens[0, 7:8]]),
            torch.stack([needed[1, 6:7], needed[0, 7:8]]),
            memory,
        )
    assert torch.allclose(first[0], whole[0, 4:7], atol=1e-5)
    assert torch.allclose(first[1, 1:], whole[1, 4:6], atol=1e-5)
    assert torch.allclose(last[:, 0], torch.stack([whole[1, 6], whole[0, 7]]), atol=1e-5)


@given(st.lists(han, min_size=1, max_size=20), han)
def test_the_filter_forgets_nothing(lines: list[str], other: str) -> None:
    known = copies(lines, 2000)
    assert all(known.line(line) for line in lines if len(line) >= 5)
    assert all(known.run(line[-RUN:]) for line in lines if len(line) >= RUN)
    if len(other) >= RUN and not any(other[:RUN] in line for line in lines):
        assert not known.run(other[:RUN])


@given(st.integers(0, 1000))
def test_packed_weights_are_close(seed: int) -> None:
    weight = torch.randn(5, 40, generator=torch.Generator().manual_seed(seed))
    array, scale = packed(weight)
    assert array.dtype == np.int8
    error = np.abs(unpacked(array, scale) - weight.numpy()).max(axis=1)
    assert (error <= scale / 2 + 1e-6).all()


@settings(deadline=None)
@given(st.text(st.sampled_from("今夜城市的灯火等雨我想念外婆鑫龘"), max_size=12))
def test_split_words_make_the_text_again(text: str) -> None:
    assert "".join(split(text)[0]) == text


def test_likely_words_are_found() -> None:
    assert split("我在便利店门口等雨停")[0][2] == "便利店"
    assert content_words("想念外婆的厨房") == ["想念", "外婆", "厨房"]


@pytest.mark.parametrize(
    ("style", "kind"),
    [("国风", "ci"), ("古风流行", "ci"), ("宋词", "ci"), ("ci", "ci"), ("city pop", "song"),
     ("民谣", "song"), ("", "song")],
)  # fmt: skip
def test_classical_wishes_are_ci(style: str, kind: str) -> None:
    assert style_of(style) == kind


def test_subjects_come_from_the_theme() -> None:
    assert subject("深夜失眠") == ["深夜", "失眠"]
    assert "城市" in subject("rain in the city")
    assert subject("？") == []
