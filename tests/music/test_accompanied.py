"""A lead sheet's MIDI file can be heard: chords sound, melody and symbols stay."""

from __future__ import annotations

from music.formats import read_song
from music.performance import accompanied
from music.render import render
from music.song import ChordEvent, Note, Section, Song

LEAD = Song(
    title="Lead",
    style="folk",
    sections=(
        Section(
            name="verse",
            length=8,
            melody=(Note(0, 4, 67), Note(4, 4, 69)),
            chords=(ChordEvent(0, "C"), ChordEvent(4, "F")),
        ),
        Section(name="chorus", length=4, chords=(ChordEvent(0, "G7"),)),
    ),
)


def test_every_section_gets_its_own_accompaniment() -> None:
    for section in accompanied(LEAD).sections:
        sounding = [hit for track in section.tracks for hit in track.notes]
        assert sounding
        assert all(0 <= hit.onset < section.length for hit in sounding)


def test_melody_and_symbols_are_untouched() -> None:
    made = accompanied(LEAD)
    assert (made.melody(), made.chords()) == (LEAD.melody(), LEAD.chords())
    assert accompanied(made) == made


def test_the_midi_of_a_chord_chart_sounds_and_reads_back() -> None:
    (file,) = render(LEAD, "midi")
    heard = read_song(file.data, "lead.mid")
    assert heard.melody() == LEAD.melody()
    assert [chord.symbol for chord in heard.chords()] == ["C", "F", "G7"]
    assert any(track.notes for section in heard.sections for track in section.tracks)
