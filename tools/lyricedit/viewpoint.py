"""Tells a lyric from another point of view, in its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tools._context import ToolContext
from tools.lyricedit.draft import Ask, Draft, Outcome, noted
from tools.lyricedit.form import slots_of
from tools.lyricedit.persons import forms_of, last_subject, people_in, retold, told_in_past
from tools.lyricedit.rewrite import line_by_line, spoken_only
from tools.lyricedit.rows import Row
from tools.lyricedit.writing import job_for, new_seed
from tools.lyrics.check import last_word, problems, syllables
from tools.lyrics.content import content_words
from tools.lyrics.engine import TooConstrained
from tools.lyrics.proposals import Assignment
from tools.prosody import english
from wording import FriendlyError, Text

_WORDS = {
    "I": "i me my first first-person 我 第一人称 第一",
    "you": "you your second second-person 你 第二人称 第二",
    "he": "he him his man boy 他 男生",
    "she": "she her hers woman girl 她 女生",
    "we": "we us our 我们 咱们",
    "they": "they them their third third-person 他们 她们 第三人称 第三",
}
_NAMES = {"I": "我", "you": "你", "he": "他", "she": "她", "we": "我们", "they": "他们"}
_FILLERS = ("just", "only", "still", "so", "well", "oh", "then", "really", "very", "all", "and")
_AGAIN = Text("written again to keep the form", "为保持格律重写")
_STRANGER = 3.0
"""Cost of a line that speaks of somebody who should be gone, in the ranking's log units."""


class NoPerson(FriendlyError):
    """Nobody is spoken of, or no such person is known."""


