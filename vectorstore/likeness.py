"""Compares music that is given, a song, a melody or chords, with the catalogue's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from music.chords import parse_chord
from music.keys import key_of, parse_key
from music.song import Note, Song
from vectorstore.features import HARMONY_PARTS, key_scores, music_vector, part_slice
from vectorstore.lines import Line, line, song_lines
from wording import FriendlyError

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float32]

_FEWEST = 4


class TooLittleMusic(FriendlyError):
    """Fewer than four notes, or two chords, cannot be compared."""

    def __init__(self) -> None:
        super().__init__(
            "To find songs that sound alike I need at least four melody notes or two chords.",
            "要找相似的歌，至少需要四个旋律音或两个和弦。",
        )


def song_vector(song: Song) -> Vector:
    """The song's music vector. Raises `TooLittleMusic` when it has too few notes."""
    lines = song_lines(song)
    if not lines or len(lines[0]) < _FEWEST:
        raise TooLittleMusic
    return music_vector(lines, parse_key(song.key).tonic, song.metre)


def melody_line(melody: Sequence[Note]) -> Line:
    """A melody as a line. Raises `TooLittleMusic`."""
    quoted = line(melody)
    if len(quoted) < _FEWEST:
        raise TooLittleMusic
    return quoted


def melody_song(melody: Sequence[Note], metre: str = "4/4") -> Song:
    """A song of the melody alone, in the key that its notes show."""
    quoted = melody_line(melody)
    scores = key_scores([quoted])
    tonic, minor = max(scores, key=lambda key: scores[key])
    end = max(note.onset + note.duration for note in melody)
    return Song.model_validate(
        {
            "key": key_of(tonic, "minor" if minor else "major").name,
            "metre": metre,
            "sections": [{"length": end, "melody": tuple(melody)}],
        }
    )


def chord_vector(symbols: Sequence[str]) -> tuple[Vector, str]:
    """What chords have in common with a music vector, shape (`HARMONY_PARTS`), and their key.

    The chords' tones give the pitch-class profile, their roots the moves of the bass.
    Raises `BadChord`, `TooLittleMusic`.
    """
    chords = [chord for symbol in symbols if (chord := parse_chord(symbol)).sounds]
    if len(chords) < 2:
        raise TooLittleMusic
    voices = [_arpeggio([chord.pitch_classes[n % len(chord.pitch_classes)] for chord in chords])
              for n in range(3)]  # fmt: skip
    roots = _arpeggio([chord.root for chord in chords])
    scores = key_scores([*voices, roots])
    tonic, minor = max(scores, key=lambda key: scores[key])
    vector = music_vector([*voices, roots], tonic, "4/4")[harmony_slice()]
    name = key_of(tonic, "minor" if minor else "major").name
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32), name


def harmony_slice() -> slice:
    """Where the parts about harmony lie in a music vector."""
    first, last = (part_slice(part) for part in HARMONY_PARTS)
    return slice(first.start, last.stop)


def _arpeggio(pitch_classes: Sequence[int]) -> Line:
    """One note a bar of four quarters."""
    count = len(pitch_classes)
    return Line(
        np.arange(count, dtype=np.float32) * 4,
        np.full(count, 4.0, dtype=np.float32),
        np.array([48 + pc for pc in pitch_classes], dtype=np.int16),
    )
