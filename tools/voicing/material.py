"""The chords that are to be voiced: given ones or those of a song, with times, key and melody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from music.chords import BadChord, Chord, parse_chord
from music.keys import BadKey, Key, parse_key
from music.song import ChordEvent, Section, Song, bar_length
from tools._forms import chord_events
from tools.harmony.key_finding import likeliest_key
from wording import FriendlyError

_LOWEST_TUNE = 55
_LONGEST_PART = 1000  # bars that are played; nobody strums on for longer


class NoChords(FriendlyError):
    """There is nothing to voice."""

    def __init__(self) -> None:
        super().__init__(
            "There are no chords to play. Give me some, such as C G Am F, or a song that has them.",
            "没有可以弹的和弦。给我几个，比如 C G Am F，或者一首有和弦的歌。",
        )


@dataclass(frozen=True)
class Sounding:
    """A chord played from `start` to `end` in quarter notes, and the lowest melody note over it.

    Chords after the longest part that is played have no length.
    """

    start: float
    end: float
    chord: Chord
    melody: int | None = None


@dataclass(frozen=True)
class Material:
    """A song whose chords are voiced; `own` says that it was made of given chords only."""

    song: Song
    key: Key
    chords: tuple[Sounding, ...]
    own: bool

    @property
    def changes(self) -> list[Chord]:
        """The chords without repeats of the same one."""
        found: list[Chord] = []
        for item in self.chords:
            if not found or found[-1] != item.chord:
                found.append(item.chord)
        return found

    @property
    def distinct(self) -> list[Chord]:
        """Every chord once, in order of appearance."""
        return list(dict.fromkeys(item.chord for item in self.chords))


def given(chords: Sequence[tuple[float, str] | str], style: str) -> Material:
    """Chords that were typed, a bar each unless they have times. Raises `BadChord`, `NoChords`."""
    events = chord_events(chords, "4/4")
    if not events:
        raise NoChords
    length = max(event.onset for event in events) + 4.0
    parsed = [parse_chord(event.symbol) for event in events]
    key = likeliest_key([chord for chord in parsed if chord.sounds]) if _any(parsed) else None
    if key is None:
        raise NoChords
    section = Section(name="", length=length, chords=tuple(events))
    title = " ".join(dict.fromkeys(event.symbol for event in events))
    shown = title if len(title) <= 48 else title[:47].rsplit(" ", 1)[0] + " …"
    song = Song(title=shown, key=key.name, style=style, sections=(section,))
    return Material(song, key, tuple(_sounding(song)), own=True)


def of_song(song: Song) -> Material:
    """The chords of a song. Raises `NoChords`; symbols that cannot be read are left out."""
    found = tuple(_sounding(song))
    if not found:
        raise NoChords
    try:
        key = parse_key(song.key)
    except BadKey:
        key = likeliest_key([item.chord for item in found])
    return Material(song, key, found, own=False)


def _any(chords: Sequence[Chord]) -> bool:
    return any(chord.sounds for chord in chords)


def _sounding(song: Song) -> list[Sounding]:
    events: list[ChordEvent] = list(song.chords())
    latest = _LONGEST_PART * bar_of(song)
    melody = [note for note in song.melody() if note.pitch >= _LOWEST_TUNE]
    found: list[Sounding] = []
    for index, event in enumerate(events):
        end = events[index + 1].onset if index + 1 < len(events) else song.length
        try:
            chord = parse_chord(event.symbol)
        except BadChord:
            continue
        if chord.sounds and end > event.onset:
            over = [n.pitch for n in melody if n.onset < end and n.onset + n.duration > event.onset]
            stop = max(event.onset, min(end, latest))
            found.append(Sounding(event.onset, stop, chord, min(over, default=None)))
    return found


def bar_of(song: Song) -> float:
    """Quarter notes in a bar of the song."""
    return bar_length(song.metre)
