"""Nothing readable is on disk, keys guard it, and forgetting leaves nothing behind."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.memory import DatabaseTrouble, Memory, Origin, UnknownRequest, WrongMasterKey
from bot.memory._keys import Key
from music.song import Section, Song, Syllable
from tools._remembering import AmbiguousName

SECRETS = (
    *("Zanzibar Title", "zanzibar", "word-of-lyric", "ask-for-a-song", "what-came-of-it"),
    *("argument-of-tool", "fact-about-ann", "message-in-state", "discord:4711", "channel:0815"),
    *("file-of-ann", "海边的秘密"),
)
LYRIC = Syllable(onset=0.0, text="word-of-lyric")
SONG = Song(title="Zanzibar Title 海边的秘密", sections=(Section(length=4.0, lyrics=(LYRIC,)),))
ANN, ROOM = "discord:4711", "channel:0815"


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[Memory]:
    opened = await Memory.open("", tmp_path)
    yield opened
    await opened.close()


async def fill(memory: Memory, folder: Path, person: str = ANN, room: str = ROOM) -> str:
    """Everything there is to keep, for one person; the work's id."""
    request = await memory.begin_request(person, room, "ask-for-a-song")
    origin = Origin("compose", {"theme": "argument-of-tool"}, 1)
    saved = await memory.save(request, [SONG, SONG.replace(title="Other")], origin)
    path = folder / f"file-of-ann-{saved[0].work}.mid"
    await asyncio.to_thread(path.write_bytes, b"MThd")
    await memory.add_files(request, [path], saved[0].reference)
    await memory.feedback(person, saved[0].reference, 1)
    await memory.feedback_on_request(person, request, -1)
    await memory.remember(person, "fact-about-ann")
    await memory.set_state(person, room, {"said": "message-in-state"})
    await memory.finish_request(request, "what-came-of-it")
    return saved[0].work


def raw_bytes(folder: Path) -> bytes:
    """All the database's files, write-ahead log included."""
    return b"".join(path.read_bytes() for path in folder.glob("bandmate.db*"))


def names(folder: Path, pattern: str) -> list[str]:
    """Names of files in the folder."""
    return [path.name for path in folder.glob(pattern)]


def readable(folder: Path) -> list[str]:
    """Secrets that the raw bytes of the database show."""
    raw = raw_bytes(folder)
    assert len(raw) > 10_000, "there is a database to look into"
    return [
        word
        for word in SECRETS
        if any(word.encode(code) in raw for code in ("utf-8", "utf-16-le", "gb18030"))
        or word.lower().encode() in raw.lower()
    ]


