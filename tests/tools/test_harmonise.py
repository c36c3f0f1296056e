"""harmonise: chords that fit, in any key and metre, with alternatives."""

from __future__ import annotations

import pytest

from music.chords import parse_chord
from music.key_finding import KeyScore
from music.keys import parse_key
from music.song import Note, Section, Song, bar_length
from tests.tools.harmony_context import context, ode
from tools._context import Deadline, TimeLimit, UnknownSong
from tools._forms import BadMelody, BadMetre
from tools.harmonise import TOOL, HarmonisedMelody
from tools.harmony import arranging
from tools.harmony.arranging import LongMelody, Request, arrange
from tools.harmony.lyric_form import LongLyrics, NoWords


def ask(song: Song | None = None, **arguments: object) -> HarmonisedMelody:
    return TOOL({"seed": 1, **arguments}, context(song))


def rows(shift: int = 0) -> list[list[float]]:
    return [[n.onset, n.duration, n.pitch + shift] for n in ode()]


def test_the_ode_comes_home() -> None:
    found = ask(melody=rows())
    roots = [parse_chord(slot.symbol).root for slot in found.slots]
    assert found.key == "C major"
    assert len(roots) == 8
    assert roots[0] == roots[-1] == 0
    assert 7 in roots
    assert set(roots) <= {0, 2, 5, 7, 9}


@pytest.mark.parametrize("shift", [-5, -1, 3, 6])
def test_chords_move_with_the_melody(shift: int) -> None:
    here, there = ask(melody=rows()), ask(melody=rows(shift))
    for one, other in zip(here.slots, there.slots, strict=True):
        assert (parse_chord(other.symbol).root - parse_chord(one.symbol).root - shift) % 12 == 0
        assert one.roman == other.roman


@pytest.mark.parametrize("shift", [0, 2, -3])
def test_a_short_beginning_leaves_home(shift: int) -> None:
    birthday = [(0, 1, 67), (1, 1, 67), (2, 1, 69), (3, 1, 67), (4, 1, 72), (5, 3, 71)]
    found = ask(melody=[[onset, length, pitch + shift] for onset, length, pitch in birthday])
    roots = [(parse_chord(slot.symbol).root - shift) % 12 for slot in found.slots]
    assert roots == [0, 7]


def test_two_chords_a_bar_and_alternatives() -> None:
    found = ask(melody=rows(), per_bar=2)
    assert [slot.onset for slot in found.slots[:3]] == [0, 2, 4]
    for slot in found.slots:
        assert slot.alternatives
        assert parse_chord(slot.symbol).root not in {
            parse_chord(c.symbol).root for c in slot.alternatives
        }


def test_versions_differ_and_are_songs() -> None:
    found = ask(melody=rows(), limit=3)
    assert len(found.versions) == 3
    assert len({tuple(version) for version in found.versions}) == 3
    assert [list(song.chords()) for song in found.songs()] == found.versions
    assert found.songs()[0].melody() == tuple(ode())


def test_pickup_and_metre() -> None:
    melody = [[0, 1, 62], [1, 2, 67], [3, 0.5, 71], [3.5, 0.5, 67], [4, 2, 71], [6, 1, 69],
              [7, 2, 67], [9, 1, 64], [10, 3, 62], [13, 3, 67]]  # fmt: skip
    found = ask(melody=melody, metre="3/4", pickup=1, key="G")
    assert [slot.onset for slot in found.slots] == [1, 4, 7, 10, 13]
    assert parse_chord(found.slots[-1].symbol).root == 7


def test_style_colours_the_chords() -> None:
    jazz = ask(melody=rows(), style="jazz")
    assert all(len(parse_chord(slot.symbol).pitch_classes) > 3 for slot in jazz.slots)
    plain = ask(melody=rows())
    roots = [[parse_chord(slot.symbol).root for slot in found.slots] for found in (jazz, plain)]
    assert sum(a == b for a, b in zip(*roots, strict=True)) >= 6  # of 8: jazz moves more


def test_a_song_keeps_all_but_its_chords() -> None:
    verse = Section(name="verse", length=9, melody=(Note(0, 1, 67), Note(1, 4, 72), Note(5, 4, 71)))
    chorus = Section(name="chorus", length=8, melody=(Note(0, 4, 69), Note(4, 4, 72)))
    song = Song(title="Mine", pickup=1, tempo=90, sections=(verse, chorus))
    found = ask(song)
    assert found.song is not None
    assert [s.melody for s in found.song.sections] == [verse.melody, chorus.melody]
    assert (found.song.title, found.song.tempo) == ("Mine", 90)
    assert found.song.sections[0].chords[0].onset == 1
    assert found.song.sections[1].chords[0].onset == 0
    assert "song" in found.model_dump()
    assert "works" not in found.model_dump()


def test_friendly_errors() -> None:
    with pytest.raises(BadMelody):
        ask(melody=[[0, 1, 300]])
    with pytest.raises(BadMelody):
        ask(Song(sections=(Section(length=4),)))
    with pytest.raises(BadMetre):
        ask(melody=rows(), metre="0/4")
    with pytest.raises(UnknownSong):
        ask()


@pytest.mark.parametrize("per_bar", [1, 2])
def test_a_long_melody_is_shown_by_its_first_32_bars(per_bar: int) -> None:
    ends = 8 * 4 * 5
    melody = [[row[0] + at, *row[1:]] for at in range(0, ends, 32) for row in rows()]
    found = ask(melody=melody, per_bar=per_bar)
    assert len(found.slots) == 40 * per_bar
    shown = [row for row in found.content("en").splitlines() if row.startswith("`|")]
    assert sum(row.count(" | ") + 1 for row in shown) == 32 * per_bar
    assert "and so on" in found.content("en")
    assert "后面" in found.content("zh")
    assert "and so on" not in ask(melody=rows()).content("en")


