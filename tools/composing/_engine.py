"""Composing: form, chords, rhythm and pitches of candidates, ranked, then arranged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from music.keys import Key
from music.song import ChordEvent, Note, Section, Song, Syllable, bar_length
from tools._moods import Mood
from tools.composing._arrange import arrange
from tools.composing._chord_plan import plan_chords, repeated_chords
from tools.composing._form import SectionPlan, plan_lyrics, plan_sections
from tools.composing._pitches import Manner, sample
from tools.composing._scoring import features, score
from tools.composing._tune import Drawn, TuneSettings, draw_tune, section_notes
from tools.composing._words import Stanza
from tools.styles import Style

_STROPHIC = frozenset(("hymn", "classical", "waltz", "folk"))
_HARMONIES, _RHYTHMS, _VOICES = 4, 6, 8  # candidates are their product


@dataclass(frozen=True)
class Brief:
    """What to compose, everything decided. `bars` is None when the lyrics may decide."""

    style: Style
    key: Key
    metre: str
    tempo: float
    bars: int | None
    mood: Mood | None = None
    chords: tuple[ChordEvent, ...] = ()
    stanzas: tuple[Stanza, ...] = ()
    language: str = "en"
    title: str = ""


class Candidate(NamedTuple):
    """A song and how well it came out (higher is better)."""

    song: Song
    score: float


class _Draft(NamedTuple):
    plans: list[SectionPlan]
    chords: list[tuple[ChordEvent, ...]]
    tune: list[Drawn]
    pitches: list[int]
    score: float


def compose(
    brief: Brief, seed: int, *, keep: int = 3, check: Callable[[], None] = lambda: None
) -> list[Candidate]:
    """The best songs of about two hundred candidates, best first; the same for the same seed."""
    rng = np.random.default_rng(seed)
    plans = _plans(brief)
    settings = tune_settings(brief)
    drafts: list[_Draft] = []
    for _ in range(1 if brief.chords else _HARMONIES):
        chords = _harmony(brief, plans, rng)
        shared = _sharing(plans, chords)
        check()
        drafts += _drafts(brief, shared, chords, settings, rng)
    best = _different(sorted(drafts, key=lambda draft: -draft.score), keep)
    return [Candidate(_song(brief, draft, settings, seed), draft.score) for draft in best]


def tune_settings(brief: Brief) -> TuneSettings:
    """Range, register and density of the tune: the style's, bent by the mood and the tempo."""
    traits, mood = brief.style.melody, brief.mood
    centre = traits.centre + (mood.register if mood else 0)
    pace = (105.0 / brief.tempo) ** 0.35
    return TuneSettings(
        key=brief.key,
        metre=brief.metre,
        traits=traits,
        reference=centre - (centre - brief.key.tonic) % 12,
        centre=centre,
        density=traits.density * (mood.density if mood else 1.0) * min(1.3, max(0.6, pace)),
        fine=min(0.8, max(0.02, (84.0 / brief.tempo) ** 6)),
    )


def _plans(brief: Brief) -> list[SectionPlan]:
    if brief.stanzas:
        density = tune_settings(brief).density * bar_length(brief.metre)
        return plan_lyrics(brief.stanzas, brief.bars, density)
    bars = brief.bars or 16
    if brief.style.name == "blues" and bars == 16:
        bars = 12 if brief.bars is None else 16
    return plan_sections(bars, strophic=brief.style.name in _STROPHIC)


def _harmony(
    brief: Brief, plans: Sequence[SectionPlan], rng: np.random.Generator
) -> list[tuple[ChordEvent, ...]]:
    if brief.chords:
        return repeated_chords(brief.chords, plans, brief.metre)
    return plan_chords(plans, brief.style, brief.key, brief.metre, rng)


def _sharing(
    plans: Sequence[SectionPlan], chords: Sequence[tuple[ChordEvent, ...]]
) -> list[SectionPlan]:
    """Sections keep sharing a tune only where they share the chords."""
    return [
        plan
        if plan.same_as < 0 or chords[plan.same_as] == chords[index]
        else plan._replace(same_as=-1)
        for index, plan in enumerate(plans)
    ]


