"""What is played: right notes at the right time, in the manner of the style."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.chords import parse_chord
from music.performance import bars, perform
from music.song import ChordEvent, Hit, Section, Song, Track, bar_length
from tests.music import render_songs

STYLES = [
    "pop", "rock", "folk", "jazz", "blues", "ballad", "country", "bossa_nova", "waltz", "reggae",
    "funk", "rnb", "classical", "electronic", "lofi", "chinese", "hymn", "metal", "punk", "soul",
    "disco",
]  # fmt: skip
LOOP = ("Dm7", "G7/B", "Cmaj7", "A7b9")


def chords(style: str, metre: str = "4/4", symbols: tuple[str, ...] = LOOP, times: int = 2) -> Song:
    bar = bar_length(metre)
    events = tuple(ChordEvent(i * bar, s) for i, s in enumerate(symbols * times))
    part = Section(length=bar * len(events), chords=events)
    return Song(style=style, metre=metre, sections=(part,))


def track(song: Song, name: str) -> Track:
    return next(t for t in perform(song) if t.name == name)


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "5/4", "2/4", "12/8", "7/8"])
@pytest.mark.parametrize("style", STYLES)
def test_chord_notes_belong_to_the_chord_that_sounds(style: str, metre: str) -> None:
    song = chords(style, metre)
    bar = bar_length(metre)
    for hit in track(song, "Chords").notes:
        symbol = song.chords()[min(int((hit.onset + 0.1) / bar), 7)].symbol
        assert hit.pitch % 12 in parse_chord(symbol).pitch_classes
        assert hit.onset + hit.duration <= song.length + 0.2
    for index, event in enumerate(song.chords()):
        firsts = [h for h in track(song, "Bass").notes if abs(h.onset - index * bar) < 0.2]
        if firsts:
            assert firsts[0].pitch % 12 == parse_chord(event.symbol).bass


def test_every_style_is_played_in_its_own_way() -> None:
    played = {style: perform(chords(style)) for style in STYLES}
    distinct = {tuple(t.model_dump_json() for t in tracks) for tracks in played.values()}
    assert len(distinct) >= 18  # ballad and waltz, soul and rnb share some
    with_drums = {style for style in STYLES if any(t.drums for t in played[style])}
    assert {"pop", "rock", "funk", "disco", "jazz"} <= with_drums
    assert not {"ballad", "classical", "hymn", "chinese"} & with_drums


def test_a_waltz_has_its_bass_on_one_and_chords_on_two_and_three() -> None:
    song = chords("waltz", "3/4")
    bass = {round(h.onset) % 3 for h in track(song, "Bass").notes}
    upper = {round(h.onset) % 3 for h in track(song, "Chords").notes if h.onset < 20}
    assert (bass, upper) == ({0}, {1, 2})


def test_jazz_swings_and_pop_does_not() -> None:
    def offbeats(style: str) -> list[float]:
        drums = track(chords(style), "Drums")
        return [h.onset % 1 for h in drums.notes if 0.25 < h.onset % 1 < 0.75]

    assert min(offbeats("jazz")) > 0.6
    assert max(offbeats("pop")) < 0.56


def test_voices_move_little_and_stay_below_the_melody() -> None:
    song = chords("hymn", symbols=("C", "F", "G7", "C", "Am", "Dm", "G", "C"))
    by_bar: dict[int, list[int]] = {}
    for hit in track(song, "Chords").notes:
        by_bar.setdefault(int(hit.onset + 0.1) // 4, []).append(hit.pitch)
    shapes = [sorted(set(pitches)) for pitches in by_bar.values()]
    moves = [sum(min(abs(p - q) for q in a) for p in b) for a, b in pairwise(shapes)]
    assert max(moves) <= 8
    tune = render_songs.ENGLISH
    top = max(h.pitch for h in track(tune, "Chords").notes)
    assert top <= max(n.pitch for n in tune.melody())
    assert (
        min(h.pitch for h in track(tune, "Chords").notes)
        > max(h.pitch for h in track(tune, "Bass").notes) - 3
    )


def test_chords_give_way_to_a_low_melody() -> None:
    def top(pitch: int) -> int:
        song = render_songs.section("v", 16, f"{pitch}:16", "0:C 4:F 8:G7 12:C")
        return max(h.pitch for h in track(Song(style="pop", sections=(song,)), "Chords").notes)

    assert top(61) < 61
    assert top(61) < top(84)


def test_the_melody_is_played_as_written() -> None:
    song = render_songs.ENGLISH
    played = track(song, "Melody").notes
    assert [(h.onset, h.pitch) for h in played] == [(n.onset, n.pitch) for n in song.melody()]


def test_own_tracks_are_played_as_they_are() -> None:
    own = Track(name="Keys", program=4, notes=(Hit(0, 1, 60, 80), Hit(1.5, 1, 64, 70)))
    part = Section(length=4, tracks=(own,), chords=(ChordEvent(0, "C"),))
    song = Song(style="rock", sections=(part, part))
    (keys,) = perform(song)
    assert keys.program == 4
    assert [h.onset for h in keys.notes] == [0, 1.5, 4, 5.5]


def test_unreadable_chords_are_silent_and_playing_is_repeatable() -> None:
    song = chords("pop", symbols=("C", "nonsense", "N.C.", "G"), times=1)
    assert not [h for h in track(song, "Chords").notes if 4.1 < h.onset < 11.9]
    assert perform(song) == perform(song)
    assert perform(Song()) == ()


@given(
    st.lists(st.floats(0.25, 24).map(lambda x: round(x * 4) / 4), min_size=1, max_size=5),
    st.sampled_from(["4/4", "3/4", "6/8", "5/8"]),
    st.sampled_from([0.0, 0.5, 1.0, 2.0]),
)
def test_bars_fill_the_song(lengths: list[float], metre: str, pickup: float) -> None:
    sections = tuple(Section(length=length) for length in lengths)
    song = Song(metre=metre, pickup=pickup, sections=sections)
    grid = bars(song)
    assert grid[0].start == 0
    assert grid[-1].end == pytest.approx(song.length)
    for one, following in pairwise(grid):
        assert one.end == pytest.approx(following.start)
        assert one.phase + one.length <= bar_length(metre) + 1e-6
