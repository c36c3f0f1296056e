"""The band: comping, bass and drums of a style, played under a song's chords."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from music.chords import BadChord, Chord, parse_chord
from music.song import Hit, Section, Song, Track, bar_length
from tools.composing._patterns import Step, steps
from tools.composing._voicing import bass_pitch, voice_all, walk
from tools.styles import Part, Style, find_style

_LOUDNESS = {"X": 14, "x": 0, "o": -22}
_SECTIONS = {"intro": -10, "verse": -5, "pre-chorus": 0, "chorus": 7, "bridge": 2, "outro": -8}
_LIGHT = ("intro", "verse", "interlude", "outro")
_DRUMS = {
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "low drum": 41, "hat": 42, "pedal hat": 44,
    "open hat": 46, "tom": 47, "crash": 49, "ride": 51, "tambourine": 54, "shaker": 70,
    "wood block": 76, "bell": 81,
}  # fmt: skip
_FILL_EVERY = 8  # bars


class Span(NamedTuple):
    """A chord while it sounds, in quarter notes from the section's start."""

    start: float
    end: float
    chord: Chord


def arrange(song: Song, style: Style, seed: int = 0, loudness: int = 0) -> Song:
    """The song with tracks in this style in place of its own; melody and chords are untouched.

    `loudness` shifts all MIDI velocities. Sections without readable chords get no tracks.
    """
    rng = random.Random(seed)
    light = {s.name for s in song.sections} & set(_LIGHT)
    full_everywhere = len({s.name for s in song.sections}) == 1
    sections = []
    for number, section in enumerate(song.sections):
        band = _Band(
            style=style,
            metre=section.metre or song.metre,
            pickup=song.pickup if number == 0 else 0.0,
            loudness=loudness + _SECTIONS.get(section.name, 0),
            light=section.name in light and not full_everywhere,
            last=number == len(song.sections) - 1,
        )
        tracks = tuple(_tracks(section, band, rng))
        sections.append(section.model_copy(update={"tracks": tracks}))
    return song.replace(sections=tuple(sections))


def rearranged(old: Song, new: Song) -> Song:
    """`new` with a fresh arrangement when the tracks of `old` were an arrangement of ours."""
    style = find_style(old.style)
    names = {track.name for section in old.sections for track in section.tracks}
    if style is None or not names:
        return new
    ours = {part.name for part in style.parts} | {"Drums"}
    return arrange(new, style) if names <= ours else new


class _Band(NamedTuple):
    style: Style
    metre: str
    pickup: float
    loudness: int
    light: bool
    last: bool


def spans(section: Section) -> list[Span]:
    """The chords of a section that can be read and sound."""
    found = []
    ends = [event.onset for event in section.chords[1:]] + [section.length]
    for event, end in zip(section.chords, ends, strict=True):
        try:
            chord = parse_chord(event.symbol)
        except BadChord:
            continue
        if chord.sounds and end > event.onset:
            found.append(Span(event.onset, end, chord))
    return found


def _tracks(section: Section, band: _Band, rng: random.Random) -> Iterator[Track]:
    harmony = spans(section)
    if not harmony:
        return
    starts = _bar_starts(section, band)
    seen_chords = False
    for part in band.style.parts:
        if part.role == "chords" and seen_chords and band.light:
            continue
        seen_chords |= part.role == "chords"
        notes = list(
            _bass(part, harmony, starts, band)
            if part.role == "bass"
            else _chords(part, harmony, starts, band)
        )
        yield Track(name=part.name, program=part.program, notes=_humanised(notes, rng))
    if band.style.groove.lines:
        hits = list(_drums(starts, band))
        yield Track(name="Drums", drums=True, notes=_humanised(hits, rng))


def _bar_starts(section: Section, band: _Band) -> list[float]:
    bar = bar_length(band.metre)
    count = max(1, round((section.length - band.pickup) / bar))
    return [band.pickup + index * bar for index in range(count)]


def _at(harmony: Sequence[Span], time: float) -> Span | None:
    return next((s for s in harmony if s.start - 1e-6 <= time < s.end - 1e-6), None)


def _played(part: Part, starts: Sequence[float], band: _Band) -> Iterator[Step]:
    for number, start in enumerate(starts):
        if band.last and number == len(starts) - 1:
            yield Step(start, bar_length(band.metre), "1" if part.role == "bass" else "x")
            return
        pattern = part.bars[number % len(part.bars)]
        for step in steps(pattern, band.style.metre, band.metre, band.style.swing):
            yield step._replace(onset=round(start + step.onset, 6))


