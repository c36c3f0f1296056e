"""Chord symbols as MusicXML says them: root, kind, degrees and bass, there and back.

Kinds are those of the MusicXML 4.0 `kind-value` type.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

KINDS = {  # kind: the suffix written when a file gives no text of its own
    "major": "", "minor": "m", "augmented": "aug", "diminished": "dim", "dominant": "7",
    "major-seventh": "maj7", "minor-seventh": "m7", "diminished-seventh": "dim7",
    "augmented-seventh": "aug7", "half-diminished": "m7b5", "major-minor": "mMaj7",
    "major-sixth": "6", "minor-sixth": "m6", "dominant-ninth": "9", "major-ninth": "maj9",
    "minor-ninth": "m9", "dominant-11th": "11", "major-11th": "maj11", "minor-11th": "m11",
    "dominant-13th": "13", "major-13th": "maj13", "minor-13th": "m13",
    "suspended-second": "sus2", "suspended-fourth": "sus4", "power": "5",
    "Neapolitan": "maj", "Italian": "7", "French": "7b5", "German": "7", "pedal": "5",
    "Tristan": "m7b5",
}  # fmt: skip
_EXTENDED = {
    ("", "6"): "major-sixth", ("", "7"): "dominant", ("", "9"): "dominant-ninth",
    ("", "11"): "dominant-11th", ("", "13"): "dominant-13th", ("", "5"): "power",
    ("maj", "6"): "major-sixth", ("maj", "7"): "major-seventh", ("maj", "9"): "major-ninth",
    ("maj", "11"): "major-11th", ("maj", "13"): "major-13th",
    ("m", "6"): "minor-sixth", ("m", "7"): "minor-seventh", ("m", "9"): "minor-ninth",
    ("m", "11"): "minor-11th", ("m", "13"): "minor-13th",
    ("mmaj", "7"): "major-minor", ("mmaj", "9"): "major-minor",
    ("dim", "7"): "diminished-seventh", ("ø", "7"): "half-diminished",
    ("aug", "7"): "augmented-seventh",
}  # fmt: skip
_PLAIN = {"": "major", "maj": "major", "m": "minor", "dim": "diminished", "aug": "augmented",
          "ø": "half-diminished", "mmaj": "minor"}  # fmt: skip
_ROOT = re.compile(r"([A-G])([#b♯♭]{0,2})(.*)$", re.DOTALL)
_BASS = re.compile(r"(.*)/([A-G])([#b♯♭]{0,2})$", re.DOTALL)
_QUALITY = re.compile(
    r"(m(?:in|i)?(?=[Mm]aj|M|[Δ△])(?:[Mm]aj|M|[Δ△])|-(?:[Mm]aj|M|[Δ△])"
    r"|[Mm]aj|[Mm]a(?![a-z])|M(?![a-z])|[Δ△]|min|mi(?![a-z])|m|-|dim|[°o]|aug|\+|[øØ])?"
    r"(6|7|9|11|13|5(?!\d))?"
)
_TOKEN = re.compile(r"(add|omit|no|sus|alt|[#b♯♭+-])?([#b♯♭]?)(maj|M)?(\d{1,2})?")


class Degree(NamedTuple):
    """A note added to, altered in or taken from a kind."""

    value: int
    alter: int
    type: str


class Harmony(NamedTuple):
    """A chord symbol in MusicXML's terms; `kind` "none" is N.C., "other" keeps only its text."""

    root: tuple[str, int] | None
    kind: str
    text: str
    degrees: tuple[Degree, ...] = ()
    bass: tuple[str, int] | None = None


@cache
def harmony(symbol: str) -> Harmony:
    """Take a symbol apart; one that is no chord becomes kind "other" with its text."""
    if symbol.strip().rstrip(".").upper() in ("NC", "N.C", "N"):
        return Harmony(None, "none", symbol)
    match = _ROOT.match(symbol)
    if match is None:
        return Harmony(None, "other", symbol)
    step, sign, suffix = match.groups()
    bass_match, bass = _BASS.match(suffix), None
    if bass_match:
        suffix, bass = bass_match[1], (bass_match[2], _alter(bass_match[3]))
    parsed = parse_suffix(suffix)
    if parsed is None:
        return Harmony(None, "other", symbol)
    return Harmony((step, _alter(sign)), parsed[0], suffix, parsed[1], bass)


