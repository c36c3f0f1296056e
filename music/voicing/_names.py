"""The notes of a voicing by name and octave, spelled as the chord spells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from music.chords import Chord
from music.spelling import NoteName, note_name

# Letters above the root for tensions that the symbol does not name: 9, 11, 13 and altered.
_LETTERS = {1: 1, 2: 1, 5: 3, 6: 3, 8: 5, 9: 5}
_DOMINANT = {3: 1, 10: 6}


def pitch_names(
    chord: Chord, pitches: Sequence[int], spell: Callable[[int], str | NoteName]
) -> list[str]:
    """Names such as "Bb3" for MIDI pitches. Tones of the chord are spelled by it, tensions as
    degrees above its root; `spell` names a pitch class where that takes two accidentals.

    The octave is the letter's own: MIDI 60 is C4, and B#3.
    """
    own = dict(zip(chord.pitch_classes, chord.note_names, strict=True))
    return [_with_octave(_name(chord, pitch % 12, own, spell), pitch) for pitch in pitches]


def _name(
    chord: Chord, pitch_class: int, own: dict[int, str], spell: Callable[[int], str | NoteName]
) -> NoteName:
    if pitch_class in own:
        return note_name(own[pitch_class])
    step = (pitch_class - chord.root) % 12
    letter = {**_LETTERS, **_DOMINANT}.get(step)
    if letter is not None:
        found = note_name(chord.root_name).up(letter, step)
        if abs(found.alter) < 2:
            return found
    return note_name(str(spell(pitch_class)))


def _with_octave(name: NoteName, pitch: int) -> str:
    return f"{name}{(pitch - name.alter) // 12 - 1}"
