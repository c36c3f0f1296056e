"""Roman numerals both ways: a chord's place and role in a key, and the chord of a numeral.

Conventions: upper case for a major third, lower case for a minor one; in minor keys III, VI and
VII are the natural degrees without an accidental; a digit after a slash is the scale degree in
the bass, as in the Nashville numbers (V/7 in C is G/B); a numeral after a slash is the chord that
is tonicised (V7/ii).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from music.chords import Chord, parse_chord, spell_root
from music.keys import Key, key_of, parse_key
from wording import FriendlyError, Text

Function = Literal["tonic", "predominant", "dominant", "chromatic", "none"]
Role = Literal[
    "diatonic", "secondary dominant", "secondary leading-tone", "tritone substitute",
    "borrowed", "blues", "chromatic", "none",
]  # fmt: skip

_DEGREES = ("I", "II", "III", "IV", "V", "VI", "VII")
_MAJOR = ("I", "bII", "II", "bIII", "III", "IV", "#IV", "V", "bVI", "VI", "bVII", "VII")
_MINOR = ("I", "bII", "II", "III", "#III", "IV", "#IV", "V", "VI", "#VI", "VII", "#VII")
_NUMERAL = re.compile(
    r"\s*([b#♭♯]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)((?:6/9|[^/])*)(?:/(.+))?\s*$"
)
_FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType({
    "I": "tonic", "VI": "tonic", "III": "tonic", "II": "predominant", "IV": "predominant",
    "bII": "predominant", "bVI": "predominant", "V": "dominant", "VII": "dominant",
    "#VII": "dominant", "bVII": "dominant", "bIII": "tonic",
})  # fmt: skip


class BadNumeral(FriendlyError):
    """A Roman numeral that cannot be read."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f'I cannot read the Roman numeral "{text}". Write it like "ii7", "V7/vi" or "bVII".',
            f"我读不懂级数“{text}”。请写成“ii7”“V7/vi”或“bVII”。",
        )


@dataclass(frozen=True)
class Numeral:
    """What a chord is in a key.

    `text` is the numeral; `target` is the numeral that a secondary dominant leads to and
    `source` the name of the key that a borrowed chord comes from (empty for others).
    """

    text: str
    function: Function
    role: Role
    target: str = ""
    source: str = ""


def analyse(chords: Sequence[Chord], key: Key) -> list[Numeral]:
    """The numeral and role of every chord, each seen with the chord that follows it."""
    following = [*chords[1:], chords[0] if len(chords) > 2 else None]
    blues = _is_blues(chords, key)
    return [_analyse(c, after, key, blues) for c, after in zip(chords, following, strict=False)]


def numeral(chord: Chord, key: Key) -> str:
    """The plain numeral of a chord in a key, without looking at its neighbours."""
    if not chord.sounds:
        return "N.C."
    if "|" in chord.symbol:
        return " | ".join(numeral(parse_chord(part), key) for part in chord.symbol.split("|"))
    degree = _degree(chord, key)
    figure, case = _figure(chord)
    if key.is_minor and case == "lower" and figure[:1] in ("°", "ø"):
        # A diminished seventh degree is on the leading tone unless an accidental says otherwise.
        degree = {"#VII": "VII", "VII": "bVII"}.get(degree, degree)
    accidental = degree.rstrip("IV")
    roman = degree[len(accidental) :]
    text = accidental + (roman.lower() if case == "lower" else roman) + figure
    if chord.bass != chord.root:
        text += f"/{_scale_degree(chord.bass, key)}"
    return text


