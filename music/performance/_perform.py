"""From a song to its tracks: melody, chords, bass and drums, lightly humanised."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from music.chords import BadChord, Chord, parse_chord
from music.performance._bars import Bar, bars
from music.performance._styles import CRASH, Cell, Playing, playing
from music.performance._voicing import bass_note
from music.song import Hit, Note, Song, Track
from music.voicing import comp

STEP = 0.25
_OPEN_CEILING = 76
_LOUDNESS = {"x": 0, "X": 12, "o": -18}
_SECTION_LOUDNESS = (  # first match; "pre" keeps a pre-chorus from being a chorus
    (("pre", "预"), 0),
    (("chorus", "hook", "副歌", "refrain", "climax"), 6),
    (("intro", "outro", "前奏", "尾奏", "结尾", "interlude", "间奏"), -8),
    (("bridge", "桥"), -3),
)


@dataclass(frozen=True)
class _Span:
    """A chord while it sounds, with the notes it is played with."""

    start: float
    end: float
    chord: Chord
    pitches: tuple[int, ...]
    bass: int
    fifth: int


def perform(song: Song) -> tuple[Track, ...]:
    """What is played, in quarter notes from the song's start: the melody and its accompaniment.

    A song with tracks of its own is played with those, as they are, and with the melody in the
    style's swing, in which such tracks are written. Otherwise chords, bass and
    drums are made from the chord symbols in the manner of the song's style. The same song is
    always played the same. Chord symbols that cannot be read stay silent. Empty when nothing
    sounds.
    """
    style = playing(song.style)
    melody = Track(name="Melody", program=style.lead, notes=tuple(_melody(song)))
    if own := _own_tracks(song):
        tracks = (_in_time(melody, song, style.swing), *own)
    else:
        made = (melody, *_accompaniment(song, style))
        tracks = tuple(_in_time(part, song, style.swing) for part in made)
    return tuple(track for track in tracks if track.notes)


def _melody(song: Song) -> Iterator[Hit]:
    downbeats = {round(bar.start, 3) for bar in bars(song) if bar.phase == 0}
    for start, section in zip(song.starts(), song.sections, strict=True):
        louder = _section_loudness(section.name) // 2
        for note in section.melody:
            onset = start + note.onset
            accent = 6 if round(onset, 3) in downbeats else 0
            accent -= 5 if onset % 1 else 0
            velocity = 96 + accent + louder
            yield Hit(onset, max(note.duration * 0.96, 0.05), note.pitch, velocity)


def _own_tracks(song: Song) -> tuple[Track, ...]:
    """The song's own tracks, joined over its sections by name and instrument."""
    joined: dict[tuple[str, int, bool], list[Hit]] = {}
    for start, section in zip(song.starts(), song.sections, strict=True):
        for track in section.tracks:
            notes = joined.setdefault((track.name, track.program, track.drums), [])
            notes.extend(hit._replace(onset=start + hit.onset) for hit in track.notes)
    return tuple(
        Track(name=name, program=program, drums=drums, notes=tuple(sorted(notes)))
        for (name, program, drums), notes in joined.items()
    )


def _accompaniment(song: Song, style: Playing) -> tuple[Track, ...]:
    spans = _voiced(song)
    if not spans:
        return ()
    chords: list[Hit] = []
    bass: list[Hit] = []
    drums: list[Hit] = []
    grid = [bar for bar in bars(song) if bar.end > spans[0].start]
    for number, bar in enumerate(grid):
        cell = _cell(style, bar)
        inside = [s for s in spans if s.start < bar.end - 1e-6 and s.end > bar.start + 1e-6]
        louder = _section_loudness(song.sections[bar.section].name)
        if number == len(grid) - 1 and len(inside) == 1:
            chords.extend(_last_chord(inside[0], bar, style))
            bass.append(Hit(max(bar.start, inside[0].start), bar.length, inside[0].bass, 84))
            continue
        chords.extend(_comp(cell.chords, bar, inside, style, louder))
        bass.extend(_bass(cell.bass, bar, inside, spans, louder))
        opens = number == 0 or grid[number - 1].section != bar.section
        if number > 0 or bar.phase == 0:  # no drums in a pickup
            drums.extend(_drums(cell, bar, style.crash and opens, louder))
    return (
        Track(name="Chords", program=style.comp, notes=tuple(chords)),
        Track(name="Bass", program=style.bass, notes=tuple(bass)),
        Track(name="Drums", drums=True, notes=tuple(drums)),
    )


