"""MusicXML, MIDI, ChordPro, plain text and **kern as other programs and people write them."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import mido
import pytest

from music.formats import read_song, write_song
from music.formats._musicxml_write import write
from music.song import ChordEvent, Note, Section, Song, Syllable

MOON = Song(
    title="月亮",
    key="Eb major",
    tempo=92,
    pickup=1,
    sections=(
        Section(
            length=9,
            melody=(Note(0, 1, 67), Note(1, 5, 70), Note(6, 2 / 3, 72), Note(20 / 3, 1 / 3, 70)),
            chords=(ChordEvent(1, "Ebmaj7"), ChordEvent(4.5, "Cm7b5"), ChordEvent(6, "Foo")),
            lyrics=(Syllable(onset=0, text="Moon", joined=True), Syllable(onset=1, text="light")),
        ),
    ),
)


def part(name: str, notes: str, words: str = "") -> str:
    made = ""
    for i, step in enumerate(notes):
        word = words.split()[i] if i < len(words.split()) else ""
        lyric = f"<lyric><text>{word}</text></lyric>" if word else ""
        made += f"<note><pitch><step>{step}</step><octave>4</octave></pitch>"
        made += f"<duration>1</duration>{lyric}</note>"
    return (
        f"<part id='{name}'><measure number='1'><attributes><divisions>1</divisions>"
        "<key><fifths>0</fifths></key><time><beats>2</beats><beat-type>4</beat-type></time>"
        f"</attributes>{made}</measure></part>"
    )


def score(*parts: str) -> Song:
    names = "".join(
        f"<score-part id='P{i}'><part-name>p{i}</part-name></score-part>" for i in (1, 2)
    )
    text = f"<score-partwise><part-list>{names}</part-list>{''.join(parts)}</score-partwise>"
    return read_song(text.encode(), "a.xml")


def test_the_part_with_words_is_the_melody() -> None:
    song = score(part("P1", "GG"), part("P2", "CA", "la lo"))
    assert [note.pitch for note in song.melody()] == [60, 69]
    assert [hit.pitch for hit in song.sections[0].tracks[0].notes] == [67, 67]
    assert song.key == "A minor", "a score that leaves the mode open and ends on A"
    assert score(part("P1", "GG"), part("P2", "CA")).melody()[0].pitch == 67


def test_chord_kinds_are_those_of_the_standard_and_keep_their_text() -> None:
    root = ET.fromstring(write_song(MOON, "musicxml"))
    kinds = [(k.text, k.get("text")) for k in root.iter("kind")]
    assert kinds[:2] == [("major-seventh", "maj7"), ("half-diminished", "m7b5")]
    flat = ET.fromstring(write(MOON, engraving=True))
    assert not list(flat.iter("degree"))
    assert [w.text for w in flat.iter("words")] == ["Foo"]


def test_foreign_chord_text_is_believed_only_when_it_says_the_same() -> None:
    harmony = "<harmony><root><root-step>C</root-step></root><kind text='{}'>{}</kind>{}</harmony>"
    flat9 = (
        "<degree><degree-value>9</degree-value><degree-alter>-1</degree-alter>"
        "<degree-type>add</degree-type></degree>"
    )
    cases = [("Maj7", "major-seventh", "", "CMaj7"), ("7", "dominant", flat9, "C7b9"),
             ("7b9", "dominant", flat9, "C7b9"), ("", "minor-seventh", "", "Cm7")]  # fmt: skip
    for text, kind, degree, expected in cases:
        body = part("P1", "GG").replace("<note>", harmony.format(text, kind, degree) + "<note>", 1)
        assert [c.symbol for c in score(body).chords()] == [expected]


def test_notation_has_ties_tuplets_beams_and_an_upbeat() -> None:
    root = ET.fromstring(write_song(MOON, "musicxml"))
    measures = root.findall("part/measure")
    assert [m.get("number") for m in measures] == ["0", "1", "2"]
    assert measures[0].get("implicit") == "yes"
    assert [t.get("type") for t in root.iter("tied")] == ["start", "stop"]
    assert [t.get("type") for t in root.iter("tuplet")] == ["start", "stop"]
    assert [s.text for s in root.iter("syllabic")] == ["begin", "end"]
    total = sum(int(d.text or 0) for d in root.iter("duration"))
    assert total == 9 * int(root.findtext(".//divisions") or 0)


def test_words_without_melody_are_slashes() -> None:
    words = tuple(Syllable(onset=i, text=t) for i, t in enumerate("你问我爱"))
    song = Song(language="zh", sections=(Section(length=4, lyrics=words),))
    data = write_song(song, "musicxml")
    assert data.count(b"<notehead>slash") == 4
    assert read_song(data, "a.xml") == song


def midi(*tracks: list[mido.Message | mido.MetaMessage], charset: str = "utf-8") -> bytes:
    file = mido.MidiFile(ticks_per_beat=96, charset=charset)
    file.tracks.extend(mido.MidiTrack(track) for track in tracks)
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def notes(*pitches: int, channel: int = 0, late: int = 0) -> list[mido.Message]:
    made = []
    for i, pitch in enumerate(pitches):
        wait = late if i == 0 else 0
        made.append(mido.Message("note_on", note=pitch, channel=channel, time=wait))
        made.append(mido.Message("note_off", note=pitch, channel=channel, time=96))
    return made


def named(name: str) -> mido.MetaMessage:
    return mido.MetaMessage("track_name", name=name)


def test_the_melody_of_a_foreign_midi_file() -> None:
    high, voice = [named("Strings"), *notes(90, 91)], [named("Vocal"), *notes(60, 62, channel=1)]
    song = read_song(midi(high, voice), "a.mid")
    assert [n.pitch for n in song.melody()] == [60, 62]
    assert [t.name for t in song.sections[0].tracks] == ["Strings"]
    unnamed = read_song(midi(notes(40, 41), notes(70, 72, channel=1)), "a.mid")
    assert [n.pitch for n in unnamed.melody()] == [70, 72]
    drums = read_song(midi(notes(90, 90, channel=9), notes(50, 52, channel=1)), "a.mid")
    assert [n.pitch for n in drums.melody()] == [50, 52]
    assert drums.sections[0].tracks[0].drums


def test_played_notes_are_quantised() -> None:
    song = read_song(midi(notes(60, 62, 64, late=5)), "a.mid")
    assert [(n.onset, n.duration) for n in song.melody()] == [(0, 1), (1, 1), (2, 1)]


def test_chinese_midi_text_in_an_old_encoding() -> None:
    track = [
        named("月亮代表我的心"),
        mido.MetaMessage("lyrics", text="你问我爱你有多深"),
        *notes(60),
    ]
    song = read_song(midi(track, charset="gb18030"), "a.mid")
    assert song.title == "月亮代表我的心"
    assert song.sections[0].lyrics[0].text == "你问我爱你有多深"


def test_markers_are_chords_or_sections() -> None:
    marks = [mido.MetaMessage("marker", text=t) for t in ("Intro", "Am7")]
    marks[1].time = 96
    song = read_song(midi(marks, notes(60, 62)), "a.mid")
    assert (song.sections[0].name, song.chords()) == ("intro", (ChordEvent(1, "Am7"),))
    form = [mido.MetaMessage("marker", text=t, time=96 * i) for i, t in enumerate("AB")]
    assert [s.name for s in read_song(midi(form, notes(60, 62)), "a.mid").sections] == ["A", "B"]


def test_our_midi_has_chords_words_and_sections_where_sequencers_look() -> None:
    file = mido.MidiFile(file=io.BytesIO(write_song(MOON, "midi")), charset="utf-8")
    meta = [m for t in file.tracks for m in t if m.is_meta]
    assert [m.text for m in meta if m.type == "marker"] == ["Ebmaj7", "Cm7b5", "Foo"]
    assert [m.text for m in meta if m.type == "cue_marker"] == ["Verse"]
    assert [m.text for m in meta if m.type == "lyrics"] == ["Moon", "light \r"]
    assert file.tracks[0].name == "月亮"


def test_chordpro_directives_chords_and_choruses() -> None:
    text = (
        "{t:Song}\n{artist: Me}\n{key: Am}\n{time: 3/4}\n{tempo: 80}\n{soc}\n[C]La [G]la\n{eoc}\n"
        "{start_of_verse: Verse 2}\n[Am]Hel[F]lo\n{end_of_verse}\n"
        "{sot}\ne|--0--|\n{eot}\n{chorus}\n"
    )
    song = read_song(text.encode(), "a.cho")
    assert (song.title, song.composer, song.key) == ("Song", "Me", "A minor")
    assert (song.metre, song.tempo) == ("3/4", 80)
    assert [s.name for s in song.sections] == ["chorus", "verse 2", "chorus"]
    assert [(s.text, s.joined) for s in song.sections[1].lyrics] == [("Hel", True), ("lo", False)]
    assert [c.symbol for c in song.chords()] == ["C", "G", "Am", "F", "C", "G"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chords_above_words_count_han_characters_twice(encoding: str) -> None:
    text = "歌名：月亮\n\n副歌：\nC       G\n月亮代表我的心\n    Am\n你问我爱你有多深\n"
    song = read_song(text.encode(encoding), "a.txt")
    assert (song.title, song.sections[0].name) == ("月亮", "chorus")
    assert "[C]月亮代表[G]我的心\n你问[Am]我爱你有多深" in write_song(song, "chordpro").decode()


def test_plain_words_have_a_title_lines_and_a_chorus() -> None:
    words = "My Song\n\nOne line here\nTwo lines here\n\nLa la la\n\nThird line\n\nLa la la\n"
    song = read_song(words.encode(), "words.txt")
    assert song.title == "My Song"
    assert [s.name for s in song.sections] == ["verse", "chorus", "verse", "chorus"]
    assert song.text().startswith("One line here\nTwo lines here\n\nLa la la")


def test_a_name_that_lies_is_seen_through() -> None:
    assert read_song(write_song(MOON, "musicxml"), "song.mid").title == "月亮"
    assert read_song(write_song(MOON, "midi"), "song").title == "月亮"
    assert read_song(write_song(MOON, "abc"), "song.txt").melody() == MOON.melody()


def test_kern_reads_the_top_spine_ties_splits_and_words() -> None:
    text = (
        "!!!OTL: Lied\n!!!COM: Anon\n**kern\t**kern\t**text\n*M3/4\t*M3/4\t*\n*k[b-]\t*k[b-]\t*\n"
        "*d:\t*d:\t*\n4C\t4dd\tla-\n=1\t=1\t=1\n*\t*^\t*\n2.C\t[2f\t4A\tlo\n.\t.\t2r\t.\n.\t4f]\t.\t.\n"
        "*\t*v\t*v\t*\n4r\t8b-L\t.\n.\t8cc#J\t.\n*-\t*-\t*-\n"
    )
    song = read_song(text.encode(), "a.krn")
    assert (song.title, song.composer, song.key) == ("Lied", "Anon", "D minor")
    assert (song.metre, song.pickup) == ("3/4", 1)
    assert [tuple(n) for n in song.melody()] == [
        (0, 1, 74), (1, 3, 65), (4, 0.5, 70), (4.5, 0.5, 73)
    ]  # fmt: skip
    assert [(s.text, s.joined) for s in song.sections[0].lyrics] == [("la", True), ("lo", False)]
