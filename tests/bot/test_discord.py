"""Discord over simcord: several people in several channels, files, buttons, commands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands
from langchain_core.messages import AIMessage
from simcord.enums import MessageType

from bot.app import Bandmate
from bot.discord import BandmateClient
from bot.discord.commands import ChineseDescriptions
from bot.discord.display import MAX_TEXT, Answer, split_text
from bot.events import ArtifactEvent, DoneEvent, Event, TextEvent
from bot.services import Services
from tools._registry import toolbox

# Renderings run in worker processes, which simcord cannot look into: it waits for them.
pytestmark = pytest.mark.simcord(settle_timeout=120.0)


@pytest.fixture
def simcord_bot(bandmate: Bandmate, tmp_path: Path) -> BandmateClient:
    return BandmateClient(bandmate, tmp_path / "uploads")


@pytest.fixture
def env(simcord_env: Any) -> Any:
    return simcord_env


@pytest.fixture
def sent(song_file: Path) -> list[tuple[str, bytes]]:
    return [("spring.abc", song_file.read_bytes())]


@pytest.fixture
def guild(env: Any) -> Any:
    return env.create_guild()


@pytest.fixture
def channel(guild: Any) -> Any:
    return guild.create_text_channel("band")


@pytest.fixture
def ann(env: Any, guild: Any) -> Any:
    return guild.add_member(env.create_user("ann"))


@pytest.fixture
def bob(env: Any, guild: Any) -> Any:
    return guild.add_member(env.create_user("bob"))


def mention(env: Any, text: str) -> str:
    return f"<@{env.bot.user.id}> {text}"


async def answers(env: Any, channel: Any, count: int = 1) -> list[discord.Message]:
    """The bot's messages, once there are `count` that are finished (they have buttons or text)."""
    for _ in range(200):
        await env.settle()
        mine = [m for m in channel.history() if m.author.id == env.bot.user.id]
        if len(mine) >= count and not any(m.content.startswith("🎼") for m in mine):
            return mine
        await asyncio.sleep(0.1)
    raise AssertionError(f"no {count} answers: {[m.content for m in channel.history()]}")


def buttons(message: discord.Message) -> dict[str, str]:
    """Custom ids by action."""
    ids = [c.custom_id for row in message.components for c in row.children]
    return {custom_id.split(":")[1]: custom_id for custom_id in ids}


async def test_a_mention_is_answered(env: Any, channel: Any, ann: Any) -> None:
    await ann.send(channel, mention(env, "what is Am7"))
    (answer,) = await answers(env, channel)
    assert "A C E G" in answer.content
    assert answer.reference is not None


async def test_talk_between_people_is_left_alone(env: Any, channel: Any, ann: Any) -> None:
    await ann.send(channel, "what is Am7")
    await env.settle()
    assert [m.content for m in channel.history()] == ["what is Am7"]


async def test_a_reply_is_answered(env: Any, channel: Any, ann: Any, bob: Any) -> None:
    await ann.send(channel, mention(env, "hello"))
    (first,) = await answers(env, channel)
    await bob.send(channel, "what is Am7", reply_to=first)
    assert "A C E G" in (await answers(env, channel, 2))[-1].content


async def test_a_direct_message_is_answered(env: Any) -> None:
    carol = env.create_user("carol")
    await carol.send_dm("Am7 是什么")
    for _ in range(100):
        await env.settle()
        mine = [m for m in carol.dm_channel.history() if m.author.id == env.bot.user.id]
        if mine:
            break
        await asyncio.sleep(0.1)
    assert "A C E G" in mine[-1].content


async def test_a_file_comes_in_and_files_and_buttons_go_out(
    env: Any, channel: Any, ann: Any, sent: Any
) -> None:
    await ann.send(channel, mention(env, "slower please"), attachments=sent)
    (answer,) = await answers(env, channel)
    suffixes = {Path(a.filename).suffix for a in answer.attachments}
    assert suffixes == {".png", ".mid", ".ogg", ".musicxml"}
    assert set(buttons(answer)) == {"save", "up", "down", "style"}


async def test_a_large_file_is_refused_kindly(env: Any, channel: Any, ann: Any) -> None:
    await ann.send(channel, mention(env, "听听"), attachments=[("a.mid", bytes(11 * 2**20))])
    (answer,) = await answers(env, channel)
    assert "10 MB" in answer.content
    assert answer.content.startswith("⚠️")


async def test_nobody_is_pinged(env: Any, channel: Any, ann: Any, model: Any) -> None:
    model.rules["party"] = AIMessage("@everyone come!")
    await ann.send(channel, mention(env, "party"))
    (answer,) = await answers(env, channel)
    assert answer.content == "@everyone come!"
    assert answer.mention_everyone is False


