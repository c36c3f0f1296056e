"""The plan of a tune: rhythm, chord, contour and motif of every note, before it has a pitch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from music.chords import parse_chord
from music.keys import Key
from music.song import ChordEvent, Note, bar_length
from tools.composing._features import Slot
from tools.composing._form import Bar, SectionPlan, plan_bars, plan_lines
from tools.composing._pitches import Planned
from tools.composing._rhythm import (
    Onsets,
    PhraseShape,
    sample_phrase,
    stress_fit,
    stress_pull,
    syncopate,
)
from tools.composing._words import Sung
from tools.styles import Melody
from tools.textsetting.metre import accents, levels

_PHRASE = 4  # bars
_TRIES = 48  # rhythms of a sung line to choose from
_EARLY = 24  # of these, that begin on the downbeat
_GAP = 0.6  # cost of a bar inside a line that begins after its downbeat
_WELL_ENOUGH = 0.8
_WORTH_A_CHANGE = 0.15
_ENOUGH = 12  # after which one with all stresses in place will do
_PENTATONIC = {  # by mode: gong, yu, shang, zhi, jue
    "major": (0, 2, 4, 7, 9), "lydian": (0, 2, 4, 7, 9), "minor": (0, 3, 5, 7, 10),
    "dorian": (0, 2, 5, 7, 10), "mixolydian": (0, 2, 5, 7, 9), "phrygian": (0, 3, 5, 8, 10),
    "locrian": (0, 3, 5, 8, 10),
}  # fmt: skip
_BLUES = (0, 3, 5, 6, 7, 10)
# Where a Chinese tone lies on Chao's scale of five, on average over the syllable.
_TONE_HEIGHT = {0: 3.0, 1: 5.0, 2: 4.0, 3: 1.7, 4: 3.0}
_HEARD = 1.5


@dataclass(frozen=True)
class TuneSettings:
    """`reference` is the MIDI pitch of the tonic at or below `centre`; `density` is notes a
    quarter, `fine` the weight of notes off the grid of half beats (see `PhraseShape`)."""

    key: Key
    metre: str
    traits: Melody
    reference: int
    centre: int
    density: float
    fine: float = 1.0


class Drawn(NamedTuple):
    """A section's planned notes; `planned[i].ref` counts from the start of the whole tune."""

    section: int
    planned: tuple[Planned, ...]
    stress_fit: float


def draw_tune(
    plans: Sequence[SectionPlan],
    chords: Sequence[tuple[ChordEvent, ...]],
    settings: TuneSettings,
    rng: np.random.Generator,
) -> list[Drawn]:
    """Planned notes of every section that has a tune of its own."""
    drawn: list[Drawn] = []
    offset = 0
    for index, plan in enumerate(plans):
        if plan.same_as >= 0:
            continue
        verses = [other for other in plans if other.same_as == index and other.lines]
        bars, layout = _rhythm(plan, settings, rng, verses)
        fit = _fit(plan, bars, settings.metre, verses)
        planned = _planned(plan, bars, layout, chords[index], settings, offset)
        offset += len(planned)
        drawn.append(Drawn(index, planned, fit))
    return drawn


def section_notes(part: Drawn, pitches: Sequence[int], settings: TuneSettings) -> tuple[Note, ...]:
    """The notes of a section: planned times with MIDI pitches."""
    return tuple(
        Note(planned.slot.onset, planned.slot.duration, settings.reference + pitch)
        for planned, pitch in zip(part.planned, pitches, strict=True)
    )


def scale_mask(key: Key, traits: Melody) -> int:
    """The notes that the tune may use, as 12 bits above the tonic."""
    steps = key.steps
    if traits.scale == "pentatonic":
        steps = _PENTATONIC[key.mode]
    elif traits.scale == "blues":
        steps = _BLUES
    return sum(1 << step for step in steps)


