"""Both kinds of memory, a person's and a shell batch's, do what tools expect of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from bot.memory import Memory as StoredMemory
from bot.memory import Origin, PersonalMemory
from music.song import ChordEvent, Note, Section, Song, Syllable
from tools._batch_memory import BatchMemory
from tools._context import Memory, UnknownSong
from tools._remembering import AmbiguousName


class Save(Protocol):
    """What the caller of tools does with the songs they made."""

    def __call__(self, *songs: Song, work: str | None = None) -> str: ...


def song(title: str, **parts: object) -> Song:
    return Song(title=title, sections=(Section.model_validate({"length": 4.0, **parts}),))


@contextmanager
def batch(_folder: Path) -> Iterator[tuple[Memory, Save]]:
    memory = BatchMemory()

    def save(*songs: Song, work: str | None = None) -> str:
        saved = memory.keep(*songs, work=work)
        assert saved is not None
        return saved

    yield memory, save


@contextmanager
def personal(folder: Path) -> Iterator[tuple[Memory, Save]]:
    """The loop runs on a thread, the memory is called from this one, as tools do."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    stored = asyncio.run_coroutine_threadsafe(StoredMemory.open("", folder), loop).result()

    async def keep(songs: tuple[Song, ...], work: str | None) -> str:
        request = await stored.begin_request("ann", "room", "make")
        return (await stored.save(request, songs, Origin("compose"), work))[0].work

    def save(*songs: Song, work: str | None = None) -> str:
        return asyncio.run_coroutine_threadsafe(keep(songs, work), loop).result()

    yield PersonalMemory(stored, loop, "ann", "room"), save
    asyncio.run_coroutine_threadsafe(stored.close(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(params=[batch, personal], ids=["batch", "personal"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Memory, Save]]:
    make: Callable[[Path], object] = request.param
    with make(tmp_path) as pair:  # type: ignore[attr-defined]
        yield pair


def test_an_empty_memory_knows_nothing(kept: tuple[Memory, Save]) -> None:
    memory, _ = kept
    assert memory.current() is None
    assert memory.works("", 10) == []
    assert memory.facts() == []
    assert memory.forget("everything") == []
    for name in ("k7m2qd", "k7m2qd.1", "some title", "current", ""):
        with pytest.raises(UnknownSong):
            memory.work(name)


def test_the_song_saved_last_is_current_and_found_by_id_and_title(
    kept: tuple[Memory, Save],
) -> None:
    memory, save = kept
    first, second = save(song("Rain"), song("Rain, other")), save(song("大海"))
    assert memory.current() == song("大海")
    assert memory.work(first) == memory.work(first.upper()) == memory.work("rain") == song("Rain")
    assert memory.work(f"{first}.2") == song("Rain, other")
    assert memory.work("《大海》") == memory.work(second) == song("大海")
    with pytest.raises(UnknownSong, match=f"{first}.3"):
        memory.work(f"{first}.3")
    assert save(song("Rain again"), work=first) == first
    assert memory.current() == memory.work(first) == song("Rain again")
    assert save(song("And again"), work="current") == first
    assert [(work.id, work.title, work.versions) for work in memory.works("", 10)] == [
        (first, "And again", 4),
        (second, "大海", 1),
    ]
    with pytest.raises(UnknownSong):
        save(song("x"), work="zzzzzz")


def test_works_are_found_by_words_title_first_and_limited(kept: tuple[Memory, Save]) -> None:
    memory, save = kept
    words = (Syllable(onset=0.0, text="rain"),)
    inside = save(song("Harbour", lyrics=words, chords=(ChordEvent(0.0, "C"),)))
    title = save(song("Summer Rain", melody=(Note(0.0, 1.0, 60),)))
    save(song("Desert", chords=(ChordEvent(0.0, "Am"),)))
    lyric = save(song("雨夜", lyrics=words))
    assert [(work.id, work.kind) for work in memory.works("RAIN", 10)] == [
        (title, "melody"),
        (lyric, "lyrics"),
        (inside, "song"),
    ]
    assert [work.id for work in memory.works("雨的歌", 10)] == [lyric]
    assert [work.kind for work in memory.works("desert", 10)] == ["chords"]
    assert [work.id for work in memory.works("", 1)] == [lyric]
    assert memory.works("", 0) == []
    assert memory.works("volcano", 10) == []


def test_facts_are_kept_once_and_forgotten_by_their_words(kept: tuple[Memory, Save]) -> None:
    memory, save = kept
    save(song("Jazz for Ann"))
    for fact in ("I like jazz", "我喜欢爵士", "i like JAZZ", "I sing alto"):
        memory.remember(fact)
    assert memory.facts() == ["I like jazz", "我喜欢爵士", "I sing alto"]
    assert memory.forget("jazz") == ["I like jazz"]
    assert memory.forget("爵士") == ["我喜欢爵士"]
    assert memory.forget("the moon") == []
    assert memory.forget("jazz") == ["Jazz for Ann"]
    assert memory.facts() == ["I sing alto"]


def test_works_are_forgotten_by_id_or_title_but_never_by_guessing(
    kept: tuple[Memory, Save],
) -> None:
    memory, save = kept
    first, second = save(song("Rain")), save(song("Rain in May"))
    third = save(song("Rain in May"))
    with pytest.raises(AmbiguousName, match=second):
        memory.forget("may")
    with pytest.raises(AmbiguousName, match=third):
        memory.forget("Rain in May")
    with pytest.raises(AmbiguousName):
        memory.work("Rain in May")
    assert memory.forget("Rain") == ["Rain"]
    assert memory.forget(third) == ["Rain in May"]
    assert memory.current() is None
    assert [work.id for work in memory.works("", 10)] == [second]
    with pytest.raises(UnknownSong):
        memory.work(first)


def test_one_version_is_forgotten_and_the_others_keep_their_numbers(
    kept: tuple[Memory, Save],
) -> None:
    memory, save = kept
    work = save(song("One"), song("Two"))
    save(song("Three"), work=work)
    assert len(memory.forget(f"{work}.3")) == 1
    assert memory.work(work) == memory.current() == song("Two")
    with pytest.raises(UnknownSong):
        memory.work(f"{work}.3")
    assert memory.forget(f"{work}.3") == []
    assert memory.work(f"{work}.1") == song("One")
    assert len(memory.forget(f"{work}.1")) == len(memory.forget(f"{work}.2")) == 1
    assert memory.works("", 10) == []


@pytest.mark.parametrize("everything", ["everything", "Everything!", "全部", "关于我的一切"])
def test_everything_is_forgotten(kept: tuple[Memory, Save], everything: str) -> None:
    memory, save = kept
    save(song("Rain"))
    save(song("Sea"))
    memory.remember("I sing alto")
    assert sorted(memory.forget(everything)) == ["I sing alto", "Rain", "Sea"]
    assert memory.current() is None
    assert memory.works("", 10) == []
    assert memory.facts() == []
    assert save(song("New start"))
    assert [work.title for work in memory.works("", 10)] == ["New start"]
