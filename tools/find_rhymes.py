"""The tool that finds rhymes of a word, strictest kind first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from tools._context import ToolContext
from tools._forms import language_arg
from tools._rhyme_names import KIND_NAMES, ReadingNote, notes_of, reading_notes
from tools._tool import Tool, ToolArguments, ToolResult
from tools.prosody import chinese, english, rhymes_en, rhymes_zh
from tools.prosody.phrase_ends import is_weak
from wording import FriendlyError, Text

_WHOLE: tuple[rhymes_en.RhymeKind, ...] = ("mosaic", "family")
"""Kinds of which the end of several words is rhymed as a whole, unless others are asked for."""
_LONGEST_END = 3
_POOL = MappingProxyType({"en": 200, "zh": 500})
"""Rhymes among which those that are close to a theme are looked for."""
_COMMON_TOO = 0.02
"""What a step of commonness weighs beside closeness to the theme (a cosine)."""


class NoWord(FriendlyError):
    """There is no word to rhyme with."""


class NoRhyme(FriendlyError):
    """No word fits the filters."""


class Arguments(ToolArguments):
    """A word and filters."""

    text: str = Field(
        description="the word, or a line whose end is to be rhymed; weak last words are rhymed"
        " together with the one before (read it)",
        max_length=500,
    )
    language: str | None = Field(None, description="en or zh; found from the word when left out")
    limit: int = Field(40, ge=1, le=200, description="how many rhymes at most")
    kinds: list[str] = Field(
        default_factory=list, description=f"only these kinds: {', '.join(KIND_NAMES)}"
    )
    theme: str = Field(
        "", description="rhymes nearest to this theme in meaning come first", max_length=200
    )
    starts_with: str = Field(
        "", description="only words that begin with these letters or characters", max_length=20
    )
    syllables: int | None = Field(None, ge=1, le=8, description="only words of this length")
    stress: str = Field(
        "", pattern="^[x/]{0,8}$", description="English: only this pattern; x/ as in alone"
    )
    commonness: float | None = Field(
        None, ge=0, le=8, description="rarest allowed (Zipf): 4 everyday, 3 usual, 2.5 rare words"
    )
    tone: str = Field(
        "", pattern="^[1-4平仄]?$", description="Chinese: tone of the end, 1 to 4, 平 or 仄"
    )


class Rhyme(BaseModel):
    """A word or two, how they rhyme, their syllables and Zipf frequency (0 rare to 8 common)."""

    model_config = ConfigDict(frozen=True)

    word: str
    kind: str
    syllables: int
    commonness: float
    stress: str = Field("", description="English syllables: x weak, / stressed")
    tone: int = Field(0, description="Chinese: tone of the last character")
    reading: int = Field(0, description="which of `readings` it rhymes with")


class Result(ToolResult):
    """Rhymes of a word, strictest kind first, common words first."""

    word: str
    language: str
    group: str = Field("", description="Chinese: which of the thirteen rhyme groups")
    readings: tuple[str, ...] = Field(
        (), description="pronunciations, where there are several: a word that rhymes with each"
    )
    ends: tuple[str, ...] = Field(
        (), description="what each of the readings is of, where the end is more than one word"
    )
    pinyin: tuple[ReadingNote, ...] = Field((), description="Chinese: of several readings")
    rhymes: tuple[Rhyme, ...]

    def content(self, language: str) -> str:
        """A row for each kind; pronunciations that rhyme differently one after the other."""
        group = f" ({self.group}辙)" if self.group else ""
        heading = Text(f"Rhymes for **{self.word}**{group}:", f"和**{self.word}**押韵{group}：")
        rows = [heading.in_(language)]
        if note := reading_notes(self.pinyin):
            rows.append(note.in_(language))
        for number in sorted({rhyme.reading for rhyme in self.rhymes}):
            if self.readings:
                rows.append(self._said(number).in_(language))
            rows += self._kinds(language, number)
        return "\n".join(rows)

    def _said(self, number: int) -> Text:
        name, end = self.readings[number], self.ends[number] if self.ends else ""
        if not end:
            return Text(f"Said to rhyme with *{name}*:", f"读作 *{name}*：")
        if not name:
            return Text(f"**{end}**:", f"**{end}**：")
        return Text(f"**{end}**, said to rhyme with *{name}*:", f"**{end}**（读作 *{name}*）：")

    def _kinds(self, language: str, reading: int) -> list[str]:
        rows = []
        for kind, name in KIND_NAMES.items():
            of_kind = [r.word for r in self.rhymes if (r.kind, r.reading) == (kind, reading)]
            if of_kind:
                rows.append(f"{name.in_(language)}: {', '.join(of_kind)}")
        return rows


def find(arguments: Arguments, context: ToolContext) -> Result:
    """Rhymes of the text's end."""
    language = language_arg(arguments.language, arguments.text)
    _check_kinds(arguments.kinds)
    context.deadline.check()
    result = _chinese(arguments) if language == "zh" else _english(arguments)
    if not result.rhymes:
        raise NoRhyme(
            f"I found no rhyme of that kind for “{result.word}”. Allow looser kinds or other"
            " lengths.",
            f"没有找到符合条件、和“{result.word}”押韵的词。可以放宽押韵的种类或音节数。",
        )
    return result