def chord_of(text: str, key: Key) -> Chord:
    """The chord of a numeral in a key: "V7/ii" in C major is A7. Raises `BadNumeral`."""
    match = _NUMERAL.match(text)
    if match is None:
        raise BadNumeral(text)
    accidental, roman, figure, over = match.groups()
    if over and not over[-1:].isdigit() and _NUMERAL.match(over):
        target = chord_of(over, key)
        local = key_of(target.root, "minor" if target.is_minor else "major")
        return chord_of(accidental + roman + figure, local)
    root = _root(accidental, roman, figure, key)
    suffix = _suffix(roman, figure)
    bass = ""
    if over:
        bass = f"/{_bass(over, text, key)}"
    try:
        chord = parse_chord(f"{spell_root(root, minor=roman.islower(), key=key)}{suffix}{bass}")
    except FriendlyError:
        raise BadNumeral(text) from None
    return chord


def _root(accidental: str, roman: str, figure: str, key: Key) -> int:
    number = _DEGREES.index(roman.upper())
    step = key.steps[number]
    if accidental in ("b", "♭"):
        # bIII, bVI and bVII in minor are what pop writers call the natural degrees.
        step = key_of(0, "major").steps[number] - 1
    elif accidental:
        step = (key.steps if not key.is_minor else key_of(0, "minor").steps)[number] + 1
    elif number == 6 and key.is_minor and roman.islower():
        step = 11 if re.match(r"°|o|dim|ø", figure) else step
    return (key.tonic + step) % 12


def _suffix(roman: str, figure: str) -> str:
    figure = figure.strip().replace("°", "dim").replace("ø7", "m7b5").replace("ø", "m7b5")
    if re.match(r"o(7|$)", figure):
        figure = "dim" + figure[1:]
    figure = figure.replace("Δ", "maj7") if figure in ("Δ",) else figure
    if roman.islower() and not figure.startswith(("dim", "m7b5", "m")):
        return "m" + figure
    if roman.islower() and figure.startswith("maj"):
        return "m" + figure[0].upper() + figure[1:]
    return figure


def _bass(over: str, text: str, key: Key) -> str:
    match = re.fullmatch(r"([b#]?)([1-7])", over.strip())
    if match is None:
        raise BadNumeral(text)
    shift = {"b": -1, "#": 1, "": 0}[match[1]]
    return key.spell((key.tonic + key.steps[int(match[2]) - 1] + shift) % 12)


def _degree(chord: Chord, key: Key) -> str:
    return (_MINOR if key.is_minor else _MAJOR)[(chord.root - key.tonic) % 12]


def _scale_degree(pitch: int, key: Key) -> str:
    for number, step in enumerate(key.steps, 1):
        if (key.tonic + step - pitch) % 12 == 0:
            return str(number)
    for number, step in enumerate(key.steps, 1):
        if (key.tonic + step - pitch) % 12 == 1:
            return f"b{number}"
    return f"#{next(n for n, s in enumerate(key.steps, 1) if (pitch - key.tonic - s) % 12 == 1)}"


def _figure(chord: Chord) -> tuple[str, str]:
    """What follows the numeral, and its case."""
    suffix = chord.suffix
    if chord.quality == "half-diminished":
        return suffix.replace("m7b5", "ø7").replace("m9b5", "ø9"), "lower"
    if suffix.startswith("dim"):
        return suffix.replace("dim", "°", 1), "lower"
    if suffix == "aug":
        return "+", "upper"
    if chord.is_minor and suffix.startswith("m"):
        return suffix[1:].replace("Maj", "maj"), "lower"
    return suffix, "upper"


def _analyse(chord: Chord, after: Chord | None, key: Key, blues: bool) -> Numeral:
    text = numeral(chord, key)
    if not chord.sounds:
        return Numeral(text, "none", "none")
    degree = _degree(chord, key)
    function = _FUNCTIONS.get("VII" if key.is_minor and degree == "#VII" else degree, "chromatic")
    tones = set(chord.pitch_classes)
    if tones <= _home(key) or tones <= _harmonic_minor(key):
        return Numeral(text, function, "diatonic")
    if blues and degree in ("I", "IV", "V") and chord.quality == "dominant":
        return Numeral(text, function, "blues")
    leading = _leading(chord, after, key)
    if leading is not None:
        return leading
    if source := _lender(chord, key):
        return Numeral(text, function, "borrowed", source=source.name)
    return Numeral(text, function if degree in ("I", "IV", "V", "VI") else "chromatic", "chromatic")


