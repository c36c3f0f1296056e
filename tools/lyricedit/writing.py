"""Has lines of an existing lyric written anew, by whoever writes lyrics, under the same checks."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from music.song import Song
from tools._context import ToolContext
from tools.lyrics.check import has
from tools.lyrics.engine import Line, Rank, write
from tools.lyrics.hinted import HintedWriter
from tools.lyrics.plan import Form, Slot
from tools.lyrics.proposals import Assignment, LineWriter, Proposal
from tools.lyrics.rank import ranking
from tools.lyrics.request import writers
from tools.lyrics.served import ChatWriter
from tools.lyrics.wish import Request

_CARRIED = 1.5
"""What saying a wished-for word is worth, in the ranking's log units."""

Worth = Callable[[str, Assignment], float]


@dataclass(frozen=True)
class Job:
    """What the new lines are about, beyond their form.

    `hints` are words by line that it would do well to use; `notes` say in words what a line must
    say (for a chat model); `worth` adds to the ranking of a right line; `around` wraps the writer
    in this process.
    """

    language: str
    theme: str
    style: str = ""
    mood: str = ""
    avoid: tuple[str, ...] = ()
    seed: int | None = None
    hints: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    worth: Worth | None = None
    around: Callable[[LineWriter], LineWriter] = lambda writer: writer


def new_seed(seed: int | None) -> int:
    """The seed that was asked for, else a fresh one."""
    return secrets.randbelow(2**31) if seed is None else seed


def job_for(song: Song, language: str, theme: str) -> Job:
    """A job in the song's own style and mood, about its title where no theme is named."""
    about = theme or song.title or song.style or "this song"
    return Job(language, about, song.style.replace("_", " "), song.mood)


def written(
    slots: Sequence[Slot], job: Job, context: ToolContext, *, partly: bool = False
) -> list[Line]:
    """All lines, the given ones among them; `partly`: or as many as the time allows. Raises
    `TooConstrained` with what to relax."""
    request = Request(
        theme=job.theme,
        language=job.language,
        style=job.style,
        mood=job.mood,
        form=Form((), (), (), "X"),
        phrases=(),
        metre="4/4",
        include=(),
        avoid=job.avoid,
        seed=new_seed(job.seed),
    )
    writer, fallback = writers(request, slots, context, job.notes)
    if not isinstance(writer, ChatWriter):
        writer = job.around(writer)

    def hints(number: int) -> tuple[str, ...]:
        return job.hints.get(number, ())

    second = None if fallback is None else lambda: HintedWriter(job.around(fallback()), hints)
    return write(
        slots,
        HintedWriter(writer, hints),
        _rank(job),
        job.language,
        job.avoid,
        context.deadline,
        fallback=second,
        partly=partly,
    )


def _rank(job: Job) -> Rank:
    usual = ranking(job.language)

    def rank(proposal: Proposal, task: Assignment) -> float:
        hints = job.hints.get(len(task.before), ())
        carried = sum(has(proposal.text, word) for word in hints)
        extra = job.worth(proposal.text, task) if job.worth else 0.0
        return usual(proposal, task) + _CARRIED * carried + extra

    return rank
