"""Moves a lyric towards a mood and leaves the lines that have it already."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tools._context import ToolContext
from tools._moods import find_mood
from tools.lyricedit.draft import Ask, Draft, Outcome
from tools.lyricedit.feelings import Quarter, fit, quarter_of, words_of
from tools.lyricedit.rewrite import line_by_line, spoken_only
from tools.lyricedit.writing import job_for, new_seed
from tools.lyrics.content import content_words
from tools.lyrics.proposals import Assignment
from wording import FriendlyError, Text

_ENOUGH = 0.6
"""Share of lines that carry the mood when the work is done; more would be laid on thick."""
_FEELING = 1.0
"""What a word of the mood is worth, in the ranking's log units."""
_MOST = 2
_HINTS = 3


class UnknownMood(FriendlyError):
    """The mood is not known."""


def change_mood(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """Lines that feel otherwise are written again in their form, then plain ones, until most lines
    have the mood. Raises `UnknownMood`, `TooConstrained`."""
    mood = find_mood(ask.mood or ask.instruction)
    if mood is None:
        raise UnknownMood(
            "Which mood: for example sad, happy, hopeful, angry, calm or romantic?",
            "改成什么情绪？比如悲伤、欢快、充满希望、愤怒、平静、浪漫。",
        )
    quarter = quarter_of(mood)
    places = draft.place(replace(ask, line=None)) if ask.section else list(range(len(draft.rows)))
    chosen = _unfitting(draft, places, quarter)
    song = draft.song.replace(mood=mood.name)
    if not chosen:
        note = Text("Every line has that mood already.", "每一句都已经是这种情绪了。")
        return Outcome(song, (), (note,))
    rng = np.random.default_rng(new_seed(ask.seed))
    pool = words_of(quarter, draft.language)

    def worth(text: str, task: Assignment) -> float:
        del task
        felt = fit(text, quarter, draft.language)
        return _FEELING * max(-_MOST, min(_MOST, felt))

    label = mood.label.in_(draft.language)
    feeling = {i: tuple(pool[k] for k in rng.choice(len(pool), _HINTS, False)) for i in chosen}
    job = replace(
        job_for(draft.song, draft.language, f"{draft.song.title} {label}".strip()),
        mood=label,
        avoid=(*ask.avoid, *(spoken_only(draft.rows[i].text) for i in chosen)),
        seed=new_seed(ask.seed),
        hints={i: (*feeling[i], *_kept(draft, i, quarter)) for i in chosen},
        notes={i: f"it says “{draft.rows[i].text}” in a {mood.label.en} mood" for i in chosen},
        worth=worth,
    )
    lines, notes = line_by_line(draft, set(chosen), job, context)
    texts = {i: line.text for i, line in lines.items()}
    new = replace(draft, song=song).changed(texts)
    return Outcome(new, draft.changes(texts), (_left(len(draft.rows) - len(texts)), *notes))


def _left(lines: int) -> Text:
    if not lines:
        return Text("No line stayed as it was.", "每一行都改了。")
    stay = "line stays as it was" if lines == 1 else "lines stay as they were"
    return Text(f"{lines} {stay}.", f"其余 {lines} 行保持不变。")


def _unfitting(draft: Draft, places: list[int], quarter: Quarter) -> list[int]:
    """Lines against the mood, then plain ones, until enough lines have it; echoes follow their
    first line."""
    fits = {i: fit(draft.rows[i].text, quarter, draft.language) for i in places}
    firsts = [i for i in places if draft.shape.echoes[i] is None]
    against = [i for i in firsts if fits[i] < 0]
    plain = [i for i in firsts if fits[i] == 0]
    have = sum(value > 0 for value in fits.values())
    wanted = max(0, round(_ENOUGH * len(places)) - have - len(against))
    return sorted([*against, *plain[:wanted]])


def _kept(draft: Draft, at: int, quarter: Quarter) -> tuple[str, ...]:
    """Words of the old line that do not speak against the mood."""
    words = content_words(draft.rows[at].text, draft.language)
    return tuple(w for w in words if fit(w, quarter, draft.language) >= 0)[:2]
