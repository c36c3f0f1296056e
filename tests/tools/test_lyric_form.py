"""From a wish to the plan of its lines: sections, hooks, schemes, stresses, required words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools._context import Deadline
from tools.lyrics.allotment import NoRoom, allotted
from tools.lyrics.check import misstressed, problems
from tools.lyrics.engine import TooConstrained, write
from tools.lyrics.plan import Slot, plan, with_followers
from tools.lyrics.proposals import Assignment, Proposal
from tools.lyrics.wish import Request, Wish, WrongLength, WrongPattern


def request(language: str = "en", **wished: Any) -> Request:
    return Wish("the sea", language, seed=1, **wished).request()


def slots_of(language: str = "en", **wished: Any) -> tuple[Slot, ...]:
    return plan(request(language, **wished).form)


def test_every_section_can_have_its_own_scheme() -> None:
    slots = slots_of(structure=["verse", "pre-chorus", "chorus"], rhyme="ABAB / AA / AABA")
    assert [slot.name for slot in slots] == ["verse"] * 4 + ["pre-chorus"] * 2 + ["chorus"] * 4
    assert [slot.rhymes for slot in slots] == [
        (), (), (0,), (1,), (), (4,), (), (6,), (), (6, 7),
    ]  # fmt: skip


def test_a_hook_opens_the_chorus_and_comes_back_with_it() -> None:
    slots = slots_of(structure=["verse", "chorus", "verse", "chorus"], hook="Take the last train")
    assert slots[4].given == "Take the last train"
    assert slots[12].repeats == 4
    assert slots[4].syllables == slots[6].syllables == 4
    assert slots[6].repeats == 4


@given(st.lists(st.sampled_from("x/"), min_size=2, max_size=16), st.integers(1, 6))
def test_a_stress_pattern_gives_length_and_strict_accents(row: list[str], lines: int) -> None:
    slots = slots_of(stress="".join(row), lines=lines)
    assert {slot.syllables for slot in slots if not slot.given} == {len(row)}
    assert all(slot.strict and slot.accents == tuple(c == "/" for c in row) for slot in slots)


def test_tone_patterns_go_round_the_lines() -> None:
    slots = slots_of("zh", tones=["平平仄仄平", "中仄平平仄"], lines=4)
    assert [slot.tones for slot in slots] == ["平平仄仄平", "中仄平平仄"] * 2
    assert {slot.syllables for slot in slots} == {5}


@pytest.mark.parametrize(
    ("wished", "error"),
    [
        ({"stress": "x/q/"}, WrongPattern),
        ({"tones": ["平上去入"], "language": "zh"}, WrongPattern),
        ({"hook": "word " * 20}, WrongLength),
    ],
)
def test_unreadable_patterns_are_friendly(wished: dict[str, Any], error: type) -> None:
    with pytest.raises(error):
        request(**wished)


@given(st.lists(st.sampled_from(["train", "station", "my old guitar"]), max_size=3, unique=True))
def test_required_words_are_spread_over_lines_with_room(words: list[str]) -> None:
    found = allotted(slots_of(lines=4, syllables=8), words, "en")
    assert sorted(word for slot in found for word in slot.required) == sorted(words)
    assert max(len(slot.required) for slot in found) <= -(-len(words) // 4) + 1


def test_a_word_longer_than_every_line_is_refused() -> None:
    with pytest.raises(NoRoom) as caught:
        allotted(slots_of(lines=2, syllables=3), ["unbelievable"], "en")
    assert "unbelievable" in caught.value.friendly("zh")


@dataclass
class FromList:
    """Proposes its lines again and again, and keeps what it was asked."""

    texts: Sequence[str]
    asked: list[Assignment] = field(default_factory=list)

    def propose(self, task: Assignment) -> list[Proposal]:
        self.asked.append(task)
        return [Proposal(t, -n, t.split()[-1].lower()) for n, t in enumerate(self.texts)]


def by_score(proposal: Proposal, task: Assignment) -> float:
    return proposal.score


def written(slots: Sequence[Slot], writer: FromList, **options: Any) -> list[str]:
    lines = write(slots, writer, by_score, "en", (), Deadline(30), **options)
    return [line.text for line in lines]


def couplet(**changes: Any) -> tuple[Slot, ...]:
    first = Slot(0, "verse", 0, 4, "A", **changes)
    return with_followers([first, replace(first, line=1, rhymes=(0,))])


def test_an_end_that_nothing_rhymes_with_is_given_up() -> None:
    writer = FromList(["I eat an orange", "I hear the rain", "I miss the train"])
    assert written(couplet(), writer) == ["I hear the rain", "I miss the train"]


def test_the_second_writer_writes_only_what_the_first_cannot() -> None:
    first, second = FromList(["I hear the rain"]), FromList(["You missed the train"])
    slots = couplet()
    lines = write(slots, first, by_score, "en", (), Deadline(30), fallback=lambda: second)
    assert [(line.text, line.mended) for line in lines] == [
        ("I hear the rain", False),
        ("You missed the train", True),
    ]
    assert len(second.asked) == 1


def test_a_later_line_that_is_given_binds_an_earlier_one() -> None:
    slots = [
        Slot(0, "verse", 0, 4, "A", rhymes=(1,)),
        Slot(0, "verse", 1, 4, "A", given="The old train"),
    ]
    assert written(slots, FromList(["I see the moon", "I hear the rain"]))[0] == "I hear the rain"


def test_nothing_right_is_an_error_that_names_what_to_relax() -> None:
    with pytest.raises(TooConstrained) as caught:
        written(couplet(required=("violin",)), FromList(["I hear the rain"]))
    assert "violin" in caught.value.friendly("en")
    assert "换一个" in caught.value.friendly("zh")


def faults(text: str, language: str = "en", **slot: Any) -> list[str]:
    syllables = slot.pop("syllables", 4)
    return problems(text, Assignment(Slot(0, "verse", 0, syllables, **slot), ()), language)


def test_each_constraint_is_checked() -> None:
    assert not faults("I hear the rain", required=("the rain",))
    assert faults("I hear the rains", required=("the rain",))
    assert not faults("The rain again", internal=True)
    assert faults("I hear the rain", internal=True)
    assert not faults("春风又绿", "zh", tones="平平仄仄")
    assert faults("春风又绿", "zh", tones="仄平仄仄")


def test_stress_counts_only_where_it_is_a_rule() -> None:
    walk = (False, True, False, True)
    assert misstressed("the window shines", walk) == []
    assert misstressed("windows are bright", walk) == ["windows"]
    assert faults("Windows are bright", accents=walk, strict=True)
    assert not faults("Windows are bright", accents=walk)


def test_near_rhymes_are_rhymes_where_they_are_allowed() -> None:
    task = Assignment(Slot(0, "verse", 0, 4, near=True), (), rhymes=("time",))
    assert not problems("I changed my mind", task, "en")
    assert problems("I changed my mind", replace(task, slot=replace(task.slot, near=False)), "en")


def test_rhymes_are_perfect_by_the_dictionary_and_clashes_by_ear() -> None:
    here_near = Assignment(Slot(0, "verse", 0, 4), (), rhymes=("near",))
    assert problems("I see you here", here_near, "en")
    assert not problems("I shed a tear", here_near, "en")
    assert problems("I see you here", replace(here_near, rhymes=(), differs=("near",)), "en")