async def test_two_people_share_the_channels_song(
    env: Any, channel: Any, ann: Any, bob: Any, sent: Any, services: Services
) -> None:
    await ann.send(channel, mention(env, "slower"), attachments=sent)
    await answers(env, channel)
    await bob.send(channel, mention(env, "even slower"))
    await answers(env, channel, 2)
    versions = await services.memory.versions(f"discord:{ann.id}", "Spring in the Lane")
    assert [v.author for v in versions] == [f"discord:{bob.id}", *[f"discord:{ann.id}"] * 2]


async def test_another_channel_has_another_song(
    env: Any, guild: Any, channel: Any, ann: Any, bob: Any, sent: Any
) -> None:
    await ann.send(channel, mention(env, "slower"), attachments=sent)
    elsewhere = guild.create_text_channel("other")
    await bob.send(elsewhere, mention(env, "slower"))
    (answer,) = await answers(env, elsewhere)
    assert "no current song" in answer.content


async def test_thumbs_and_save_are_remembered(
    env: Any, channel: Any, ann: Any, sent: Any, services: Services
) -> None:
    await ann.send(channel, mention(env, "slower"), attachments=sent)
    (answer,) = await answers(env, channel)
    ids = buttons(answer)
    await ann.click(answer, custom_id=ids["up"])
    await env.settle()
    person, reference = f"discord:{ann.id}", ids["up"].split(":")[2]
    assert await services.memory.opinions(person, reference) == {person: 1}
    await ann.click(answer, custom_id=ids["save"])
    await env.settle()
    assert len(await services.memory.works(person)) == 2


async def test_who_has_not_spoken_yet_may_press_buttons(
    env: Any, channel: Any, ann: Any, bob: Any, sent: Any, services: Services
) -> None:
    await ann.send(channel, mention(env, "slower"), attachments=sent)
    (answer,) = await answers(env, channel)
    ids, person = buttons(answer), f"discord:{bob.id}"
    await bob.click(answer, custom_id=ids["save"])
    await env.settle()
    assert len(await services.memory.works(person)) == 2
    await bob.click(answer, custom_id=ids["down"])
    await env.settle()
    reference = ids["down"].split(":")[2]
    assert await services.memory.opinions(person, reference) == {person: -1}


async def test_answers_without_a_song_take_thumbs(
    env: Any, channel: Any, ann: Any, bob: Any, services: Services
) -> None:
    await ann.send(channel, mention(env, "what is Am7"))
    (answer,) = await answers(env, channel)
    ids, person = buttons(answer), f"discord:{bob.id}"
    assert set(ids) == {"up", "down"}
    await bob.click(answer, custom_id=ids["up"])
    await env.settle()
    request = ids["up"].split(":")[2]
    assert await services.memory.opinions_on_request(person, request) == {person: 1}


async def test_exported_files_are_no_song_to_save(
    env: Any, channel: Any, ann: Any, sent: Any
) -> None:
    await ann.send(channel, mention(env, "as midi"), attachments=sent)
    (answer,) = await answers(env, channel)
    assert [Path(a.filename).suffix for a in answer.attachments] == [".mid"]
    assert set(buttons(answer)) == {"up", "down"}


async def test_chords_may_come_again(env: Any, channel: Any, ann: Any) -> None:
    await ann.send(channel, mention(env, "chords"))
    (answer,) = await answers(env, channel)
    assert "again" in buttons(answer)


async def test_an_answer_that_is_deleted_meanwhile_is_sent_anew(
    env: Any, channel: Any, ann: Any
) -> None:
    place = env.bot.get_channel(channel.id)

    async def events() -> AsyncIterator[Event]:
        yield TextEvent("first ")
        await place.last_message.delete()
        yield TextEvent("second")
        yield DoneEvent(1.0)

    await Answer(place.send, "en").show(events())
    assert [m.content for m in channel.history()] == ["first second"]


async def test_a_deleted_question_is_answered_all_the_same(
    env: Any, channel: Any, ann: Any
) -> None:
    question = await ann.send(channel, "hello")
    received = env.bot.get_partial_messageable(channel.id).get_partial_message(question.id)
    message = await received.fetch()
    message.content = mention(env, "what is Am7")
    message.mentions = [env.bot.user]
    await ann.delete(question)
    await env.bot.on_message(message)
    (answer,) = await answers(env, channel)
    assert "A C E G" in answer.content


