"""Bars are counted as a musician counts them."""

from music.song import ChordEvent, Section, Song
from tools.harmony.by_bar import symbols_by_bar


def song(pickup: float, length: float, *chords: tuple[float, str]) -> Song:
    events = tuple(ChordEvent(*chord) for chord in chords)
    return Song(metre="3/4", pickup=pickup, sections=(Section(length=length, chords=events),))


def test_a_held_chord_fills_its_bars_and_a_pickup_is_no_bar() -> None:
    waltz = song(1.0, 13.0, (1.0, "C"), (7.0, "G7"), (8.0, "Dm"), (10.0, "C"))
    assert symbols_by_bar(waltz) == ["C", "C", "G7", "C"]


def test_silence_and_unreadable_symbols_are_no_chords() -> None:
    assert symbols_by_bar(song(0.0, 9.0, (0.0, "N.C."), (4.0, "F"), (6.0, "H#9x"))) == ["F", "F"]
