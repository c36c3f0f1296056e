"""Works, versions, requests and facts are kept, found again, and shared with the band only."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.memory import Memory, NothingToUndo, NotYours, Origin, UnknownRequest
from music.song import ChordEvent, Note, Section, Song, Syllable
from tools._context import UnknownSong
from tools._remembering import AmbiguousName

# Set it to run these tests on PostgreSQL too; the database named is emptied.
_POSTGRES = os.environ.get("BANDMATE_TEST_POSTGRES", "")

MADE = Origin("compose", {"theme": "rain"}, 7)


def song(title: str, words: str = "") -> Song:
    syllables = tuple(
        Syllable(onset=float(place), text=word) for place, word in enumerate(words.split())
    )
    melody, chords = (Note(0.0, 1.0, 60),), (ChordEvent(0.0, "C"),)
    return Song(
        title=title,
        sections=(Section(length=4.0, melody=melody, chords=chords, lyrics=syllables),),
    )


@pytest.fixture(params=["sqlite", "postgres"] if _POSTGRES else ["sqlite"])
async def url(request: pytest.FixtureRequest) -> str:
    """Of an empty database."""
    url = _POSTGRES if request.param == "postgres" else ""
    if url:
        engine = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
        await engine.dispose()
    return url


@pytest.fixture
async def memory(url: str, tmp_path: Path) -> AsyncIterator[Memory]:
    opened = await Memory.open(url, tmp_path)
    yield opened
    await opened.close()


async def make(
    memory: Memory, person: str, room: str, *songs: Song, work: str | None = None
) -> str:
    request = await memory.begin_request(person, room, "make it")
    saved = await memory.save(request, songs, MADE, work)
    return saved[0].work


async def test_a_saved_song_comes_back_as_it_was(memory: Memory) -> None:
    made = song("雨 Rain", "fall on me")
    request = await memory.begin_request("ann", "room", "a song about rain")
    (saved,) = await memory.save(request, [made], MADE)
    assert (saved.number, saved.parent, saved.author) == (1, None, "ann")
    assert (saved.tool, saved.arguments, saved.seed) == ("compose", {"theme": "rain"}, 7)
    found = await memory.work("ann", saved.work)
    assert found == saved
    assert found.song == made


async def test_candidates_stand_side_by_side_and_the_first_is_current(memory: Memory) -> None:
    work = await make(memory, "ann", "room", song("First"), song("Second"), song("Third"))
    versions = await memory.versions("ann", work)
    assert [(v.number, v.parent, v.song.title) for v in versions] == [
        (3, None, "Third"),
        (2, None, "Second"),
        (1, None, "First"),
    ]
    current = await memory.current("ann", "room")
    assert current is not None
    assert current.song.title == "First"
    assert (await memory.work("ann", f"{work}.2")).song.title == "Second"


async def test_going_on_appends_and_undo_goes_back_to_what_it_came_from(memory: Memory) -> None:
    work = await make(memory, "ann", "room", song("One"), song("Rejected"))
    assert await make(memory, "ann", "room", song("Two"), work="current") == work
    assert await make(memory, "ann", "room", song("Three"), work=work) == work
    assert (await memory.undo("ann", "room")).song.title == "Two"
    assert (await memory.undo("ann", "room")).song.title == "One"
    with pytest.raises(NothingToUndo):
        await memory.undo("ann", "room")
    # Nothing was overwritten, and going on from here branches.
    await make(memory, "ann", "room", song("Branch"), work="current")
    newest = (await memory.versions("ann", work))[0]
    assert (newest.number, newest.parent) == (5, 1)
    assert (await memory.set_current("ann", "room", f"{work}.4")).song.title == "Three"
    assert (await memory.work("ann", work)).song.title == "Three"


async def test_undo_without_a_song_says_so(memory: Memory) -> None:
    with pytest.raises(NothingToUndo):
        await memory.undo("nobody", "nowhere")


async def test_works_are_listed_newest_change_first_and_found_by_words(memory: Memory) -> None:
    rain = await make(memory, "ann", "a", song("Slow Rain", "grey sky over town"))
    sea = await make(memory, "ann", "b", song("大海的声音", "海 浪"))
    mention = await make(memory, "ann", "c", song("Harbour", "the rain and the sea"))
    assert [work.id for work in await memory.works("ann")] == [mention, sea, rain]
    assert [work.id for work in await memory.works("ann", limit=1)] == [mention]
    assert [work.id for work in await memory.works("ann", "RAIN")] == [rain, mention]
    assert [work.id for work in await memory.works("ann", "my song about the grey sky")] == [rain]
    assert [work.id for work in await memory.works("ann", "关于海的歌")] == [sea]
    assert await memory.works("ann", "desert") == []
    await make(memory, "ann", "a", song("Slow Rain II"), work=rain)
    first = (await memory.works("ann"))[0]
    assert (first.id, first.title, first.versions, first.kind) == (rain, "Slow Rain II", 2, "song")


async def test_a_work_is_named_by_id_in_any_writing_or_by_its_title(memory: Memory) -> None:
    work = await make(memory, "ann", "room", song("Slow Rain"))
    for name in (
        work,
        work.upper(),
        f"#{work}",
        f"{work}.1",
        f"{work} v1",
        "slow rain",
        "“Slow Rain”",
    ):
        assert (await memory.work("ann", name)).work == work
    for name in ("zzzzzz", f"{work}.2", "rain", ""):
        with pytest.raises(UnknownSong):
            await memory.work("ann", name)
    await make(memory, "ann", "room", song("Slow Rain"))
    with pytest.raises(AmbiguousName, match=work):
        await memory.work("ann", "Slow Rain")


async def test_nothing_of_one_person_is_there_for_another(memory: Memory) -> None:
    work = await make(memory, "ann", "dm ann", song("Private"))
    await memory.remember("ann", "sings alto")
    await make(memory, "bob", "dm bob", song("Other"))
    for stranger in ("bob", "never met"):
        with pytest.raises(UnknownSong):
            await memory.work(stranger, work)
        with pytest.raises(UnknownSong):
            await memory.work(stranger, "Private")
        assert await memory.works(stranger, "private") == []
        assert await memory.current(stranger, "dm ann") is None
        assert await memory.state(stranger, "dm ann") is None
        assert await memory.facts(stranger) == []
    with pytest.raises(UnknownSong):
        await make(memory, "bob", "dm bob", song("Stolen"), work=work)
    with pytest.raises(UnknownSong):
        await memory.feedback("bob", work, 1)
    with pytest.raises(UnknownSong):
        await memory.share("bob", work, "dm bob")
    assert len(await memory.versions("ann", work)) == 1
    assert [turn.text for turn in await memory.turns("bob")] == ["make it"] * 2


async def test_a_band_shares_one_current_song_and_every_version_has_its_author(
    memory: Memory,
) -> None:
    work = await make(memory, "ann", "thread", song("Ours"))
    assert await memory.current("bob", "thread") is None
    await make(memory, "bob", "thread", song("Ours, faster"), work="current")
    assert [v.author for v in await memory.versions("ann", work)] == ["bob", "ann"]
    current = await memory.current("ann", "thread")
    assert current is not None
    assert current.song.title == "Ours, faster"
    await memory.feedback("ann", work, 1)
    await memory.feedback("bob", work, -1)
    await memory.feedback("bob", work, 1)
    assert await memory.opinions("bob", work) == {"ann": 1, "bob": 1}
    await memory.feedback("bob", work, 0)
    assert await memory.opinions("ann", work) == {"ann": 1}


async def test_an_answer_without_a_song_takes_thumbs_of_its_conversation_only(
    memory: Memory,
) -> None:
    asked = await memory.begin_request("ann", "thread", "what is Am7")
    await memory.begin_request("bob", "thread", "hello")
    await memory.begin_request("carol", "elsewhere", "hello")
    await memory.feedback_on_request("ann", asked, 1)
    await memory.feedback_on_request("bob", asked, 1)
    await memory.feedback_on_request("bob", asked, -1)
    assert await memory.opinions_on_request("bob", asked) == {"ann": 1, "bob": -1}
    for stranger in ("carol", "nobody"):
        with pytest.raises(UnknownRequest):
            await memory.feedback_on_request(stranger, asked, 1)
    await memory.forget("bob", "everything")
    assert await memory.opinions_on_request("ann", asked) == {"ann": 1}
    await memory.begin_request("bob", "thread", "hello")
    await memory.feedback_on_request("bob", asked, 1)
    await memory.forget("ann", "everything")
    with pytest.raises(UnknownRequest):
        await memory.opinions_on_request("bob", asked)


async def test_a_private_song_taken_into_a_band_becomes_a_work_of_the_band(memory: Memory) -> None:
    private = await make(memory, "ann", "dm", song("Mine"))
    band = await make(memory, "bob", "thread", song("Band"))
    copy = await make(memory, "ann", "thread", song("Mine, for all"), work=private)
    assert copy not in (private, band)
    assert (await memory.work("bob", copy)).song.title == "Mine, for all"
    assert len(await memory.versions("ann", private)) == 1
    with pytest.raises(UnknownSong):
        await memory.work("bob", private)


async def test_own_works_go_on_from_any_conversation_of_ones_own(memory: Memory) -> None:
    work = await make(memory, "ann", "dm", song("Mine"))
    assert await make(memory, "ann", "shell", song("Mine 2"), work=work) == work
    assert [v.number for v in await memory.versions("ann", work)] == [2, 1]


async def test_sharing_moves_a_work_to_the_band_unless_that_hides_it_from_others(
    memory: Memory,
) -> None:
    work = await make(memory, "ann", "dm", song("Mine"), song("Mine too"))
    await make(memory, "bob", "thread", song("Band"))
    await memory.share("ann", work, "thread")
    assert [v.song.title for v in await memory.versions("bob", work)] == ["Mine too", "Mine"]
    assert (await memory.works("bob", "mine"))[0].id == work
    current = await memory.current("bob", "thread")
    assert current is not None
    assert current.work == work
    with pytest.raises(NotYours):
        await memory.share("ann", work, "dm")


async def test_requests_facts_and_state_are_kept_in_order(memory: Memory) -> None:
    first = await memory.begin_request("ann", "room", "one")
    second = await memory.begin_request("ann", "room", "two")
    await memory.finish_request(second, "done two")
    turns = await memory.turns("ann")
    assert [(t.request, t.text, t.outcome) for t in turns] == [
        (first, "one", None),
        (second, "two", "done two"),
    ]
    for fact in ("likes jazz", "sings alto", " Likes Jazz "):
        await memory.remember("ann", fact)
    assert await memory.facts("ann") == ["likes jazz", "sings alto"]
    await memory.set_state("ann", "room", {"messages": ["你好"]})
    await memory.set_state("stranger", "room", {"messages": ["!"]})
    assert await memory.state("ann", "room") == {"messages": ["你好"]}
    with pytest.raises(UnknownRequest):
        await memory.save("0" * 16, [song("x")], MADE)
    assert await memory.save(first, [], MADE) == []


async def test_twenty_writers_in_one_room_get_twenty_numbers(memory: Memory) -> None:
    work = await make(memory, "person 0", "room", song("Start"))

    async def one(place: int) -> None:
        person, title = f"person {place}", f"by {place}"
        request = await memory.begin_request(person, "room", title)
        await memory.save(request, [song(title)], MADE, "current")
        await make(memory, person, f"dm {place}", song(f"own {place}"))
        assert len(await memory.works(person, "own")) == 1
        await memory.remember(person, title)
        await memory.finish_request(request, "done")

    await asyncio.gather(*(one(place) for place in range(20)))
    versions = await memory.versions("person 0", work)
    assert [v.number for v in versions] == list(range(21, 0, -1))
    assert {v.author for v in versions} == {f"person {place}" for place in range(20)}
    assert all(v.song.title == f"by {v.author.split()[1]}" for v in versions[:-1])
    assert [await memory.facts(f"person {place}") for place in range(20)] == [
        [f"by {place}"] for place in range(20)
    ]


async def test_two_programs_may_write_to_one_database(
    memory: Memory, url: str, tmp_path: Path
) -> None:
    work = await make(memory, "ann", "room", song("Start"))
    other = await Memory.open(url, tmp_path)

    async def many(one: Memory, person: str) -> None:
        for _ in range(10):
            await make(one, person, "room", song(f"by {person}"), work="current")

    await asyncio.gather(many(memory, "ann"), many(other, "bob"))
    await other.close()
    versions = await memory.versions("ann", work)
    assert [v.number for v in versions] == list(range(21, 0, -1))
    assert all(v.song.title == f"by {v.author}" for v in versions[:-1])
