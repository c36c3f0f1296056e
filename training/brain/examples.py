"""Training examples: hand-written utterance patterns filled with slots, noise and a state."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.prompt import call_text, describe_song, state_line
from training.brain import noise, slots
from training.brain.template import Part, expand

PATTERNS = Path(__file__).with_name("patterns")
LANGUAGES = ("en", "zh")
_HELD_OUT_PERCENT = 8
# How often each kind of example is drawn; tools with many arguments need more.
_WEIGHTS: Mapping[str, float] = {
    "write_lyrics": 2.2,
    "suggest_chords": 3.4,
    "compose": 1.8,
    "recommend_songs": 2.0,
    "edit_song": 1.8,
    "restyle": 1.2,
    "voice_chords": 3.0,
    "follow": 2.6,
    "talk": 1.8,
    "scope": 1.5,
}

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One message with the state it is read in, and the answer it should get."""

    text: str
    language: str
    state: str
    tool: str | None
    arguments: Arguments
    reply: str
    pattern: str

    @property
    def answer(self) -> str:
        """What the model should write."""
        return call_text(self.tool, self.arguments) if self.tool else self.reply


@dataclass(frozen=True)
class Pattern:
    """One line of a pattern file. `kind` is a tool, "follow", "talk" or "scope"."""

    kind: str
    language: str
    line: str
    replies: tuple[str, ...] = ()

    @property
    def held_out(self) -> bool:
        """Kept for validation: decided by the line itself, so that it never changes sides."""
        digest = hashlib.sha256(f"{self.kind} {self.line}".encode()).digest()
        return digest[0] * 100 // 256 < _HELD_OUT_PERCENT


def stream(rng: random.Random, *, held_out: bool) -> Iterator[Example]:
    """Endless examples, English and Chinese equally often."""
    while True:
        language = rng.choice(LANGUAGES)
        yield example(rng, draw(rng, language, held_out=held_out))


def draw(rng: random.Random, language: str, *, held_out: bool) -> Pattern:
    """A pattern: first its kind by weight, then one of the kind's lines."""
    by_kind = _by_kind(language, held_out)
    kinds = list(by_kind)
    kind = rng.choices(kinds, [_WEIGHTS.get(kind, 1.0) for kind in kinds])[0]
    return rng.choice(by_kind[kind])


def example(rng: random.Random, pattern: Pattern) -> Example:
    """The pattern with everything filled in."""
    if pattern.kind == "follow":
        from training.brain.follow import follow_up

        return follow_up(rng, pattern)
    text, arguments = render(rng, pattern.line, pattern.language)
    reply = rng.choice(pattern.replies) if pattern.replies else ""
    tool = None if pattern.replies else pattern.kind
    state = random_state(rng, pattern.kind)
    return Example(text, pattern.language, state, tool, arguments, reply, pattern.line)


def render(rng: random.Random, line: str, language: str) -> tuple[str, Arguments]:
    """The message and the arguments that it states."""
    body, _, constants = line.partition(" => ")
    arguments = _constants(constants)
    style = noise.Style.draw(rng, language)
    pieces = []
    for part in expand(rng, body):
        if part.slot is None:
            pieces.append(noise.literal(rng, part.text, style))
            continue
        surface, value = _fill(rng, part, language, style)
        pieces.append(surface)
        if part.argument and value is not None:
            arguments[part.argument] = value
    starts = body.startswith("{")
    text = noise.whole(rng, "".join(pieces), style, starts_with_slot=starts)
    return text, arguments


def _fill(rng: random.Random, part: Part, language: str, style: noise.Style) -> tuple[str, Any]:
    assert part.slot is not None
    surface, value = slots.fill(rng, part.slot, language)
    surface = noise.slot(surface, style)
    return surface, surface if value is slots.COPY else value


def _constants(text: str) -> Arguments:
    arguments: Arguments = {}
    for pair in filter(None, (item.strip() for item in text.split(";"))):
        name, _, value = pair.partition("=")
        if value.startswith("["):
            arguments[name] = [item.strip() for item in value[1:-1].split(",")]
        else:
            number = value.lstrip("-").isdigit()
            arguments[name] = True if value == "true" else int(value) if number else value
    return arguments


def random_state(rng: random.Random, kind: str) -> str:
    """No state, a song, a last call or both. Before a restyle or an edit there is mostly a song,
    and never a call whose own follow-ups sound the same ("in G", "more jazzy")."""
    chance = rng.random()
    if kind in ("restyle", "edit_song"):
        song = random_song(rng) if chance < 0.6 else None
        last = random_call(rng, ("compose", "restyle", "edit_song")) if chance > 0.65 else None
        return state_line(song, last)
    if chance < 0.6:
        return ""
    song = random_song(rng) if chance < 0.86 else None
    last = random_call(rng) if chance > 0.73 else None
    return state_line(song, last)


def random_song(rng: random.Random) -> str:
    """The line that describes a current song."""
    language = rng.choice(LANGUAGES)
    title = slots.fill(rng, "title", language)[0] if rng.random() < 0.85 else ""
    return describe_song(
        title,
        f"{rng.choice(slots.TONICS)} {rng.choice(('major', 'minor'))}",
        rng.choice(("4/4", "4/4", "4/4", "3/4", "6/8", "2/4")),
        rng.choice((60, 66, 72, 76, 80, 84, 88, 90, 92, 96, 100, 104, 108, 112, 120, 132, 140)),
        rng.choice((*slots.style_names(), "")),
    )


def random_call(rng: random.Random, tools: tuple[str, ...] = ()) -> tuple[str, Arguments]:
    """A call that may have come before, of one of the tools when some are given."""
    language = rng.choice(LANGUAGES)
    kinds = [k for k in _by_kind(language, False) if k not in ("follow", "talk", "scope")]
    kind = rng.choice(tools or tuple(kinds))
    line = rng.choice(_by_kind(language, False)[kind]).line
    return kind, render(rng, line, language)[1]


@cache
def _by_kind(language: str, held_out: bool) -> dict[str, tuple[Pattern, ...]]:
    kinds: dict[str, list[Pattern]] = {}
    for pattern in patterns(language):
        if pattern.held_out == held_out:
            kinds.setdefault(pattern.kind, []).append(pattern)
    return {kind: tuple(found) for kind, found in kinds.items()}


@cache
def patterns(language: str) -> tuple[Pattern, ...]:
    """All patterns of a language. A file is named for its kind; in "talk" and "scope" each block
    has messages (`> `) and the replies that fit all of them (`< `)."""
    found: list[Pattern] = []
    for path in sorted((PATTERNS / language).glob("*.txt")):
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        kind = path.stem.partition("-")[0]
        if kind in ("talk", "scope"):
            found += _blocks(kind, language, lines)
        else:
            found += [Pattern(kind, language, line) for line in lines]
    return tuple(found)


def _blocks(kind: str, language: str, lines: list[str]) -> Iterator[Pattern]:
    messages: list[str] = []
    replies: list[str] = []
    for line in [*lines, "> "]:
        if line.startswith(">") and replies:
            yield from (Pattern(kind, language, m, tuple(replies)) for m in messages)
            messages, replies = [], []
        (messages if line.startswith(">") else replies).append(line[1:].strip())
