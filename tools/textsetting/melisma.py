"""Which notes of a phrase carry syllables when there are fewer of these than notes."""

from __future__ import annotations

from collections.abc import Sequence

from music.song import Note
from tools.textsetting.costs import NEVER, Weights, joins
from tools.textsetting.tune import TuneSection
from wording import FriendlyError


class TooFewNotes(FriendlyError):
    """A phrase has fewer notes than the syllables wished for it."""


def carriers(
    phrase: Sequence[Note], syllables: int, metre: str, phase: float = 0.0
) -> tuple[Note, ...]:
    """The notes that begin a syllable, each as long as its melisma.

    What joins the syllable before is short, weak and a step away; never a note after a rest.
    Raises `TooFewNotes`.
    """
    places = TuneSection(0, "", tuple(phrase), metre, phase).places()
    costs = joins(places, Weights())
    order = sorted(range(len(costs)), key=lambda place: costs[place])
    joined = set(order[: max(0, len(costs) - syllables)])
    if syllables > len(phrase) or any(costs[place] >= NEVER for place in joined):
        least = sum(cost >= NEVER for cost in costs)
        raise TooFewNotes(
            f"A phrase of this melody has {len(phrase)} notes: from {least} to {len(phrase)}"
            f" syllables can be sung to it, not {syllables}.",
            f"这段旋律里有一句是 {len(phrase)} 个音，可以配 {least} 到 {len(phrase)} 个音节，"
            f"配不了 {syllables} 个。",
        )
    found: list[Note] = []
    for place, note in enumerate(phrase):
        if place in joined:
            first = found[-1]
            found[-1] = first._replace(duration=note.onset + note.duration - first.onset)
        else:
            found.append(note)
    return tuple(found)
