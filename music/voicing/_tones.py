"""Which tones a pianist plays of a chord: what names it, what colours it, what may be left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from music.chords import Chord


@dataclass(frozen=True)
class Tones:
    """Pitch classes of a chord by their task; -1 and empty where there is none.

    `guides` are the third (or what stands for it) and the seventh or sixth; `named` the
    alterations and the highest extension that the symbol names; `others` what else it holds.
    """

    bass: int
    root: int
    guides: tuple[int, ...]
    named: tuple[int, ...]
    fifth: int
    others: tuple[int, ...]

    @property
    def needed(self) -> tuple[int, ...]:
        """What has to sound above the bass for the chord to be heard as what it is."""
        spare = [] if self.bass == self.root else [self.root]
        return tuple(dict.fromkeys([*self.guides, *self.named, *spare]))


@lru_cache(maxsize=4096)
def tones_of(chord: Chord) -> Tones:
    """Sort the tones of a chord that sounds."""
    tones = dict(zip(chord.degrees, chord.pitch_classes, strict=True))
    if chord.bass != chord.root and chord.pitch_classes[0] == chord.bass:
        tones.pop(chord.degrees[0])  # a bass that is no chord tone
    numbers = {degree: int(degree.lstrip("#b")) for degree in tones}
    natural = [n for d, n in numbers.items() if n in (9, 11, 13) and d[0] not in "#b"]
    sevenths = [d for d, n in numbers.items() if n in (6, 7)]
    eleventh = chord.quality == "dominant" and 11 in natural
    guides = [d for d, n in numbers.items() if n in (2, 3, 4) and not (eleventh and n == 3)]
    altered = [d for d, n in numbers.items() if d[0] in "#b" and n in (5, 9, 11, 13)]
    top = [d for d in tones if d[0] not in "#b" and numbers[d] == max(natural, default=0)]
    named = [*altered[:3], *top]
    used = {"1", "5", *guides, *sevenths, *named}
    return Tones(
        bass=chord.bass,
        root=chord.root,
        guides=tuple(tones[d] for d in (*guides, *sevenths)),
        named=tuple(tones[d] for d in named),
        fifth=tones.get("5", -1),
        others=tuple(tone for degree, tone in tones.items() if degree not in used),
    )
