"""A turn from message to events: order, saving, errors, files, conversation."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app import Bandmate
from bot.events import ArtifactEvent, DoneEvent, ErrorEvent, Event, TextEvent, ToolEvent, Turn
from bot.services import Services
from music.formats import read_song
from tests.bot.conftest import ask
from tests.bot.scripted import ScriptedModel, tool_call


def only(events: list[Event], kind: type) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


async def test_a_tool_answers_with_text(bandmate: Bandmate) -> None:
    tool, text, done = await ask(bandmate, "what is Am7")
    assert tool == ToolEvent("parse_chord", {"symbol": "Am7"})
    assert isinstance(text, TextEvent)
    assert "A C E G" in text.text
    assert isinstance(done, DoneEvent)
    assert done.result


async def test_small_talk_is_spoken_and_has_no_result(bandmate: Bandmate) -> None:
    text, done = await ask(bandmate, "hello")
    assert text == TextEvent("Hello! What shall we write?")
    assert isinstance(done, DoneEvent)
    assert done.result == ""


@pytest.mark.parametrize(
    ("text", "part"), [("try H#9x", "at character"), ("H#9x 是什么", "个字符")]
)
async def test_errors_speak_the_persons_language(bandmate: Bandmate, text: str, part: str) -> None:
    (error,) = only(await ask(bandmate, text), ErrorEvent)
    assert isinstance(error, ErrorEvent)
    assert error.type == "BadChord"
    assert part in error.message


@pytest.mark.parametrize("text", ["", "   \n"])
async def test_an_empty_message_gets_a_friendly_error(bandmate: Bandmate, text: str) -> None:
    error, done = await ask(bandmate, text)
    assert isinstance(error, ErrorEvent)
    assert error.type == "EmptyMessage"
    assert isinstance(done, DoneEvent)


async def test_an_uploaded_song_is_saved_edited_and_shown(
    bandmate: Bandmate, services: Services, song_file: Path
) -> None:
    events = await ask(bandmate, "make it slower", attachments=(song_file,))
    assert [type(event) for event in events[:2]] == [ToolEvent, TextEvent]
    kinds = {event.kind for event in only(events, ArtifactEvent)}  # type: ignore[attr-defined]
    assert kinds == {"png", "midi", "audio", "musicxml"}
    versions = await services.memory.versions("local", "Spring in the Lane")
    assert [version.tool for version in versions] == ["edit_song", "upload"]
    assert versions[0].song.tempo < versions[1].song.tempo == 120
    (midi,) = (e for e in only(events, ArtifactEvent) if e.kind == "midi")  # type: ignore[attr-defined]
    assert isinstance(midi, ArtifactEvent)
    heard = read_song(midi.path.read_bytes(), midi.path.name)
    assert [n.pitch for n in heard.melody()] == [n.pitch for n in versions[0].song.melody()]


async def test_a_version_is_saved_before_it_is_shown(
    bandmate: Bandmate, services: Services, song_file: Path
) -> None:
    async for event in bandmate.respond(Turn("slower", attachments=(song_file,))):
        if isinstance(event, TextEvent):
            break
    versions = await services.memory.versions("local", "Spring in the Lane")
    assert versions[0].tool == "edit_song"


async def test_a_broken_file_is_refused_and_the_next_turn_works(
    bandmate: Bandmate, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mid"
    broken.write_bytes(b"MThd" + bytes(range(40)))
    (error, *_) = await ask(bandmate, "slower", attachments=(broken,))
    assert isinstance(error, ErrorEvent)
    assert "broken.mid" in error.message
    assert only(await ask(bandmate, "what is Am7"), TextEvent)


async def test_a_huge_file_is_refused(bandmate: Bandmate, tmp_path: Path) -> None:
    huge = tmp_path / "huge.mid"
    with huge.open("wb") as file:
        file.truncate(50 * 2**20)
    (error, *_) = await ask(bandmate, "太大了", attachments=(huge,))
    assert isinstance(error, ErrorEvent)
    assert error.type == "FileTooLarge"
    assert "10 MB" in error.message
    assert "最多" in error.message


async def test_a_file_alone_is_analysed(bandmate: Bandmate, song_file: Path) -> None:
    events = await ask(bandmate, attachments=(song_file,))
    assert isinstance(events[0], ToolEvent)
    assert events[0].name == "analyse_song"
    (text,) = only(events, TextEvent)
    assert "D major" in text.text  # type: ignore[attr-defined]


async def test_the_model_reads_the_current_song_and_the_last_call(
    bandmate: Bandmate, model: ScriptedModel, song_file: Path
) -> None:
    await ask(bandmate, "slower", attachments=(song_file,))
    await ask(bandmate, "hello")
    state = str(model.seen[-1][0].content)
    assert "Spring in the Lane, D major, 4/4" in state
    assert "edit_song" in state


async def test_conversations_do_not_share_songs_of_different_people(
    bandmate: Bandmate, song_file: Path
) -> None:
    await ask(bandmate, "slower", person="ann", conversation="one", attachments=(song_file,))
    events = await ask(bandmate, "slower", person="bob", conversation="two")
    (error,) = only(events, ErrorEvent)
    assert error.type == "UnknownSong"  # type: ignore[attr-defined]


async def test_people_of_one_conversation_share_the_song_and_each_signs_their_version(
    bandmate: Bandmate, services: Services, song_file: Path
) -> None:
    await ask(bandmate, "slower", person="ann", conversation="band", attachments=(song_file,))
    await ask(bandmate, "slower", person="bob", conversation="band")
    versions = await services.memory.versions("ann", "Spring in the Lane")
    assert [version.author for version in versions] == ["bob", "ann", "ann"]


async def test_exports_are_files(bandmate: Bandmate, song_file: Path) -> None:
    events = await ask(bandmate, "midi please", attachments=(song_file,))
    (artifact,) = only(events, ArtifactEvent)
    assert isinstance(artifact, ArtifactEvent)
    assert artifact.kind == "midi"
    assert artifact.path.read_bytes()[:4] == b"MThd"


async def test_keep_copies_to_ones_own_works(
    bandmate: Bandmate, services: Services, song_file: Path
) -> None:
    ann = {"person": "ann", "conversation": "band"}
    done = (await ask(bandmate, "slower", **ann, attachments=(song_file,)))[-1]
    assert isinstance(done, DoneEvent)
    await ask(bandmate, "hello", person="bob", conversation="band")
    kept = await bandmate.keep(Turn("", "bob", "band"), done.result)
    assert (await services.memory.work("bob", kept)).song.title == "Spring in the Lane"


async def test_a_large_model_comments_on_what_a_tool_gave(services: Services) -> None:
    model = ScriptedModel(
        rules={"Am7": tool_call("parse_chord", symbol="Am7")}, compact=False, closing="Try it!"
    )
    from bot.agent import Agent

    services_with = Services(**{**vars(services), "agent": lambda: Agent(model)})
    events = await ask(Bandmate(services_with), "what is Am7")
    assert [type(event) for event in events] == [ToolEvent, TextEvent, TextEvent, DoneEvent]
    assert "A C E G" in events[1].text  # type: ignore[union-attr]
    assert events[2] == TextEvent("Try it!")
    shown = model.seen[-1][-1]
    assert shown.type == "tool"
    assert "A C E G" in str(shown.content)


async def test_closing_the_iterator_stops_the_turn(bandmate: Bandmate, song_file: Path) -> None:
    events = bandmate.respond(Turn("slower", attachments=(song_file,)))
    await anext(events)
    await events.aclose()  # type: ignore[attr-defined]
    assert only(await asyncio.wait_for(ask(bandmate, "what is Am7"), 20), TextEvent)


@pytest.mark.parametrize(
    "text", ["forget the ballad", "make it small", "忘掉《完全的爱》", "delete the call song"]
)
async def test_nobody_is_wiped_out_by_a_models_mistake(
    bandmate: Bandmate, services: Services, model: ScriptedModel, text: str, song_file: Path
) -> None:
    await ask(bandmate, "slower", attachments=(song_file,))
    model.rules.clear()
    model.rules[text] = tool_call("forget", what="everything")
    (error,) = only(await ask(bandmate, text), ErrorEvent)
    assert error.type == "NotMeant"  # type: ignore[attr-defined]
    assert len(await services.memory.works("local")) == 1


@pytest.mark.parametrize(
    "text",
    ["forget everything about me", "please delete all my data", "把我的资料全部删掉", "忘记全部"],
)
async def test_who_means_it_is_forgotten(
    bandmate: Bandmate, services: Services, model: ScriptedModel, text: str, song_file: Path
) -> None:
    await ask(bandmate, "slower", attachments=(song_file,))
    model.rules.clear()
    model.rules[text] = tool_call("forget", what="everything")
    assert not only(await ask(bandmate, text), ErrorEvent)
    assert await services.memory.works("local") == []


async def test_many_turns_at_once_do_not_block_each_other(bandmate: Bandmate) -> None:
    turns = [ask(bandmate, "slower", person=f"p{n}", conversation=f"c{n}") for n in range(24)]
    answers = await asyncio.wait_for(asyncio.gather(*turns), 60)
    assert all(only(events, ErrorEvent) for events in answers)


async def test_harmonising_a_melody_leaves_the_current_song_alone(
    bandmate: Bandmate, services: Services, song_file: Path
) -> None:
    await ask(bandmate, "slower", attachments=(song_file,))
    melody = [[0, 2, 60], [2, 2, 64], [4, 4, 67]]
    events = bandmate.call(Turn(""), "harmonise", {"melody": melody})
    assert not only([event async for event in events], ErrorEvent)
    versions = await services.memory.versions("local", "Spring in the Lane")
    assert {version.tool for version in versions} == {"upload", "edit_song"}


async def test_a_file_that_is_not_there_is_named(bandmate: Bandmate, tmp_path: Path) -> None:
    (error, *_) = await ask(bandmate, "slower", attachments=(tmp_path / "nope.mid",))
    assert isinstance(error, ErrorEvent)
    assert error.type == "UnreadableFile"
    assert "nope.mid" in error.message


async def test_chord_diagrams_are_shown_as_pictures(
    bandmate: Bandmate, services: Services, model: ScriptedModel, song_file: Path
) -> None:
    model.rules["fingers"] = tool_call("voice_chords", chords=["C", "G"], instrument="guitar")
    model.rules["one shape"] = tool_call("voice_chords", chords=["Bm"])
    await ask(bandmate, "make it slower", attachments=(song_file,))
    events = await ask(bandmate, "where do my fingers go")
    picture = only(events, ArtifactEvent)[0]
    assert isinstance(picture, ArtifactEvent)
    assert (picture.kind, picture.path.suffix) == ("png", ".png")
    assert picture.path.read_bytes().startswith(b"\x89PNG")
    assert not picture.work
    # Chords that were typed are a work of their own: the song in hand gets no version of it.
    assert len(await services.memory.versions("local", "Spring in the Lane")) == 2
    only_picture = only(await ask(bandmate, "one shape please"), ArtifactEvent)
    assert [event.kind for event in only_picture] == ["png"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("setting", "question", "found"),
    [
        (
            "set these words to music:\nI walk along the shore\nThe waves are at my door",
            "does it rhyme?",
            "Rhyme scheme: AA",
        ),
        ("给这首词谱曲：\n夜色落在旧城墙\n我把思念寄远方", "这首歌押韵吗？", "押韵格式：AA"),
    ],
)
async def test_the_words_of_a_finished_song_are_asked_about(
    bandmate: Bandmate, setting: str, question: str, found: str
) -> None:
    await ask(bandmate, setting)
    tool, text, *_ = await ask(bandmate, question)
    assert tool == ToolEvent("count_syllables", {"text": "current"})
    assert isinstance(text, TextEvent)
    assert found in text.text
