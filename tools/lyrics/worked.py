"""The worked example that a chat model is shown before it is asked: small models answer in its form
where a description alone is copied out."""

from __future__ import annotations

from typing import NamedTuple

from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment


class Worked(NamedTuple):
    """A lyric in two versions, and versions of its last line that rhyme with its second one."""

    about: str
    slots: tuple[Slot, ...]
    versions: tuple[tuple[str, ...], ...]
    last: tuple[str, ...]

    def task(self, *, rhyming: bool) -> Assignment:
        """The last line, after the first version's others."""
        slot = self.slots[-1] if rhyming else Slot(0, "verse", 3, self.slots[-1].syllables)
        return Assignment(slot, self.versions[0][:-1])

    def lines(self) -> tuple[str, ...]:
        """All that a model must not give as its own."""
        return (*(line for version in self.versions for line in version), *self.last)


WORKED = {
    "en": Worked(
        "Write the lyrics of a quiet folk song about: the last bus.",
        (
            Slot(0, "verse", 0, 8),
            Slot(0, "verse", 1, 6),
            Slot(0, "verse", 2, 8),
            Slot(0, "verse", 3, 6, rhymes=(1,)),
        ),
        (
            (
                "The streetlights hum above the square",
                "The last bus drove away",
                "I count the coins inside my coat",
                "And wait there for the day",
            ),
            (
                "A driver locks the yellow door",
                "And turns the engine low",
                "The bench is cold, the street is mine",
                "It's time for me to go",
            ),
        ),
        (
            "No one asked me to stay",
            "The shops have all gone gray",
            "My boots are full of clay",
            "The kids came out to play",
            "We're fine, the neighbors say",
            "It costs too much to pay",
            "The clock has gone astray",
            "I'd hoped to see the bay",
        ),
    ),
    "zh": Worked(
        "Write the lyrics of a quiet folk song about: 末班车.",
        (
            Slot(0, "verse", 0, 7),
            Slot(0, "verse", 1, 7, rhymes=(0,)),
            Slot(0, "verse", 2, 7),
            Slot(0, "verse", 3, 7, rhymes=(0, 1)),
        ),
        (
            ("末班车开过路口", "我还站在风里头", "手里攥着旧车票", "天亮以后慢慢走"),
            ("站台只剩一盏灯", "照着我和一阵风", "末班车已经开走", "夜里只有我在等"),
        ),
        (
            "风吹红了我的手",
            "谁来陪我喝杯酒",
            "这条路走了好久",
            "月亮跟在我身后",
            "想起从前的朋友",
            "数一数今夜的愁",
            "把帽子扔给小狗",
            "今夜的风真温柔",
        ),
    ),
}
