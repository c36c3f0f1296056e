"""Chords in words: what a type of chord is called in English and Chinese."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from wording import Text

_FAMILIES = MappingProxyType(
    {
        "power": Text("chord without a third", "无三音和弦"),
        "suspended": Text("suspended chord", "挂留和弦"),
        "half-diminished": Text("half-diminished chord", "半减类和弦"),
        "diminished": Text("diminished chord", "减和弦"),
        "augmented": Text("augmented chord", "增和弦"),
        "minor-major": Text("minor chord with major seventh", "小大七类和弦"),
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
        "dimMaj7": Text("diminished triad with major seventh", "减大七和弦"),
        "maj7#5": Text("augmented major seventh", "增大七和弦"),
        "7#5": Text("augmented seventh", "增属七和弦"),
        "6": Text("sixth chord", "大六和弦"),
        "m6": Text("minor sixth chord", "小六和弦"),
        "6/9": Text("six-nine chord", "六九和弦"),
        "m6/9": Text("minor six-nine chord", "小六九和弦"),
        "sus4": Text("suspended fourth", "挂四和弦"),
        "sus2": Text("suspended second", "挂二和弦"),
        "sus2sus4": Text("suspended second and fourth", "挂二挂四和弦"),
        "9": Text("dominant ninth", "属九和弦"),
        "maj9": Text("major ninth", "大九和弦"),
        "m9": Text("minor ninth", "小九和弦"),
        "m9b5": Text("half-diminished ninth", "半减九和弦"),
        "mMaj9": Text("minor-major ninth", "小大九和弦"),
        "dim9": Text("diminished ninth", "减九和弦"),
        "add9": Text("added ninth", "加九和弦"),
        "madd9": Text("minor, added ninth", "小加九和弦"),
        "11": Text("dominant eleventh", "属十一和弦"),
        "maj11": Text("major eleventh", "大十一和弦"),
        "m11": Text("minor eleventh", "小十一和弦"),
        "m11b5": Text("half-diminished eleventh", "半减十一和弦"),
        "13": Text("dominant thirteenth", "属十三和弦"),
        "maj13": Text("major thirteenth", "大十三和弦"),
        "m13": Text("minor thirteenth", "小十三和弦"),
        "5": Text("power chord", "强力和弦（五度）"),
        "7sus4": Text("dominant seventh, suspended fourth", "属七挂四和弦"),
        "7sus2": Text("dominant seventh, suspended second", "属七挂二和弦"),
        "9sus4": Text("dominant ninth, suspended fourth", "属九挂四和弦"),
        "13sus4": Text("dominant thirteenth, suspended fourth", "属十三挂四和弦"),
        "maj7sus4": Text("major seventh, suspended fourth", "大七挂四和弦"),
        "maj7sus2": Text("major seventh, suspended second", "大七挂二和弦"),
        "7alt": Text("altered dominant", "变化属和弦"),
    }
)
_CHANGE = re.compile(r"\(?(?P<how>add|no|)(?P<sign>[b#]*)(?P<number>\d+)\)?")
_SIGNS = MappingProxyType(
    {
        "": Text("", ""),
        "b": Text("flat ", "降"),
        "#": Text("sharp ", "升"),
        "bb": Text("double-flat ", "重降"),
    }
)
_NUMBERS = MappingProxyType(
    {
        1: Text("root", "根音"), 3: Text("third", "三音"), 5: Text("fifth", "五音"),
        6: Text("sixth", "六音"), 7: Text("seventh", "七音"), 9: Text("ninth", "九音"),
        11: Text("eleventh", "十一音"), 13: Text("thirteenth", "十三音"),
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def type_name(suffix: str, quality: str) -> Text:
    """The chord type in words: a usual name, with what is altered, added and left out."""
    for length in range(len(suffix), -1, -1):
        name = _USUAL_NAMES.get(suffix[:length])
        changes = _changes(suffix[length:]) if name else None
        if name and changes is not None:
            en, zh = "".join(f", {c.en}" for c in changes), "、".join(c.zh for c in changes)
            return Text(name.en + en, name.zh + ("，" + zh if zh else ""))
    return _FAMILIES[quality]


def _changes(tail: str) -> list[Text] | None:
    """The changes behind a usual suffix in words; None if the tail says something else."""
    found: list[Text] = []
    at = 0
    while at < len(tail):
        match = _CHANGE.match(tail, at)
        if match is None or match["sign"] not in _SIGNS or int(match["number"]) not in _NUMBERS:
            return None
        if not match["how"] and not match["sign"]:
            return None
        sign, number = _SIGNS[match["sign"]], _NUMBERS[int(match["number"])]
        how = {"add": Text("added ", "加"), "no": Text("no ", "省")}.get(match["how"], Text("", ""))
        if (match["sign"], match["number"]) == ("#", "7"):
            sign, number = _SIGNS[""], Text("major seventh", "大七音")
        found.append(Text(how.en + sign.en + number.en, how.zh + sign.zh + number.zh))
        at = match.end()
    return found