def _drafts(
    brief: Brief,
    plans: list[SectionPlan],
    chords: list[tuple[ChordEvent, ...]],
    settings: TuneSettings,
    rng: np.random.Generator,
) -> list[_Draft]:
    tunes = [draw_tune(plans, chords, settings, rng) for _ in range(_RHYTHMS)]
    runs = [[note for part in tune for note in part.planned] for tune in tunes]
    total = sum(brief.style.melody.idiom)
    idiom = tuple(share / total for share in brief.style.melody.idiom)
    manner = Manner(
        metre=brief.metre,
        minor=brief.key.is_minor,
        idiom=(idiom[0], idiom[1], idiom[2]),
        temperature=0.8 * brief.style.melody.adventure,
    )
    batch = [run for run in runs for _ in range(_VOICES)]
    found = []
    for number, sampled in enumerate(sample(batch, manner, rng)):
        tune = tunes[number // _VOICES]
        value = _value(sampled.pitches, sampled.likelihood, tune, plans, chords, settings)
        found.append(_Draft(plans, chords, tune, sampled.pitches, value))
    return found


def _value(
    pitches: list[int],
    likelihood: float,
    tune: Sequence[Drawn],
    plans: Sequence[SectionPlan],
    chords: Sequence[tuple[ChordEvent, ...]],
    settings: TuneSettings,
) -> float:
    notes: list[Note] = []
    events: list[ChordEvent] = []
    at, used = 0.0, 0
    for part in tune:
        row = section_notes(part, pitches[used : used + len(part.planned)], settings)
        used += len(part.planned)
        notes += [note._replace(onset=note.onset + at) for note in row]
        events += [c._replace(onset=c.onset + at) for c in chords[part.section]]
        at += plans[part.section].bars * bar_length(settings.metre)
    fit = sum(part.stress_fit for part in tune) / max(1, len(tune))
    found = features(notes, events, settings.metre)
    return score(found, likelihood, settings.traits.repetition) + 1.5 * fit


def _different(ranked: Sequence[_Draft], keep: int) -> list[_Draft]:
    """The best, then the best of other harmonies and rhythms: people choose between ideas."""
    chosen = [ranked[0]]
    for fresh in (lambda d, c: d.chords != c.chords, lambda d, c: d.tune is not c.tune,
                  lambda d, c: d.pitches != c.pitches):  # fmt: skip
        for draft in ranked:
            if len(chosen) < keep and all(fresh(draft, other) for other in chosen):
                chosen.append(draft)
    return chosen


def _song(brief: Brief, draft: _Draft, settings: TuneSettings, seed: int) -> Song:
    bar = bar_length(brief.metre)
    melodies: dict[int, tuple[Note, ...]] = {}
    used = 0
    for part in draft.tune:
        pitches = draft.pitches[used : used + len(part.planned)]
        used += len(part.planned)
        melodies[part.section] = section_notes(part, pitches, settings)
    sections = []
    for index, plan in enumerate(draft.plans):
        melody = melodies[plan.same_as if plan.same_as >= 0 else index]
        sections.append(
            Section(
                name=plan.name,
                length=plan.bars * bar,
                melody=melody,
                chords=draft.chords[index],
                lyrics=tuple(_syllables(plan, melody)),
            )
        )
    song = Song(
        title=brief.title,
        language=brief.language,
        key=brief.key.name,
        metre=brief.metre,
        tempo=brief.tempo,
        style=brief.style.name,
        mood=brief.mood.name if brief.mood else "",
        sections=tuple(sections),
    )
    return arrange(song, brief.style, seed, brief.mood.loudness if brief.mood else 0)


def _syllables(plan: SectionPlan, melody: Sequence[Note]) -> list[Syllable]:
    sung = [(number, item) for number, line in enumerate(plan.lines) for item in line]
    return [
        Syllable(onset=note.onset, text=item.text, joined=item.joined, line=number)
        for note, (number, item) in zip(melody, sung, strict=False)
    ]
