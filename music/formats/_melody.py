"""Finding the melody among the tracks of a file, and quantising what was played."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from music.formats._ticks import RES, snap

_NAMES = ("melod", "voice", "vocal", "vox", "sing", "lead", "旋律", "主旋", "人声", "主唱", "歌")
_CLOSE = RES // 8  # gaps shorter than this between two notes are articulation


class MidiNote(NamedTuple):
    """A note in RES ticks."""

    at: int
    length: int
    pitch: int
    velocity: int


def settle(
    notes: list[MidiNote], near: int, exact: bool, everything: list[MidiNote]
) -> list[MidiNote]:
    """Notes on places that can be written.

    `exact` files are only rounded to the grid they were written from. Others are moved to
    sixteenths and triplets if they were played freely, and short gaps between them closed.
    """
    fine = near if exact or _sequenced(everything, near) else 0
    made = []
    for note in notes:
        at = snap(note.at, fine)
        end = snap(note.at + note.length, fine)
        if exact:
            end = end if end > at else at + max(note.length, RES // 64)
        elif end <= at:
            end = at + RES // 4
        made.append(MidiNote(at, end - at, note.pitch, note.velocity))
    made.sort()
    return made if exact else _legato(made)


def _sequenced(notes: list[MidiNote], near: int) -> bool:
    """Whether nine of ten notes begin on a thirty-second or a triplet sixteenth."""
    units = (RES // 8, RES // 6)
    on_grid = sum(any(min(n.at % u, -n.at % u) <= near for u in units) for n in notes)
    return on_grid >= 0.9 * len(notes)


def _legato(notes: list[MidiNote]) -> list[MidiNote]:
    onsets = sorted({note.at for note in notes})
    following = dict(pairwise(onsets))
    made = []
    for note in notes:
        after = following.get(note.at)
        if after is not None and 0 < after - (note.at + note.length) <= _CLOSE:
            note = note._replace(length=after - note.at)  # noqa: PLW2901
        made.append(note)
    return made


def leading(tracks: list[tuple[str, bool, int, list[MidiNote]]]) -> int | None:
    """The index of the melody among (name, is drums, number of lyrics, notes).

    The track with words, else one named after singing or melody, else the one that is highest
    and most nearly one voice (the skyline heuristic of Uitdenbogerd and Zobel, 1999).
    """
    melodic = [i for i, (_, drums, _, notes) in enumerate(tracks) if not drums and notes]
    if not melodic:
        return None

    def merit(index: int) -> tuple[bool, bool, float]:
        name, _, words, notes = tracks[index]
        named = any(word in name.lower() for word in _NAMES)
        mean = sum(note.pitch for note in notes) / len(notes)
        alone = len({note.at for note in notes}) / len(notes)
        return words > 0, named, mean + 40 * alone + min(len(notes), 40)

    return max(melodic, key=merit)


def skyline(notes: list[MidiNote]) -> tuple[list[MidiNote], list[MidiNote]]:
    """The highest note at every onset, each cut where the next begins, and all other notes."""
    top: dict[int, MidiNote] = {}
    for note in notes:
        if note.at not in top or note.pitch > top[note.at].pitch:
            top[note.at] = note
    line = [top[at] for at in sorted(top)]
    kept = set(line)
    rest = [note for note in notes if note not in kept]
    cut = [
        note._replace(length=min(note.length, after.at - note.at)) for note, after in pairwise(line)
    ]
    return cut + line[-1:], rest
