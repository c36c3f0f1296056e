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


class Rhyme(BaseModel):
    """A word, how it rhymes, its syllables and its Zipf frequency (0 rare to 8 common)."""

    model_config = ConfigDict(frozen=True)

    word: str
    kind: str
    syllables: int
    commonness: float


class Result(ToolResult):
    """Rhymes of a word, strictest kind first, common words first."""

    word: str
    language: str
    group: str = Field("", description="Chinese: which of the thirteen rhyme groups")
    rhymes: tuple[Rhyme, ...]

    def content(self, language: str) -> str:
        """A row for each kind."""
        group = f" ({self.group}辙)" if self.group else ""
        heading = Text(f"Rhymes for **{self.word}**{group}:", f"和**{self.word}**押韵{group}：")
        rows = [heading.in_(language)]
        for kind, name in KIND_NAMES.items():
            if words := [rhyme.word for rhyme in self.rhymes if rhyme.kind == kind]:
                rows.append(f"{name.in_(language)}: {', '.join(words)}")
        return "\n".join(rows)


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
    found = rhymes_en.rhymes(word, kinds, arguments.syllables, arguments.limit)
    return Result(word=word, language="en", rhymes=_public(found))


def _chinese(arguments: Arguments) -> Result:
    spoken = [s for s in chinese.syllables(arguments.text) if s.group]
    word = "".join(s.text for s in spoken)[-4:]
    if not word:
        raise _no_word()
    kinds = tuple(k for k in rhymes_zh.KINDS if k in arguments.kinds or not arguments.kinds)
    found = rhymes_zh.rhymes(word, kinds, arguments.syllables, arguments.limit)
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
