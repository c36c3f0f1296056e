"""A lead sheet with the accompaniment that is played to it written out."""

from __future__ import annotations

from music.performance._perform import perform
from music.song import Song, Track


def accompanied(song: Song) -> Song:
    """The song with chords, bass and drums as tracks, so that any sequencer plays them.

    A song that has tracks of its own, or no chords, stays as it is.
    """
    if any(section.tracks for section in song.sections) or not song.chords():
        return song
    parts = [track for track in perform(song) if track.name != "Melody"]
    starts = song.starts()
    sections = [
        section.model_copy(
            update={"tracks": tuple(_within(part, start, start + section.length) for part in parts)}
        )
        for start, section in zip(starts, song.sections, strict=True)
    ]
    return song.replace(sections=tuple(sections))


def _within(track: Track, start: float, end: float) -> Track:
    """The track's notes that begin in a section, in quarter notes from its start."""
    notes = (
        hit._replace(onset=max(hit.onset - start, 0.0))
        for hit in track.notes
        if start <= hit.onset < end
    )
    return track.model_copy(update={"notes": tuple(notes)})