def point_of_view(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """Pronouns and verbs changed; lines that then miss their length or rhyme are mended by small
    words, else written again. Raises `NoPerson`, `TooConstrained`."""
    places = draft.place(replace(ask, line=None)) if ask.section else range(len(draft.rows))
    change = _exchange(draft, list(places), _person(ask.person))
    texts = _retold(draft, list(places), change)
    texts, broken = _mended(draft, texts)
    if not texts:
        raise _already(_person(ask.person))
    told = draft.changed(texts, by_helper=False)
    if not broken:
        return Outcome(told, draft.changes(texts), (_who(change),))
    half = Draft(told, tuple(_rows_with(draft, texts)), draft.shape, draft.language)
    fresh, more = _again(draft, half, broken, change, ask, context)
    changes = tuple(
        noted(c, _AGAIN) if c.number - 1 in fresh else c for c in draft.changes({**texts, **fresh})
    )
    return Outcome(half.changed(fresh), changes, (_who(change), *more))


def _again(
    draft: Draft,
    half: Draft,
    broken: list[int],
    change: Mapping[str, str],
    ask: Ask,
    context: ToolContext,
) -> tuple[dict[int, str], list[Text]]:
    """Lines that could not be retold, written anew without the person who is gone, where that can
    be; `half` is the lyric with all others retold."""

    def worth(text: str, task: Assignment) -> float:
        del task
        return _worth(text, change, draft.language)

    job = replace(
        job_for(draft.song, draft.language, draft.song.title),
        avoid=(*ask.avoid, *(spoken_only(draft.rows[i].text) for i in broken)),
        seed=new_seed(ask.seed),
        hints={i: content_words(draft.rows[i].text, draft.language) for i in broken},
        notes={i: f"it says what “{half.rows[i].text}” says" for i in broken},
        worth=worth,
    )
    people = set(change) - set(change.values())
    gone = [form for person in people for form in forms_of(person, draft.language)]
    try:
        strict = replace(job, avoid=(*job.avoid, *gone))
        lines, more = line_by_line(half, set(broken), strict, context)
    except TooConstrained:
        lines, more = line_by_line(half, set(broken), job, context)
    return {i: line.text for i, line in lines.items()}, more


def _person(text: str) -> str:
    """The person named, in any form."""
    wanted = text.strip().lower().removesuffix("'s").removesuffix("的")
    for person, words in _WORDS.items():
        if wanted == person.lower() or wanted in words.split():
            return person
    raise NoPerson(
        "Whose point of view: I, you, he, she, we or they?",
        "用谁的视角：我、你、他、她、我们，还是他们？",
    )


def _exchange(draft: Draft, places: list[int], target: str) -> dict[str, str]:
    """Who becomes whom. Somebody who is sung about becomes "I", and "I" becomes "you"; otherwise
    whoever is spoken of most becomes the person named, and the other way round."""
    counts = Counter(
        person for i in places for person in people_in(draft.rows[i].text, draft.language)
    )
    if not counts:
        raise NoPerson(
            "Nobody is spoken of in these lyrics, so there is no point of view to change.",
            "这段歌词里没有人称，所以没有视角可换。",
        )
    if target in ("he", "she") and counts["I"] and 2 * counts[target] >= counts["I"]:
        return {target: "I", "I": "they" if counts["you"] else "you"}
    others = [person for person, _ in counts.most_common() if person != target]
    leads = counts[target] >= max(counts.values()) and not (target == "we" and counts["I"])
    if not others or (target in ("I", "we") and leads):
        raise _already(target)
    main = "I" if counts["I"] and target != "I" else others[0]
    swapped = {}
    if counts[target] and {main, target} != {"I", "we"} and target in ("I", "you", "we"):
        swapped = {target: main}
    elif main == "I" and target in ("he", "she", "they") and counts["we"]:
        swapped = {"we": "they"}  # whoever tells of "us" tells of themselves, too
    return {main: target, **swapped}


def _already(target: str) -> NoPerson:
    return NoPerson(
        f"These lyrics are told from that point of view already ({target}).",
        f"这段歌词已经是“{_NAMES[target]}”的视角了。",
    )


def _retold(draft: Draft, places: list[int], change: Mapping[str, str]) -> dict[int, str]:
    texts, subject = {}, ""
    past = draft.language == "en" and told_in_past(draft.rows[i].text for i in places)
    for i in places:
        old = draft.rows[i].text
        new = retold(old, change, draft.language, subject, past=past)
        subject = last_subject(old, subject) if draft.language == "en" else ""
        if new != old:
            texts[i] = new
    return texts


def _mended(draft: Draft, texts: dict[int, str]) -> tuple[dict[int, str], list[int]]:
    """The texts with small words changed where the length was lost, and lines beyond that."""
    found, broken = dict(texts), []
    old = [row.text for row in draft.rows]
    for i, text in texts.items():
        fits = (option for option in _variants(text) if _right(draft, i, option, found, old))
        best = next(fits, None)
        if best is None:
            broken.append(i)
            continue
        found[i] = best
    roots = {draft.shape.echoes[i] if draft.shape.echoes[i] is not None else i for i in broken}
    return found, sorted(int(root or 0) for root in roots)


def _right(draft: Draft, at: int, text: str, texts: Mapping[int, str], old: list[str]) -> bool:
    """Whether a line keeps its length, and its rhymes with the lines as they are then."""
    slots = slots_of(draft.song, draft.rows, draft.shape, {at}, draft.language)
    slot = replace(slots[at], repeats=None)
    kin = [i for i in draft.shape.members(at) if draft.shape.echoes[i] is None or i < at]
    said = [last_word(texts.get(i, old[i]), draft.language) for i in kin]
    mine = last_word(text, draft.language)
    # Lines that ended on one word before (hooks, "me ... me") may go on doing so.
    ends = tuple(end for end in said if end != mine)
    tuned = bool(draft.song.sections[slot.section].melody)
    task = Assignment(replace(slot, strict=slot.strict and tuned, required=()), (), rhymes=ends)
    was = draft.rows[at].text
    faults = set(problems(text, task, draft.language))
    faults -= set(problems(was, task, draft.language))  # what the line had before is no reason
    if not tuned and _lengths(text, draft.language) & _lengths(was, draft.language):
        faults = {fault for fault in faults if "syllables instead of" not in fault}
    return not faults


def _lengths(text: str, language: str) -> set[int]:
    """How many syllables a line can be sung on ("our" is one or two)."""
    if language == "zh":
        return {syllables(text, language)}
    totals = {0}
    for word in english.words(text):
        totals = {n + english.count(p) for n in totals for p in word.pronunciations}
    return totals


def _variants(text: str) -> Iterator[str]:
    """The line, then with a contraction opened or closed, without a filler word, or with one."""
    yield text
    yield from _once(text, r"\b(she|he|it|that)'s (?=\w+(?:ing|ed)\b|a\b|the\b|not\b)", r"\1 is ")
    yield from _once(text, r"\b(I)'m\b", r"\1 am")
    yield from _once(text, r"\b(you|we|they)'re\b", r"\1 are")
    yield from _once(text, r"\b(she|he|it) (?:is|has)\b", r"\1's")
    yield from _once(text, r"\b(I) am\b", r"\1'm")
    yield from _once(text, r"\b(you|we|they) are\b", r"\1're")
    yield from _once(text, r"\b(I|you|we|they) have\b", r"\1've")
    yield from _once(text, r"\b(do|does|did|is|are|was|were|has|have)n't\b", r"\1 not")
    yield from _once(text, r"\b(\w+(?:ch|sh|ss|x|zz))es\b", r"\1ed")
    for word in _FILLERS:
        yield from _once(text, rf"\b{word}\b,? (?=\w)", "")
    yield from _once(text, r"\b(I|[Ss]he|[Hh]e|[Yy]ou|[Ww]e|[Tt]hey) (?=\w)", r"\1 still ")
    yield from _once(text, r"^(?=\w)", "And ")


def _once(text: str, pattern: str, new: str) -> Iterator[str]:
    changed = re.sub(pattern, new, text, count=1)
    if changed != text:
        changed = re.sub(r"^And ([A-Z])(?!\b|')", lambda m: f"And {m[1].lower()}", changed)
        yield changed[:1].upper() + changed[1:]


def _rows_with(draft: Draft, texts: Mapping[int, str]) -> Iterator[Row]:
    for i, row in enumerate(draft.rows):
        yield replace(row, text=texts.get(i, row.text))


def _worth(text: str, change: Mapping[str, str], language: str) -> float:
    gone = set(change) - set(change.values())
    return -_STRANGER * sum(person in gone for person in people_in(text, language))


def _who(change: Mapping[str, str]) -> Text:
    en = ", ".join(f"“{a}” became “{b}”" for a, b in change.items())
    zh = "，".join(f"“{_NAMES[a]}”变成了“{_NAMES[b]}”" for a, b in change.items())
    return Text(f"{en}.", f"{zh}。")
