"""Hypothesis strategies for songs such as people write: tuplets, upbeats, verses, two languages."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from music.song import ChordEvent, Hit, Note, Section, Song, Syllable, Track, bar_length

METRES = ("4/4", "3/4", "6/8", "2/4", "5/4", "2/2", "12/8")
KEYS = ("C major", "Eb major", "F# minor", "A minor", "D dorian", "B major", "Gb major", "G minor")
SYMBOLS = ("C", "Am", "G7", "F#m7b5", "Bbmaj7", "D/F#", "Esus4", "A7(b9)", "N.C.", "Caug", "Cm7",
           "Gadd9", "Dm6/9", "B°7", "EbmMaj7", "Absus2", "F13", "C7#5/E")  # fmt: skip
WORDS = ("love", "a", "moon-light", "don't", "élan", "月", "亮", "我,", "oh_no", "50%", "née", "愛")
BEATS = (  # how one or more quarters are divided
    (1.0,), (2.0,), (0.5, 0.5), (0.75, 0.25), (0.25, 0.75), (0.25,) * 4, (1.5, 0.5), (0.5, 1.5),
    (1 / 3,) * 3, (2 / 3, 1 / 3), (1 / 3, 2 / 3), (2 / 3,) * 3, (4 / 3,) * 3, (1 / 6,) * 6,
    (0.5, 1.0, 0.5), (0.125,) * 8, (0.0625,) * 16, (0.2,) * 5, (0.5,) + (1 / 6,) * 3,
)  # fmt: skip


@st.composite
def melodies(draw: st.DrawFn, length: float) -> tuple[Note, ...]:
    """Divided beats one after another; some divisions are rests, some tied to the next."""
    edges = [0.0]
    while edges[-1] < length and len(edges) < 40:
        beat = draw(st.sampled_from(BEATS))
        start = edges[-1]
        if start + round(sum(beat)) > length:
            beat = (length - start,)
        edges += [start + sum(beat[: i + 1]) for i in range(len(beat) - 1)]
        edges.append(round(2 * (start + sum(beat))) / 2)
    kept = [edge for edge in edges if edge == 0 or draw(st.integers(0, 4))]
    return tuple(
        Note(a, b - a, draw(st.integers(36, 96)))
        for a, b in pairwise(kept)
        if draw(st.integers(0, 5))
    )


@st.composite
def sections(draw: st.DrawFn, metre: str, first: bool) -> Section:
    """A section of whole bars."""
    length = bar_length(metre) * draw(st.integers(1 if not first else 2, 4))
    melody = draw(melodies(length))
    quarters = st.integers(0, int(length * 2) - 1)
    places = sorted(draw(st.sets(quarters, max_size=4)))
    chords = tuple(ChordEvent(at / 2, draw(st.sampled_from(SYMBOLS))) for at in places)
    return Section(
        name=draw(st.sampled_from(("verse", "chorus", "bridge", "verse 2", "间奏"))),
        length=length,
        melody=melody,
        chords=chords,
        lyrics=draw(_lyrics(melody)),
        key=None if first else draw(st.sampled_from((None, "D major", "B minor"))),
    )


@st.composite
def _lyrics(draw: st.DrawFn, melody: tuple[Note, ...]) -> tuple[Syllable, ...]:
    """Syllables on some notes: two verses, melismas, divided words, lines shared by verses."""
    made: list[Syllable] = []
    starts = [draw(st.integers(0, 3)) == 0 for _ in melody]
    for verse in range(1, draw(st.integers(0, 2)) + 1):
        line, waiting = 0, False
        own: list[Syllable] = []
        for note, new in zip(melody, starts, strict=True):
            waiting = waiting or (new and bool(own))
            if verse == 1 or any(s.onset == note.onset for s in made):
                if verse == 1 and not new and not draw(st.integers(0, 3)):
                    continue
                line, waiting = line + waiting, False
                joined = draw(st.booleans())
                text = draw(st.sampled_from(WORDS))
                own.append(Syllable(onset=note.onset, text=text, joined=joined, line=line,
                                    verse=verse))  # fmt: skip
        made += own
    return tuple(made)


@st.composite
def songs(draw: st.DrawFn, tracks: bool = False) -> Song:
    """A song of one to three sections in one metre, with or without an upbeat."""
    metre = draw(st.sampled_from(METRES))
    count = draw(st.integers(1, 3))
    made = [draw(sections(metre, i == 0)) for i in range(count)]
    if tracks:
        made = [s.model_copy(update={"tracks": draw(_tracks(s.length))}) for s in made]
    pickup = draw(st.sampled_from((0.0, 0.5, 1.0)))
    text = st.sampled_from(("", "The Moon", "月亮 & <Sun>", 'Back\\slash "50%"', "Été"))
    return Song(
        title=draw(text), composer=draw(text), lyricist=draw(text),
        language=draw(st.sampled_from(("en", "zh"))), key=draw(st.sampled_from(KEYS)),
        metre=metre, tempo=draw(st.sampled_from((60.0, 92.0, 120.0, 87.5))),
        style=draw(st.sampled_from(("", "bossa_nova"))), mood=draw(st.sampled_from(("", "calm"))),
        pickup=pickup, sections=tuple(made),
    )  # fmt: skip


@st.composite
def _tracks(draw: st.DrawFn, length: float) -> tuple[Track, ...]:
    hits = st.builds(
        lambda at, pitch, velocity: Hit(at / 4, 0.25, pitch, velocity),
        st.integers(0, int(length * 4) - 1), st.integers(30, 90), st.integers(1, 127),
    )  # fmt: skip
    made = []
    for name, program, drums in (("bass", 33, False), ("drums", 0, True)):
        notes = draw(st.lists(hits, max_size=5, unique_by=lambda h: (h.onset, h.pitch)))
        if notes:
            made.append(Track(name=name, program=program, drums=drums, notes=tuple(sorted(notes))))
    return tuple(made)
