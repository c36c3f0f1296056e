"""A song as a standard MIDI file, type 1.

Chord symbols are markers (0x06), sections cue points (0x07), syllables lyric events as in the
MIDI Association's RP-017 and RP-026: a space ends a word, a carriage return a line.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import pairwise

import mido

from music.errors import UnwritableSong
from music.formats._names import shown
from music.pitch import fifths, key_name, key_parts
from music.song import Section, Song, Syllable, Track, bar_length

TICKS = 480  # a quarter note
MELODY, WORDS = "Melody", "Words"
SOFTWARE = "software: Bandmate"
_MAX_QUARTERS = 40_000
_MELODY_VELOCITY = 100
_Event = tuple[int, int, mido.Message | mido.MetaMessage]


def write(song: Song) -> bytes:
    """The file's bytes: a conductor track, the melody with verse 1, further verses, the parts.

    Raises `UnwritableSong` beyond 40,000 quarter notes.
    """
    if song.length > _MAX_QUARTERS:
        raise UnwritableSong("it lasts more than 40,000 beats", "它超过了四万拍")
    end = _tick(song.length)
    midi = mido.MidiFile(type=1, ticks_per_beat=TICKS, charset="utf-8")
    midi.tracks.append(_track(song.title, _conductor(song), end))
    midi.tracks.append(_track(MELODY, [*_melody(song), *_lyrics(song, 1)], end))
    verses = {s.verse for section in song.sections for s in section.lyrics}
    for verse in sorted(verses - {1}):
        midi.tracks.append(_track(f"{WORDS} {verse}", _lyrics(song, verse), end))
    parts: dict[tuple[str, int, bool], list[_Event]] = {}
    for section, start in zip(song.sections, song.starts(), strict=True):
        for track in section.tracks:
            key = (track.name, track.program, track.drums)
            events = parts.setdefault(key, [])
            events += _hits(track, start, _channel(list(parts).index(key), track.drums))
    for index, ((name, program, drums), events) in enumerate(parts.items()):
        channel = _channel(index, drums)
        first = mido.Message("program_change", channel=channel, program=program)
        midi.tracks.append(_track(name, [(0, 0, first), *events], end))
    out = io.BytesIO()
    midi.save(file=out)
    return out.getvalue()


def _tick(quarters: float) -> int:
    return round(quarters * TICKS)


def _channel(index: int, drums: bool) -> int:
    """Channel 0 is the melody's and 9 the drums'; beyond 14 parts channels are shared."""
    melodic = 1 + index % 14
    return 9 if drums else melodic + (melodic >= 9)


def _track(name: str, events: Iterable[_Event], end: int) -> mido.MidiTrack:
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=name))
    at = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - at))
        at = tick
    track.append(mido.MetaMessage("end_of_track", time=max(end - at, 0)))
    return track


def _meta(at: float, order: int, kind: str, **values: object) -> _Event:
    return _tick(at), order, mido.MetaMessage(kind, **values)


def _conductor(song: Song) -> Iterable[_Event]:
    yield _meta(0, 0, "text", text=SOFTWARE)
    for name in ("composer", "lyricist", "language", "style", "mood"):
        if value := getattr(song, name):
            yield _meta(0, 0, "text", text=f"{name}: {value}")
    if song.pickup:
        yield _meta(0, 0, "text", text=f"pickup: {song.pickup:.9g}")
    yield _meta(0, 0, "set_tempo", tempo=min(round(60e6 / song.tempo), 0xFFFFFF))
    key, metre = "", ""
    for index, (section, start) in enumerate(zip(song.sections, song.starts(), strict=True)):
        own_key, own_metre = section.key or song.key, section.metre or song.metre
        if own_key != key:
            key = own_key
            yield _meta(start, 0, "key_signature", key=_key(key))
            yield _meta(start, 0, "text", text=f"key: {key}")
        if own_metre != metre:
            metre = own_metre
            yield from _metre(start, metre, song.pickup if index == 0 else 0.0)
        yield _meta(start, 1, "cue_marker", text=shown(section.name))
        for chord in section.chords:
            yield _meta(start + chord.onset, 2, "marker", text=chord.symbol)


def _key(key: str) -> str:
    """As mido names it: "Bb", "F#m"; modes by the minor or major key with their signature."""
    parts = key_parts(key)
    minor = parts is not None and parts[1] in ("minor", "dorian", "phrygian")
    tonic = key_name(fifths(key), "minor" if minor else "major").split()[0]
    return tonic + ("m" if minor else "")


def _metre(start: float, metre: str, pickup: float) -> Iterable[_Event]:
    """The metre; an upbeat is a bar of its own, so that sequencers count the bars right."""
    sixteenths = (pickup % bar_length(metre)) * 4
    if sixteenths and sixteenths == int(sixteenths):
        yield _signature(start, int(sixteenths), 16)
        start += sixteenths / 4
    beats, unit = (int(part) for part in metre.split("/"))
    yield _signature(start, beats, unit)


def _signature(start: float, beats: int, unit: int) -> _Event:
    return _meta(start, 0, "time_signature", numerator=beats, denominator=unit)


def _melody(song: Song) -> Iterable[_Event]:
    for note in song.melody():
        on, off = _tick(note.onset), _tick(note.onset + note.duration)
        yield from _sound(on, off, 0, note.pitch, _MELODY_VELOCITY)


def _hits(track: Track, start: float, channel: int) -> Iterable[_Event]:
    for hit in track.notes:
        on, off = _tick(start + hit.onset), _tick(start + hit.onset + hit.duration)
        yield from _sound(on, off, channel, hit.pitch, hit.velocity)


def _sound(on: int, off: int, channel: int, pitch: int, velocity: int) -> Iterable[_Event]:
    """A note: ends sort before beginnings at the same tick."""
    pitch, velocity = min(max(pitch, 0), 127), min(max(velocity, 1), 127)
    on = max(on, 0)
    begin = mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)
    end = mido.Message("note_off", channel=channel, note=pitch, velocity=0)
    yield on, 5, begin
    yield max(off, on + 1), 3, end


def _lyrics(song: Song, verse: int) -> Iterable[_Event]:
    for section, start in zip(song.sections, song.starts(), strict=True):
        yield from _section_lyrics(section, start, verse)


def _section_lyrics(section: Section, start: float, verse: int) -> Iterable[_Event]:
    syllables: list[Syllable] = [s for s in section.lyrics if s.verse == verse]
    for syllable, after in [*pairwise(syllables), *((s, None) for s in syllables[-1:])]:
        line_ends = after is None or after.line != syllable.line
        text = syllable.text + ("" if syllable.joined else " ") + ("\r" if line_ends else "")
        yield _meta(start + syllable.onset, 4, "lyrics", text=text)
