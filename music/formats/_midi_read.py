"""A standard MIDI file as a song: the sung or leading track becomes the melody."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass, field

import mido
from mido.midifiles.meta import KeySignatureError

from music.errors import FileTooLarge, UnreadableFile
from music.formats._draft import Draft, Part, Words, to_song
from music.formats._harmony import harmony
from music.formats._lyrics import with_lines
from music.formats._melody import MidiNote, leading, settle, skyline
from music.formats._midi_write import MELODY, SOFTWARE, WORDS
from music.formats._text import encoding_of
from music.formats._ticks import RES, bar_ticks, snap
from music.pitch import fifths, key_parts
from music.song import Song

EXPECTED = ("a standard MIDI file (.mid)", "一个标准 MIDI 文件（.mid）")
MAX_BYTES = 1_000_000
_BAD = (EOFError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError,
        KeySignatureError, struct.error, OverflowError)  # fmt: skip
_METRE_UNITS = (1, 2, 4, 8, 16, 32)
_VERSE = re.compile(rf"{WORDS} (\d{{1,2}})$")


@dataclass
class Channel:
    """The notes of one channel of one track, in RES ticks, and the words sung to them."""

    name: str
    channel: int
    program: int = 0
    notes: list[MidiNote] = field(default_factory=list)
    words: int = 0


@dataclass
class _File:
    """Everything in the file, on one time line."""

    channels: list[Channel] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    markers: list[tuple[int, str]] = field(default_factory=list)
    cues: list[tuple[int, str]] = field(default_factory=list)
    lyrics: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    karaoke: list[tuple[int, str]] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    metres: list[tuple[int, str]] = field(default_factory=list)
    tempo: float = 0.0
    end: int = 0


def read(data: bytes) -> Song:
    """The song of a file. Raises `UnreadableFile` or `FileTooLarge` (more than 1 MB)."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge("This file", "MIDI files of up to 1 MB", "不超过 1 MB 的 MIDI 文件")
    try:
        midi = mido.MidiFile(file=io.BytesIO(data), charset="latin-1", clip=True)
        per_quarter = midi.ticks_per_beat
        if not 0 < per_quarter < 0x8000 or not midi.tracks:
            raise ValueError("no metrical time")
        content = _collect(midi, per_quarter)
    except _BAD as error:
        raise UnreadableFile("", *EXPECTED) from error
    return to_song(_draft(content, per_quarter))


def _collect(midi: mido.MidiFile, per_quarter: int) -> _File:
    content = _File()
    sample = b"\n".join(
        text.encode("latin-1", "replace")
        for track in midi.tracks
        for message in track
        if (text := getattr(message, "text", "") or getattr(message, "name", ""))
    )
    encoding = encoding_of(sample)
    for track in midi.tracks:
        _TrackReader(content, per_quarter, encoding).read(track)
    content.metres.sort()
    content.keys.sort()
    return content


