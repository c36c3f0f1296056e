"""ABC as folk musicians write it."""

from __future__ import annotations

import pytest

from music.formats import read_song, write_song
from music.formats.abc import read_tunes
from music.song import Song


def tune(body: str, head: str = "M:4/4\nL:1/8\nK:C") -> Song:
    return read_tunes(f"X:1\nT:t\n{head}\n{body}\n")[0]


def pitches(song: Song) -> list[int]:
    return [note.pitch for note in song.melody()]


def durations(song: Song) -> list[float]:
    return [round(note.duration, 4) for note in song.melody()]


def test_lengths_broken_rhythm_tuplets_and_ties() -> None:
    song = tune("C2 D/ E/2 F3/2 G/4 | A>B c<<d (3efg a2-|a4 z2 (3:2:2b2c'")
    assert durations(song) == pytest.approx(
        [1, 0.25, 0.25, 0.75, 0.125, 0.75, 0.25, 0.125, 0.875, 0.3333, 0.3333, 0.3333, 3,
         0.6667, 0.3333], abs=1e-3)  # fmt: skip
    assert pitches(song)[-3:] == [81, 83, 84]


def test_accidentals_hold_for_the_bar_and_ties_carry_them() -> None:
    assert pitches(tune("^F F | F _B,-|B,4 B,", "L:1/4\nK:G")) == [66, 66, 66, 58, 59]
    assert pitches(tune("=f f e' | f", "L:1/4\nK:D")) == [77, 77, 88, 78]


@pytest.mark.parametrize(
    ("key", "name", "c"),
    [("Am", "A minor", 60), ("Ador", "A dorian", 60), ("D mix", "D mixolydian", 60),
     ("Eb", "Eb major", 60), ("F#m", "F# minor", 61), ("Bminor", "B minor", 61),
     ("G maj", "G major", 60), ("E Phr", "E phrygian", 60), ("A", "A major", 61)],
)  # fmt: skip
def test_keys_and_modes(key: str, name: str, c: int) -> None:
    song = tune("C", f"L:1/4\nK:{key}")
    assert (song.key, pitches(song)) == (name, [c])


def test_repeats_and_endings_are_played() -> None:
    assert pitches(tune("|: C D | E F :|", "L:1/4\nK:C")) == [60, 62, 64, 65] * 2
    endings = tune("|: C |1 D :|2 E || F |: G :|", "L:1/4\nK:C")
    assert pitches(endings) == [60, 62, 60, 64, 65, 67, 67]
    assert pitches(tune("C :: D :| [1 E", "L:1/4\nK:C")) == [60, 60, 62, 62, 64]


def test_words_are_tied_to_notes() -> None:
    song = tune("C D E F | G A B c\nw: A-ma-zing_ | grace~of * love, my\nw: two", "L:1/4\nK:C")
    first = [(s.onset, s.text, s.joined) for s in song.sections[0].lyrics if s.verse == 1]
    assert first == [(0, "A", True), (1, "ma", True), (2, "zing", False), (4, "grace of", False),
                     (6, "love,", False), (7, "my", False)]  # fmt: skip
    assert [s.text for s in song.sections[0].lyrics if s.verse == 2] == ["two"]


def test_han_characters_are_sung_one_by_one() -> None:
    song = tune("C D E F\nw: 月亮代表，", "L:1/4\nK:C")
    assert [s.text for s in song.sections[0].lyrics] == ["月", "亮", "代", "表，"]
    assert song.language == "zh"


def test_the_second_time_has_the_second_verse() -> None:
    song = tune("|: C D :|\nw: one a\nw: two b", "L:1/4\nM:2/4\nK:C")
    assert [(s.onset, s.text, s.verse) for s in song.sections[0].lyrics] == [
        (0, "one", 1), (1, "a", 1), (2, "two", 1), (3, "b", 1)
    ]  # fmt: skip


def test_chords_annotations_and_grace_notes() -> None:
    song = tune('"Am7"A "^slowly"{cd}B !trill!c "D.C."[CEG]2 | "G/B"D')
    assert [c.symbol for c in song.chords()] == ["Am7", "G/B"]
    assert pitches(song) == [69, 71, 72, 67, 62]
    assert len(song.sections[0].tracks[0].notes) == 2


def test_head_pickup_and_tempo() -> None:
    song = tune("G | c4", "C:Trad.\nA:Some One\nR:waltz\nM:3/4\nL:1/4\nQ:3/8=60\nK:C")
    assert (song.composer, song.lyricist, song.style) == ("Trad.", "Some One", "waltz")
    assert (song.metre, song.tempo, song.pickup) == ("3/4", 90, 1)


def test_parts_are_played_in_order() -> None:
    song = tune("P:A\nC\nP:B\nD", "P:AAB\nL:1/4\nK:C")
    assert pitches(song) == [60, 60, 62]
    assert [section.name for section in song.sections] == ["A", "A", "B"]


def test_metre_changes_open_sections() -> None:
    song = tune("C4|[M:3/4]D3|", "M:4/4\nL:1/4\nK:C")
    assert [(s.length, s.metre) for s in song.sections] == [(4, None), (3, "3/4")]


def test_files_of_many_tunes_and_voices() -> None:
    songs = read_tunes("X:1\nT:one\nK:C\nC\n\nX:2\nT:two\nK:C\nV:1\nc\nV:2\nC\nw: la\n")
    assert [song.title for song in songs] == ["one", "two"]
    assert pitches(songs[1]) == [60], "the voice that has words leads"
    assert [hit.pitch for hit in songs[1].sections[0].tracks[0].notes] == [72]


def test_escapes_and_encodings() -> None:
    assert read_song(b"X:1\nT:Caf\\'e \\\"uber\nK:C\nC", "a.abc").title == "Café über"
    for encoding in ("utf-8", "gb18030", "big5", "utf-16"):
        text = "X:1\nT:月亮代表我的心\nK:C\nC"
        assert read_song(text.encode(encoding), "a.abc").title == "月亮代表我的心", encoding
    assert read_song("X:1\nT:Où es-tu\nK:C\nC".encode("latin-1"), "a.abc").title == "Où es-tu"


def test_written_tunes_are_readable() -> None:
    song = tune('"Am"A2 (3Bcd e4- | e8\nw: love ly _ _ light', "M:4/4\nL:1/8\nQ:1/4=90\nK:Am")
    text = write_song(song, "abc").decode()
    assert "K:Am\n" in text
    assert '"Am"A2' in text
    assert "(3:2:3" in text
    assert "w: love ly _ _ light" in text
