"""Line clichés: one voice that walks through a chord that stays, or a bass that walks down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from music.chords import parse_chord
from music.keys import Key
from music.song import Note
from tools.harmony._motion import clashes
from tools.harmony.substitutions import Move, Span
from tools.harmony.substitutions._place import is_major, is_minor
from wording import Text

_QUARTERS = (0.25,) * 4


def cliches(row: Sequence[Span], key: Key, melody: Sequence[Note] = ()) -> list[Move]:
    """Every line cliché that fits the row, touches nothing fixed and suits the melody."""
    found = []
    for at, span in enumerate(row):
        if not span.chord.sounds or span.chord.bass != span.chord.root or span.fixed:
            continue
        after = row[(at + 1) % len(row)]
        for move in (*_minor(at, span), *_major(at, span, after, key), *_bass(at, row, key)):
            if _suits(move, row, melody):
                found.append(move)
    return found


def _suits(move: Move, row: Sequence[Span], melody: Sequence[Note]) -> bool:
    if any(row[at].fixed for at in range(move.at, move.at + move.count)):
        return False
    return not any(
        clashes(span.chord, melody, span.onset, span.onset + span.length)
        for span in move.spans(row)
    )


def _minor(at: int, span: Span) -> Iterator[Move]:
    """i i(maj7) i7 i6: the root of a minor chord walks down to its sixth."""
    if not is_minor(span.chord) or span.length < 4 or span.chord.suffix not in ("m", "m7", "m6"):
        return
    root = span.chord.root_name
    symbols = (f"{root}m", f"{root}m(maj7)", f"{root}m7", f"{root}m6")
    notes = parse_chord(symbols[1]).note_names[-1], parse_chord(symbols[2]).note_names[-1]
    line = "–".join((root, *notes, parse_chord(symbols[3]).note_names[-1]))
    why = Text(
        f"inside {root}m one voice walks down by semitones, {line}",
        f"{root}m 内部有一个声部半音下行 {line}",
    )
    yield _move(at, tuple(zip(symbols, _QUARTERS, strict=True)), why)


def _major(at: int, span: Span, after: Span, key: Key) -> Iterator[Move]:
    """I Imaj7 I7 down into IV, and I I+ I6 up into whatever holds the sixth."""
    chord, goal = span.chord, after.chord
    if not is_major(chord) or span.length < 4 or chord.suffix not in ("", "maj7"):
        return
    root = chord.root_name
    seventh, flat = (parse_chord(f"{root}{s}").note_names[-1] for s in ("maj7", "7"))
    diatonic = (chord.root + 11) % 12 in key.pitch_classes  # no major seventh on a dominant
    if (goal.root - chord.root) % 12 == 5 and goal.sounds and diatonic:
        third = goal.note_names[1]
        why = Text(
            f"inside {root} one voice walks down {root}–{seventh}–{flat} to the {third} of "
            f"{goal.symbol}",
            f"{root} 内部有一个声部半音下行 {root}–{seventh}–{flat}，落到 {goal.symbol} 的 {third}",
        )
        chords = ((root, 0.5), (f"{root}maj7", 0.25), (f"{root}7", 0.25))
        yield _move(at, chords, why, at + 1)
    sixth = (chord.root + 9) % 12
    if goal.sounds and sixth in goal.pitch_classes and goal.root != chord.root:
        fifth, sharp = chord.note_names[2], parse_chord(f"{root}+").note_names[2]
        top = goal.note_names[goal.pitch_classes.index(sixth)]
        why = Text(
            f"the fifth of {root} climbs by semitones {fifth}–{sharp}–{top} into {goal.symbol}",
            f"{root} 的五音半音上行 {fifth}–{sharp}–{top}，进入 {goal.symbol}",
        )
        yield _move(at, ((root, 0.5), (f"{root}+", 0.5)), why, at + 1)


def _bass(at: int, row: Sequence[Span], key: Key) -> Iterator[Move]:
    """I V/7 vi V/5 IV ...: the bass walks down the scale from the tonic, two chords a bar."""
    span = row[at]
    after = row[(at + 1) % len(row)].chord
    if key.is_minor or span.chord.root != key.tonic or not is_major(span.chord):
        return
    if (after.root - key.tonic) % 12 != 9 or span.length < 4 or after.bass != after.root:
        return
    five = f"{key.spell(key.tonic + 7)}/{key.spell(key.tonic + 11)}"
    line = "–".join((span.chord.root_name, key.spell(key.tonic + 11), after.root_name))
    why = Text(
        f"{five} between {span.symbol} and {after.symbol} makes the bass walk down {line}",
        f"{span.symbol} 和 {after.symbol} 之间插入 {five}，低音级进下行 {line}",
    )
    yield _move(at, ((span.symbol, 0.5), (five, 0.5)), why, at + 1)


def _move(
    at: int, chords: tuple[tuple[str, float], ...], why: Text, near: int | None = None
) -> Move:
    places = frozenset((at,) if near is None else (at, near))
    return Move(at, 1, chords, "line cliché", 1, why, places, keeps=True)
