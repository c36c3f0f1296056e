"""Easier chords that can stand for a hard one, the nearest first, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from music.chords import Chord, parse_chord
from wording import Text

_WITH_MORE = {
    "major": ("maj7", "add9", "6", "sus2"),
    "minor": ("m7", "m11"),
    "diminished": ("m7b5", "dim7"),
    "augmented": ("7#5",),
}
"""Triads that another tone makes easier, since open strings may ring: Fmaj7 for F."""


def simpler(chord: Chord) -> Iterator[tuple[Chord, Text]]:
    """Chords to play instead, with what is lost or added."""
    seen = {chord.symbol}
    for symbol, why in _candidates(chord):
        other = parse_chord(symbol)
        if other.symbol not in seen:
            seen.add(other.symbol)
            yield other, why


def _candidates(chord: Chord) -> Iterator[tuple[str, Text]]:
    root = chord.root_name
    if chord.bass != chord.root:
        yield (
            root + chord.suffix,
            Text(f"without {chord.bass_name} in the bass", f"低音不用 {chord.bass_name}"),
        )
    triad = _triad(chord)
    if triad + "7" != chord.suffix and "b7" in chord.degrees and len(chord.degrees) > 4:
        yield root + triad + "7", Text("without the tension", "去掉延伸音")
    if "7" in chord.degrees and len(chord.degrees) > 4:
        yield (
            root + ("mMaj7" if triad == "m" else "maj7"),
            Text("without the tension", "去掉延伸音"),
        )
    if len(chord.degrees) > 3:
        yield root + triad, Text("the plain triad", "只弹三和弦")
    for suffix in _WITH_MORE.get(chord.quality, ()):
        added = [d for d in parse_chord(root + suffix).degrees if d not in chord.degrees]
        names = " ".join(added)
        yield (
            root + suffix,
            Text(f"an added {names} lets strings ring open", f"加一个 {names} 音，可以用空弦"),
        )
    if chord.quality not in ("diminished", "augmented", "half-diminished", "power"):
        yield root + "5", Text("a power chord, without the third", "强力和弦，不含三音")


def _triad(chord: Chord) -> str:
    """The suffix of the triad under a chord."""
    if chord.is_minor:
        return "dim" if "b5" in chord.degrees else "m"
    if "4" in chord.degrees:
        return "sus4"
    return "aug" if "#5" in chord.degrees else ""
