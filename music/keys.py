"""Keys: tonic and mode, how they are written in English and Chinese, their scales and spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from music._plain_text import plain
from music.spelling import NoteName, by_fifths, note_name, spell
from wording import FriendlyError, Text


class BadKey(FriendlyError):
    """A key that cannot be read."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        super().__init__(
            f'I do not know the key "{shown}". Write it like "G", "F# minor" or "D dorian".',
            f"我不认识调“{shown}”。请写成“G”“G大调”“升F小调”或“D多利亚”。",
        )


# Steps of each mode above its tonic, and the fifths by which its signature differs from major.
_STEPS = MappingProxyType(
    {
        "major": (0, 2, 4, 5, 7, 9, 11),
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
        "lydian": (0, 2, 4, 6, 7, 9, 11),
        "mixolydian": (0, 2, 4, 5, 7, 9, 10),
        "locrian": (0, 1, 3, 5, 6, 8, 10),
    }
)
_FIFTHS_FROM_MAJOR = MappingProxyType(
    {
        "major": 0,
        "minor": -3,
        "dorian": -2,
        "phrygian": -4,
        "lydian": 1,
        "mixolydian": -1,
        "locrian": -5,
    }
)
_MODE_NAMES = MappingProxyType(
    {
        "major": Text("major", "大调"),
        "minor": Text("minor", "小调"),
        "dorian": Text("dorian", "多利亚"),
        "phrygian": Text("phrygian", "弗里几亚"),
        "lydian": Text("lydian", "利底亚"),
        "mixolydian": Text("mixolydian", "混合利底亚"),
        "locrian": Text("locrian", "洛克利亚"),
    }
)
_MODE_WORDS = MappingProxyType({
    "": "major", "major": "major", "maj": "major", "ionian": "major", "dur": "major",
    "大调": "major", "大": "major", "调": "major", "伊奥尼亚": "major", "宫调": "major",
    "宫": "major",
    "m": "minor", "minor": "minor", "min": "minor", "mi": "minor", "moll": "minor", "-": "minor",
    "aeolian": "minor", "harmonicminor": "minor", "melodicminor": "minor", "naturalminor": "minor",
    "小调": "minor", "小": "minor", "和声小调": "minor", "旋律小调": "minor", "自然小调": "minor",
    "自然大调": "major", "羽调": "minor", "羽": "minor", "爱奥利亚": "minor",
    "dorian": "dorian", "dor": "dorian", "多利亚": "dorian", "多利亚调式": "dorian",
    "商调": "dorian",
    "phrygian": "phrygian", "phr": "phrygian", "弗里几亚": "phrygian", "弗里几亚调式": "phrygian",
    "角调": "phrygian",
    "lydian": "lydian", "lyd": "lydian", "利底亚": "lydian", "利底亚调式": "lydian",
    "mixolydian": "mixolydian", "mix": "mixolydian", "混合利底亚": "mixolydian",
    "混合利底亚调式": "mixolydian", "徵调": "mixolydian",
    "locrian": "locrian", "loc": "locrian", "洛克利亚": "locrian", "洛克利亚调式": "locrian",
})  # fmt: skip
_KEY = re.compile(
    r"(重升|重降|升|降)?([A-Ga-g])(##|bb|#|b|-sharp|-flat|\s*sharp|\s*flat)?(.*)", re.S
)
_SIGN = MappingProxyType(
    {"重升": "##", "重降": "bb", "升": "#", "降": "b", "sharp": "#", "flat": "b"}
)