def _voiced(song: Song) -> list[_Span]:
    """The chords that can be read, with voicings that lead from one to the next."""
    events, melody = song.chords(), song.melody()
    sounding: list[tuple[float, float, Chord]] = []
    for index, event in enumerate(events):
        end = events[index + 1].onset if index + 1 < len(events) else song.length
        chord = _read(event.symbol)
        if chord is not None and end - event.onset >= 1e-6:
            sounding.append((event.onset, end, chord))
    ceilings = [_ceiling(melody, start, end) for start, end, _ in sounding]
    voiced = comp([(chord.pitch_classes, chord.root) for _, _, chord in sounding], ceilings)
    spans: list[_Span] = []
    for (start, end, chord), pitches in zip(sounding, voiced, strict=True):
        bass = bass_note(chord.bass, spans[-1].bass if spans else None)
        spans.append(_Span(start, end, chord, pitches, bass, _fifth(chord, bass)))
    return spans


def _ceiling(melody: Sequence[Note], start: float, end: float) -> int:
    """The lowest melody note over a chord, as far as chords have to care."""
    above = [n.pitch for n in melody if n.onset < end and n.onset + n.duration > start]
    return max(60, min([p for p in above if p >= 60], default=_OPEN_CEILING))


def _read(symbol: str) -> Chord | None:
    try:
        chord = parse_chord(symbol)
    except BadChord:
        return None
    return chord if chord.sounds else None


def _fifth(chord: Chord, bass: int) -> int:
    """The chord's fifth (perfect or altered) above or below the bass; the octave if it has none."""
    fifths = [c for c in chord.pitch_classes if (c - chord.root) % 12 in (6, 7, 8)]
    if not fifths or chord.bass != chord.root:
        return bass + 12 if bass + 12 <= 50 else bass - 12
    step = (min(fifths, key=lambda c: abs((c - chord.root) % 12 - 7)) - bass) % 12
    return bass + step if bass + step <= 50 else bass + step - 12


def _cell(style: Playing, bar: Bar) -> Cell:
    beats, unit = (int(part) for part in bar.metre.split("/"))
    if unit >= 8 and beats % 3 == 0 and beats > 3:
        return style.six
    return style.three if beats == 3 else style.four


def _steps(pattern: str, bar: Bar) -> Iterator[tuple[float, str, float]]:
    """(onset, symbol, duration) of the sounding steps; a pattern repeats until the bar is full."""
    total, skip = round(bar.length / STEP), round(bar.phase / STEP)
    cells = [pattern[(i + skip) % len(pattern)] for i in range(total)]
    for index, symbol in enumerate(cells):
        if symbol not in ".-":
            held = 1
            while index + held < total and cells[index + held] == "-":
                held += 1
            yield bar.start + index * STEP, symbol, held * STEP


def _at(spans: list[_Span], time: float) -> _Span | None:
    return next((s for s in spans if s.start - 1e-6 <= time < s.end - 1e-6), None)


def _comp(pattern: str, bar: Bar, spans: list[_Span], style: Playing, louder: int) -> Iterator[Hit]:
    """Chord strokes; a chord that enters where the pattern has none is struck as it enters."""
    strokes = list(_steps(pattern, bar))
    struck = {round(onset, 3) for onset, _, _ in strokes}
    strokes += [
        (s.start, "x", min(s.end, bar.end) - s.start)
        for s in spans
        if s.start > bar.start + 1e-6 and round(s.start, 3) not in struck
    ]
    for onset, symbol, length in sorted(strokes):
        span = _at(spans, onset)
        if span is None:
            continue
        if symbol.isdigit():
            pitch = span.pitches[min(int(symbol), len(span.pitches) - 1)]
            ring = min(span.end, bar.end) - onset
            yield Hit(onset, min(ring, 2.0), pitch, 68 + louder)
            continue
        duration = min(length, span.end - onset)
        velocity = 66 + _LOUDNESS[symbol] + louder
        for voice, pitch in enumerate(span.pitches):
            late = voice * style.strum
            yield Hit(onset + late, max(duration - late, 0.05), pitch, velocity)


