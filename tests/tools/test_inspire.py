"""inspire: ideas come from real works, the motif is theirs, and both languages answer."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from models.language import LanguageModel
from music.chords import parse_chord
from music.song import Song
from tests.tools.lyrics_context import small_model
from tests.vectorstore.small_catalogue import small_catalogue
from tools._context import Deadline, ToolContext
from tools.inspire import TOOL, Inspiration


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ToolContext:
    model: LanguageModel = small_model(tmp_path_factory.mktemp("model"))
    return ToolContext("en", None, small_catalogue, lambda: model, Path(), Deadline(600))  # type: ignore[arg-type]


def inspire(context: ToolContext, theme: str, seed: int = 1) -> Inspiration:
    return TOOL({"theme": theme, "seed": seed}, context)


@pytest.mark.parametrize("theme", ["the sea", "思乡"])
def test_every_idea_names_works_of_the_catalogue(context: ToolContext, theme: str) -> None:
    found = inspire(context, theme)
    known = {work.id for work in found.works}
    assert found.images
    for idea in (*found.titles, *found.images, found.progression):
        assert idea.text
        assert idea.works
        assert set(idea.works) <= known
    assert all(id in small_catalogue() for id in known)
    assert all(parse_chord(symbol).sounds for symbol in found.progression.text.split())


@pytest.mark.parametrize("theme", ["the sea", "思乡"])
def test_the_motif_opens_its_work(context: ToolContext, theme: str) -> None:
    found = inspire(context, theme)
    entry = small_catalogue().get(found.motif_works[0])
    source = [note.pitch for note in entry.incipit][: len(found.motif)]
    moves = [b - a for a, b in pairwise(source)]
    tune = [note.pitch for note in found.motif]
    assert len(tune) >= 4
    assert [b - a for a, b in pairwise(tune)] == moves
    song: Song = found.songs()[0]
    assert song.key == entry.key
    assert song.sections[0].tracks


def test_themes_and_seeds_matter(context: ToolContext) -> None:
    first, again = inspire(context, "思乡"), inspire(context, "思乡")
    assert first.model_dump() == again.model_dump()
    assert [i.text for i in first.titles] != [i.text for i in inspire(context, "春天").titles]


def test_the_answer_is_bilingual(context: ToolContext) -> None:
    found = inspire(context, "思乡")
    assert "歌名" in found.content("zh")
    assert "Titles" in found.content("en")