def _english(arguments: Arguments) -> Result:
    words = english.words(arguments.text)
    if not words or not words[-1].pronunciations[0]:
        raise _no_word()
    ends = rhyming_ends([word.text.strip("'") for word in words])
    kinds = tuple(k for k in rhymes_en.KINDS if k in arguments.kinds or not arguments.kinds)
    found: list[Rhyme] = []
    readings: list[str] = []
    parts: list[str] = []
    for place, end in enumerate(ends):
        whole = place == 0 and len(ends) > 1
        some = _of_end(end, tuple(k for k in kinds if arguments.kinds or not whole or k in _WHOLE),
                       arguments)  # fmt: skip
        names = _names(end, some)
        known = {rhyme.word for rhyme in found}
        found += [r.model_copy(update={"reading": r.reading + len(readings)})
                  for r in some if r.word not in known]  # fmt: skip
        readings += names
        parts += [end] * len(names)
    several = len(readings) > 1
    return Result(
        word=ends[0],
        language="en",
        rhymes=tuple(_shared(found, arguments.limit)),
        readings=tuple(readings) if several else (),
        ends=tuple(parts) if len(ends) > 1 else (),
    )


def _of_end(end: str, kinds: tuple[rhymes_en.RhymeKind, ...], arguments: Arguments) -> list[Rhyme]:
    least = {} if arguments.commonness is None else {"least": arguments.commonness}
    limit = _POOL["en"] if arguments.theme else arguments.limit
    found = rhymes_en.rhymes(
        end, kinds, arguments.syllables, limit, arguments.stress,
        starts_with=arguments.starts_with, **least,
    )  # fmt: skip
    return _themed(_public(found), arguments, "en")


def _names(end: str, rhymes: Sequence[Rhyme]) -> tuple[str, ...]:
    """A word that rhymes with each way to say the end, where there are several."""
    if " " not in end:
        return rhymes_en.reading_names(end) or ("",)
    ways = len(rhymes_en.heard_in(end))
    if len({rhyme.reading for rhyme in rhymes}) < 2:
        return ("",) * ways
    return tuple(next((r.word for r in rhymes if r.reading == i), "") for i in range(ways))


