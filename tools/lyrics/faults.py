"""Says which constraint of a line to relax when no line keeps them all."""

from __future__ import annotations

from tools.lyrics.proposals import Assignment
from wording import FriendlyError, Text


class TooConstrained(FriendlyError):
    """No line was found that keeps all the constraints."""


def too_constrained(task: Assignment) -> TooConstrained:
    """The error for a line that can't be written: what was asked of it, what to relax first."""
    slot, number = task.slot, len(task.before) + 1
    asked = _asked(task)
    relax = _relaxations(task)
    wishes_en = ", ".join(text.en for text in asked) or "the rest"
    wishes_zh = "、".join(text.zh for text in asked) or "其他要求"
    return TooConstrained(
        f"I could not write line {number} with {slot.syllables} syllables and {wishes_en}. Try"
        f" {' or '.join(text.en for text in relax)}.",
        f"第 {number} 行写不出既是 {slot.syllables} 个音节、又满足{wishes_zh}的句子。"
        f"可以{'，或者'.join(text.zh for text in relax)}。",
    )


def _asked(task: Assignment) -> list[Text]:
    slot = task.slot
    asked = []
    if task.rhymes:
        word = task.rhymes[0]
        asked.append(Text(f"a rhyme with “{word}”", f"和“{word}”押韵"))
    if slot.required:
        en = " and ".join(f"“{word}”" for word in slot.required)
        asked.append(Text(f"the words {en}", f"用上{'、'.join(slot.required)}"))
    if slot.internal:
        asked.append(Text("an inner rhyme", "句中押韵"))
    if slot.strict:
        asked.append(Text("stresses on the strong beats", "重音落在强拍上"))
    if slot.tones:
        asked.append(Text(f"the tones {slot.tones}", f"平仄“{slot.tones}”"))
    if task.avoid:
        asked.append(Text("the words to avoid left out", "避开不要的词"))
    return asked


def _relaxations(task: Assignment) -> list[Text]:
    """What helps most first; two at most."""
    slot = task.slot
    short = slot.syllables < (4 if any(map(_is_han, "".join(task.before))) or slot.tones else 3)
    choices = [
        (short, Text("longer lines", "把句子放长一些")),
        (slot.internal, Text("no inner rhyme", "不要求句中押韵")),
        (bool(slot.tones), Text("a freer tone pattern", "放宽平仄")),
        (len(slot.required) > 1, Text("fewer required words", "减少必须用的词")),
        (bool(task.rhymes) and not slot.near, Text("near rhymes", "放宽为近似押韵")),
        (bool(slot.required), Text("another word instead", "换一个必须用的词")),
        (bool(task.rhymes), Text("a looser rhyme scheme", "放宽押韵")),
        (slot.strict, Text("a freer metre", "放宽重音")),
        (bool(task.avoid), Text("fewer words to avoid", "减少要避开的词")),
    ]
    helpful = [text for applies, text in choices if applies]
    return helpful[:2] or [Text("longer lines", "把句子放长一些")]


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
