"""What a song is like: key, form, range, mood and style, heard in its notes and chords."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from music.chords import BadChord, Chord, parse_chord
from music.key_finding import KeyScore, keys_of_notes
from music.keys import BadKey, Key, parse_key
from music.song import Note, Section, Song, bar_length
from tools._moods import all_moods
from tools.harmony._vocabulary import SIZE, frame, token
from tools.harmony.key_finding import keys_of_chords, mixed
from tools.harmony.sequence import chord_model, without_repeats
from tools.styles import Style, all_styles

_TRUST_STATED = 0.12  # a written key that the music gives at least this probability stands
_SAME = 0.95  # similarity from which two parts count as the same
_VARIED = 0.6  # ... and from which as a variation


@dataclass(frozen=True)
class Part:
    """A stretch of the form: its letter ("A", "A'", "B"), name, and first bar (from 1)."""

    letter: str
    name: str
    bar: int
    bars: int


def sounding_chords(song: Song) -> list[Chord]:
    """The song's chords that can be read and sound."""
    found: list[Chord] = []
    for event in song.chords():
        try:
            chord = parse_chord(event.symbol)
        except BadChord:
            continue
        if chord.sounds:
            found.append(chord)
    return found


def keys_of_song(song: Song) -> list[KeyScore]:
    """The keys that the song's chords and melody speak for; empty for a song without either."""
    chords, melody = sounding_chords(song), list(song.melody())
    if chords and melody:
        return mixed(keys_of_chords(chords), keys_of_notes(melody))
    return keys_of_chords(chords) if chords else keys_of_notes(melody)


def key_of_song(song: Song) -> Key:
    """The written key unless the music contradicts it."""
    scores = keys_of_song(song)
    try:
        stated = parse_key(song.key)
    except BadKey:
        stated = None
    if not scores:
        return stated or parse_key("C")
    if stated and any(item.key == stated and item.score >= _TRUST_STATED for item in scores):
        return stated
    if stated and stated.mode not in ("major", "minor") and stated.fifths == scores[0].key.fifths:
        return stated
    return scores[0].key


def form(song: Song) -> list[Part]:
    """The parts of the song with letters: equal letters sound alike."""
    pieces = _pieces(song)
    known: list[tuple[str, Section]] = []
    parts: list[Part] = []
    for name, bar, bars, piece in pieces:
        letter = _letter(piece, known)
        if not letter.endswith("'"):
            known.append((letter, piece))
        parts.append(Part(letter, name, bar, bars))
    return parts


def _pieces(song: Song) -> list[tuple[str, int, int, Section]]:
    """The sections; one long section is cut into phrases of eight bars."""
    pieces = []
    bar = 1
    for section in song.sections:
        length = bar_length(section.metre or song.metre)
        bars = max(1, round(section.length / length))
        size = 8 if len(song.sections) == 1 and bars >= 16 else bars
        for first in range(0, bars, size):
            count = min(size, bars - first)
            piece = _cut(section, first * length, (first + count) * length)
            pieces.append((section.name, bar + first, count, piece))
        bar += bars
    return pieces


def _cut(section: Section, start: float, end: float) -> Section:
    notes = tuple(
        note._replace(onset=note.onset - start)
        for note in section.melody
        if start <= note.onset < end
    )
    chords = tuple(
        chord._replace(onset=chord.onset - start)
        for chord in section.chords
        if start <= chord.onset < end
    )
    return Section(name=section.name, length=end - start, melody=notes, chords=chords)


def _letter(piece: Section, known: Sequence[tuple[str, Section]]) -> str:
    best = max(known, key=lambda item: _alike(piece, item[1]), default=None)
    if best is not None:
        alike = _alike(piece, best[1])
        if alike >= _SAME:
            return best[0]
        if alike >= _VARIED:
            return best[0].rstrip("'") + "'"
    return chr(ord("A") + len({letter for letter, _ in known}) % 26)


def _alike(a: Section, b: Section) -> float:
    """Share of notes and chords (on the same beat) that both have."""
    notes = _shared([(n.onset, n.pitch) for n in a.melody], [(n.onset, n.pitch) for n in b.melody])
    chords = _shared(a.chords, b.chords)
    found = [value for value in (notes, chords) if value is not None]
    return sum(found) / len(found) if found else 1.0


def _shared(a: Sequence[object], b: Sequence[object]) -> float | None:
    if not a and not b:
        return None
    return len(set(a) & set(b)) / max(len(set(a)), len(set(b)))


def mood(song: Song, key: Key) -> str:
    """The mood nearest in the valence-arousal plane.

    Major, bright chords and a quick tempo raise valence; tempo, density and wide leaps raise
    arousal: the directions of Gabrielsson and Lindström (2010).
    """
    chords = sounding_chords(song)
    minor = sum(chord.is_minor for chord in chords) / len(chords) if chords else float(key.is_minor)
    pace = max(-1.0, min(1.0, math.log2(song.tempo / 100)))
    melody = song.melody()
    lively = len(melody) / max(song.length, 1.0) - 1.0 if melody else 0.0
    valence = (0.1 if not key.is_minor else -0.5) + 0.5 * (0.5 - minor) + 0.35 * pace
    valence += 0.15 * lively
    arousal = 0.8 * pace + 0.4 * lively
    near = min(
        all_moods().values(),
        key=lambda one: (one.valence - valence) ** 2 + (one.arousal - arousal) ** 2,
    )
    return near.name


def styles(song: Song, key: Key) -> list[tuple[str, float]]:
    """Styles with probabilities from chord changes, chord types, tempo and metre."""
    changes = without_repeats(token(chord, frame(key)) for chord in sounding_chords(song))[:200]
    scores = {
        style.name: _style_score(style, song, changes)
        for style in all_styles().values()
        if not style.modifier
    }
    best = max(scores.values())
    weights = {name: math.exp(score - best) for name, score in scores.items()}
    total = sum(weights.values())
    return sorted(
        ((name, weight / total) for name, weight in weights.items()), key=lambda p: (-p[1], p[0])
    )


def _style_score(style: Style, song: Song, changes: list[int]) -> float:
    low, usual, high = style.tempo
    spread = math.log(high / low) / 2
    score = -0.5 * (math.log(song.tempo / usual) / spread) ** 2
    score -= 1.0 if style.metre != song.metre else 0.0
    if notes := len(song.melody()):
        dense = math.log2(notes / max(song.length, 1.0) / style.melody.density)
        score -= 0.5 * (dense / 0.6) ** 2
    if changes:
        logs = []
        for at, item in enumerate(changes):
            p = chord_model().static(changes[max(0, at - 4) : at], style.name)
            logs.append(math.log(p[item] / p.sum() + 1e-3 / SIZE))
        score += 6.0 * sum(logs) / len(logs)
    return score


def melody_range(melody: Sequence[Note], key: Key) -> tuple[str, str, int] | None:
    """Lowest and highest note with octave ("A3", "E5") and the semitones between."""
    if not melody:
        return None
    low, high = min(n.pitch for n in melody), max(n.pitch for n in melody)
    return _named(low, key), _named(high, key), high - low


def _named(pitch: int, key: Key) -> str:
    name = key.spell(pitch % 12)
    # B# belongs to the octave below its sounding C, Cb to the one above its sounding B.
    shift = -1 if name.startswith("B#") else 1 if name.startswith("Cb") else 0
    return f"{name}{pitch // 12 - 1 + shift}"