def _rhythm(
    plan: SectionPlan,
    settings: TuneSettings,
    rng: np.random.Generator,
    verses: Sequence[SectionPlan],
) -> tuple[list[Onsets], list[Bar]]:
    traits = settings.traits
    if plan.lines:
        counts = [len(line) for line in plan.lines]
        layout = plan_lines(plan.line_bars, counts, traits.repetition, rng)
        return _sung_bars(plan, layout, settings, rng, verses), layout
    layout = plan_bars(plan.bars, traits.repetition, rng)
    density = settings.density * bar_length(settings.metre)
    density *= {"chorus": 0.92, "bridge": 1.05}.get(plan.name, 1.0)
    plain = traits.syncopation < 0.25  # grooves like phrases that start after the beat
    bars: list[Onsets] = []
    for start in range(0, plan.bars, _PHRASE):
        width = min(_PHRASE, plan.bars - start)
        shape = PhraseShape(width, density * width, starts_on_beat=plain, fine=settings.fine)
        fresh = sample_phrase(settings.metre, traits.idiom[2], shape, rng)
        bars += fresh or [(0.0,)] * width
    for number, bar in enumerate(layout):
        if bar.ref >= 0:
            bars[number] = bars[bar.ref]
        elif traits.syncopation and not bar.close:
            bars[number] = syncopate(bars[number], settings.metre, traits.syncopation, rng)
    return bars, layout


def _sung_bars(
    plan: SectionPlan,
    layout: Sequence[Bar],
    settings: TuneSettings,
    rng: np.random.Generator,
    verses: Sequence[SectionPlan],
) -> list[Onsets]:
    """The bars of all lines. A line that is to take after an earlier one gets a rhythm of its own
    where its stresses would lie wrongly; `verses` are other words to the same tune."""
    bars: list[Onsets] = []
    for number, (line, width) in enumerate(zip(plan.lines, plan.line_bars, strict=True)):
        start = len(bars)
        words = [line, *(verse.lines[number] for verse in verses)]
        first = layout[start]
        if first.ref >= 0 and all(bar.ref >= 0 for bar in layout[start : start + width]):
            again = bars[first.ref : first.ref + width]
            bars += _better(again, words, width, settings, rng)
        else:
            bars += _sung_line(words, width, settings, rng)
    return bars


def _better(
    again: list[Onsets],
    words: Sequence[Sequence[Sung]],
    width: int,
    settings: TuneSettings,
    rng: np.random.Generator,
) -> list[Onsets]:
    """A new rhythm, unless it stresses no better than the repeated one, or little better where
    only short words are stressed: that lines sound alike is worth something."""
    long, short = _stressed(again, settings.metre, words)
    if long == 1 and short >= _WELL_ENOUGH:
        return again
    fresh = _sung_line(words, width, settings, rng)
    longer, shorter = _stressed(fresh, settings.metre, words)
    better = longer > long or (longer == long and shorter > short + _WORTH_A_CHANGE)
    return fresh if better else again


def _sung_line(
    words: Sequence[Sequence[Sung]], width: int, settings: TuneSettings, rng: np.random.Generator
) -> list[Onsets]:
    """The rhythm of one line: of several with exactly its syllables, the one that stresses best
    (over all the words that are sung to it)."""
    count = len(words[0])
    shape = PhraseShape(
        width, count, exact=True, starts_on_beat=True, fine=max(0.05, settings.fine)
    )
    amount = settings.traits.syncopation
    pull = stress_pull(settings.metre, settings.traits.idiom[2], [_stresses(row) for row in words])
    best, fit = list[Onsets](), -np.inf
    weak = all(row[0].stress == 0 for row in words if row)
    for number in range(_TRIES):
        # Lines whose first syllables are unstressed may begin after the downbeat.
        late = number >= _EARLY or (weak and number % 2)
        asked = shape._replace(starts_on_beat=False) if late else shape
        bars = sample_phrase(settings.metre, settings.traits.idiom[2], asked, rng, pull)
        if bars is None:
            break
        if amount and number % 2 == 0:
            bars = [*(syncopate(b, settings.metre, amount, rng) for b in bars[:-1]), bars[-1]]
        long, short = _stressed(bars, settings.metre, words)
        value = (
            4.0 * long
            + 2.0 * short
            - _dwelling(bars, settings.metre, words)
            - _GAP * sum(bar[:1] > (1e-6,) for bar in bars[1:])
            + rng.normal(0, 0.05)
            + sum(
                stress_fit(bars, settings.metre, [item.stress for item in line]) for line in words
            )
            / len(words)
        )
        if value > fit:
            best, fit = bars, value
        if long == 1 and short >= _WELL_ENOUGH and number >= _ENOUGH:
            break
    return best or _even(count, width, settings.metre)