def rhyming_ends(words: Sequence[str]) -> list[str]:
    """What of a line is to be rhymed: its last word; before that, where the last word is a weak
    one, the last words together from the stressed one on, if anything rhymes with them."""
    if len(words) < 2 or not is_weak(words[-1]):
        return [words[-1]]
    for count in range(2, min(len(words), _LONGEST_END) + 1):
        phrase = " ".join(words[-count:])
        if not is_weak(words[-count]) or count == min(len(words), _LONGEST_END):
            fits = len(phrase.split()) == count and rhymes_en.rhymes(phrase, _WHOLE, limit=1)
            return [phrase, words[-1]] if fits else [words[-1]]
    return [words[-1]]


def _shared(found: list[Rhyme], limit: int) -> list[Rhyme]:
    """At most `limit`; every reading keeps its part."""
    numbers = sorted({rhyme.reading for rhyme in found})
    kept: list[Rhyme] = []
    for place, number in enumerate(numbers):
        part = (limit - len(kept)) // (len(numbers) - place)
        kept += [rhyme for rhyme in found if rhyme.reading == number][: max(part, 1)]
    left = [rhyme for rhyme in found if rhyme not in kept][: limit - len(kept)]
    return [rhyme for rhyme in found if rhyme in kept or rhyme in left][:limit]


def _chinese(arguments: Arguments) -> Result:
    spoken = [s for s in chinese.syllables(arguments.text) if s.group]
    word = "".join(s.text for s in spoken)[-4:]
    if not word:
        raise _no_word()
    kinds = tuple(k for k in rhymes_zh.KINDS if k in arguments.kinds or not arguments.kinds)
    found = rhymes_zh.rhymes(
        word, kinds, arguments.syllables, _POOL["zh"] if arguments.theme else arguments.limit,
        arguments.tone, least=arguments.commonness or 0.0, starts_with=arguments.starts_with,
    )  # fmt: skip
    return Result(
        word=word,
        language="zh",
        group=spoken[-1].group,
        rhymes=tuple(_themed(_public(found), arguments, "zh")),
        pinyin=tuple(note for note in notes_of([word]) if note.char == word[-1]),
    )  # fmt: skip


def _public(found: Iterable[rhymes_en.Rhyme | rhymes_zh.Rhyme]) -> list[Rhyme]:
    return [Rhyme(**rhyme._asdict()) for rhyme in found]


def _themed(found: list[Rhyme], arguments: Arguments, language: str) -> list[Rhyme]:
    """Within each kind those nearest to the theme first, at most as many as asked for."""
    if not arguments.theme.strip():
        return found
    from tools.prosody.closeness import closeness

    near = closeness(arguments.theme, [rhyme.word for rhyme in found], language)
    kinds = list(KIND_NAMES)
    ranked = sorted(
        zip(found, near, strict=True),
        key=lambda one: (kinds.index(one[0].kind), -one[1] - _COMMON_TOO * one[0].commonness),
    )
    by_kind = [rows for kind in kinds if (rows := [r for r, _ in ranked if r.kind == kind])]
    share = max(1, arguments.limit // max(len(by_kind), 1))
    first = [rhyme for rows in by_kind for rhyme in rows[:share]]
    more = [rhyme for rows in by_kind for rhyme in rows[share:]][: arguments.limit - len(first)]
    return [r for rows in by_kind for r in rows if r in first or r in more][: arguments.limit]


def _check_kinds(kinds: list[str]) -> None:
    if unknown := [kind for kind in kinds if kind not in KIND_NAMES]:
        known = ", ".join(KIND_NAMES)
        raise NoRhyme(
            f"I don't know the kind of rhyme {unknown[0]!r}. The kinds are: {known}.",
            f"没有 {unknown[0]!r} 这种押韵。可选的有：{known}。",
        )


def _no_word() -> NoWord:
    return NoWord(
        "Which word should I rhyme? Send me one, such as “night” or “月光”.",
        "要找哪个词的韵？请发一个词，比如“月光”或“night”。",
    )


TOOL = Tool(
    "find_rhymes",
    summary=Text("Finds words that rhyme with a word.", "找出和一个词押韵的词。"),
    arguments=Arguments,
    result=Result,
    run=find,
)
