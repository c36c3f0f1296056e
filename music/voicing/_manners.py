"""Manners of playing chords on a piano: what each hand has, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from wording import Text

Colour = Literal["none", "ninth", "tensions"]


@dataclass(frozen=True)
class Manner:
    """One manner. `upper` is how many notes lie above the bass where the chord allows it, `left`
    how many of these the left hand takes; `width` the widest span of the right hand in semitones;
    `colour` what may be added to plain chords; `centre` where
    the right hand lies at ease; `tenor_guides`: the left hand has a third or seventh;
    `doubling`: what a second note of the bass's name costs, in semitones of movement; `parallel`:
    how much parallel fifths count, of which rootless forms have some by nature."""

    name: str
    label: Text
    upper: int
    left: int
    width: int
    colour: Colour
    centre: int = 64
    tenor_guides: bool = False
    doubling: float = 0.4
    parallel: float = 1.0


MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        one.name: one
        for one in (
            Manner("close", Text("close", "密集排列"), 3, 0, 12, "none"),
            Manner("open", Text("open", "开放排列"), 3, 1, 14, "none", 65),
            Manner(
                "shell",
                Text("shell", "骨架排列（三音七音）"),
                4,
                1,
                14,
                "none",
                65,
                tenor_guides=True,
            ),
            Manner(
                "rootless",
                Text("rootless", "无根音排列"),
                4,
                0,
                14,
                "tensions",
                60,
                doubling=3.0,
                parallel=0.2,
            ),
            Manner("pop", Text("pop", "流行排列"), 3, 0, 12, "ninth"),
        )
    }
)
_BY_STYLE = MappingProxyType(
    {
        "jazz": "rootless", "bossa_nova": "rootless", "lofi": "rootless", "soul": "shell",
        "rnb": "shell", "funk": "shell", "blues": "shell", "hymn": "open", "classical": "open",
        "ballad": "open", "waltz": "open", "pop": "pop", "disco": "pop", "electronic": "pop",
    }
)  # fmt: skip


def manner_of(style: str | None) -> Manner:
    """The manner in which a style (or a manner by its own name) is played; close by default."""
    name = (style or "close").strip().lower().replace(" ", "_").replace("-", "_")
    return MANNERS[_BY_STYLE.get(name, name if name in MANNERS else "close")]
