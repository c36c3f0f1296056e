"""From what a person asked for to a finished lyric: form, writer, engine, Song."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.language_models import BaseChatModel

from music.song import Note, Song
from tools._context import Deadline
from tools.lyrics import setting
from tools.lyrics.chinese import ChineseWriter
from tools.lyrics.engine import Line, write
from tools.lyrics.english import EnglishWriter
from tools.lyrics.english_lines import PhraseWriter
from tools.lyrics.plan import Form, Slot, lines_of_sections, plan
from tools.lyrics.prompt import lyric_prompt
from tools.lyrics.proposals import LineWriter
from tools.lyrics.rank import ranking
from tools.lyrics.served import ChatWriter
from wording import FriendlyError, detect_language

if TYPE_CHECKING:
    from models.language import LanguageModel

_METRE = "4/4"
_SHORTEST, _LONGEST = 2, 16
_USUAL = {"en": 8, "zh": 7}
_SCHEME = {"en": "AABB", "zh": "AABA"}
_SECTIONS = ("verse", "chorus")
_NAMES = {
    "主歌": "verse",
    "副歌": "chorus",
    "导歌": "pre-chorus",
    "桥段": "bridge",
    "间奏": "interlude",
    "前奏": "intro",
    "尾声": "outro",
    "prechorus": "pre-chorus",
    "refrain": "chorus",
}


_LONGEST_TITLE = 32
_SMALL = ("a", "an", "the", "and", "but", "or", "of", "in", "on", "at", "to", "by", "for", "with")


class UnknownLanguage(FriendlyError):
    """Lyrics are written in English and Chinese."""


class WrongLength(FriendlyError):
    """A line length that can't be sung as a line, or a melody that doesn't fit it."""


@dataclass(frozen=True)
class Request:
    """A request with its defaults filled in."""

    theme: str
    language: str
    style: str
    mood: str
    form: Form
    phrases: tuple[tuple[Note, ...], ...]
    avoid: tuple[str, ...]
    seed: int


@dataclass(frozen=True)
class Wish:
    """What a person asked for, as it came: empty parts are left to the writer."""

    theme: str
    person_language: str
    language: str | None = None
    style: str = ""
    mood: str = ""
    structure: Sequence[str] = ()
    lines: int | None = None
    syllables: int | Sequence[int] | None = None
    rhyme: str = ""
    melody: Sequence[Note] = ()
    avoid: Sequence[str] = ()
    seed: int | None = None

    def request(self) -> Request:
        """With all defaults filled in. Raises `FriendlyError` when a part can't be meant."""
        tongue = _language(self.language, self.theme, self.person_language)
        phrases = setting.phrases(self.melody) if self.melody else []
        lengths = tuple(map(len, phrases)) or _lengths(self.syllables, tongue)
        lines = len(phrases) or self.lines
        form = _form(self.structure, lines, lengths, self.rhyme, tongue)
        if phrases:
            beats = tuple(setting.accents(phrase, _METRE) for phrase in phrases)
            form = replace(form, syllables=lengths, hook=False, accents=beats)
        return Request(
            theme=" ".join(self.theme.split()),
            language=tongue,
            style=self.style.strip(),
            mood=self.mood.strip(),
            form=form,
            phrases=tuple(map(tuple, phrases)),
            avoid=tuple(phrase.strip() for phrase in self.avoid if phrase.strip()),
            seed=secrets.randbelow(2**31) if self.seed is None else self.seed,
        )


@dataclass(frozen=True)
class Lyric:
    """Lines in order, and the song they make."""

    lines: tuple[Line, ...]
    song: Song


def write_request(
    request: Request,
    model: Callable[[], LanguageModel | BaseChatModel],
    deadline: Deadline,
    *,
    served: bool = False,
) -> Lyric:
    """Writes, with the writer that suits language and model. Raises `TooConstrained`.

    `served`: the model is a chat model that writes Chinese too; without it no model is loaded for
    Chinese, which the compact writer writes.
    """
    slots = plan(request.form)
    rng = np.random.default_rng(request.seed)
    writer = line_writer(request, slots, model, rng, deadline, served=served)
    lines = write(
        slots, writer, ranking(request.language), request.language, request.avoid, deadline
    )
    song = Song(
        title=_title(request, lines),
        language=request.language,
        style=request.style,
        mood=request.mood,
        metre=_METRE,
        sections=setting.sections(lines, request.language, request.phrases, _METRE),
    )
    return Lyric(tuple(lines), song)


def line_writer(
    request: Request,
    slots: Sequence[Slot],
    model: Callable[[], LanguageModel | BaseChatModel],
    rng: np.random.Generator,
    deadline: Deadline,
    *,
    served: bool = False,
) -> LineWriter:
    """The writer that suits language and model: a chat model writes by itself, a language model
    judges phrases and searches for words; for Chinese in process no model is loaded."""
    chinese = request.language == "zh"
    loaded = model() if served or not chinese else None
    if loaded is None or (chinese and not isinstance(loaded, BaseChatModel)):
        return ChineseWriter(request.theme, rng, deadline)
    if isinstance(loaded, BaseChatModel):
        kind = " ".join(part for part in (request.mood, request.style) if part)
        about = f"Write the lyrics of a {kind or 'good'} song about: {request.theme}."
        return ChatWriter(loaded, about, request.language, slots, deadline)
    prompt = lyric_prompt(loaded, request.theme, request.style, request.mood)
    searcher = EnglishWriter(loaded, rng, deadline, prompt, request.theme)
    return PhraseWriter(loaded, request.theme, rng, deadline, searcher)


def _language(asked: str | None, theme: str, person: str) -> str:
    named = asked or (detect_language(theme) if detect_language(theme) == "zh" else person)
    for known in ("en", "zh"):
        if named.lower().startswith(known):
            return known
    if asked is None:
        return "en"
    raise UnknownLanguage(
        f"I write lyrics in English (en) and Chinese (zh), not in {asked!r}.",
        f"我可以写中文（zh）和英文（en）歌词，暂时不会写 {asked!r}。",
    )


def _lengths(syllables: int | Sequence[int] | None, language: str) -> tuple[int, ...]:
    if syllables is None:
        return (_USUAL[language],)
    lengths = (syllables,) if isinstance(syllables, int) else tuple(syllables)
    if not lengths or not all(_SHORTEST <= n <= _LONGEST for n in lengths):
        raise WrongLength(
            f"A line can have {_SHORTEST} to {_LONGEST} syllables.",
            f"一句可以有 {_SHORTEST} 到 {_LONGEST} 个字。",
        )
    return lengths


def _form(
    structure: Sequence[str], lines: int | None, lengths: tuple[int, ...], rhyme: str, tongue: str
) -> Form:
    if lines is None and len(lengths) > 1:
        lines = len(lengths)
    names = tuple(_NAMES.get(n.strip().lower(), n.strip().lower()) for n in structure)
    sections = names or (_SECTIONS if lines in (None, 8) else ("verse",) * -(-(lines or 8) // 4))
    hook = not rhyme and len(lengths) == 1
    return Form(
        sections=sections,
        lines=lines_of_sections(sections, lines),
        syllables=lengths,
        rhyme=rhyme or _SCHEME[tongue],
        hook=hook,
        accents=(_iambic(lengths[0]),) if tongue == "en" and len(lengths) == 1 else (),
    )


def _iambic(syllables: int) -> tuple[bool, ...]:
    """The natural walk of an English line: every second syllable strong, the last one too."""
    return tuple((syllables - place) % 2 == 1 for place in range(syllables))


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
