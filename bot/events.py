"""What happens during a turn, the same for every surface."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class TextEvent:
    """A piece of the answer; pieces are joined as they come."""

    text: str


@dataclass(frozen=True)
class ToolEvent:
    """A tool was chosen and is now running."""

    name: str
    args: dict[str, Any]


@dataclass(frozen=True)
class ArtifactEvent:
    """A file was made. `work` and `version` tell which saved version it shows, if any."""

    kind: str
    path: Path
    caption: str = ""
    work: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class ErrorEvent:
    """Something went wrong; `message` is a sentence for the person, in their language."""

    type: str
    message: str


@dataclass(frozen=True)
class DoneEvent:
    """The turn is over: the last event of every turn. `seconds` is its whole duration.

    `result` names what a tool gave, to which feedback and "another" refer; empty without tool.
    """

    seconds: float
    result: str = ""


Event = TextEvent | ToolEvent | ArtifactEvent | ErrorEvent | DoneEvent


@dataclass(frozen=True)
class Turn:
    """One message of one person in one conversation."""

    text: str
    person: str = "local"
    conversation: str = "local"
    attachments: tuple[Path, ...] = field(default=())
    language: str | None = None
    """Language of the surface, for messages whose own language cannot be told."""
    name: str = ""
    """What the person is called there, for the credits of what several people write."""


def event_name(event: Event) -> str:
    """ "text", "tool", "artifact", "error" or "done"."""
    return type(event).__name__.removesuffix("Event").lower()


def as_json(event: Event) -> dict[str, Any]:
    """The event as one JSON object, without empty fields."""
    body = {key: value for key, value in asdict(event).items() if value not in (None, "")}
    if "path" in body:
        body["path"] = str(body["path"])
    return {"event": event_name(event), **body}