@cache
def parse_suffix(suffix: str) -> tuple[str, tuple[Degree, ...]] | None:
    """Kind and degrees of what follows the root: "m7b5", "sus4", "7(#9,b13)"; None if unclear."""
    text = re.sub(r"[\s(),]", "", suffix).replace("6/9", "69")
    text = text.replace("Δ7", "Δ").replace("△7", "△") if text[-1:] not in "Δ△" else text
    match = _QUALITY.match(text)
    if match is None:
        return None
    quality, number = _quality(match[1] or ""), match[2] or ""
    rest = text[match.end() :]
    if (match[1] or "")[-1:] in ("Δ", "△") and not number:
        number = "7"
    kind = _EXTENDED.get((quality, number)) if number else _PLAIN[quality]
    if kind is None:
        return None
    degrees: list[Degree] = [Degree(9, 0, "add")] if (quality, number) == ("mmaj", "9") else []
    if quality == "dim" and number in ("9", "11"):
        return None
    if number == "6" and rest.startswith("9"):
        degrees.append(Degree(9, 0, "add"))
        rest = rest[1:]
    return _tokens(kind, rest, degrees)


def symbol(root: str, kind: str, text: str | None, degrees: tuple[Degree, ...], bass: str) -> str:
    """The symbol of a MusicXML harmony: its own text when that says the same, else ours."""
    if kind in ("none", "other") and text:
        return text if kind == "none" or not root else root + text
    slash = f"/{bass}" if bass else ""
    if text is not None:
        parsed = parse_suffix(text)
        if parsed and parsed[0] == kind and set(degrees) <= set(parsed[1]):
            return root + text + slash
    suffix = KINDS.get(kind, "")
    return root + suffix + "".join(_degree_text(d, suffix) for d in degrees) + slash


def _tokens(kind: str, rest: str, degrees: list[Degree]) -> tuple[str, tuple[Degree, ...]] | None:
    while rest:
        match = _TOKEN.match(rest)
        if match is None or not match[0]:
            return None
        word, sign, major, digits = match.groups()
        rest = rest[match.end() :]
        if word == "sus":
            if digits not in (None, "2", "4"):
                return None
            if kind == "major" and not degrees:
                kind = "suspended-second" if digits == "2" else "suspended-fourth"
            else:
                degrees += [Degree(3, 0, "subtract"), Degree(int(digits or 4), 0, "add")]
        elif word == "alt":
            degrees += [Degree(5, -1, "alter"), Degree(9, 1, "add")]
        elif digits is None:
            return None
        else:
            degrees.append(_degree(word or "", sign, major or "", int(digits)))
    if kind == "minor-seventh" and Degree(5, -1, "alter") in degrees:
        kind = "half-diminished"
        degrees.remove(Degree(5, -1, "alter"))
    return kind, tuple(degrees)


def _degree(word: str, sign: str, major: str, value: int) -> Degree:
    if word in ("omit", "no"):
        return Degree(value, 0, "subtract")
    alter = _alter(word) + _alter(sign)
    if word == "+":
        alter = 1
    elif word == "-":
        alter = -1
    if value == 5 and alter:
        return Degree(5, alter, "alter")
    return Degree(value, 1 if major and value == 7 else alter, "add")


def _degree_text(degree: Degree, suffix: str) -> str:
    sign = "#" * degree.alter if degree.alter > 0 else "b" * -degree.alter
    if degree.type == "subtract":
        return f"no{degree.value}"
    if degree.type == "add" and not sign:
        return f"add{degree.value}" if not suffix.endswith("6") else f"/{degree.value}"
    return f"{sign}{degree.value}"


def _quality(word: str) -> str:
    if word in ("", "m", "min", "mi", "-"):
        return "m" if word else ""
    if word[0] in "m-" and (word[-1] in "MΔ△" or word.endswith("aj")) and word not in ("maj",):
        return "mmaj"
    if word in ("dim", "°", "o"):
        return "dim"
    if word in ("aug", "+"):
        return "aug"
    return "ø" if word in ("ø", "Ø") else "maj"


def _alter(sign: str) -> int:
    return sum(sign.count(s) for s in "#♯") - sum(sign.count(s) for s in "b♭")
