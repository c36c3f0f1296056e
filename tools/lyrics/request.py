"""Writes the lyric that a request asks for, with the writer that suits its language and model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.language_models import BaseChatModel

from models.language import LanguageModel, in_process
from music.song import Song
from tools._context import Deadline, ToolContext
from tools.lyrics import setting
from tools.lyrics.allotment import allotted
from tools.lyrics.chinese import ChineseWriter
from tools.lyrics.engine import Line, write
from tools.lyrics.english import EnglishTongue
from tools.lyrics.hinted import HintedWriter
from tools.lyrics.mandarin import ChineseTongue
from tools.lyrics.plan import Slot, plan
from tools.lyrics.prompt import lyric_prompt
from tools.lyrics.proposals import LineWriter
from tools.lyrics.rank import ranking
from tools.lyrics.served import ChatWriter
from tools.lyrics.sheet_writer import SheetWriter
from tools.lyrics.wish import Request

_LONGEST_TITLE = 32
_SMALL = ("a", "an", "the", "and", "but", "or", "of", "in", "on", "at", "to", "by", "for", "with")


@dataclass(frozen=True)
class Lyric:
    """Lines in order, and the song they make."""

    lines: tuple[Line, ...]
    song: Song


def write_request(request: Request, context: ToolContext) -> Lyric:
    """Writes. Raises `TooConstrained`, or `NoRoom` for a required word that fits no line."""
    slots = allotted(plan(request.form), request.include, request.language)
    writer, fallback = writers(request, slots, context)
    lines = write(
        slots,
        writer,
        ranking(request.language),
        request.language,
        request.avoid,
        context.deadline,
        fallback=fallback,
    )
    return Lyric(tuple(lines), _song(request, lines))


def _song(request: Request, lines: Sequence[Line]) -> Song:
    """The lyric sheet, or the song that was given with these words."""
    if request.song is not None:
        song = setting.with_words(request.song, lines, request.language, request.phrases)
        return song if song.title else song.replace(title=_title(request, lines))
    return Song(
        title=_title(request, lines),
        language=request.language,
        style=request.style,
        mood=request.mood,
        metre=request.metre,
        sections=setting.sections(lines, request.language, request.phrases, request.metre),
    )


def writers(
    request: Request,
    slots: Sequence[Slot],
    context: ToolContext,
    notes: Mapping[int, str] | None = None,
) -> tuple[LineWriter, Callable[[], LineWriter] | None]:
    """Who writes, and what makes the writer of the lines that it can't.

    A served chat model proposes freely (`notes` tell it what a line must say), and the models of
    this process write where it fails, with its ideas. The embedded model needs no help in English;
    Chinese is written by the compact model beside it.
    """
    served = context.scorer is not None and context.scorer is not context.writer
    loaded = context.writer() if served or request.language == "en" else None
    if loaded is not None and served and (model := in_process(loaded)) is not None:
        return sheet_writer(request, model, context.deadline), None
    if isinstance(loaded, BaseChatModel):
        kind = " ".join(part for part in (request.mood, request.style) if part)
        about = f"Write the lyrics of a {kind or 'good'} song about: {request.theme}."
        chat = ChatWriter(loaded, about, request.language, slots, context.deadline, notes or {})
        if not context.scorer and request.language != "zh":
            return chat, None
        return chat, lambda: HintedWriter(own_writer(request, context), chat.ideas)
    return own_writer(request, context), None


def own_writer(request: Request, context: ToolContext) -> LineWriter:
    """The writer that needs no chat model: constrained search in this process."""
    rng = np.random.default_rng(request.seed)
    if request.language == "zh":
        return ChineseWriter(request.theme, rng, context.deadline, request.style)
    return sheet_writer(request, context.scoring_model(), context.deadline)


def sheet_writer(request: Request, model: LanguageModel, deadline: Deadline) -> SheetWriter:
    """Constrained search with any model whose next-token scores can be read."""
    rng = np.random.default_rng(request.seed)
    header = (request.theme, request.style, request.mood)
    tongue = (EnglishTongue if request.language == "en" else ChineseTongue)(model)
    prompt = lyric_prompt(model, header, tongue.measure)
    return SheetWriter(model, tongue, rng, deadline, prompt, request.theme)


def _title(request: Request, lines: Sequence[Line]) -> str:
    """The hook if there is one (the line that comes back), else a short theme, else a last line."""
    repeated = [line.slot.repeats for line in lines if line.slot.repeats is not None]
    if repeated:
        text = lines[repeated[0]].text
    elif len(request.theme) <= _LONGEST_TITLE:
        text = request.theme
    else:
        text = lines[-1].text
    return text if request.language == "zh" else title_case(text)


def title_case(text: str) -> str:
    """As titles are written: small words stay small inside ("The Last Train Home")."""
    words = text.replace(",", "").split()
    inner = range(1, len(words) - 1)
    return " ".join(
        word if place in inner and word in _SMALL else word[0].upper() + word[1:]
        for place, word in enumerate(words)
    )
