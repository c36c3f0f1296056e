"""Chords in words: what a type of chord is called in English and Chinese."""

from __future__ import annotations

from types import MappingProxyType

from wording import Text

_FAMILIES = MappingProxyType(
    {
        "power": Text("power chord", "强力和弦（五度）"),
        "suspended": Text("suspended chord", "挂留和弦"),
        "half-diminished": Text("half-diminished seventh", "半减七和弦"),
        "diminished": Text("diminished chord", "减和弦"),
        "augmented": Text("augmented chord", "增和弦"),
        "minor-major": Text("minor chord with major seventh", "小大七和弦"),
        "dominant": Text("dominant chord", "属七类和弦"),
        "major": Text("major chord", "大和弦"),
        "minor": Text("minor chord", "小和弦"),
        "none": Text("no chord", "无和弦"),
        "polychord": Text("polychord", "复合和弦"),
    }
)
_USUAL_NAMES = MappingProxyType(
    {
        "": Text("major triad", "大三和弦"),
        "m": Text("minor triad", "小三和弦"),
        "dim": Text("diminished triad", "减三和弦"),
        "aug": Text("augmented triad", "增三和弦"),
        "7": Text("dominant seventh", "属七和弦"),
        "maj7": Text("major seventh", "大七和弦"),
        "m7": Text("minor seventh", "小七和弦"),
        "dim7": Text("diminished seventh", "减七和弦"),
        "m7b5": Text("half-diminished seventh", "半减七和弦"),
        "mMaj7": Text("minor-major seventh", "小大七和弦"),
        "6": Text("sixth chord", "大六和弦"),
        "m6": Text("minor sixth chord", "小六和弦"),
        "sus4": Text("suspended fourth", "挂四和弦"),
        "sus2": Text("suspended second", "挂二和弦"),
        "9": Text("dominant ninth", "属九和弦"),
        "maj9": Text("major ninth", "大九和弦"),
        "m9": Text("minor ninth", "小九和弦"),
        "add9": Text("added ninth", "加九和弦"),
        "5": Text("power chord", "强力和弦（五度）"),
        "7sus4": Text("dominant seventh, suspended fourth", "属七挂四和弦"),
        "13": Text("dominant thirteenth", "属十三和弦"),
        "7alt": Text("altered dominant", "变化属和弦"),
    }
)


def type_name(suffix: str, quality: str) -> Text:
    """The chord type in words."""
    return _USUAL_NAMES.get(suffix) or _FAMILIES[quality]
