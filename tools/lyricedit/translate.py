"""Turns a lyric into the other language so that it can still be sung."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from langchain_core.language_models import BaseChatModel

from tools._context import ToolContext
from tools.lyricedit.carrying import Carrying, Concept, concepts_of, hints_for
from tools.lyricedit.draft import Ask, Draft, Outcome
from tools.lyricedit.form import slots_of
from tools.lyricedit.progress import in_time
from tools.lyricedit.writing import job_for, new_seed, written
from tools.lyrics.engine import Line, TooConstrained
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment
from wording import FriendlyError, Text, detect_language

_MEANING = 3.0
"""What a line that carries all its content words gains over one that carries none."""
_THEMES = 6


class SameLanguage(FriendlyError):
    """The lyric is in that language already."""


def translate(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """The same lines in the other language: as many syllables each, the same rhyme scheme.

    Raises `SameLanguage`, `TooConstrained`.
    """
    target = _target(draft, ask)
    places = draft.place(replace(ask, line=None)) if ask.section else range(len(draft.rows))
    left = [i for i in places if _tongue(draft, i) != target]
    new = draft.with_echoes(left)
    source = "en" if target == "zh" else "zh"
    concepts = {i: concepts_of(draft.rows[i].text, source) for i in new}
    slots = slots_of(draft.song, draft.rows, draft.shape, new, target)
    lines, unfinished = in_time(draft, new, _lines(draft, slots, concepts, target, ask, context))
    texts = {i: line.text for i, line in lines.items()}
    song = replace(draft, language=target).changed(texts)
    if all(i in texts or _tongue(draft, i) == target for i in range(len(draft.rows))):
        song = song.replace(language=target, title=_title(draft, texts))
    said = {i: found for i, found in concepts.items() if i in texts}
    share, notes = _report(said, texts, target, by_model=_translates(context))
    return Outcome(song, draft.changes(texts), (*unfinished, *notes), carried=share)


def _tongue(draft: Draft, at: int) -> str:
    """The language of one line: a translation may have been stopped half way."""
    return detect_language(draft.rows[at].text)


def _target(draft: Draft, ask: Ask) -> str:
    named = ask.language.strip().lower()
    tongues = {_tongue(draft, i) for i in range(len(draft.rows))}
    written_in = draft.song.language[:2] if len(tongues) > 1 else draft.language
    other = "en" if written_in == "zh" else "zh"
    target = "zh" if named[:2] in ("zh", "ch", "中文", "汉语") else "en" if named else other
    if named and target == "en" and named[:2] not in ("en", "英文", "英语"):
        raise FriendlyError(
            f"I translate lyrics between English and Chinese, not into {ask.language[:40]!r}.",
            f"我可以在中文和英文之间翻译歌词，暂时不会译成“{ask.language[:40]}”。",
        )
    if tongues == {target}:
        raise SameLanguage(
            f"These lyrics are in {'English' if target == 'en' else 'Chinese'} already.",
            f"这首歌词本来就是{'英文' if target == 'en' else '中文'}的。",
        )
    return target


def _translates(context: ToolContext) -> bool:
    """Whether a chat model that knows both languages writes."""
    served = context.scorer is not None and context.scorer is not context.writer
    return served and isinstance(context.writer(), BaseChatModel)


def _lines(
    draft: Draft,
    slots: Sequence[Slot],
    concepts: Mapping[int, Sequence[Concept]],
    target: str,
    ask: Ask,
    context: ToolContext,
) -> list[Line]:
    """Written with the meanings in view; near rhymes are allowed before a line is given up."""

    def worth(text: str, task: Assignment) -> float:
        wanted = concepts.get(len(task.before), ())
        said = sum(concept.said_in(text, target) for concept in wanted)
        return _MEANING * said / max(1, len(wanted))

    first = [i for i, slot in enumerate(slots) if slot.repeats is None and not slot.given]
    about = _theme(concepts, target) or draft.song.title
    job = replace(
        job_for(draft.song, target, about),
        avoid=ask.avoid,
        seed=new_seed(ask.seed),
        hints={i: hints_for(found, target, 8) for i, found in concepts.items()},
        notes={i: f"it says in this language what “{draft.rows[i].text}” says" for i in concepts},
        worth=worth,
        around=lambda writer: Carrying(writer, concepts, target, context.deadline, len(first)),
    )
    try:
        return written(slots, job, context, partly=True)
    except TooConstrained:
        loose = [replace(slot, near=True, differs=()) for slot in slots]
        return written(loose, job, context, partly=True)


def _theme(concepts: Mapping[int, Sequence[Concept]], language: str) -> str:
    """The words that come most often, in the new language."""
    counted = Counter(c.senses[0] for found in concepts.values() for c in found)
    words = [word for word, _ in counted.most_common(_THEMES)]
    return ("、" if language == "zh" else ", ").join(words)


def _title(draft: Draft, texts: Mapping[int, str]) -> str:
    """The line that was the title, or the old title."""
    title = draft.song.title.strip().lower()
    return next(
        (text for i, text in texts.items() if draft.rows[i].text.strip().lower() == title),
        draft.song.title,
    )


def _report(
    concepts: Mapping[int, Sequence[Concept]],
    texts: Mapping[int, str],
    target: str,
    *,
    by_model: bool,
) -> tuple[float | None, list[Text]]:
    """The share of content words that were carried over, and what to tell of it."""
    said = {
        i: [concept.said_in(texts[i], target) for concept in found]
        for i, found in concepts.items()
        if found
    }
    total = sum(map(len, said.values()))
    carried = sum(map(sum, said.values()))
    if not total:
        return None, [_ADAPTED]
    notes = [] if by_model else [_ADAPTED]
    notes.append(
        Text(
            f"{carried} of {total} content words were carried over (by the dictionary).",
            f"按词典对照，{total} 个实词里保留了 {carried} 个。",
        )
    )
    lost = [i + 1 for i, found in said.items() if not any(found)]
    if lost:
        numbers = ", ".join(map(str, lost))
        notes.append(
            Text(
                f"Lines that kept none of theirs: {numbers}.",
                f"没能保留原意的行：{numbers.replace(', ', '、')}。",
            )
        )
    return round(carried / total, 3), notes


_ADAPTED = Text(
    "This is a free, singable adaptation by dictionary and rule, not a faithful translation; with a"
    " larger chat model I translate line by line.",
    "这是按词典和格律写的自由改编，可以唱，但不是逐句忠实的翻译；接上更大的聊天模型后可以逐句翻译。",
)