VERSE = """Amazing grace, how sweet the sound
That saved a wretch like me
I once was lost, but now am found
Was blind, but now I see"""
SONG = f"""{VERSE}

[Chorus]
My chains are gone, I've been set free
My God, my Saviour has ransomed me

[Verse]
{VERSE}"""


def test_chords_for_words_come_home_at_the_end_of_couplets() -> None:
    for seed in range(4):
        found = ask(lyrics=VERSE, seed=seed, key="D", style="folk")
        bars = len(found.slots) // 4
        roots = [parse_chord(slot.symbol).root for slot in found.slots]
        assert roots[0] == roots[2 * bars - 1] == roots[-1] == 2
        assert roots[bars - 1] != 2 != roots[3 * bars - 1]


def test_verses_share_their_harmony_and_the_chorus_lifts() -> None:
    found = ask(lyrics=SONG, seed=5)
    assert found.song is not None
    verse, chorus, again = found.song.sections
    assert [c.symbol for c in again.chords] == [c.symbol for c in verse.chords]
    assert chorus.chords[0].symbol != verse.chords[0].symbol
    assert found.song.text().split() == SONG.replace("[Chorus]", "").replace("[Verse]", "").split()


def test_stressed_syllables_fall_on_the_chords() -> None:
    found = ask(lyrics=VERSE, style="folk", metre="3/4")
    assert found.song is not None
    section = found.song.sections[0]
    texts = {s.onset: s.text for s in section.lyrics}
    assert [c.onset % 3 for c in section.chords] == [found.song.pickup] * len(section.chords)
    assert texts[section.chords[0].onset] == "ma"


def test_the_sheet_shows_chords_over_the_words_in_both_languages() -> None:
    english = ask(lyrics=VERSE, key="G")
    assert "Amazing grace, how sweet the sound" in english.content("en")
    chinese = ask(lyrics="轻轻地我走了\n正如我轻轻地来\n\n【副歌】\n那河畔的金柳", mood="忧伤")
    assert chinese.key == "A minor"
    assert chinese.song is not None
    assert chinese.song.language == "zh"
    shown = chinese.content("zh")
    assert "[主歌]" in shown
    assert "[副歌]" in shown
    assert "正如我轻轻地来" in shown


def test_a_chinese_line_keeps_its_punctuation() -> None:
    found = ask(lyrics="窗外的麻雀，在电线杆上多嘴。\n你说2024这一句")
    assert found.song is not None
    assert found.song.text().splitlines()[0] == "窗外的麻雀，在电线杆上多嘴。"


def test_versions_of_words_differ_and_a_seed_repeats_them() -> None:
    found = ask(lyrics=SONG, limit=3)
    assert len({tuple(version) for version in found.versions}) == 3
    assert ask(lyrics=SONG, limit=3) == found
    for slot in found.slots:
        assert all(
            parse_chord(c.symbol).root != parse_chord(slot.symbol).root for c in slot.alternatives
        )


def test_a_melody_longer_than_any_song_is_refused() -> None:
    with pytest.raises(LongMelody, match=r"10,001 bars.*2,000") as caught:
        ask(melody=[[0, 1, 60], [40000, 1, 60]])
    assert "10001 小节" in caught.value.text.zh
    assert len(ask(melody=[[0, 1, 60], [796, 4, 60]], limit=1).slots) == 200


def test_a_deadline_is_kept_within_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = 3
    request = Request(
        tuple(ode()), parse_key("C"), 4.0, 1, None, 32.0,
        tuple(KeyScore(parse_key(name), 0.2) for name in ("A minor", "G")),
    )  # fmt: skip
    calls: list[None] = []
    arrange(request, 1, 1, lambda: calls.append(None))
    assert len(calls) >= 2 * keys  # for each key: reading and decoding
    monkeypatch.setattr(arranging, "decode", None)  # it stops before any version is made
    with pytest.raises(TimeLimit):
        arrange(request, 1, 1, Deadline(0.0).check)


def test_words_that_cannot_be_set() -> None:
    with pytest.raises(NoWords):
        ask(lyrics=" \n ")
    with pytest.raises(NoWords):
        ask(lyrics="… !!")
    for headings in ("[Chorus]", "[副歌]", "[Verse]\n\n[Chorus]"):
        with pytest.raises(NoWords):
            ask(lyrics=headings)
    with pytest.raises(LongLyrics):
        ask(lyrics="la " * 80)
    with pytest.raises(LongLyrics):
        ask(lyrics="la la\n" * 201)


@pytest.mark.parametrize(
    "melody",
    [
        [[0, 1, 60]],
        [[0, 0.25, 0], [0.25, 0.25, 127]],
        [[at * 0.5, 0.5, 60 + at] for at in range(24)],
        [[40, 1, 67]],
    ],
)
def test_odd_melodies_get_chords(melody: list[list[float]]) -> None:
    found = ask(melody=melody, limit=3)
    assert found.slots
    for slot in found.slots:
        parse_chord(slot.symbol)


@pytest.mark.parametrize("metre", ["2/4", "6/8", "9/8", "12/8", "5/4", "2/2"])
def test_every_metre_gets_its_bars(metre: str) -> None:
    found = ask(melody=rows(), metre=metre)
    bar = bar_length(metre)
    assert [slot.onset for slot in found.slots] == [n * bar for n in range(len(found.slots))]