async def test_where_bandmate_may_not_speak_the_turn_is_still_finished(
    env: Any, guild: Any, ann: Any, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    silent = discord.PermissionOverwrite(send_messages=False)
    quiet = guild.create_text_channel("quiet", overwrites={env.bot.user: silent})
    await ann.send(quiet, mention(env, "what is Am7"))
    for _ in range(100):
        await env.settle()
        (turn,) = await services.memory.turns(f"discord:{ann.id}")
        if turn.outcome is not None:
            break
        await asyncio.sleep(0.1)
    assert "A C E G" in (turn.outcome or "")
    assert "Discord refused a message" in caplog.text


async def test_where_files_are_refused_the_words_arrive(
    env: Any, channel: Any, song_file: Path
) -> None:
    place = env.bot.get_channel(channel.id)

    async def send(content: str, **extra: Any) -> discord.Message:
        """As Discord does it where files are not allowed, which simcord does not know."""
        if extra.pop("files", None):
            raise aiohttp.ClientPayloadError("files refused")
        message: discord.Message = await place.send(content, **extra)
        return message

    async def events() -> AsyncIterator[Event]:
        yield ArtifactEvent("abc", song_file, "Spring", "k7m2qd", 1)
        yield DoneEvent(1.0, "k7m2qd.1")

    await Answer(send, "en").show(events())
    (answer,) = channel.history()
    assert "did not take the files" in answer.content
    assert "save" in buttons(answer)


async def test_a_file_that_cannot_be_fetched_is_said(
    env: Any, channel: Any, ann: Any, sent: Any, tmp_path: Path
) -> None:
    (tmp_path / "uploads").write_text("a file where the folder should be")
    await ann.send(channel, mention(env, "slower"), attachments=sent)
    (answer,) = await answers(env, channel)
    assert answer.content.startswith("⚠️")
    assert "spring.abc" in answer.content


async def test_system_messages_are_not_answered(
    env: Any, guild: Any, channel: Any, ann: Any, bob: Any
) -> None:
    await ann.slash(channel, "jam", title="Rainy song")
    (thread,) = channel.threads
    notice = guild.create_system_message(thread, MessageType.CHANNEL_NAME_CHANGE, author=ann)
    assert env.bot._addressed(notice)
    await env.bot.on_message(notice)
    await env.settle()
    assert len([m for m in thread.history() if m.author.id == env.bot.user.id]) == 1


async def test_what_a_person_keeps_is_shown_to_them_only(env: Any, channel: Any, ann: Any) -> None:
    given = {"my_songs": {}, "remember": {"fact": "I play ukulele"}, "forget": {"what": "ukulele"}}
    for name, options in given.items():
        result = await ann.slash(channel, name, **options)
        assert result.response.ephemeral, name
    assert not (await ann.slash(channel, "parse_chord", symbol="Am7")).response.ephemeral


async def test_every_description_is_also_chinese(env: Any) -> None:
    chinese = ChineseDescriptions()
    place = app_commands.TranslationContextLocation.other
    for command in env.bot.tree.get_commands():
        texts = [command.description]
        if command.name in ("ask", "jam"):
            texts += [parameter.description for parameter in command.parameters]
        for text in texts:
            string = app_commands.locale_str(str(text))
            context = app_commands.TranslationContext(place, command)
            found = await chinese.translate(string, discord.Locale.chinese, context)
            assert found is not None, (command.name, text)
            assert any("一" <= char <= "鿿" for char in found)


async def test_another_style_is_a_new_version(
    env: Any, channel: Any, ann: Any, sent: Any, services: Services
) -> None:
    await ann.send(channel, mention(env, "slower"), attachments=sent)
    (answer,) = await answers(env, channel)
    await ann.select(answer, ["jazz"], custom_id=buttons(answer)["style"])
    await answers(env, channel, 2)
    versions = await services.memory.versions(f"discord:{ann.id}", "Spring in the Lane")
    assert versions[0].tool == "restyle"
    assert versions[0].song.style == "jazz"


async def test_every_tool_is_a_slash_command(env: Any, channel: Any, ann: Any) -> None:
    assert set(toolbox()) < set(ann.available_commands(channel))


async def test_a_slash_command_runs_its_tool(env: Any, channel: Any, ann: Any) -> None:
    result = await ann.slash(channel, "parse_chord", symbol="C7alt")
    assert result.acknowledged
    assert "altered" in result.response.content


async def test_a_slash_command_with_a_bad_chord(env: Any, channel: Any, ann: Any) -> None:
    result = await ann.slash(channel, "parse_chord", symbol="H#9x")
    assert "at character 1" in result.response.content


async def test_lists_are_typed_as_text(env: Any, channel: Any, ann: Any) -> None:
    result = await ann.slash(channel, "estimate_key", chords="Am F C G")
    assert "C major" in result.response.content or "A minor" in result.response.content


async def test_a_jam_thread_is_a_conversation_without_mentions(
    env: Any, channel: Any, ann: Any, bob: Any
) -> None:
    await ann.slash(channel, "jam", title="Rainy song")
    (thread,) = channel.threads
    await bob.send(thread, "what is Am7")
    welcome, answer = await answers(env, thread, 2)
    assert "one song together" in welcome.content
    assert "A C E G" in answer.content


@pytest.mark.parametrize("text", ["word " * 900, "x" * 5000, "line\n" * 1000, "a```b\n" * 700])
def test_long_texts_are_split_without_loss(text: str) -> None:
    pieces = split_text(text)
    assert all(0 < len(piece) <= MAX_TEXT for piece in pieces)
    letters = "".join(text.split()).replace("`", "")
    assert "".join("".join(pieces).split()).replace("`", "") == letters
    assert all(piece.count("```") % 2 == 0 for piece in pieces[:-1])