async def counts(memory: Memory) -> dict[str, int]:
    """Rows of every table."""
    from sqlalchemy import func, select

    from bot.memory._tables import Base

    async with memory._database.reading() as session:
        return {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def test_nothing_is_readable_in_the_raw_files(memory: Memory, tmp_path: Path) -> None:
    await fill(memory, tmp_path)
    assert (tmp_path / "bandmate.db-wal").stat().st_size > 0
    assert readable(tmp_path) == []
    await memory.close()
    assert readable(tmp_path) == []


async def test_forgetting_everything_leaves_no_row_file_or_sealed_byte(
    memory: Memory, tmp_path: Path
) -> None:
    from sqlalchemy import text

    await fill(memory, tmp_path)
    async with memory._database.reading() as session:
        sealed = [
            bytes(value)[:24]
            for column in ("song", "origin")
            for value in (await session.execute(text(f"SELECT {column} FROM versions"))).scalars()
        ]
        sealed += (await session.execute(text("SELECT wrapped_key FROM people"))).scalars()
        sealed += (await session.execute(text("SELECT wrapped_key FROM members"))).scalars()
    assert all(part in raw_bytes(tmp_path) for part in sealed)
    report = await memory.forget(ANN, "全部")
    assert report.person
    assert report.names == (SONG.title, "fact-about-ann")
    assert (report.works, report.versions, report.requests, report.facts) == (1, 2, 1, 1)
    assert report.files == 1
    assert names(tmp_path, "*.mid") == []
    left = await counts(memory)
    assert left.pop("vault") == 1
    assert set(left.values()) == {0}, left
    after = raw_bytes(tmp_path)
    assert [part for part in sealed if part in after] == []
    assert (tmp_path / "bandmate.db-wal").stat().st_size == 0
    assert await memory.works(ANN) == []


async def test_forgetting_one_member_keeps_what_the_others_wrote(
    memory: Memory, tmp_path: Path
) -> None:
    shared = await fill(memory, tmp_path)
    request = await memory.begin_request("bob", ROOM, "go on")
    (bobs,) = await memory.save(request, [SONG.replace(title="By Bob")], Origin("edit"), "current")
    ann_only = await fill(memory, tmp_path)
    assert bobs.work == shared
    report = await memory.forget(ANN, "everything")
    assert (report.works, report.versions) == (1, 4)
    assert [(v.number, v.author) for v in await memory.versions("bob", shared)] == [(3, "bob")]
    assert [work.id for work in await memory.works("bob")] == [shared]
    assert ann_only not in {work.id for work in await memory.works("bob")}
    assert await memory.state("bob", ROOM) is None
    assert [turn.text for turn in await memory.turns("bob")] == ["go on"]
    # Ann may come back, as somebody new who joins the band again.
    await memory.begin_request(ANN, ROOM, "hello")
    assert (await memory.work(ANN, shared)).song.title == "By Bob"
    assert await memory.facts(ANN) == []


async def test_when_the_newest_version_goes_an_earlier_one_counts(
    memory: Memory, tmp_path: Path
) -> None:
    work = await fill(memory, tmp_path)
    request = await memory.begin_request("bob", ROOM, "go on")
    await memory.save(request, [SONG.replace(title="By Bob")], Origin("edit"), "current")
    await memory.forget("bob", "everything")
    current = await memory.current(ANN, ROOM)
    assert current is not None
    assert (current.work, current.number, current.song.title) == (work, 2, "Other")
    assert [found.title for found in await memory.works(ANN)] == ["Other"]


async def test_one_work_one_version_or_one_fact_is_forgotten(
    memory: Memory, tmp_path: Path
) -> None:
    work = await fill(memory, tmp_path)
    other = await fill(memory, tmp_path)
    await memory.remember(ANN, "likes zanzibar")
    assert (await memory.forget(ANN, f"{other}.2")).versions == 1
    assert [v.number for v in await memory.versions(ANN, other)] == [1]
    assert (await memory.forget(ANN, "zanzibar")).names == ("likes zanzibar",)
    with pytest.raises(AmbiguousName, match=other):
        await memory.forget(ANN, "zanzibar")
    assert (await memory.forget(ANN, other)).works == 1
    assert (await memory.forget(ANN, "zanzibar")).names == (SONG.title,)
    assert await memory.current(ANN, ROOM) is None
    assert work not in {found.id for found in await memory.works(ANN)}
    assert await memory.facts(ANN) == ["fact-about-ann"]
    for nothing in ("zanzibar", "", "?!", "nobody knows this"):
        assert (await memory.forget(ANN, nothing)).names == ()
    assert (await memory.forget("never met", "everything")).names == ()
    assert readable(tmp_path) == []


async def test_a_request_that_forgets_its_person_ends_quietly(
    memory: Memory, tmp_path: Path
) -> None:
    await fill(memory, tmp_path)
    request = await memory.begin_request(ANN, ROOM, "forget everything")
    await memory.forget(ANN, "everything")
    await memory.finish_request(request, "forgotten")
    await memory.set_state(ANN, ROOM, {"said": "forget everything"})
    with pytest.raises(UnknownRequest):
        await memory.save(request, [SONG], Origin("compose"))
    assert set((await counts(memory)).values()) == {0, 1}


async def test_the_master_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    await (await Memory.open("", tmp_path)).close()
    path = tmp_path / "master.key"
    key = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    await (await Memory.open("", tmp_path)).close()
    assert path.read_bytes() == key
    assert names(tmp_path, "master.key*") == ["master.key"]


async def test_another_or_a_missing_master_key_opens_nothing_and_is_not_replaced(
    memory: Memory, tmp_path: Path
) -> None:
    work = await fill(memory, tmp_path)
    path = tmp_path / "master.key"
    right = path.read_text()
    path.unlink()
    with pytest.raises(WrongMasterKey, match="missing"):
        await Memory.open("", tmp_path)
    assert not path.exists()
    wrong = "A" * 43 + "="
    for setting, message in ((wrong, "does not fit"), ("too short", "32 bytes")):
        with pytest.raises(WrongMasterKey, match=message) as caught:
            await Memory.open("", tmp_path, setting)
        assert "密钥" in caught.value.friendly("zh")
    again = await Memory.open("", tmp_path, right)
    assert (await again.work(ANN, work)).song == SONG
    await again.close()


@pytest.mark.parametrize("url", ["mysql://host/name", "not a url", "sqlite:////proc/none/x.db"])
async def test_a_database_that_cannot_be_opened_is_one_friendly_line(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(DatabaseTrouble, match="DATABASE_URL") as caught:
        await Memory.open(url, tmp_path)
    assert "\n" not in str(caught.value)
    assert "DATABASE_URL" in caught.value.friendly("zh")


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bandmate.db"
    path.write_text("my shopping list, " * 100)
    with pytest.raises(DatabaseTrouble, match="not a database"):
        await Memory.open("", tmp_path)
    assert path.read_text() == "my shopping list, " * 100


async def test_a_password_in_the_url_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble) as caught:
        await Memory.open("postgresql://ann:hunter2@127.0.0.1:1/none", tmp_path)
    assert "hunter2" not in str(caught.value)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_a_sealed_text_opens_only_with_its_key_in_its_place(plain: bytes, place: str) -> None:
    key = Key.fresh()
    sealed = key.seal(plain, place)
    assert key.open(sealed, place) == plain
    assert sealed != key.seal(plain, place)
    for other, where, data in (
        (Key.fresh(), place, sealed),
        (key, place + "x", sealed),
        (key, place, sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(WrongMasterKey):
            other.open(data, where)
