"""Substitutions keep what is fixed, suit the melody and mean what they say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.chords import parse_chord
from music.keys import Key, key_of, parse_key
from music.roman import analyse
from music.song import Note
from tools.harmony._motion import clashes, common_tones, distance, row_distance
from tools.harmony.cliche import cliches
from tools.harmony.key_paths import paths
from tools.harmony.pedal import dominant_pedal, tonic_pedal
from tools.harmony.reharmonise import Basis, Variant, reharmonise
from tools.harmony.substitutions import KINDS, Move, Span, moves, row_of
from tools.styles import all_styles, get_style

JAZZ = ["Cmaj7", "Am7", "Dm7", "G7", "Cmaj7", "Cmaj7", "Dm7", "G7"]
DEGREES = st.lists(st.sampled_from(["I", "ii", "iii", "IV", "V", "vi"]), min_size=3, max_size=8)
KEYS = st.builds(key_of, st.integers(0, 11), st.sampled_from(["major", "minor"]))


def basis(symbols: list[str], key: str, style: str = "pop", melody: tuple[Note, ...] = (),
          fixed: tuple[int, ...] = ()) -> Basis:  # fmt: skip
    return Basis(row_of(symbols, 4.0, fixed), parse_key(key), get_style(style), 4.0, melody)


def found(kind: str, symbols: list[str], key: str = "C", style: str = "jazz") -> list[Move]:
    base = basis(symbols, key, style)
    return [m for m in moves(base.row, base.key, base.style, 3) if m.kind == kind]


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("tritone", "Dm7 G7 Cmaj7", ["Db7"]),
        ("backdoor", "Dm7 G7 Cmaj7", ["Fm7", "Bb7"]),
        ("passing diminished", "C Dm G C", ["C", "C#dim7"]),
        ("passing diminished", "Em Dm G C", ["Em", "Ebdim7"]),
        ("secondary dominant", "C Dm G C", ["C", "A7"]),
        ("ii-V", "Cmaj7 Fmaj7 G7 Cmaj7", ["Cmaj7", "Gm7", "C7"]),
        ("ii-V", "Cmaj7 Am7 G7 Cmaj7", ["Cmaj7", "Bm7b5", "E7b9"]),
        ("borrowed", "C F C G", ["Fm"]),
        ("deceptive", "C G C F", ["Am"]),
        ("inversion", "C G Am F", ["G/B"]),
        ("neapolitan", "Cmaj7 Dm7 G7 Cmaj7", ["Dbmaj7"]),
        ("mirror", "Dm7 G7 Cmaj7", ["Fm6"]),
        ("altered dominant", "Dm7 G7 Cmaj7", ["G7alt"]),
        ("dominant chain", "C Am Dm G C", ["A7", "D7"]),
        ("constant structure", "Cmaj7 Dm7 G7 Cmaj7", ["Abmaj7", "Bbmaj7"]),
        ("coltrane", "Dm7 G7 Cmaj7 Cmaj7", ["Dm7", "Eb7", "Abmaj7", "B7", "Emaj7", "G7", "Cmaj7"]),
    ],
)
def test_the_substitutions_that_a_teacher_shows(kind: str, row: str, expected: list[str]) -> None:
    style = "jazz" if "7" in row else "rnb"
    made = [[symbol for symbol, _ in m.chords] for m in found(kind, row.split(), style=style)]
    assert expected in made


def test_every_kind_of_substitution_is_named_and_reachable() -> None:
    rows = [JAZZ, ["C", "F", "Dm", "G", "C", "Em", "Am", "G", "C"], ["D5", "Bb5", "C5", "D5"]]
    seen = {
        m.kind
        for row in rows
        for style in ("jazz", "rnb", "metal", "pop")
        for m in moves(row_of(row, 4.0), parse_key("C"), get_style(style), 3)
    }
    assert seen == set(KINDS)


def test_reasons_say_what_is_there() -> None:
    move = found("tritone", ["Dm7", "G7", "Cmaj7"])[0]
    assert move.why.en.startswith("Db7 replaces G7: the same tritone B–F, and the bass slides down")
    assert "低音半音下滑到 C" in move.why.zh
    move = found("borrowed", ["C", "F", "C", "G"], style="pop")[0]
    assert "borrowed from C minor; its Ab falls a semitone to the G of C" in move.why.en
    assert "借自同主音的C小调" in move.why.zh


@pytest.mark.parametrize("style", sorted(all_styles()))
@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_style_has_something_at_every_level(style: str, level: int) -> None:
    for key, row in (("G", ["G", "Em", "C", "D", "G", "C", "D", "G"]),
                     ("A minor", ["Am", "F", "C", "G", "Am", "Dm", "E", "Am"])):  # fmt: skip
        made = reharmonise(basis(row, key, style), level, seed=1)
        assert made
        assert made == reharmonise(basis(row, key, style), level, seed=1)
        for variant in made:
            assert list(variant.symbols) != row
            assert _length(variant) == 4.0 * len(row)
            assert max(move.spice for move in variant.moves) <= level


def _length(variant: Variant) -> float:
    return sum(span.length for span in variant.spans)


def test_styles_stay_themselves() -> None:
    row = ["Dm", "G", "C", "C"]
    kinds = {m.kind for m in moves(row_of(row, 4.0), parse_key("C"), get_style("country"), 3)}
    assert not kinds & {"coltrane", "altered dominant", "tritone"}


@given(KEYS, DEGREES, st.integers(1, 3), st.sets(st.integers(0, 7), max_size=4), st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_fixed_bars_are_never_touched(
    key: Key, numerals: list[str], level: int, fixed: set[int], seed: int
) -> None:
    major = key.relative() if key.is_minor else key
    steps = {"I": 0, "ii": 2, "iii": 4, "IV": 5, "V": 7, "vi": 9}
    row = [
        major.spell((major.tonic + steps[n]) % 12) + ("m" if n.islower() else "") for n in numerals
    ]
    base = Basis(row_of(row, 4.0, tuple(fixed)), key, get_style("jazz"), 4.0)
    for variant in reharmonise(base, level, seed=seed):
        for at in fixed:
            if at < len(row):
                inside = [s for s in variant.spans if s.onset < 4 * at + 4 and
                          s.onset + s.length > 4 * at]  # fmt: skip
                assert [span.symbol for span in inside] == [row[at]]
        onsets = [span.onset for span in variant.spans]
        assert onsets == sorted(onsets)
        assert _length(variant) == pytest.approx(4.0 * len(row))


@given(st.lists(st.sampled_from([60, 62, 64, 65, 67, 69, 71]), min_size=8, max_size=8),
       st.integers(1, 3))  # fmt: skip
@settings(max_examples=12, deadline=None)
def test_new_chords_do_not_grate_with_the_melody(pitches: list[int], level: int) -> None:
    melody = tuple(Note(4.0 * at, 4.0, pitch) for at, pitch in enumerate(pitches))
    for variant in reharmonise(basis(JAZZ, "C", "jazz", melody), level, seed=3):
        old = {(span.onset, span.symbol) for span in row_of(JAZZ, 4.0)}
        for span in variant.spans:
            kept = any(span.symbol == symbol for _, symbol in old)
            end = span.onset + span.length
            assert kept or not clashes(span.chord, melody, span.onset, end)


def test_what_grates_and_what_does_not() -> None:
    def grates(symbol: str, pitch: int) -> bool:
        return clashes(parse_chord(symbol), [Note(0.0, 2.0, pitch)], 0.0, 4.0)

    assert grates("Cmaj7", 65)  # the fourth against a major third
    assert grates("Cm", 64)
    assert grates("C", 63)
    assert not grates("C", 62)
    assert not grates("G7", 68)  # a flat ninth on a dominant
    assert not grates("C", 71)
    assert not clashes(parse_chord("Cmaj7"), [Note(0.5, 0.5, 65)], 0.0, 4.0)  # passing


def test_distances_between_chords() -> None:
    c, am, e, fsharp = (frozenset(parse_chord(s).pitch_classes) for s in ("C", "Am", "E", "F#"))
    assert distance(c, c) == 0.0
    assert distance(c, am) <= distance(c, e) < distance(c, fsharp)
    assert common_tones(parse_chord("C"), parse_chord("Am")) == ["C", "E"]
    assert row_distance([parse_chord("C")]) == 0.0


@given(KEYS, KEYS)
@settings(max_examples=30, deadline=None)
def test_paths_begin_at_home_and_end_in_the_new_key(old: Key, new: Key) -> None:
    made = paths(old, new)
    assert bool(made) == ((old.tonic, old.is_minor) != (new.tonic, new.is_minor))
    for path in made:
        first, last = parse_chord(path.chords[0]), parse_chord(path.chords[-1])
        assert first.root == old.tonic or path.turn == 0
        assert (last.root, last.is_minor) == (new.tonic, new.is_minor)
        assert len(path.roman) == len(path.chords)
        assert path.why.en
        assert path.why.zh
        if " = " in path.roman[path.turn]:
            tones = set(parse_chord(path.chords[path.turn]).pitch_classes)
            for key in (old, new):
                leading = {(key.tonic + 11) % 12} if key.is_minor else set()
                assert tones <= {*key.pitch_classes, *leading}
    scores = [path.score for path in made]
    assert scores == sorted(scores, reverse=True)


def test_ways_to_another_key() -> None:
    by_kind = {p.kind: p for p in paths(parse_key("C"), parse_key("E"), 8)}
    sixth = by_kind["augmented sixth"]
    assert sixth.chords == ("C", "C7", "E/B", "B7", "E")
    assert "semitone to B" in sixth.why.en
    pivot = {p.kind: p for p in paths(parse_key("C"), parse_key("G"))}["pivot"]
    assert pivot.chords == ("C", "G", "Am", "D7", "G")
    assert pivot.roman[2] == "vi = ii"
    up = {p.kind: p for p in paths(parse_key("C"), parse_key("D"))}["step up"]
    assert up.chords[-2:] == ("A7", "D")
    diminished = {p.kind: p for p in paths(parse_key("C"), parse_key("Eb"))}["diminished"]
    assert len({frozenset(parse_chord(s).pitch_classes) for s in diminished.chords[1:3]}) == 1


def test_pedals_hold_one_bass() -> None:
    row = row_of(["C", "F", "G", "Am"], 4.0)
    held = tonic_pedal(row, parse_key("C"))
    assert held is not None
    assert {parse_chord(s).bass for s in held[0]} == {0}
    assert tonic_pedal(row_of(["C", "E7", "F", "G"], 4.0), parse_key("C")) is None
    waiting = dominant_pedal(row_of(["C", "Am", "Dm", "F"], 4.0), parse_key("C"))
    assert waiting is not None
    assert waiting[0] == ("C", "Am", "Dm/G", "F/G")
    assert tonic_pedal(row_of(["C", "F", "G", "Am"], 4.0, (1,)), parse_key("C")) is None


def test_line_cliches_walk_by_semitones() -> None:
    rows = [m.chords for m in cliches(row_of(["Am", "F", "C", "G"], 4.0), parse_key("Am"))]
    assert tuple(s for s, _ in rows[0]) == ("Am", "Am(maj7)", "Am7", "Am6")
    made = cliches(row_of(["C", "F", "G", "C"], 4.0), parse_key("C"))
    walks = [[s for s, _ in m.chords] for m in made]
    assert ["C", "Cmaj7", "C7"] in walks
    assert ["C", "C+"] in walks
    assert "C–B–Bb to the A of F" in made[0].why.en
    assert not cliches(row_of(["Am"], 4.0, (0,)), parse_key("Am"))


def test_levels_mean_what_the_analysis_says() -> None:
    """Level 1 hardly leaves the key; levels 2 and 3 do."""

    def outside(level: int) -> float:
        total = 0.0
        for seed in range(3):
            for v in reharmonise(basis(JAZZ, "C", "jazz"), level, seed=seed):
                chords = [span.chord for span in v.spans]
                roles = [item.role for item in analyse(chords, parse_key("C"))]
                total += sum(role != "diatonic" for role in roles) / len(roles)
        return total

    assert outside(1) < outside(2) < outside(3) * 1.2


def test_spans_keep_time() -> None:
    spans = row_of(["C", "C", "F"], 3.0)
    assert spans == (Span("C", 0.0, 6.0), Span("F", 6.0, 3.0))