def _bass(
    pattern: str, bar: Bar, spans: list[_Span], following: list[_Span], louder: int
) -> Iterator[Hit]:
    steps = list(_steps(pattern, bar))
    played = {round(onset, 3) for onset, _, _ in steps}
    entering = [s for s in spans if s.start > bar.start + 1e-6]
    steps += [
        (s.start, "R", min(s.end, bar.end) - s.start)
        for s in entering
        if round(s.start, 3) not in played
    ]
    for onset, symbol, length in sorted(steps):
        span = _at(spans, onset)
        if span is None:
            continue
        fresh = any(abs(s.start - onset) < 1e-6 for s in entering) or onset == bar.start
        pitch = span.bass if fresh else _bass_pitch(symbol, span, onset, following)
        yield Hit(onset, min(length, span.end - onset) * 0.95, pitch, 82 + louder)


def _bass_pitch(symbol: str, span: _Span, onset: float, spans: list[_Span]) -> int:
    if symbol == "5":
        return span.fifth
    if symbol == "O":
        return span.bass + 12
    if symbol == "R":
        return span.bass
    left = span.end - onset
    after = next((s for s in spans if s.start >= span.end - 1e-6), None)
    if left <= 1 + 1e-6 and after is not None and after.bass != span.bass:
        return after.bass + (1 if span.bass > after.bass else -1)
    tones = [c for c in span.chord.pitch_classes if c != span.chord.bass] or [span.chord.bass]
    tone = tones[int(onset - span.start) % len(tones)]
    return bass_note(tone, span.bass + 3)


def _drums(cell: Cell, bar: Bar, crash: bool, louder: int) -> Iterator[Hit]:
    for pitch, pattern in cell.drums.items():
        for onset, symbol, _ in _steps(pattern, bar):
            yield Hit(onset, 0.2, pitch, 74 + _LOUDNESS[symbol] + louder // 2)
    if crash and cell.drums:
        yield Hit(bar.start, 0.5, CRASH, 84 + louder // 2)


def _last_chord(span: _Span, bar: Bar, style: Playing) -> Iterator[Hit]:
    """The last bar rings: the chord is rolled upwards and held."""
    start = max(bar.start, span.start)
    for voice, pitch in enumerate(span.pitches):
        late = voice * max(style.strum, 0.04)
        yield Hit(start + late, max(bar.end - start - late, 0.2), pitch, 70)


def _section_loudness(name: str) -> int:
    lower = name.lower()
    return next((v for words, v in _SECTION_LOUDNESS if any(w in lower for w in words)), 0)


def _in_time(track: Track, song: Song, swing: float) -> Track:
    """The track with swung eighths and small deviations of time and loudness.

    Deviations are drawn by a generator that starts from the track's name, so that a song always
    sounds the same; their size (about 6 ms at 100 beats a minute) is below what is heard as late.
    """
    chance = random.Random(track.name)
    warp = _swung(swing) if not _compound(song.metre) else _straight
    notes: list[Hit] = []
    drift, last = 0.0, -1.0
    for onset, duration, pitch, velocity in track.notes:
        start = warp(onset)
        length = warp(onset + duration) - start
        if start - last > 0.1:  # the notes of one stroke stay together
            drift, last = (0.0 if track.name == "Melody" else chance.gauss(0, 0.008)), start
        louder = round(chance.gauss(0, 2.5))
        begin = max(0.0, start + drift)
        notes.append(Hit(begin, max(length, 0.03), pitch, max(1, min(127, velocity + louder))))
    return track.model_copy(update={"notes": tuple(sorted(notes))})


def _compound(metre: str) -> bool:
    beats, unit = (int(part) for part in metre.split("/"))
    return unit >= 8 and beats % 3 == 0


def _straight(time: float) -> float:
    return time


def _swung(point: float) -> Callable[[float], float]:
    """Moves the middle of each quarter note to `point` and stretches what lies between."""

    def warp(time: float) -> float:
        beat = math.floor(time)
        part = time - beat
        if part < 0.5:
            return beat + part * 2 * point
        return beat + point + (part - 0.5) * 2 * (1 - point)

    return warp