def _stressed(
    bars: Sequence[Onsets], metre: str, words: Sequence[Sequence[Sung]]
) -> tuple[float, float]:
    """Shares of the stresses of longer words, and of short ones that mean something, that lie on
    accents of the rhythm (1: all)."""
    onsets = _onsets(bars, metre)
    ends = [*onsets[1:], len(bars) * bar_length(metre)]
    notes = [Note(on, off - on, 60) for on, off in zip(onsets, ends, strict=True)]
    strong = accents(levels(notes, metre))
    found: dict[int, list[bool]] = {1: [], 3: []}
    for line in words:
        for stress, on in zip(_stresses(line), strong, strict=False):
            if stress in found:
                found[stress].append(on)
    long, short = (sum(f) / len(f) if f else 1.0 for f in (found[3], found[1]))
    return long, short


def _onsets(bars: Sequence[Onsets], metre: str) -> list[float]:
    """Quarter notes from the line's first bar line."""
    size = bar_length(metre)
    return [number * size + onset for number, bar in enumerate(bars) for onset in bar]


def _dwelling(bars: Sequence[Onsets], metre: str, words: Sequence[Sequence[Sung]]) -> float:
    """How many unstressed syllables of a line are held twice as long as its usual note, or as the
    stressed one after: nobody dwells on "the"."""
    held = np.diff(_onsets(bars, metre))
    if not len(held):
        return 0.0
    long, longer = held >= 2 * np.median(held), held >= 2 * np.append(held[1:], np.inf)
    found = 0
    for line in words:
        pairs = zip(line, line[1:], long, longer, strict=False)
        found += sum(a.stress == 0 and (x or (y and b.stress > 0)) for a, b, x, y in pairs)
    return found / len(words)


def _stresses(line: Sequence[Sung]) -> list[int]:
    """Stresses with 3 for the primary one of a longer word, which must not be sung wrongly, and for
    a last word of one syllable: a line comes to rest on a beat."""
    inside = [k > 0 and line[k - 1].joined for k in range(len(line))]
    found = [
        3 if item.stress == 1 and (item.joined or goes_on) else item.stress
        for item, goes_on in zip(line, inside, strict=True)
    ]
    return [*found[:-1], 3 if not inside[-1] else found[-1]] if found else []


def _even(count: int, width: int, metre: str) -> list[Onsets]:
    """So many notes in so few bars that no counted pattern fits: evenly spread sixteenths."""
    bar = bar_length(metre)
    grid = 0.25 if count <= width * bar * 4 else bar * width / count
    steps = max(1, int(width * bar / grid / count))
    onsets = [index * steps * grid for index in range(count)]
    return [
        tuple(
            o - number * bar for o in onsets if number * bar - 1e-9 <= o < (number + 1) * bar - 1e-9
        )
        for number in range(width)
    ]


def _fit(
    plan: SectionPlan, bars: Sequence[Onsets], metre: str, verses: Sequence[SectionPlan]
) -> float:
    """How well all words are stressed that are sung to the bars."""
    if not plan.lines:
        return 0.0
    found = []
    for words in (plan, *verses):
        row = [item for line in words.lines for item in line]
        stresses = [item.stress for item in row]
        long, short = _stressed(bars, metre, [row])
        found.append(stress_fit(bars, metre, stresses) + 2.0 * long + short)
    return sum(found) / len(found)


