"""What people call the kinds of rhyme, and notes about how Chinese characters were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from tools.prosody.polyphones import chosen_readings
from wording import Text

KIND_NAMES = MappingProxyType({
    "multi": Text("two syllables and more", "多音节押韵"),
    "perfect": Text("perfect", "完全押韵"),
    "mosaic": Text("over several words", "跨词押韵"),
    "light": Text("light (on a weak last syllable)", "轻韵（落在弱音节上）"),
    "family": Text("family", "近韵"),
    "assonance": Text("same vowel", "元音相同"),
    "consonance": Text("same ending consonants", "尾辅音相同"),
    "triple": Text("triple rhyme", "三押"),
    "double": Text("double rhyme", "双押"),
    "same_final": Text("same final", "韵母相同"),
    "same_group": Text("same rhyme group", "同辙"),
})  # fmt: skip
"""Kinds of rhymes of words, the strictest first, English then Chinese."""

_LINE_KINDS = {
    **KIND_NAMES,
    "same_final": Text("same vowel", "韵母相同"),
    "same_group": Text("near, same group", "近押，同辙"),
    "identity": Text("the same word", "同一个词"),
}
_COUNTS = "零单双三四五六"
_MOST_NOTES = 8


def line_kind(kind: str, syllables: int, of_chinese: bool) -> Text:
    """How two lines rhyme, in words: "perfect, 3 syllables", "双押"."""
    name = _LINE_KINDS[kind]
    if of_chinese and kind != "identity":
        counted = f"{_COUNTS[syllables]}押" if syllables < len(_COUNTS) else f"{syllables} 字押"
        near = "，同辙近押" if kind == "same_group" else ""
        plural = "s" if syllables > 1 else ""
        return Text(f"{name.en}, {syllables} syllable{plural}", f"{counted}{near}")
    if syllables > 1 and kind not in ("multi", "mosaic", "identity"):
        return Text(f"{name.en}, over {syllables} syllables", f"{name.zh}，{syllables} 个音节")
    return name


class ReadingNote(BaseModel):
    """A Chinese character of several readings: the one taken in this word, and the others."""

    model_config = ConfigDict(frozen=True)

    char: str
    word: str
    taken: str
    others: tuple[str, ...]


def notes_of(lines: Iterable[str]) -> tuple[ReadingNote, ...]:
    """The readings in Chinese lines that are worth telling, each once."""
    found = (r for line in lines for r in chosen_readings(line) if r.telling)
    notes = (ReadingNote(char=r.char, word=r.around, taken=r.taken, others=r.others) for r in found)
    return tuple(dict.fromkeys(notes))


def reading_notes(readings: Sequence[ReadingNote]) -> Text | None:
    """Which readings were taken of characters that have several; None where there are none."""
    notes = readings[:_MOST_NOTES]
    if not notes:
        return None
    en, zh = [], []
    for r in notes:
        alone = r.word == r.char
        en.append(f"{r.char}{'' if alone else f' in {r.word}'} {r.taken}, not {'/'.join(r.others)}")
        zh.append(
            f"{'' if alone else f'“{r.word}”的'}“{r.char}”读 {r.taken}，不读 {'/'.join(r.others)}"
        )
    return Text(f"Read here: {'; '.join(en)}.", f"读音：{'；'.join(zh)}。")
