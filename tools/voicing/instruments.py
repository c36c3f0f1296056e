"""Instruments by the names people give them, in English and Chinese."""

from __future__ import annotations

from types import MappingProxyType

from music.fretboard import GUITAR, UKULELE, Fretted, find_tuning
from wording import FriendlyError

PIANO = "piano"
_NAMES = MappingProxyType(
    {
        "guitar": (
            "guitar", "acoustic guitar", "electric guitar", "classical guitar", "steel guitar",
            "nylon guitar", "吉他", "木吉他", "电吉他", "古典吉他", "民谣吉他", "六弦琴",
        ),
        "ukulele": (
            "ukulele", "uke", "ukelele", "soprano ukulele", "concert ukulele", "tenor ukulele",
            "尤克里里", "乌克丽丽", "乌克里里", "四弦琴", "夏威夷吉他",
        ),
        "baritone": ("baritone ukulele", "baritone uke", "baritone", "次中音尤克里里"),
        "piano": (
            "piano", "keyboard", "keys", "electric piano", "organ", "synth",
            "钢琴", "键盘", "电钢琴", "电子琴", "琴键",
        ),
    }
)  # fmt: skip
_OPEN = MappingProxyType({"guitar": GUITAR, "ukulele": UKULELE})


class UnknownInstrument(FriendlyError):
    """Chords are shown for guitar, ukulele and piano."""

    def __init__(self, name: str) -> None:
        shown = name[:40]
        super().__init__(
            f'I can show chords on guitar, ukulele and piano, not on "{shown}".',
            f"我能画吉他、尤克里里和钢琴的和弦，暂时不会画“{shown}”。",
        )


class NoTunings(FriendlyError):
    """A tuning was named for a piano."""


def find_instrument(name: str, tuning: str | None) -> Fretted | None:
    """The fretted instrument in its tuning; None is the piano.

    Raises `UnknownInstrument`, `UnknownTuning`, `NoTunings`.
    """
    wanted = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
    kind = next((kind for kind, names in _NAMES.items() if wanted in names), None)
    if kind is None:
        raise UnknownInstrument(name)
    if kind == PIANO:
        if tuning and tuning.strip():
            raise NoTunings(
                "A piano has no tunings to choose from; name one for guitar or ukulele.",
                "钢琴没有可选的调弦；吉他和尤克里里才有。",
            )
        return None
    if kind == "baritone":
        return find_tuning(tuning or "baritone", UKULELE)
    return find_tuning(tuning or "", _OPEN[kind])
