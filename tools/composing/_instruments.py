"""The Chinese names of the instruments that styles have."""

from __future__ import annotations

_CHINESE = {
    "accordion": "手风琴",
    "acoustic guitar": "木吉他",
    "bass": "贝斯",
    "cello": "大提琴",
    "clean guitar": "清音电吉他",
    "distorted guitar": "失真吉他",
    "double bass": "低音提琴",
    "drums": "鼓",
    "electric guitar": "电吉他",
    "electric piano": "电钢琴",
    "flute": "长笛",
    "guzheng": "古筝",
    "horns": "铜管组",
    "nylon guitar": "古典吉他",
    "octave bass": "八度贝斯",
    "organ": "管风琴",
    "organ pedals": "管风琴踏板",
    "pad": "合成器铺底",
    "piano": "钢琴",
    "skank guitar": "反拍吉他",
    "slap bass": "击弦贝斯",
    "steel guitar": "钢弦吉他",
    "strings": "弦乐",
    "synth bass": "合成贝斯",
    "synth chords": "合成器和弦",
}


def in_chinese(instrument: str) -> str:
    """ "Guzheng" as "古筝"; the name itself where none is known."""
    return _CHINESE.get(instrument.strip().lower(), instrument)