def _chords(
    part: Part, harmony: Sequence[Span], starts: Sequence[float], band: _Band
) -> Iterator[Hit]:
    power = band.style.harmony.colour == "power"
    found = voice_all([span.chord for span in harmony], part.centre, part.voices, power=power)
    voicings = {span.start: row for span, row in zip(harmony, found, strict=True)}
    for step in _restruck(list(_played(part, starts, band)), harmony):
        if (now := _at(harmony, step.onset)) is None:
            continue
        length = min(step.duration, now.end - step.onset) * 0.97
        velocity = part.velocity + band.loudness + _LOUDNESS.get(step.sign, 0)
        for pitch in _sounding(step.sign, voicings[now.start], now.chord):
            yield Hit(step.onset, round(length, 4), pitch, velocity)


def _sounding(sign: str, voicing: tuple[int, ...], chord: Chord) -> tuple[int, ...]:
    if sign == "r":
        root = voicing[0] - (voicing[0] - chord.bass) % 12
        return (root if root < voicing[0] else root - 12,)
    if sign.isdigit():
        index = int(sign) - 1
        return (voicing[index % len(voicing)] + 12 * (index // len(voicing)),)
    return voicing


def _restruck(played: list[Step], harmony: Sequence[Span]) -> list[Step]:
    """Held chords are struck again where the harmony changes under them."""
    found = []
    for step in played:
        end = step.onset + step.duration
        cuts = [s.start for s in harmony if step.onset + 1e-6 < s.start < end - 1e-6]
        for first, last in zip([step.onset, *cuts], [*cuts, end], strict=True):
            found.append(Step(first, last - first, step.sign))
    return found


def _bass(
    part: Part, harmony: Sequence[Span], starts: Sequence[float], band: _Band
) -> Iterator[Hit]:
    played = _restruck(list(_played(part, starts, band)), harmony)
    before = 40
    for index, step in enumerate(played):
        span = _at(harmony, step.onset)
        if span is None:
            continue
        ahead = played[index + 1].onset if index + 1 < len(played) else step.onset + 1
        coming = _at(harmony, ahead)
        leaving = coming is not None and coming.start > span.start
        fresh = not any(span.start - 1e-6 <= p.onset < step.onset for p in played[:index])
        target = coming.chord if coming is not None else span.chord
        if fresh:
            pitch = bass_pitch(span.chord, "1", before)
        elif step.sign in "wa":
            pitch = walk(span.chord, target, before, leaving=leaving)
        else:
            pitch = bass_pitch(span.chord, step.sign, before)
        before = pitch
        length = min(step.duration, span.end - step.onset) * 0.95
        yield Hit(step.onset, round(length, 4), pitch, part.velocity + band.loudness)


def _drums(starts: Sequence[float], band: _Band) -> Iterator[Hit]:
    groove = band.style.groove
    for number, start in enumerate(starts):
        if band.last and number == len(starts) - 1:
            yield Hit(start, 0.25, 36, 90 + band.loudness)
            if groove.fill and not band.light:
                yield Hit(start, 1.0, 49, 80 + band.loudness)
            return
        ends_phrase = (number + 1) % _FILL_EVERY == 0 or number == len(starts) - 1
        fill = bool(groove.fill) and ends_phrase and len(starts) > 2
        half = bar_length(band.metre) / 2
        for lines, low, high in _bar_lines(band.style, fill, half):
            for name, pattern in lines:
                for step in steps(pattern, band.style.metre, band.metre, band.style.swing):
                    if low <= step.onset < high:
                        velocity = 84 + _LOUDNESS.get(step.sign, 0) + band.loudness
                        yield Hit(round(start + step.onset, 6), 0.2, _DRUMS[name], velocity)
        if number == 0 and groove.fill and not band.light:
            yield Hit(start, 1.0, 49, 82 + band.loudness)


def _bar_lines(
    style: Style, fill: bool, half: float
) -> list[tuple[tuple[tuple[str, str], ...], float, float]]:
    """Which lines play from when to when: a fill takes over in the second half of its bar."""
    if not fill:
        return [(style.groove.lines, 0.0, 99.0)]
    return [(style.groove.lines, 0.0, half - 1e-6), (style.groove.fill, half - 1e-6, 99.0)]


def _humanised(notes: list[Hit], rng: random.Random) -> tuple[Hit, ...]:
    return tuple(
        hit._replace(velocity=max(20, min(124, hit.velocity + rng.randint(-4, 4))))
        for hit in sorted(notes)
    )
