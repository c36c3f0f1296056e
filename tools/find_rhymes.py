"""The tool that finds rhymes of a word, strictest kind first."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from tools._context import ToolContext
from tools._forms import language_arg
from tools._tool import Tool, ToolArguments, ToolResult
from tools.prosody import chinese, english, rhymes_en, rhymes_zh
from wording import FriendlyError, Text

KIND_NAMES = {
    "multi": Text("two syllables and more", "多音节押韵"),
    "perfect": Text("perfect", "完全押韵"),
    "light": Text("light (on a weak last syllable)", "轻韵（落在弱音节上）"),
    "family": Text("family", "近韵"),
    "assonance": Text("same vowel", "元音相同"),
    "consonance": Text("same ending consonants", "尾辅音相同"),
    "double": Text("double rhyme", "双押"),
    "same_final": Text("same final", "韵母相同"),
    "same_group": Text("same rhyme group", "同辙"),
}


class NoWord(FriendlyError):
    """There is no word to rhyme with."""


class NoRhyme(FriendlyError):
    """No word fits the filters."""


class Arguments(ToolArguments):
    """A word and filters."""

    text: str = Field(description="the word, or a line whose last word is to be rhymed",
                      max_length=500)  # fmt: skip
    language: str | None = Field(None, description="en or zh; found from the word when left out")
    limit: int = Field(40, ge=1, le=200, description="how many rhymes at most")
    kinds: list[str] = Field(
        default_factory=list, description=f"only these kinds: {', '.join(KIND_NAMES)}"
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
    """A word, how it rhymes, its syllables and its Zipf frequency (0 rare to 8 common)."""

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
        (), description="pronunciations, where there are several: a word or a pinyin each"
    )
    rhymes: tuple[Rhyme, ...]

    def content(self, language: str) -> str:
        """A row for each kind; pronunciations that rhyme differently one after the other."""
        group = f" ({self.group}辙)" if self.group else ""
        heading = Text(f"Rhymes for **{self.word}**{group}:", f"和**{self.word}**押韵{group}：")
        rows = [heading.in_(language)]
        for number in sorted({rhyme.reading for rhyme in self.rhymes}):
            if self.readings:
                name = self.readings[number]
                said = Text(f"Said to rhyme with *{name}*:", f"读作 *{name}*：")
                rows.append(said.in_(language))
            rows += self._kinds(language, number)
        return "\n".join(rows)

    def _kinds(self, language: str, reading: int) -> list[str]:
        rows = []
        for kind, name in KIND_NAMES.items():
            of_kind = [r.word for r in self.rhymes if (r.kind, r.reading) == (kind, reading)]
            if of_kind:
                rows.append(f"{name.in_(language)}: {', '.join(of_kind)}")
        return rows


def find(arguments: Arguments, _context: ToolContext) -> Result:
    """Rhymes of the text's last word."""
    language = language_arg(arguments.language, arguments.text)
    _check_kinds(arguments.kinds)
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
    word = words[-1].text.strip("'")
    kinds = tuple(k for k in rhymes_en.KINDS if k in arguments.kinds or not arguments.kinds)
    least = {} if arguments.commonness is None else {"least": arguments.commonness}
    found = rhymes_en.rhymes(
        word, kinds, arguments.syllables, arguments.limit, arguments.stress, **least
    )
    named = rhymes_en.reading_names(word)
    return Result(word=word, language="en", rhymes=_public(found), readings=named)


def _chinese(arguments: Arguments) -> Result:
    spoken = [s for s in chinese.syllables(arguments.text) if s.group]
    word = "".join(s.text for s in spoken)[-4:]
    if not word:
        raise _no_word()
    kinds = tuple(k for k in rhymes_zh.KINDS if k in arguments.kinds or not arguments.kinds)
    found = rhymes_zh.rhymes(word, kinds, arguments.syllables, arguments.limit, arguments.tone)
    return Result(word=word, language="zh", group=spoken[-1].group, rhymes=_public(found))


def _public(found: Iterable[rhymes_en.Rhyme | rhymes_zh.Rhyme]) -> tuple[Rhyme, ...]:
    return tuple(Rhyme(**rhyme._asdict()) for rhyme in found)


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
