"""Pedal points: a row of chords over one bass note that stays, the tonic or the dominant."""

from __future__ import annotations

from collections.abc import Sequence

from music.chords import Chord, parse_chord
from music.keys import Key
from tools.harmony.substitutions import Span
from wording import Text

_LONGEST = 4  # chords over a dominant pedal; it wants to be released
_PLAIN = frozenset(("", "m", "maj7", "m7", "7", "add9", "6", "sus2", "sus4", "5", "maj9", "m9"))


def tonic_pedal(row: Sequence[Span], key: Key) -> tuple[tuple[str, ...], Text] | None:
    """The row over its tonic; None where a chord from outside the key would grate, or something
    fixed would change."""
    symbols = _over(row, key.tonic, key)
    if symbols is None or sum(s != span.symbol for s, span in zip(symbols, row, strict=True)) < 2:
        return None
    name = key.spell(key.tonic)
    return symbols, Text(
        f"the bass stays on {name} while the chords move above it: calm, like a drone",
        f"低音一直停在 {name}，上面的和弦照样走：安稳，像持续音",
    )


def dominant_pedal(row: Sequence[Span], key: Key) -> tuple[tuple[str, ...], Text] | None:
    """The chords of the second half over the dominant; None where that cannot be."""
    half = max(1, len(row) // 2)
    start = max(half, len(row) - _LONGEST)
    if start >= len(row) or len(row) < 4:
        return None
    tail = _over(row[start:], (key.tonic + 7) % 12, key)
    if tail is None:
        return None
    name = key.spell((key.tonic + 7) % 12)
    symbols = (*(span.symbol for span in row[:start]), *tail)
    return symbols, Text(
        f"over {name} in the bass, the dominant, the second half builds up and wants to be "
        "released: good before a chorus",
        f"后半段低音停在属音 {name} 上，张力越积越大，适合推进到副歌",
    )


def _over(row: Sequence[Span], bass: int, key: Key) -> tuple[str, ...] | None:
    symbols = [_slashed(span, bass, key) for span in row]
    kept = [symbol for symbol in symbols if symbol is not None]
    changed = sum(s != span.symbol for s, span in zip(kept, row, strict=False))
    return tuple(kept) if len(kept) == len(row) and changed else None


def _slashed(span: Span, bass: int, key: Key) -> str | None:
    chord = span.chord
    if not chord.sounds or chord.bass == bass:
        return span.symbol
    if span.fixed or chord.suffix not in _PLAIN or not _mild(chord, bass, key):
        return None
    return parse_chord(f"{chord.root_name}{chord.suffix}").symbol + f"/{key.spell(bass)}"


def _mild(chord: Chord, bass: int, key: Key) -> bool:
    """Diatonic, and no tone a semitone above the bass."""
    home = {*key.pitch_classes, (key.tonic + 11) % 12} if key.is_minor else set(key.pitch_classes)
    return set(chord.pitch_classes) <= home and (bass + 1) % 12 not in chord.pitch_classes
