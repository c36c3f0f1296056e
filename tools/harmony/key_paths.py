"""Paths from one key to another as rows of chords, each with its reason, the smoothest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from music.chords import parse_chord
from music.keys import Key
from music.roman import chord_of, numeral
from music.spelling import by_fifths
from tools.harmony._motion import common_tones, row_distance
from wording import Text

NAMES = MappingProxyType(
    {
        "pivot": Text("pivot chord", "共同和弦转调"),
        "ii-V": Text("ii–V of the new key", "新调 2-5 转调"),
        "dominant": Text("dominant pivot", "属和弦转调"),
        "common tone": Text("common tone", "共同音转调"),
        "direct": Text("direct", "直接转调"),
        "step up": Text("step up", "整体升调"),
        "diminished": Text("diminished seventh", "减七和弦等音转调"),
        "augmented sixth": Text("augmented sixth", "增六和弦等音转调"),
    }
)
# What a chord is worth as a pivot in the key that it leads to, by its degree: predominants best.
_PIVOTS = MappingProxyType({2: 3.0, 5: 2.5, 9: 2.0, 8: 2.0, 4: 0.5, 3: 0.5, 0: 0.3})
_DIATONIC = MappingProxyType(
    {
        False: ("I", "ii", "iii", "IV", "V", "vi"),
        True: ("i", "III", "iv", "V", "VI", "VII"),
    }
)
# How natural each way is, before the smoothness of its chords: common chords before surprises.
_NATURAL = MappingProxyType(
    {"pivot": 1.0, "ii-V": 0.9, "dominant": 0.7, "common tone": 0.5, "step up": 0.4,
     "diminished": 0.3, "augmented sixth": 0.2, "direct": 0.0}
)  # fmt: skip


@dataclass(frozen=True)
class Path:
    """Chords from the old tonic to the new one. `roman` counts in the old key up to `turn`, the
    place of the chord that belongs to both (written "vi = ii") or begins the new key."""

    kind: str
    chords: tuple[str, ...]
    roman: tuple[str, ...]
    turn: int
    why: Text
    score: float


def paths(old: Key, new: Key, limit: int = 5, *, sevenths: bool = False) -> list[Path]:
    """Ways from `old` to `new`, one of each kind, ranked by naturalness and voice leading; empty
    for the same key."""
    if (old.tonic, old.is_minor) == (new.tonic, new.is_minor):
        return []
    made = [
        _path(way, old, new, sevenths)
        for make in (_pivot, _two_five, _dominant, _common_tone, _direct, _diminished, _sixth)
        for way in make(old, new)
    ]
    return sorted(made, key=lambda path: (-path.score, path.kind))[:limit]


# A way before it is written: kind, chords, place of the turn, whether that chord is in both keys.
_Way = tuple[str, list[str], int, bool, Text]


def _path(way: _Way, old: Key, new: Key, sevenths: bool) -> Path:
    kind, chords, turn, both, why = way
    if sevenths:
        chords = [_seventh(symbol, old if at < turn else new) for at, symbol in enumerate(chords)]
    parsed = [parse_chord(symbol) for symbol in chords]
    roman = []
    for at, chord in enumerate(parsed):
        text = numeral(chord, old if at < turn or (at == turn and both) else new)
        roman.append(f"{text} = {numeral(chord, new)}" if at == turn and both else text)
    score = _NATURAL[kind] - row_distance(parsed)
    return Path(kind, tuple(chords), tuple(roman), turn, why, round(score, 4))


def _seventh(symbol: str, key: Key) -> str:
    """Triads of the key with its own seventh: C is Cmaj7 in C, C7 in F."""
    chord = parse_chord(symbol)
    if chord.suffix not in ("", "m") or chord.bass != chord.root:
        return symbol
    seventh = 10 if (chord.root + 10) % 12 in key.pitch_classes else 11
    if chord.suffix == "m":
        return f"{symbol}7" if seventh == 10 else symbol
    return f"{symbol}7" if seventh == 10 else f"{symbol}maj7"


def _tonic(key: Key) -> str:
    return chord_of("i" if key.is_minor else "I", key).symbol


def _chord(text: str, key: Key) -> str:
    return chord_of(text, key).symbol


def _pivot(old: Key, new: Key) -> Iterator[_Way]:
    """A triad of both keys, the best predominant of the new one."""
    ours = [_chord(text, old) for text in _DIATONIC[old.is_minor]]
    theirs = {parse_chord(_chord(t, new)): t for t in _DIATONIC[new.is_minor]}
    shared = [s for s in ours if any(_same(s, other.symbol) for other in theirs)]
    best = sorted(
        (s for s in shared if _worth(s, new)), key=lambda s: (-_worth(s, new), _worth(s, old), s)
    )
    if not best:
        return
    pivot = best[0]
    lead = "iv" if old.is_minor else "V"
    first = [_tonic(old), _chord(lead, old)]
    if _same(pivot, first[0]) or _same(pivot, first[1]):
        first = first[:1] if _same(pivot, first[1]) else []
    chords = [*first, pivot, _chord("V7", new), _tonic(new)]
    was, becomes = numeral(parse_chord(pivot), old), numeral(parse_chord(pivot), new)
    why = Text(
        f"{pivot} belongs to both keys: {was} of {old.name} turns into {becomes} of {new.name}, "
        f"and {chords[-2]} confirms it",
        f"{pivot} 两个调都有：{old.in_words('zh')}的 {was} 就是{new.in_words('zh')}的 {becomes}，"
        f"再由 {chords[-2]} 确立新调",
    )
    yield "pivot", chords, len(first), True, why


def _worth(symbol: str, key: Key) -> float:
    return _PIVOTS.get((parse_chord(symbol).root - key.tonic) % 12, 0.0)


def _same(a: str, b: str) -> bool:
    return set(parse_chord(a).pitch_classes) == set(parse_chord(b).pitch_classes)


def _two_five(old: Key, new: Key) -> Iterator[_Way]:
    two = _chord("iiø7" if new.is_minor else "ii7", new)
    chords = [_tonic(old), two, _chord("V7", new), _tonic(new)]
    why = Text(
        f"{two}–{chords[2]} is the ii–V of {new.name}: the new key is announced before it arrives",
        f"{two}–{chords[2]} 是{new.in_words('zh')}的 2-5，先预告新调再落下",
    )
    yield "ii-V", chords, 1, False, why


def _dominant(old: Key, new: Key) -> Iterator[_Way]:
    """The old tonic, or a chord of the old key with a new seventh, as dominant of the new one."""
    dominant = _chord("V7", new)
    plain = dominant.removesuffix("7")
    ours = [_chord(text, old) for text in _DIATONIC[old.is_minor]]
    held = next((s for s in ours if _same(s, plain)), None)
    if held is None:
        return
    seventh = parse_chord(dominant).note_names[3]
    lead = [_tonic(old)] if _same(held, _tonic(old)) else [_tonic(old), held]
    chords = [*lead, dominant, _tonic(new)]
    goal = parse_chord(chords[-1]).note_names[1]
    why = Text(
        f"{dominant} is {held} with the seventh {seventh}, which makes it the dominant of "
        f"{new.name}: {seventh} sinks to {goal}",
        f"{dominant} 就是 {held} 加七音 {seventh}，成了{new.in_words('zh')}的属七，"
        f"{seventh} 下行到 {goal}",
    )
    yield "dominant", chords, len(chords) - 2, False, why


def _common_tone(old: Key, new: Key) -> Iterator[_Way]:
    """The tonics side by side, joined by the tone that both have."""
    a, b = parse_chord(_tonic(old)), parse_chord(_tonic(new))
    shared = common_tones(a, b)
    if not shared or a.root == b.root:
        return
    cadence = _chord("V7", old)
    chords = [a.symbol, cadence, a.symbol, b.symbol]
    held, held_zh = " and ".join(shared), "、".join(shared)
    verb = "stays" if len(shared) == 1 else "stay"
    why = Text(
        f"{held} {verb} while everything else shifts from {a.symbol} to {b.symbol}: hold or sing "
        "it over the change",
        f"从 {a.symbol} 到 {b.symbol}，{held_zh} 保持不动，其余声部一起移开；转调处可以一直唱着它",
    )
    yield "common tone", chords, 3, False, why


def _direct(old: Key, new: Key) -> Iterator[_Way]:
    """No preparation; for a step up by way of the new dominant, as last choruses do."""
    lift = (new.tonic - old.tonic) % 12
    if old.is_minor == new.is_minor and lift in (1, 2, 3):
        chords = [_tonic(old), _chord("iv" if old.is_minor else "IV", old),
                  _chord("V", old), _chord("V7", new), _tonic(new)]  # fmt: skip
        size = {1: Text("a semitone", "半个音"), 2: Text("a whole tone", "一个全音"),
                3: Text("a minor third", "小三度")}[lift]  # fmt: skip
        why = Text(
            f"everything moves up {size.en} by way of {chords[3]}: the last chorus once more, "
            "brighter",
            f"经 {chords[3]} 整体升{size.zh}，适合最后一遍副歌，一下子亮起来",
        )
        yield "step up", chords, 3, False, why
        return
    chords = [_tonic(old), _chord("V7", old), _tonic(old), _tonic(new)]
    why = Text(
        f"{old.name} closes, and {new.name} simply begins: a cut, best between two sections",
        f"{old.in_words('zh')}先收住，{new.in_words('zh')}直接开始，像切镜头，适合放在段落之间",
    )
    yield "direct", chords, 3, False, why


def _diminished(old: Key, new: Key) -> Iterator[_Way]:
    """The leading-tone seventh of the old key is that of the new one, otherwise spelled."""
    chord = _chord("vii°7", new)
    if (new.tonic - old.tonic) % 3 or old.tonic == new.tonic:
        return
    mine = _chord("vii°7", old)
    chords = [_tonic(old), mine, chord, _tonic(new)]
    tones = "–".join(parse_chord(chord).note_names)
    why = Text(
        f"{mine} and {chord} are the same four tones ({tones}): it could resolve to {chords[0]}, "
        f"but goes to {chords[-1]}",
        f"{mine} 和 {chord} 是同样四个音（{tones}），"
        f"本可回到 {chords[0]}，却等音解决到 {chords[-1]}",
    )
    yield "diminished", chords, 2, False, why


def _sixth(old: Key, new: Key) -> Iterator[_Way]:
    """A dominant seventh of the old key heard as the German sixth of the new one."""
    wanted = (new.tonic + 8) % 12
    for text in ("V7", "I7", "II7") if not old.is_minor else ("V7", "VII7", "VI7"):
        found = chord_of(text, old)
        if found.root != wanted:
            continue
        low = numeral(found, old)
        five = parse_chord(_chord("V7", new))
        over = f"{_tonic(new)}/{five.root_name}"
        chords = [_tonic(old), found.symbol, over, five.symbol, _tonic(new)]
        why = Text(
            f"{found.symbol} ({low}) sounds like an augmented sixth of {new.name}: instead of "
            f"falling a fifth its bass slides down a semitone to {five.root_name}",
            f"{found.symbol}（{low}）等音当作{new.in_words('zh')}的增六和弦：不下行五度，"
            f"低音半音下行到 {five.root_name}",
        )
        yield "augmented sixth", chords, 2, False, why
        return


def targets(key: Key) -> tuple[Key, ...]:
    """Keys that songs usually go to: up a tone, the relative, the fourth above; from a major key
    also the one a minor third above."""
    usual = (key.transposed(2), key.relative(), key.transposed(5))
    return usual if key.is_minor else (*usual, _flat(key.transposed(3), key))


def _flat(new: Key, old: Key) -> Key:
    """F# major as Gb major when one comes from flats."""
    return Key(by_fifths(-6)) if new.fifths == 6 and old.fifths < 0 else new