class _TrackReader:
    """Reads one track into the file's content."""

    def __init__(self, content: _File, per_quarter: int, encoding: str) -> None:
        self.content, self.per_quarter, self.encoding = content, per_quarter, encoding
        self.name = ""
        self.channels: dict[int, Channel] = {}
        self.open: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def read(self, track: mido.MidiTrack) -> None:
        """All messages of the track."""
        tick = 0
        for message in track:
            tick += message.time
            at = tick * RES // self.per_quarter
            if message.is_meta:
                self._meta(message, at)
            elif message.type in ("note_on", "note_off"):
                self._note(message, at)
            elif message.type == "program_change":
                self._channel(message.channel).program = message.program
        self.content.end = max(self.content.end, tick * RES // self.per_quarter)
        for channel in self.channels.values():
            channel.name = self.name
        self.content.names.append(self.name)
        self.content.channels += [self.channels[number] for number in sorted(self.channels)]

    def _channel(self, number: int) -> Channel:
        return self.channels.setdefault(number, Channel(self.name, number))

    def _note(self, message: mido.Message, at: int) -> None:
        key = (message.channel, message.note)
        if message.type == "note_on" and message.velocity > 0:
            self.open.setdefault(key, []).append((at, message.velocity))
        elif self.open.get(key):
            on, velocity = self.open[key].pop(0)
            self._channel(message.channel).notes.append(
                MidiNote(on, max(at - on, 1), message.note, velocity)
            )

    def _meta(self, message: mido.MetaMessage, at: int) -> None:
        kind, content = message.type, self.content
        text = getattr(message, "text", "").encode("latin-1", "replace")
        text = text.decode(self.encoding, "replace")
        if kind == "track_name":
            name = message.name.encode("latin-1", "replace").decode(self.encoding, "replace")
            self.name = self.name or " ".join(name.split())
        elif kind == "lyrics":
            content.lyrics.setdefault(self.name, []).append((at, text))
        elif kind == "marker":
            content.markers.append((at, text.strip()))
        elif kind == "cue_marker":
            content.cues.append((at, text.strip()))
        elif kind == "text":
            content.texts.append(text)
            content.karaoke.append((at, text))
        elif kind == "set_tempo" and not content.tempo and message.tempo:
            content.tempo = 60e6 / message.tempo
        elif kind == "key_signature":
            content.keys.append((at, _key(message.key)))
        elif kind == "time_signature":
            beats, unit = message.numerator, message.denominator
            if 1 <= beats <= 99 and unit in _METRE_UNITS:
                content.metres.append((at, f"{beats}/{unit}"))


def _key(name: str) -> str:
    minor = name.endswith("m")
    return f"{name.removesuffix('m')} {'minor' if minor else 'major'}"


def _draft(content: _File, per_quarter: int) -> Draft:
    ours = SOFTWARE in content.texts
    near = RES // (2 * per_quarter) + 2
    notes = [note for channel in content.channels for note in channel.notes]
    for channel in content.channels:
        channel.notes = settle(channel.notes, near, exact=ours, everything=notes)
        channel.words = len(content.lyrics.get(channel.name, ()))
    draft = Draft(tempo=round(content.tempo or 120.0, 3), length=snap(content.end, near))
    draft.title = content.names[0] if content.names and content.names[0] != MELODY else ""
    draft.keys = [(snap(at, near), key) for at, key in content.keys]
    _metres(draft, [(snap(at, near), metre) for at, metre in content.metres])
    _said(draft, content.texts)
    _modes(draft, [(snap(at, near), text) for at, text in content.karaoke])
    _marks(draft, content, near)
    _words(draft, content, near)
    _melody(draft, content.channels, ours)
    return draft


def _metres(draft: Draft, metres: list[tuple[int, str]]) -> None:
    """The metres; a single shorter bar at the beginning is an upbeat."""
    if len(metres) > 1 and metres[0][0] == 0:
        first, second = metres[0], metres[1]
        if second[0] == bar_ticks(first[1]) < bar_ticks(second[1]):
            draft.pickup = second[0]
            metres = [(0, second[1]), *metres[2:]]
    draft.metres = metres


def _said(draft: Draft, texts: list[str]) -> None:
    """What our own files say in text events."""
    for text in texts:
        name, colon, value = text.partition(": ")
        if not colon:
            continue
        if name in ("composer", "lyricist", "language", "style", "mood"):
            setattr(draft, name, value)
        elif name == "pickup" and re.fullmatch(r"\d{1,3}(\.\d{1,9})?", value):
            draft.pickup = snap(round(float(value) * RES))


def _modes(draft: Draft, texts: list[tuple[int, str]]) -> None:
    """Names of church modes, which key signatures cannot tell from major and minor."""
    named = {at: text.removeprefix("key: ") for at, text in texts if text.startswith("key: ")}
    draft.keys = [
        (at, named[at] if at in named and _same_signature(named[at], key) else key)
        for at, key in draft.keys
    ]


def _same_signature(one: str, other: str) -> bool:
    return key_parts(one) is not None and fifths(one) == fifths(other)


def _marks(draft: Draft, content: _File, near: int) -> None:
    """Markers that read as chords are chords, unless they are just the letters of the form."""
    texts = [text for _, text in content.markers]
    form = not content.cues and all(re.fullmatch(r"[A-H]", t) for t in texts)
    form = form and len(set(texts)) == len(texts)
    draft.marks = [(snap(at, near), text) for at, text in content.cues if text]
    for at, text in content.markers:
        if text and (content.cues or (not form and harmony(text).kind != "other")):
            draft.chords.append((snap(at, near), text))
        elif text:
            draft.marks.append((snap(at, near), text))
    draft.chords.sort(key=lambda chord: chord[0])


def _words(draft: Draft, content: _File, near: int) -> None:
    flagged: list[tuple[Words, bool]] = []
    sources = content.lyrics or {"": _karaoke(content.karaoke)}
    main = max(sources, key=lambda name: (not _VERSE.match(name), len(sources[name])))
    for name, events in sources.items():
        verse = _VERSE.match(name)
        if verse or name == main:
            number = min(max(int(verse[1]), 1), 20) if verse else 1
            flagged += _syllables(events, number, near, SOFTWARE in content.texts)
    draft.words = with_lines(flagged)


def _karaoke(texts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The words of a .kar file: text events, "/" and "\\" before a new line or stanza."""
    sung = [(at, text) for at, text in texts if not text.startswith("@") and at > 0]
    if len(sung) < 12:
        return []
    made: list[tuple[int, str]] = []
    for at, text in sung:
        if text[:1] in "/\\" and made:
            made[-1] = (made[-1][0], made[-1][1] + "\r")
        made.append((at, text.lstrip("/\\")))
    return made


def _syllables(
    events: list[tuple[int, str]], verse: int, near: int, ours: bool
) -> list[tuple[Words, bool]]:
    """Lyric events as syllables; spaces divide words if there are any, else hyphens join them."""
    spaced = ours or any(text.strip("\r\n") != text.strip() for _, text in events if text.strip())
    made: list[tuple[Words, bool]] = []
    for at, raw in events:
        if made and raw[:1] in "\r\n":
            made[-1] = (made[-1][0]._replace(joined=False), True)
        if made and raw[:1] == " ":
            made[-1] = (made[-1][0]._replace(joined=False), made[-1][1])
        text = raw.strip()
        hyphen = len(text) > 1 and text.endswith("-") and not raw.endswith((" ", "\r"))
        ends = raw.rstrip(" ").endswith(("\r", "\n"))
        if not text:
            made[-1:] = [(made[-1][0]._replace(joined=False), ends or made[-1][1])] if made else []
            continue
        joined = hyphen or (spaced and not raw.rstrip("\r\n").endswith(" "))
        text = text[:-1] if hyphen else text
        made.append((Words(snap(at, near), text, joined, verse, 0), ends))
    return made


def _melody(draft: Draft, channels: list[Channel], ours: bool) -> None:
    sounding = [channel for channel in channels if channel.notes]
    lead = leading([(c.name, c.channel == 9, c.words, c.notes) for c in sounding])
    if ours and MELODY not in {c.name for c in sounding}:
        lead = None
    for index, channel in enumerate(sounding):
        rest = channel.notes
        if index == lead:
            line, rest = skyline(channel.notes)
            draft.notes = [(n.at, n.length, n.pitch) for n in line]
        if rest:
            name = channel.name or f"channel {channel.channel + 1}"
            notes = [(n.at, n.length, n.pitch, n.velocity) for n in sorted(rest)]
            draft.parts.append(Part(name, channel.program, channel.channel == 9, notes))