def _leading(chord: Chord, after: Chord | None, key: Key) -> Numeral | None:
    """A dominant or leading-tone chord of the chord that follows it."""
    if after is None or not after.sounds or after.quality in ("diminished", "augmented"):
        return None
    step = (after.root - chord.root) % 12
    target = numeral(parse_chord(after.root_name + ("m" if after.is_minor else "")), key)
    figure = _figure(chord)[0]
    on_tonic = after.root == key.tonic
    major_third = "3" in chord.degrees and not chord.is_minor and "7" not in chord.degrees
    if step == 5 and major_third and not on_tonic:
        return Numeral(f"V{figure}/{target}", "dominant", "secondary dominant", target=target)
    if step == 11 and chord.quality == "dominant":
        text = numeral(chord, key)
        return Numeral(text, "dominant", "tritone substitute", target=target)
    if step == 1 and chord.quality in ("diminished", "half-diminished") and not on_tonic:
        return Numeral(f"vii{figure}/{target}", "dominant", "secondary leading-tone", target=target)
    return None


@cache
def _home(key: Key) -> frozenset[int]:
    return frozenset(key.pitch_classes)


@cache
def _harmonic_minor(key: Key) -> frozenset[int]:
    """The tones of a minor key with its leading tone; nothing extra for other modes."""
    if key.mode != "minor":
        return frozenset()
    seventh = (key.tonic + 10) % 12
    return frozenset(key.pitch_classes) - {seventh} | {(key.tonic + 11) % 12}


def _lender(chord: Chord, key: Key) -> Key | None:
    """The mode on the same tonic that has all tones of the chord, the nearest first."""
    modes: tuple[str, ...] = ("minor", "mixolydian", "dorian", "phrygian")
    if key.is_minor:
        on_tonic = chord.root == key.tonic
        modes = ("major", "dorian") if on_tonic else ("dorian", "major", "phrygian")
    for mode in modes:
        lender = Key(key.tonic_name, mode)
        if set(chord.pitch_classes) <= _home(lender) | _harmonic_minor(lender):
            return lender
    return None


def _is_blues(chords: Sequence[Chord], key: Key) -> bool:
    """Sevenths on both the tonic and the subdominant are the sound of the blues."""
    dominant_roots = {(c.root - key.tonic) % 12 for c in chords if c.quality == "dominant"}
    return {0, 5} <= dominant_roots


def explain(item: Numeral, symbol: str, key: Key) -> Text:
    """One clause about what the chord does, for people who do not read numerals."""
    home = key.in_words("zh")
    match item.role:
        case "secondary dominant" | "secondary leading-tone":
            return Text(
                f"{symbol} ({item.text}) pulls into {item.target}, like a dominant of its own",
                f"{symbol}（{item.text}）是 {item.target} 的副属和弦，把音乐推向它",
            )
        case "tritone substitute":
            return Text(
                f"{symbol} slides down a semitone into {item.target} (tritone substitution)",
                f"{symbol} 以半音下行进入 {item.target}（三全音替代）",
            )
        case "borrowed":
            return Text(
                f"{symbol} ({item.text}) is borrowed from {item.source}",
                f"{symbol}（{item.text}）借自同主音的{_source_zh(item.source)}",
            )
        case "blues":
            return Text(f"{symbol} carries the blue seventh", f"{symbol} 带着布鲁斯的降七音")
        case "chromatic":
            return Text(
                f"{symbol} lies outside {key.name} and adds colour",
                f"{symbol} 是{home}之外的色彩和弦",
            )
        case _:
            return Text(f"{symbol} is {item.text}", f"{symbol} 是 {item.text} 级")


def _source_zh(source: str) -> str:
    return parse_key(source).in_words("zh")
