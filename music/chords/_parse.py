"""Reading whole chord symbols: root, suffix, bass, polychords, "N.C."."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from music._plain_text import plain
from music.chords._chord import BadChord, Chord, Degree, named_degrees
from music.chords._grammar import SuffixError, parse_suffix
from music.chords._naming import canonical, family
from music.spelling import NoteName, note_name
from wording import Text

LONGEST = 60  # characters; the longest symbols that lead sheets use have about 25

_ROOT = re.compile(r"\s*([A-Ga-g])(##|bb|x|#|b)?")
_BASS = re.compile(r"[/\\]\s*(?:([A-G])|([a-g]))(##|bb|#|b)?\s*$")
_NO_CHORD = re.compile(r"\s*(N\.?\s?C\.?|n\.?\s?c\.?|NoChord|no chord|none|∅)\s*$")
_UPPER_OVER_LOWER = re.compile(r"[/|]\s*(?=[A-G](?:#|b)?)")

NO_CHORD = Chord(
    "N.C.", -1, -1, (), (), (), "", "", "none", "",
)  # fmt: skip
_A_ROOT = Text("a root from A to G, such as C, F# or Bb", "根音 A 到 G，例如 C、F# 或 Bb")
_A_BASS = Text("a bass note after the slash, such as E or Bb", "斜线后的低音，例如 E 或 Bb")
_GERMAN = Text("a root from A to G (German H is written B)", "根音 A 到 G（德式的 H 请写作 B）")


@lru_cache(maxsize=16384)
def parse_chord(symbol: str, *, german: bool = False) -> Chord:
    """Read a chord symbol of any lead-sheet spelling, English or Chinese.

    With `german`, H is B natural and a bare B is B flat. Raises `BadChord`, which points at the
    first character that fits nowhere.
    """
    if len(symbol) > LONGEST:
        raise BadChord(symbol, LONGEST, Text("a shorter symbol", "更短的和弦标记"))
    if _NO_CHORD.match(symbol):
        return NO_CHORD
    text, origin = plain(symbol)
    if _NO_CHORD.match(text):
        return NO_CHORD
    if german:
        text = _from_german(text)
    return _parse(symbol, text.rstrip(), origin)


def _from_german(text: str) -> str:
    text = re.sub(r"(^\s*|/\s*)B(?![b#])", r"\1Q", text)
    text = re.sub(r"(^\s*|/\s*)H", r"\1B", text)
    # One character stands for B flat so that positions in error messages stay true.
    return text.replace("Q", "Bb")


def _parse(symbol: str, text: str, origin: tuple[int, ...]) -> Chord:
    found = _ROOT.match(text)
    if found is None:
        start = len(text) - len(text.lstrip())
        expected = _GERMAN if text[start : start + 1] in ("H", "h") else _A_ROOT
        raise BadChord(symbol, _at(origin, start), expected)
    if (lower := _polychord(text, found.end())) is not None:
        return _stack(_parse(symbol, text[: lower[0]], origin), lower, symbol, origin)
    root = note_name(found[1].upper() + (found[2] or "").replace("x", "##"))
    bass_found = _BASS.search(text, found.end())
    bass = root
    if bass_found:
        bass = note_name((bass_found[1] or bass_found[2]).upper() + (bass_found[3] or ""))
    end = bass_found.start() if bass_found else len(text)
    if text.endswith(("/", "\\")):
        raise BadChord(symbol, _at(origin, len(text)), _A_BASS)
    try:
        suffix = parse_suffix(text[found.end() : end])
    except SuffixError as error:
        at = _at(origin, found.end() + error.position)
        raise BadChord(symbol, at, error.expected) from None
    return build(root, suffix.degrees, bass, suffix.notes)


def _at(origin: tuple[int, ...], index: int) -> int:
    return origin[min(index, len(origin) - 1)]


def _polychord(text: str, start: int) -> tuple[int, int] | None:
    """Where the upper chord ends and the lower one begins, if the symbol is two chords."""
    for split in _UPPER_OVER_LOWER.finditer(text, start):
        if text[split.start()] == "|" or not _BASS.match(text, split.start()):
            return split.start(), split.end()
    return None


def _stack(upper: Chord, lower_at: tuple[int, int], symbol: str, origin: tuple[int, ...]) -> Chord:
    """A polychord: the lower chord's root and bass, its notes and then the upper chord's."""
    begin = lower_at[1]
    text = plain(symbol).text.rstrip()
    lower = _parse(symbol, text[begin:], origin[begin:])
    fresh = [i for i, p in enumerate(upper.pitch_classes) if p not in lower.pitch_classes]
    root = note_name(lower.root_name)
    added = tuple(f"{_over(root, note_name(upper.note_names[i]))}" for i in fresh)
    return Chord(
        symbol=f"{upper.symbol}|{lower.symbol}",
        root=lower.root,
        bass=lower.bass,
        pitch_classes=lower.pitch_classes + tuple(upper.pitch_classes[i] for i in fresh),
        degrees=lower.degrees + added,
        note_names=lower.note_names + tuple(upper.note_names[i] for i in fresh),
        root_name=lower.root_name,
        bass_name=lower.bass_name,
        quality="polychord",
        suffix=lower.suffix,
    )


def _over(root: NoteName, note: NoteName) -> str:
    """The note as a degree of the root's scale, upper tones above the octave."""
    number = (note.letter - root.letter) % 7 + 1
    number = {2: 9, 4: 11, 6: 13}.get(number, number)
    natural = Degree(number, 0).semitones
    alter = (note.pitch_class - root.pitch_class - natural + 6) % 12 - 6
    return str(Degree(number, alter))


class _Kind(NamedTuple):
    """What a chord's degrees alone settle."""

    suffix: str
    degrees: tuple[Degree, ...]
    steps: tuple[int, ...]
    labels: tuple[str, ...]
    quality: str


@lru_cache(maxsize=4096)
def _kind(degrees: tuple[Degree, ...]) -> _Kind:
    suffix, degrees = canonical(degrees)
    steps = tuple(degree.semitones for degree in degrees)
    return _Kind(suffix, degrees, steps, tuple(map(str, degrees)), family(degrees))


def build(
    root: NoteName, degrees: tuple[Degree, ...], bass: NoteName, notes: tuple[Text, ...] = ()
) -> Chord:
    """The chord of a root, degrees and a bass."""
    kind = _kind(degrees)
    base, lowest = root.pitch_class, bass.pitch_class
    pitches = tuple([(base + step) % 12 for step in kind.steps])
    spelled = named_degrees(root, kind.degrees)
    labels = kind.labels
    if lowest not in pitches:
        pitches = (lowest, *pitches)
        spelled = (str(bass), *spelled)
        labels = (_over(root, bass), *labels)
    slash = "" if lowest == base else f"/{bass}"
    return Chord(
        symbol=f"{root}{kind.suffix}{slash}",
        root=base,
        bass=lowest,
        pitch_classes=pitches,
        degrees=labels,
        note_names=spelled,
        root_name=str(root),
        bass_name=str(bass),
        quality=kind.quality,
        suffix=kind.suffix,
        notes=notes,
    )
