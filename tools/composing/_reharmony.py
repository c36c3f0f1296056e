"""New chords for a kept tune: relatives of each chord, judged by the tune and the chord model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from music.chords import BadChord, Chord, parse_chord, spell_root
from music.keys import Key
from music.song import ChordEvent, Note, Section
from tools.harmony._vocabulary import frame, token
from tools.harmony.sequence import chord_model
from tools.styles import Style

_BEAM = 6
# What a quality becomes in each colour, likeliest first: (major, minor, dominant).
_COLOURS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "power": (("5", ""), ("5", "m"), ("5", "")),
    "triad": (("",), ("m",), ("", "7")),
    "add": (("", "add9", "sus2"), ("m", "m7"), ("sus4", "")),
    "seventh": (("maj7", ""), ("m7",), ("7",)),
    "extended": (("maj7", "maj9", "6/9"), ("m7", "m9"), ("9", "13", "7")),
    "dominant": (("7", "9"), ("m7",), ("7", "9")),
}
# Functional stand-ins: semitones above the key's tonic of the root, and what may replace it.
_MAJOR_RELATIVES = {0: (9, 4), 5: (2,), 7: (11, 2), 9: (0,), 2: (5,), 4: (0, 7)}
_MINOR_RELATIVES = {0: (3, 8), 5: (8, 2), 7: (10,), 3: (0,), 8: (5, 3), 10: (7, 3)}
_TRITONE_STYLES = frozenset(("jazz", "bossa_nova"))
_TWO_FIVE_STYLES = frozenset(("jazz", "bossa_nova", "lofi", "soul", "rnb"))


class Reharmonised(NamedTuple):
    """Chords of one section and how well they fit (higher is better)."""

    chords: tuple[ChordEvent, ...]
    score: float


class _Path(NamedTuple):
    symbols: tuple[str, ...]
    tokens: tuple[int, ...]
    score: float


def reharmonise(
    section: Section, key: Key, style: Style, strength: float, rng: np.random.Generator
) -> Reharmonised:
    """A beam search over candidates; `strength` 0 only recolours, 1 freely replaces.

    Scores add the share of the tune's time on chord tones, clashes, the log probability of the
    chord model in the style, loyalty to the old root, and a little chance for variety.
    """
    melody = section.melody
    split = _with_two_fives(list(section.chords), section.length, key, style, strength)
    ends = [event.onset for event in split[1:]] + [section.length]
    paths = [_Path((), (), 0.0)]
    origin, model = frame(key), chord_model()
    for index, (event, end) in enumerate(zip(split, ends, strict=True)):
        edge = index in (0, len(split) - 1)
        options = list(_options(event.symbol, key, style, strength, edge=edge))
        under = [n for n in melody if n.onset < end - 1e-6 and n.onset + n.duration > event.onset]
        fits = [_fit(chord, under, event.onset, end) for chord, _ in options]
        grown = []
        for path in paths:
            chances = model.distribution(list(path.tokens)[-8:], style.name)
            for (chord, loyalty), fit in zip(options, fits, strict=True):
                value = 4.0 * fit + loyalty + rng.gumbel() * 0.35 * strength
                grown.append(_longer(path, chord, value, chances, origin))
        paths = sorted(grown, key=lambda path: -path.score)[:_BEAM]
    best = paths[0]
    events = [
        ChordEvent(event.onset, symbol) for event, symbol in zip(split, best.symbols, strict=True)
    ]
    merged = [
        event
        for index, event in enumerate(events)
        if index == 0 or event.symbol != events[index - 1].symbol
    ]
    return Reharmonised(tuple(merged), best.score / max(1, len(events)))


def _longer(
    path: _Path, chord: Chord, value: float, chances: NDArray[np.float64], origin: int
) -> _Path:
    symbols = (*path.symbols, chord.symbol)
    if not chord.sounds:
        return _Path(symbols, path.tokens, path.score)
    item = token(chord, origin)
    if path.tokens and path.tokens[-1] == item:
        return _Path(symbols, path.tokens, path.score + value - 0.5)
    likely = 0.12 * float(np.log(chances[item] + 1e-6))
    return _Path(symbols, (*path.tokens, item), path.score + value + likely)


def _options(
    symbol: str, key: Key, style: Style, strength: float, *, edge: bool
) -> Iterable[tuple[Chord, float]]:
    """Candidates for one chord with their loyalty to it."""
    try:
        chord = parse_chord(symbol)
    except BadChord:
        return
    yield chord, 0.0 if strength < 0.05 else -1.2 * strength
    if not chord.sounds or "dim" in chord.suffix:
        return
    bass = f"/{chord.bass_name}" if chord.bass != chord.root else ""
    for rank, suffix in enumerate(_suffixes(chord, key, style)):
        yield parse_chord(f"{chord.root_name}{suffix}{bass}"), 0.6 - 0.3 * rank
    if strength < 0.5 or edge:
        return
    relatives = _MINOR_RELATIVES if key.is_minor else _MAJOR_RELATIVES
    for step in relatives.get((chord.root - key.tonic) % 12, ()):
        other = _diatonic((key.tonic + step) % 12, key)
        for suffix in _suffixes(other, key, style)[:2]:
            yield parse_chord(f"{other.root_name}{suffix}"), -0.9 * (1.4 - strength)
    dominant = "b7" in chord.degrees and "3" in chord.degrees
    if dominant and style.name in _TRITONE_STYLES:
        name = spell_root((chord.root + 6) % 12, key=key)
        yield parse_chord(f"{name}7"), -0.5


def _suffixes(chord: Chord, key: Key, style: Style) -> list[str]:
    major, minor, dominant = _COLOURS[style.harmony.colour]
    fifth_degree = (chord.root - key.tonic) % 12 == 7
    if chord.is_minor:
        if "b5" in chord.degrees:
            return ["m7b5"] if style.harmony.colour in ("seventh", "extended") else ["dim"]
        return list(minor)
    is_dominant = "b7" in chord.degrees or (fifth_degree and style.harmony.colour != "add")
    found = list(dominant if is_dominant else major)
    if is_dominant and key.is_minor and fifth_degree and style.harmony.colour == "extended":
        found = ["7b9", "7"]
    return found


def _diatonic(root: int, key: Key) -> Chord:
    """The triad of the key on a root; plain major where the root is outside."""
    third = (root + 3) % 12 in key.pitch_classes and (root + 4) % 12 not in key.pitch_classes
    flat_fifth = third and (root + 7) % 12 not in key.pitch_classes
    suffix = "dim" if flat_fifth else "m" if third else ""
    return parse_chord(spell_root(root, minor=third, key=key) + suffix)


def _with_two_fives(
    chords: list[ChordEvent], length: float, key: Key, style: Style, strength: float
) -> list[ChordEvent]:
    """Long dominants of jazz and its kin begin with the minor chord a fourth below."""
    if style.name not in _TWO_FIVE_STYLES or strength < 0.4:
        return chords
    found: list[ChordEvent] = []
    ends = [event.onset for event in chords[1:]] + [length]
    for event, end in zip(chords, ends, strict=True):
        chord = parse_chord(event.symbol)
        fifth = chord.sounds and not chord.is_minor and (chord.root - key.tonic) % 12 == 7
        room = end - event.onset
        before = parse_chord(found[-1].symbol).root if found else -1
        two = (chord.root + 7) % 12
        if fifth and room >= 3 and before != two:
            half = room / 2 if room % 2 == 0 else room - 1
            suffix = "m7b5" if key.is_minor else "m7"
            found.append(ChordEvent(event.onset, spell_root(two, minor=True, key=key) + suffix))
            found.append(ChordEvent(event.onset + half, event.symbol))
        else:
            found.append(event)
    return found


def _fit(chord: Chord, melody: Sequence[Note], start: float, end: float) -> float:
    """Share of the tune's time on chord tones, less what lies a semitone above one."""
    if not chord.sounds:
        return 0.0
    total = good = bad = 0.0
    for note in melody:
        time = min(note.onset + note.duration, end) - max(note.onset, start)
        weight = time * (1.5 if abs(note.onset - start) < 1e-6 else 1.0)
        pitch = note.pitch % 12
        total += weight
        if pitch in chord.pitch_classes:
            good += weight
        elif (pitch - 1) % 12 in chord.pitch_classes:
            bad += weight * (1.5 if time >= 1 else 0.7)
        elif (pitch + 1) % 12 in chord.pitch_classes and time >= 1:
            bad += 0.3 * weight
    return (good - bad) / total if total else 0.0
