"""Standard MIDI files: what sequencers and keyboards share."""

from __future__ import annotations

from music.formats._format import Format
from music.formats._midi_read import EXPECTED, read
from music.formats._midi_write import write

__all__ = ["FORMAT", "read", "write"]

FORMAT = Format(
    name="midi",
    extensions=(".mid", ".midi", ".kar"),
    media_type="audio/midi",
    expected=EXPECTED,
    read=read,
    write=write,
    looks_like=lambda data: data[:4] == b"MThd",
)
