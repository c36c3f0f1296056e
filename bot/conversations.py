"""What a conversation is about: its last messages, its last tool call, its current song."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from bot.events import Turn
from bot.memory import Memory
from bot.turns import TurnRunner
from models.prompt import describe_song, state_line
from music.song import Song

_MESSAGES = 12  # what a large model reads again; the current song travels beside them
_LONGEST = 2000
_CALLS = 30


@dataclass(frozen=True)
class ConversationState:
    """Read before a turn, written after it."""

    messages: tuple[tuple[str, str], ...] = ()
    last_call: tuple[str, dict[str, Any]] | None = None
    song: Song | None = None
    facts: tuple[str, ...] = ()
    calls: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    """The last tool calls by result, for the buttons under them."""

    @property
    def history(self) -> list[AnyMessage]:
        """The last messages as chat messages."""
        return [
            HumanMessage(text) if role == "human" else AIMessage(text)
            for role, text in self.messages
        ]

    @property
    def line(self) -> str:
        """The state as the embedded model reads it."""
        call = self.last_call
        if call is not None:
            # A whole message is too much to read again; the other arguments say what it asked for.
            said = {key: value for key, value in call[1].items() if key != "description"}
            call = (call[0], said)
        return state_line(song_line(self.song) if self.song else None, call)

    @property
    def briefing(self) -> str:
        """The state as large models read it: also what the person wants remembered."""
        facts = "\n".join(f"- {fact}" for fact in self.facts)
        known = f"\n\nWhat this person asked you to remember:\n{facts}" if facts else ""
        return (self.line or "There is no current song yet.") + known


async def load_state(memory: Memory, turn: Turn) -> ConversationState:
    """The conversation's state for the person who speaks."""
    stored = await memory.state(turn.person, turn.conversation) or {}
    current = await memory.current(turn.person, turn.conversation)
    return ConversationState(
        tuple((role, text) for role, text in stored.get("messages", ())),
        _call(stored["last_call"]) if stored.get("last_call") else None,
        current.song if current else None,
        tuple(await memory.facts(turn.person)),
        {result: _call(call) for result, call in stored.get("calls", {}).items()},
    )


def state_after(
    before: ConversationState, question: str, answer: str, done: TurnRunner
) -> dict[str, Any]:
    """What to keep: the message and its answer are added, and the turn's tool call if any."""
    messages = (*before.messages, ("human", question[:_LONGEST]), ("ai", answer[:_LONGEST]))
    calls = dict(before.calls)
    if done.result and done.last_call:
        calls[done.result] = done.last_call
    return {
        "messages": messages[-_MESSAGES:],
        "last_call": done.last_call or before.last_call,
        "calls": dict(list(calls.items())[-_CALLS:]),
    }


def _call(stored: list[Any]) -> tuple[str, dict[str, Any]]:
    name, arguments = stored
    return name, arguments


def song_line(song: Song) -> str:
    """A song in one line: title, key, metre, tempo, style."""
    return describe_song(song.title, song.key, song.metre, song.tempo, song.style)
