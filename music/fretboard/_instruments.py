"""Fretted instruments: their strings, tunings and size, and the words people use for tunings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from music.spelling import note_name, spell
from wording import FriendlyError, Text


class UnknownTuning(FriendlyError):
    """No tuning of the instrument has this name."""

    def __init__(self, text: str, instrument: Fretted, known: Mapping[str, Fretted]) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        notes = "-".join(note_names(instrument))
        names_en = ", ".join(known)
        names_zh = "、".join(dict.fromkeys(one.tuning.zh for one in known.values()))
        count = len(instrument.strings)
        super().__init__(
            f'I do not know the {instrument.label.en} tuning "{shown}". Name one of {names_en}, '
            f"or its {count} strings from low to high, such as {notes}.",
            f"我不认识{instrument.label.zh}调弦“{shown}”。可以说：{names_zh}，"
            f"或者从低到高写出 {count} 根弦，例如 {notes}。",
        )


@dataclass(frozen=True)
class Fretted:
    """An instrument in a tuning.

    `strings` are MIDI pitches of the open strings as a chord diagram shows them from left to
    right; `scale` is the length of a vibrating open string in millimetres; `program` is the
    General MIDI instrument; `fewest` is how many strings a chord sounds at least.
    """

    name: str
    label: Text
    tuning: Text
    strings: tuple[int, ...]
    scale: float
    program: int
    fewest: int
    mutes: bool = True
    frets: int = 15

    @property
    def free_bass(self) -> bool:
        """Whether any chord tone may be the lowest: all ukuleles are played with the same shapes,
        and on most of them the first string is not the lowest."""
        return self.name == "ukulele"

    def distance(self, low: int, high: int) -> float:
        """Millimetres between two frets; 0 is the nut. A fret shortens the string by 2^(1/12)."""
        return float(self.scale * (2 ** (-low / 12) - 2 ** (-high / 12)))


def _guitar(en: str, zh: str, *strings: int) -> Fretted:
    return Fretted("guitar", Text("guitar", "吉他"), Text(en, zh), strings, 650.0, 25, 4)


def _ukulele(en: str, zh: str, *strings: int, scale: float = 380.0) -> Fretted:
    label = Text("ukulele", "尤克里里")
    return Fretted("ukulele", label, Text(en, zh), strings, scale, 24, 4, mutes=False, frets=12)


GUITAR = _guitar("standard", "标准调弦", 40, 45, 50, 55, 59, 64)
UKULELE = _ukulele("standard", "标准调弦", 67, 60, 64, 69)

_GUITARS = (
    GUITAR,
    _guitar("drop D", "Drop D 调弦", 38, 45, 50, 55, 59, 64),
    _guitar("double drop D", "双 Drop D 调弦", 38, 45, 50, 55, 59, 62),
    _guitar("drop C", "Drop C 调弦", 36, 43, 48, 53, 57, 62),
    _guitar("DADGAD", "DADGAD 调弦", 38, 45, 50, 55, 57, 62),
    _guitar("open G", "开放G调弦", 38, 43, 50, 55, 59, 62),
    _guitar("open D", "开放D调弦", 38, 45, 50, 54, 57, 62),
    _guitar("open E", "开放E调弦", 40, 47, 52, 56, 59, 64),
    _guitar("open A", "开放A调弦", 40, 45, 52, 57, 61, 64),
    _guitar("open C", "开放C调弦", 36, 43, 48, 55, 60, 64),
    _guitar("half step down", "降半音调弦", 39, 44, 49, 54, 58, 63),
    _guitar("whole step down", "降全音调弦", 38, 43, 48, 53, 57, 62),
)
_UKULELES = (
    UKULELE,
    _ukulele("low G", "低音G调弦", 55, 60, 64, 69),
    _ukulele("baritone", "次中音调弦", 50, 55, 59, 64, scale=510.0),
    _ukulele("D tuning", "D调弦", 69, 62, 66, 71),
)


def _by_name(instruments: tuple[Fretted, ...]) -> Mapping[str, Fretted]:
    return MappingProxyType({one.tuning.en: one for one in instruments})


TUNINGS: Mapping[str, Mapping[str, Fretted]] = MappingProxyType(
    {"guitar": _by_name(_GUITARS), "ukulele": _by_name(_UKULELES)}
)
_ALIASES = MappingProxyType(
    {
        "": "standard", "standard": "standard", "normal": "standard", "标准": "standard",
        "标准调弦": "standard", "e standard": "standard", "gcea": "standard",
        "dropd": "drop D", "降d": "drop D", "droppedd": "drop D", "doubledropd": "double drop D",
        "双降d": "double drop D", "双dropd": "double drop D", "dropc": "drop C", "降c": "drop C",
        "celtic": "DADGAD", "凯尔特": "DADGAD", "dsus4": "DADGAD",
        "openg": "open G", "开放g": "open G", "opend": "open D", "开放d": "open D",
        "opene": "open E", "开放e": "open E", "opena": "open A", "开放a": "open A",
        "openc": "open C", "开放c": "open C",
        "halfstepdown": "half step down", "eb": "half step down", "ebstandard": "half step down",
        "eflat": "half step down", "降半音": "half step down", "低半音": "half step down",
        "wholestepdown": "whole step down", "fullstepdown": "whole step down",
        "dstandard": "whole step down", "降全音": "whole step down",
        "lowg": "low G", "低音g": "low G", "低g": "low G", "baritone": "baritone",
        "次中音": "baritone", "dtuning": "D tuning", "d": "D tuning",
    }
)  # fmt: skip
_NOTE = re.compile(r"[A-Ga-g](?:#|♯|♭|b(?![a-z]))?")


def find_tuning(text: str, instrument: Fretted) -> Fretted:
    """The instrument in a tuning named ("drop D", "开放G") or spelled ("DADGAD", "C G D G B E").

    Raises `UnknownTuning`.
    """
    known = TUNINGS[instrument.name]
    short = re.sub(r"[\s_\-]|tuning|调弦|guitar|ukulele", "", text.strip().lower())
    for name, one in known.items():
        if short in (re.sub(r"\W", "", name.lower()), one.tuning.zh.lower()):
            return one
    if (name := _ALIASES.get(short, "")) in known:
        return known[name]
    spelled = _spelled(text, instrument)
    if spelled is None:
        raise UnknownTuning(text, instrument, known)
    return next((one for one in known.values() if one.strings == spelled.strings), spelled)


def _spelled(text: str, instrument: Fretted) -> Fretted | None:
    """A tuning by its note names, each string as near to the usual one as it can be."""
    bare = re.sub(r"[\s,，、\-]", "", text)
    notes = _NOTE.findall(bare)
    if "".join(notes) != bare or len(notes) != len(instrument.strings):
        return None
    names = [n[0].upper() + n[1:].replace("♯", "#").replace("♭", "b") for n in notes]
    strings = tuple(
        usual + (note_name(name).pitch_class - usual + 6) % 12 - 6
        for usual, name in zip(instrument.strings, names, strict=True)
    )
    written = " ".join(names)
    base = instrument.label
    return Fretted(
        instrument.name, base, Text(written, written), strings, instrument.scale,
        instrument.program, instrument.fewest, instrument.mutes, instrument.frets,
    )  # fmt: skip


def note_names(instrument: Fretted) -> tuple[str, ...]:
    """The open strings' names from left to right."""
    return tuple(str(spell(pitch % 12)) for pitch in instrument.strings)