@dataclass(frozen=True, order=True)
class Key:
    """A key. `tonic` is a spelled note, `mode` one of major, minor and the church modes."""

    tonic_name: NoteName
    mode: str = "major"

    @property
    def tonic(self) -> int:
        """Pitch class 0-11."""
        return self.tonic_name.pitch_class

    @property
    def name(self) -> str:
        """ "G major", "F# minor": the form that `Song.key` uses."""
        return f"{self.tonic_name} {self.mode}"

    @property
    def fifths(self) -> int:
        """Sharps (positive) or flats (negative) of the signature."""
        return self.tonic_name.fifths + _FIFTHS_FROM_MAJOR[self.mode]

    @property
    def is_minor(self) -> bool:
        """Whether the third of the scale is minor."""
        return _STEPS[self.mode][2] == 3

    @property
    def steps(self) -> tuple[int, ...]:
        """Semitones of the seven scale degrees above the tonic."""
        return _STEPS[self.mode]

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """The scale from its tonic."""
        return tuple((self.tonic + step) % 12 for step in self.steps)

    @property
    def scale(self) -> tuple[str, ...]:
        """The scale's note names: ("F#", "G#", "A", ...)."""
        return tuple(str(self.tonic_name.up(n, step)) for n, step in enumerate(self.steps))

    def spell(self, pitch_class: int) -> str:
        """The name that this pitch class reads best under in this key."""
        for number, step in enumerate(self.steps):
            if (self.tonic + step - pitch_class) % 12 == 0:
                return str(self.tonic_name.up(number, step))
        # Minor keys raise their leading tone; otherwise chromatic tones surround the signature.
        if self.is_minor and (self.tonic - pitch_class) % 12 == 1:
            return str(self.tonic_name.up(6, 11))
        name = spell(pitch_class, self.fifths + (2 if self.is_minor else 0))
        return str(spell(pitch_class) if spell(pitch_class).alter == 0 else name)

    def relative(self) -> Key:
        """The relative minor or major; a church mode's relative major."""
        if self.mode == "major":
            return Key(self.tonic_name.up(5, 9), "minor")
        return Key(by_fifths(self.fifths), "major")

    def parallel(self) -> Key:
        """The minor key on this tonic, or the major one."""
        return Key(self.tonic_name, "major" if self.is_minor else "minor").readable()

    def transposed(self, semitones: int) -> Key:
        """The key that many semitones higher, in its readable spelling."""
        return key_of(self.tonic + semitones, self.mode)

    def readable(self) -> Key:
        """The same key with at most six sharps or flats."""
        return self if abs(self.fifths) <= 6 else key_of(self.tonic, self.mode)

    def in_words(self, language: str) -> str:
        """ "F# minor" or "升F小调"."""
        if not language.lower().startswith("zh"):
            return self.name
        alter = self.tonic_name.alter
        sign = "升" * alter if alter > 0 else "降" * -alter
        return f"{sign}{str(self.tonic_name)[0]}{_MODE_NAMES[self.mode].zh}"

    def __str__(self) -> str:
        return self.name


@cache
def key_of(tonic: int, mode: str = "major") -> Key:
    """The key on a pitch class, spelled with the smaller signature; F# major, but Eb minor."""
    candidates = [Key(spell(tonic, centre), mode) for centre in (-6, -1, 6)]
    return min(candidates, key=lambda key: (abs(key.fifths), -key.fifths * (mode == "major")))


@cache
def parse_key(text: str) -> Key:
    """Read "G", "F# minor", "Am", "D dorian", "f#小调", "降E大调". Raises `BadKey`."""
    folded = plain_signs(text).strip()
    match = _KEY.fullmatch(folded)
    if match is None:
        raise BadKey(text)
    before, letter, after, rest = match.groups()
    sign = _SIGN.get(before or "", "") + _SIGN.get((after or "").strip(" -"), after or "")
    words = re.sub(r"[\s_\-·.]+", "", rest) if rest.strip() != "-" else "-"
    mode = _MODE_WORDS.get("major" if words == "M" else words.lower())
    if mode is None:
        mode = _MODE_WORDS.get(re.sub(r"(key|mode|scale|调式|的)", "", words.lower()))
    if mode is None:
        raise BadKey(text)
    try:
        return Key(note_name(letter.upper() + sign), mode).readable()
    except ValueError:
        raise BadKey(text) from None


def plain_signs(text: str) -> str:
    """Full-width letters and Unicode accidentals as plain ones; Chinese words stay."""
    return "".join(c if "\u3400" <= c <= "\u9fff" else plain(c).text for c in text)
