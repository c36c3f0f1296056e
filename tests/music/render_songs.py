"""Songs that are hard to draw, for the tests of renderings."""

from music.song import ChordEvent, Note, Section, Song, Syllable


def section(
    name: str,
    length: float,
    melody: str,
    chords: str,
    words: str = "",
    more_words: str = "",
    **fields: str,
) -> Section:
    """Melody "64:1 67:.5 -:1", chords "0:G 4:Em7", words "Pa- per boats | next line"."""
    notes, at = [], 0.0
    for token in melody.split():
        pitch, duration = token.split(":")
        if pitch != "-":
            notes.append(Note(at, float(duration), int(pitch)))
        at += float(duration)
    lyrics = []
    for verse, text in ((1, words), (2, more_words)):
        line, places = 0, iter(notes)
        for token in text.split():
            if token == "|":
                line += 1
                continue
            note = next(places)
            if token != "_":
                word = token.rstrip("-")
                joined = token.endswith("-")
                lyrics.append(
                    Syllable(onset=note.onset, text=word, joined=joined, line=line, verse=verse)
                )
    symbols = [token.split(":", 1) for token in chords.split()]
    return Section(
        name=name,
        length=length,
        melody=tuple(notes),
        chords=tuple(ChordEvent(float(onset), symbol) for onset, symbol in symbols),
        lyrics=tuple(lyrics),
        **fields,
    )


TUNE = "64:1 67:.5 69:.5 71:1 69:1 67:1.5 64:.5 62:2 64:1 67:.5 69:.5 72:1 71:1 69:4"
ENGLISH = Song(
    title="Paper Boats on the Morning Tide",
    composer="Ann Lee",
    lyricist="Joe Field",
    style="pop",
    tempo=92,
    key="G major",
    sections=(
        section(
            "verse", 16, TUNE, "0:G 4:Em7 8:Cmaj7 12:D7sus4 14:D7",
            "Pa- per boats are drift- ing on the | ri- ver to- night a- way",
            "Ev- ery word a lit- tle light _ | some- thing I left be- hind",
        ),
        section("chorus", 16, TUNE, "0:C 4:G/B 8:Am7 12:D", "So let them go _ let them go"),
    ),
)  # fmt: skip
CHINESE = Song(
    title="雨后的江南",
    composer="小林",
    lyricist="王维",
    language="zh",
    style="chinese",
    tempo=76,
    key="D major",
    sections=(
        section("主歌", 16, TUNE, "0:D 4:Bm7 8:Gmaj7 12:A", "雨 后 的 江 南 啊 | 青 石 板"),
        section("副歌", 8, "74:.25 " * 32, "0:G 4:A/C#", " ".join("一盏灯照亮整个夜晚" * 3)),
    ),
)  # fmt: skip
PICKUP = Song(
    title="Pickup Waltz",
    style="waltz",
    metre="3/4",
    tempo=140,
    pickup=1,
    key="Bb major",
    sections=(
        section("v", 13, "65:1 70:2 72:1 74:2 72:1 70:3 70:2 65:1", "1:Bb 7:Eb 10:F7", "Oh dance"),
    ),
)  # fmt: skip
DENSE = Song(
    title="A Very Long Title That Goes On and On About the Night, the Rain and the Train That Left",
    style="jazz",
    key="F# major",
    tempo=132,
    sections=(
        section(
            "Intro", 8, "66:2 70:2 73:2 77:2",
            "0:Cmaj7#11/E 1:F#m7b5 2:B7#9b13 3:Emaj9 4:Bbm7 5:Eb13sus4 6:G#m11 7:C#7alt",
        ),
        section(
            "Instrumental Break", 4, "66:.25 68:.25 70:.25 71:.25 " * 4, "0:F#maj7",
            "strengths straight through thoughts " * 4,
        ),
    ),
)  # fmt: skip
CHANGES = Song(
    title="低音 & <Changes> 🎵",
    key="Eb minor",
    metre="12/8",
    sections=(
        section("A", 6, "63:.5 65:.5 66:.5 70:3 36:1.5", "0:Ebm 3:N.C.", "一 two 三"),
        section("B", 6, "96:3 36:3", "0:nonsense 3:B7/D#", key="E major", metre="3/4"),
    ),
)
CROWDED = Song(
    title="Crowded",
    sections=(
        section(
            "v", 4, "60:.25 " * 16, "0:C 0.25:Dbmaj13#11/Gb 0.5:C", "incomprehensibilities " * 16
        ),
    ),
)
_SUNG = "I was walk ing down the road 明 月 几 时 有"
WORDS = Song(
    title="Words and Chords 词与和弦",
    style="folk",
    sections=(
        Section(
            name="verse",
            length=16,
            chords=(ChordEvent(0, "C"), ChordEvent(5, "Am7"), ChordEvent(14, "G7")),
            lyrics=tuple(
                Syllable(onset=i, text=word, line=i // 6, joined=word == "walk")
                for i, word in enumerate(_SUNG.split())
            ),
        ),
        Section(name="solo", length=20, chords=(ChordEvent(0, "F"), ChordEvent(2, "Bbmaj7"))),
    ),
)
LONG = ENGLISH.replace(title="Long", sections=ENGLISH.sections * 8)
UNTITLED = Song()
ALL = {
    "english": ENGLISH,
    "chinese": CHINESE,
    "pickup": PICKUP,
    "dense": DENSE,
    "changes": CHANGES,
    "crowded": CROWDED,
    "words": WORDS,
    "untitled": UNTITLED,
}
