"""The information fields of ABC: keys, metres, note lengths, tempi, text with its escapes."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from types import MappingProxyType

from music.formats._ticks import RES
from music.pitch import MODES, NATURAL, STEPS, accidental, fifths, key_name, signature

_KEY = re.compile(r"\s*([A-G])([#b]?)\s*([A-Za-z]*)(.*)$", re.DOTALL)
_EXTRA = re.compile(r"(?<!\S)(\^{1,2}|_{1,2}|=)([a-gA-G])(?![\w=])")
_FRACTION = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_TEMPO = re.compile(r"((?:\d{1,4}/\d{1,4}\s*)+)=\s*(\d{1,4}(?:\.\d{1,6})?)")
_PLAIN_TEMPO = re.compile(r"(?:[A-Ga-g]\d?\s*=\s*)?(\d{2,3})\s*$")
_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308",
            "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b"}  # fmt: skip
_ESCAPES = re.compile(r"""\\([`'^~"cvuH])([A-Za-z])|\\u([0-9a-fA-F]{4})|\\(.)""")
_LIGATURES = {"a": "å", "A": "Å", "o": "ø", "O": "Ø"}
_ALTERS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}


@cache
def read_key(text: str) -> tuple[str, MappingProxyType[str, int]]:
    """The key of a K: field ("D dorian") and the alteration of every letter under it.

    K:none and the pipes' K:HP, K:Hp read as C major and D major signatures.
    """
    match = _KEY.match(text)
    if match is None or text.strip().lower() in ("hp", "none"):
        sharps = 2 if text.strip().lower() == "hp" else 0
        return key_name(sharps, "major"), MappingProxyType(_letters(sharps))
    letter, sign, word, rest = match.groups()
    short = word[:3].lower()
    mode = "major"
    if short in ("m", "min") and word[:1] != "M":
        mode = "minor"
    elif len(short) == 3:
        mode = next((name for name in MODES if name[:3] == short), "major")
    mode = {"ionian": "major", "aeolian": "minor"}.get(mode, mode)
    name = f"{letter}{sign} {mode}"
    letters = _letters(0 if short == "exp" else fifths(name))
    for mark, step in _EXTRA.findall(rest):
        letters[step.upper()] = _ALTERS[mark]
    return name, MappingProxyType(letters)


def default_letters(text: str) -> MappingProxyType[str, int]:
    """The alteration of every letter under a K: field."""
    return read_key(text)[1]


def write_key(key: str) -> str:
    """A K: field for a key name."""
    tonic, _, mode = key.partition(" ")
    short = {"major": "", "minor": "m"}.get(mode, " " + mode[:3].capitalize())
    return tonic + short


@cache
def read_metre(text: str) -> str | None:
    """The metre of an M: field as "6/8"; None for a free one."""
    text = text.strip()
    if text.startswith("C|"):
        return "2/2"
    if text.startswith("C"):
        return "4/4"
    match = re.match(r"\(?(\d{1,2}(?:\s*\+\s*\d{1,2})*)\)?\s*/\s*(\d{1,2})", text)
    if match is None:
        return None
    beats = sum(int(part) for part in match[1].split("+"))
    if not 1 <= beats <= 99 or match[2] not in ("1", "2", "4", "8", "16", "32"):
        return None
    return f"{beats}/{match[2]}"


def default_unit(metre: str | None) -> int:
    """Ticks of the unit note where no L: says it: a sixteenth below 3/4, else an eighth."""
    if metre is None:
        return RES // 2
    beats, unit = metre.split("/")
    return RES // 4 if int(beats) * 4 < 3 * int(unit) else RES // 2


def read_unit(text: str) -> int | None:
    """Ticks of the unit note of an L: field."""
    match = _FRACTION.match(text.strip())
    if match is None:
        return 4 * RES if text.strip() == "1" else None
    over, under = int(match[1]), int(match[2])
    return max(4 * RES * over // under, 1) if under and over else None


def read_tempo(text: str, unit: int) -> float | None:
    """Quarter notes a minute of a Q: field; words alone say nothing."""
    bare = re.sub(r'"[^"]*"', "", text).strip()
    match = _TEMPO.search(bare)
    if match:
        beat = sum(4 * int(a) / int(b) for a, b in _FRACTION.findall(match[1]) if int(b))
        return float(match[2]) * beat or None
    plain = _PLAIN_TEMPO.match(bare)
    if plain is None:
        return None
    return float(plain[1]) * (unit / RES if "=" in bare else 1.0) or None


@cache
def read_text(text: str) -> str:
    """A text string without ABC's escapes: accents, ligatures, HTML entities."""
    if "\\" in text:
        text = _ESCAPES.sub(_unescape, text)
    return html.unescape(text).strip() if "&" in text else text.strip()


def write_text(text: str) -> str:
    """A text on one line, its backslashes, ampersands and percent signs kept from meaning more."""
    line = " ".join(text.split()).replace("\\", "\\\\").replace("%", "\\%")
    return line.replace("&", "\\&")


def _unescape(match: re.Match[str]) -> str:
    mark, letter, code, other = match.groups()
    if letter:
        return unicodedata.normalize("NFC", letter + _ACCENTS[mark])
    if code:
        point = int(code, 16)
        return "" if 0xD800 <= point < 0xE000 else chr(point)
    return "&amp;" if other == "&" else other


def _letters(sharps: int) -> dict[str, int]:
    return dict.fromkeys(STEPS, 0) | signature(sharps)


def semitones(step: str) -> int:
    """Semitones of a natural letter above C; lower case lies an octave higher, as ABC writes."""
    return NATURAL[STEPS.index(step.upper())] + (12 if step.islower() else 0)


def sign(alter: int) -> str:
    """ABC's accidental for an alteration in semitones."""
    return {2: "^^", 1: "^", 0: "=", -1: "_", -2: "__"}.get(alter, accidental(alter))
