"""Reads the four voices of an Open Hymnal score: the small part of ABC that these files use."""

from __future__ import annotations

import re
from collections import defaultdict

Notes = list[tuple[float, float, int]]
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHARPS = "FCGDAEB"
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_TOKEN = re.compile(
    r"\[(?P<field>[A-Z]):\s*(?P<value>[^\]]*)\]"
    r"|(?P<bar>\|+[:\]]?|:\|)"
    r"|\((?P<tuplet>[2-9])(?![A-Ga-g]*\))"
    r"|(?P<accidental>\^{1,2}|_{1,2}|=)?(?P<letter>[A-Ga-gzx])(?P<octave>[,']*)"
    r"(?P<length>\d*/*\d*)(?P<tie>-?)(?P<broken>[<>]?)"
)


def voices(abc: str) -> list[Notes]:
    """The voices in score order, each as (onset, length, pitch) in quarter notes; ties joined."""
    header: dict[str, str] = {}
    bodies: dict[str, list[str]] = defaultdict(list)
    current = ""
    for line in abc.splitlines():
        text = line.split("%")[0].strip()
        if match := re.match(r"([A-Za-z]):\s*(.*)", text):
            if match[1] == "V":
                current = match[2].split()[0] if match[2] else current
            elif match[1] in "MLK":
                header.setdefault(match[1], match[2])
            continue
        if match := re.match(r"\[V:\s*([^\s\]]+)[^\]]*\]", text):
            current = match[1]
        bodies[current].append(re.sub(r"!\w*!|\+\w+\+|\"[^\"]*\"|\{[^}]*\}", "", text))
    unit = _fraction(header.get("L", "1/8")) * 4
    return [_read(" ".join(body), unit, header.get("K", "C")) for body in bodies.values()]


def _read(body: str, unit: float, key: str) -> Notes:
    signature, altered = _signature(key), dict[str, int]()
    notes: Notes = []
    at, tied, carry, triplet = 0.0, False, 1.0, 0
    for token in _TOKEN.finditer(body):
        if token["field"]:
            signature = _signature(token["value"]) if token["field"] == "K" else signature
        elif token["bar"]:
            altered.clear()
        elif token["tuplet"]:
            triplet = 3 if token["tuplet"] == "3" else 0
        elif token["letter"]:
            length = unit * _length(token["length"]) * carry * (2 / 3 if triplet else 1)
            triplet = max(0, triplet - 1)
            carry = {"<": 1.5, ">": 0.5}.get(token["broken"], 1.0)
            length *= {"<": 0.5, ">": 1.5}.get(token["broken"], 1.0)
            if token["letter"] not in "zx":
                pitch = _pitch(token, signature, altered)
                if tied and notes and notes[-1][2] == pitch:
                    notes[-1] = (notes[-1][0], notes[-1][1] + length, pitch)
                else:
                    notes.append((at, length, pitch))
                tied = bool(token["tie"])
            at += length
    return notes


def _pitch(token: re.Match[str], signature: dict[str, int], altered: dict[str, int]) -> int:
    letter = token["letter"].upper()
    octave = 5 + (1 if token["letter"].islower() else 0)
    octave += token["octave"].count("'") - token["octave"].count(",")
    place = f"{letter}{octave}"
    if token["accidental"]:
        sign = token["accidental"]
        altered[place] = sign.count("^") - sign.count("_")
    return 12 * octave + _STEPS[letter] + altered.get(place, signature.get(letter, 0))


def _signature(key: str) -> dict[str, int]:
    match = re.match(r"\s*([A-G])([#b]?)\s*(m(?!aj|ix))?(?:in)?(dor|mix)?", key, re.IGNORECASE)
    if match is None:
        return {}
    fifths = _FIFTHS[match[1].upper()] + {"#": 7, "b": -7, "": 0}[match[2]]
    fifths -= 3 if match[3] else {"dor": 2, "mix": 1}.get((match[4] or "").lower(), 0)
    if fifths >= 0:
        return dict.fromkeys(_SHARPS[:fifths], 1)
    return dict.fromkeys(_SHARPS[::-1][:-fifths], -1)


def _fraction(text: str) -> float:
    top, _, bottom = text.strip().partition("/")
    return int(top) / int(bottom or 1)


def _length(text: str) -> float:
    if not text:
        return 1.0
    top, slash, bottom = text.partition("/")
    halvings = 1 + bottom.count("/")
    digits = bottom.replace("/", "")
    divisor = int(digits) if digits else 2**halvings
    return (int(top) if top else 1) / (divisor if slash else 1)
