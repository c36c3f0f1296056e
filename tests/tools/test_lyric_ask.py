"""What a chat model is told: an example that keeps its own rules, and the form in plain words."""

from __future__ import annotations

import pytest

from tools.lyrics.ask import Wanted, draft_messages, form_words, mending_messages
from tools.lyrics.check import last_word, problems, rhymes, syllables
from tools.lyrics.plan import Form, Slot, plan
from tools.lyrics.proposals import Assignment
from tools.lyrics.worked import WORKED

LANGUAGES = ("en", "zh")
VERSE = plan(Form(("verse", "chorus"), (4, 4), (8, 6), "ABAB"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_keeps_its_own_form(language: str) -> None:
    worked = WORKED[language]
    for version in worked.versions:
        for slot, line in zip(worked.slots, version, strict=True):
            ends = tuple(last_word(version[n], language) for n in slot.rhymes)
            task = Assignment(slot, version[: slot.line], rhymes=ends)
            assert problems(line, task, language) == []
    bound = [last_word(worked.versions[0][n], language) for n in worked.slots[-1].rhymes]
    for line in worked.last:
        assert syllables(line, language) == worked.slots[-1].syllables
        assert all(rhymes(last_word(line, language), end, language) for end in bound)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_told_in_words(language: str) -> None:
    messages = draft_messages(Wanted("About the sea.", language, VERSE, range(8), {}, 2))
    assert [role for role, _ in messages] == ["system", "human", "ai", "human"]
    asked = messages[-1][1].splitlines()
    unit = "syllables" if language == "en" else "characters"
    assert asked[2] == "Verse:"
    assert f"Line 4: 6 {unit}; rhymes with line 2" in asked
    assert "Chorus:" in asked
    assert f"Line 7: 8 {unit}; rhymes with line 5" in asked


def test_a_line_of_the_persons_stays_and_is_rhymed_with() -> None:
    slots = (
        Slot(0, "verse", 0, 6, given="The harbor lights are low"),
        Slot(0, "verse", 1, 6, rhymes=(0,)),
    )
    asked = draft_messages(Wanted("About the sea.", "en", slots, (1,), {}, 1))[-1][1]
    assert "Line 1: stays “The harbor lights are low”" in asked
    assert "Line 2: 6 syllables; rhymes with “low”" in asked


def test_mending_offers_rhymes_and_says_what_was_wrong() -> None:
    task = Assignment(Slot(0, "verse", 1, 8), ("I walk along the empty shore",), ("shore",))
    faults = {"A wave is singing": ["it has 5 syllables instead of 8"]}
    asked = mending_messages("About the sea.", "en", task, "", faults)[-1][1]
    assert "ends with one of: " in asked
    assert "door" in asked
    assert "“A wave is singing”: it has 5 syllables instead of 8" in asked


def test_words_of_the_request_are_told_from_words_of_songs() -> None:
    assert {"syllables", "rhymes", "versions"} <= form_words()
    assert not {"heart", "home", "light", "night", "road", "sea", "time"} & form_words()


@pytest.mark.parametrize(("language", "end"), [("en", "others"), ("zh", "我们")])
def test_an_end_that_led_nowhere_is_not_taken_again(language: str, end: str) -> None:
    line = {"en": "I try to keep it from the others", "zh": "谁也没有告诉我们"}[language]
    slot = Slot(0, "verse", 2, syllables(line, language))
    assert problems(line, Assignment(slot, ()), language) == []
    assert problems(line, Assignment(slot, (), differs=(end,)), language) != []