def _planned(
    plan: SectionPlan,
    bars: Sequence[Onsets],
    layout: Sequence[Bar],
    chords: Sequence[ChordEvent],
    settings: TuneSettings,
    offset: int,
) -> tuple[Planned, ...]:
    size = bar_length(settings.metre)
    flat = [(number, onset) for number, bar in enumerate(bars) for onset in bar]
    first = [sum(len(bar) for bar in bars[:number]) for number in range(len(bars))]
    masks = _chord_masks(chords, settings.key)
    leans = _leans(plan, len(flat))
    scale = scale_mask(settings.key, settings.traits)
    found: list[Planned] = []
    for index, (number, onset) in enumerate(flat):
        at = number * size + onset
        until = flat[index + 1][0] * size + flat[index + 1][1] if index + 1 < len(flat) else None
        last = index + 1 == len(flat) or flat[index + 1][0] != number
        closes = layout[number].close if last else ""
        duration = _duration(onset, at, until, size, closing=bool(closes))
        root, mask = _at(masks, at + min(0.5, duration / 2))
        low, high, target = _register(plan, (at / size) / plan.bars, number, settings)
        ref, within = layout[number].ref, index - first[number]
        paired = ref >= 0 and within < len(bars[ref])
        copies = paired and layout[number].kind in ("repeat", "sequence")
        found.append(
            Planned(
                slot=Slot(at, duration, root, mask),
                kind=layout[number].kind if paired else "new",
                ref=offset + first[ref] + within if copies else -1,
                close=closes,
                low=low,
                high=high,
                target=target,
                scale=scale,
                lean=leans[index],
            )
        )
    return tuple(found)


def _duration(onset: float, at: float, until: float | None, size: float, *, closing: bool) -> float:
    """Up to the next note, within the bar; the last note of a phrase leaves room to breathe."""
    gap = min(size - onset, (until - at) if until is not None else size)
    if not closing:
        return round(gap, 4)
    whole = [length for length in (4.0, 3.0, 2.0, 1.5, 1.0, 0.5, 0.25) if length <= gap + 1e-6]
    held = whole[0] if whole else gap
    if until is not None and held == gap and held >= 2:
        held -= 1.0 if held >= 3 else 0.5
    return held


def _chord_masks(chords: Sequence[ChordEvent], key: Key) -> list[tuple[float, int, int]]:
    rows = []
    for event in chords:
        chord = parse_chord(event.symbol)
        if not chord.sounds:
            rows.append((event.onset, -1, 0))
            continue
        mask = sum(1 << ((pc - key.tonic) % 12) for pc in set(chord.pitch_classes))
        rows.append((event.onset, (chord.root - key.tonic) % 12, mask))
    return rows


def _at(masks: Sequence[tuple[float, int, int]], time: float) -> tuple[int, int]:
    found = (-1, 0)
    for onset, root, mask in masks:
        if onset > time + 1e-6:
            break
        found = (root, mask)
    return found


def _register(
    plan: SectionPlan, progress: float, number: int, settings: TuneSettings
) -> tuple[int, int, float]:
    """Lowest, highest and wished height: phrases arch, the chorus lies above the verse."""
    span = settings.traits.span
    middle = settings.centre - settings.reference
    low, high = middle - span // 2, middle + span - span // 2
    lift = {"chorus": 2.5, "bridge": 1.5, "pre-chorus": 1.0}.get(plan.name, -1.0)
    arch = 2.0 * np.sin(np.pi * min(1.0, progress * 1.15))
    phrase = 1.5 * np.sin(np.pi * ((number % _PHRASE) + 0.5) / _PHRASE) - 0.7
    if plan.name == "chorus":
        return low + 3, high, float(middle + lift + arch + phrase)
    if plan.name == "verse" and plan.bars < 12:
        return low, high - 3, float(middle + lift + arch + phrase)
    return low, high, float(middle + lift + arch + phrase)


def _leans(plan: SectionPlan, count: int) -> list[int]:
    """Up or down from the syllable before, where two Chinese tones differ enough to be heard."""
    tones = [item.tone for line in plan.lines for item in line]
    leans = [0] * count
    for index in range(1, min(count, len(tones))):
        if tones[index] and tones[index - 1]:
            difference = _TONE_HEIGHT[tones[index]] - _TONE_HEIGHT[tones[index - 1]]
            leans[index] = int(np.sign(difference)) if abs(difference) >= _HEARD else 0
    return leans
