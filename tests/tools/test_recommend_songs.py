"""recommend_songs: every way to ask, in both languages, and honest answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from music.song import Song
from tests.vectorstore.small_catalogue import small_catalogue
from tools._context import Memory, ToolContext, UnknownSong, WorkSummary
from tools.recommend_songs import TOOL, RecommendedSongs


class _Person:
    """A memory that holds one song, or none."""

    def __init__(self, song: Song | None) -> None:
        self._song = song

    def current(self) -> Song | None:
        return self._song

    def work(self, id: str) -> Song:
        raise UnknownSong(f"no work {id}", f"没有作品 {id}")

    def works(self, query: str, limit: int) -> list[WorkSummary]:
        return []

    def remember(self, fact: str) -> None: ...

    def facts(self) -> list[str]:
        return []

    def forget(self, what: str) -> list[str]:
        return []


def _ask(arguments: dict[str, Any], song: Song | None = None) -> RecommendedSongs:
    writer = cast(Any, None)
    memory: Memory = _Person(song)
    return TOOL(arguments, ToolContext("en", memory, small_catalogue, writer, Path(".")))


def test_words_with_mood_and_region_as_arguments() -> None:
    answer = _ask({"query": "folk song", "mood": "sad", "region": "China", "limit": 3})
    assert len(answer.found) == 3
    for song in answer.found:
        entry = small_catalogue().get(song.id)
        assert (entry.country, "sad" in entry.moods) == ("China", True)


def test_the_json_has_songs_with_the_contract_s_fields() -> None:
    answer = _ask({"query": "爱尔兰吉格舞曲"}).model_dump(mode="json")
    assert {"id", "title", "creator", "score", "why"} <= set(answer["songs"][0])
    assert small_catalogue().get(answer["songs"][0]["id"]).country == "Ireland"


def test_a_melody_a_song_a_title_chords_and_the_current_song() -> None:
    catalogue = small_catalogue()
    entry, song = catalogue.get("bach/bwv6.6"), catalogue.song("bach/bwv6.6")
    assert _ask({"like": [list(n) for n in entry.incipit]}).found[0].id == entry.id
    like_json = _ask({"like": song.model_dump(mode="json")}).found
    assert like_json == _ask({"like": "current"}, song).found == _ask({}, song).found
    assert like_json == _ask({"like": entry.id}).found
    titled = _ask({"like": "Tian xin shun"})
    assert "Tian xin shun" in titled.note
    assert titled.found
    minor = [catalogue.get(s.id).mode for s in _ask({"like": ["Am", "Dm", "E", "Am"]}).found]
    assert minor.count("minor") >= 4
    assert _ask({"like": "Am Dm E Am"}).found == _ask({"like": ["Am", "Dm", "E", "Am"]}).found


_CHORDS = ["Am", "Dm", "E", "Am"]


@pytest.mark.parametrize("like", [_CHORDS, "Am Dm E Am", "Bohemian Rhapsody"])
@pytest.mark.parametrize(
    "conditions",
    [{"region": "Ireland"}, {"query": "爱尔兰"}, {"region": "China", "mood": "sad"}],
)
def test_conditions_restrict_whatever_it_should_be_like(
    like: Any, conditions: dict[str, str]
) -> None:
    free = _ask({"like": like, "limit": 4}).found
    found = _ask({"like": like, "limit": 4, **conditions}).found
    country = "China" if "mood" in conditions else "Ireland"
    entries = [small_catalogue().get(song.id) for song in found]
    assert len(entries) == 4
    assert {entry.country for entry in entries} == {country}
    assert all("sad" in entry.moods for entry in entries if "mood" in conditions)
    assert found != free
    assert [song.score for song in found] == sorted((s.score for s in found), reverse=True)


def test_style_and_region_restrict_a_melody() -> None:
    catalogue = small_catalogue()
    entry = next(e for e in map(catalogue.get, catalogue.ids()) if e.country == "Ireland")
    notes = [list(note) for note in entry.incipit]
    assert entry.id in {song.id for song in _ask({"like": notes}).found}
    assert entry.id in {song.id for song in _ask({"like": notes, "region": "Ireland"}).found}
    assert entry.id not in {song.id for song in _ask({"like": notes, "region": "China"}).found}
    chinese = [catalogue.get(song.id) for song in _ask({"like": _CHORDS, "style": "国风"}).found]
    assert [entry.country for entry in chinese] == ["China"] * 5
    nowhere = _ask({"like": notes, "region": "China", "query": "palestrina"})
    assert nowhere.found == ()
    assert "fewer conditions" in nowhere.note


def test_nothing_is_invented() -> None:
    brazil = _ask({"query": "a samba", "region": "Brazil"})
    assert brazil.found == ()
    assert "Brazil" in brazil.content("en")
    assert "没有" in brazil.content("zh")
    metal = _ask({"style": "metal"})
    assert "metal" in metal.note
    unknown = _ask({"like": "Bohemian Rhapsody"})
    assert "Bohemian Rhapsody" in unknown.note
    assert all(song.id in small_catalogue() for song in (*metal.found, *unknown.found))


def test_the_text_for_people_is_in_their_language() -> None:
    answer = _ask({"query": "忧伤的中国民歌", "limit": 2})
    assert "民歌" in answer.content("zh")
    assert "folk song" in answer.content("en")
    assert answer.found[0].title in answer.content("zh")


@pytest.mark.parametrize("limit", [0, 51])
def test_limits(limit: int) -> None:
    from tools._tool import InvalidArguments

    with pytest.raises(InvalidArguments):
        _ask({"query": "x", "limit": limit})
