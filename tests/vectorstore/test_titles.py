"""Titles are found by spelling, without accents, in pinyin and in part."""

from __future__ import annotations

from vectorstore.titles import TitleIndex, spelling

INDEX = TitleIndex(
    [["Mo li hua"], ["Schön Adelheid"], ["The Devil's Dream", "Der Traum"], ["Devils in Dublin"]]
)


def test_spelling_forgets_accents_case_and_writes_pinyin() -> None:
    assert spelling("茉莉花") == spelling("Mo li hua") == "molihua"
    assert spelling("Schön, Adelheid!") == spelling("SCHOEN ADELHEID")
    assert spelling("Leanbh an chlamhráin") == "leanbhanchlamhrain"


def test_the_same_spelling_scores_one() -> None:
    assert INDEX.search("茉莉花", 3)[0] == (0, 1.0)
    assert INDEX.search("schoen adelheid", 3)[0] == (1, 1.0)
    assert INDEX.search("der traum", 3)[0] == (2, 1.0)


def test_misspelt_titles_are_found_below_one() -> None:
    row, score = INDEX.search("devils dreem", 2)[0]
    assert row == 2
    assert 0.5 < score < 1.0


def test_nothing_alike_is_not_found() -> None:
    assert INDEX.search("zzz qqq", 3) == []
    assert INDEX.search("", 3) == []
