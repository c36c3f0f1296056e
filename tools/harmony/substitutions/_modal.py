"""Spice 2: borrowed chords, ii–Vs, passing diminished chords, tritones, the back door."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from music.chords import Chord, parse_chord, spell_root
from music.keys import Key, parse_key
from music.roman import analyse
from tools.harmony.substitutions._place import Move, Place, is_dominant, is_major, is_minor
from wording import Text

# (semitones above the tonic, minor?) -> what the parallel mode has there: (step, kind, keeps).
_MAJOR = MappingProxyType(
    {
        (5, False): ((5, "min", True),), (7, False): ((10, "maj", True),),
        (9, True): ((8, "maj", False),), (2, True): ((2, "hdim", True),),
        (4, True): ((3, "maj", True),), (0, False): ((8, "maj", False), (3, "maj", True)),
    }
)  # fmt: skip
_MINOR = MappingProxyType(
    {
        (5, True): ((5, "maj", True),),
        (10, False): ((7, "dom", True),),
        (7, True): ((7, "dom", True),),
    }
)


def borrowed(place: Place) -> Iterator[Move]:
    """Modal interchange: the chord that the parallel mode has in this place."""
    chord = place.chord
    if not (is_major(chord) or is_minor(chord)) or place.at == 0:
        return
    table = _MINOR if place.key.is_minor else _MAJOR
    for step, kind, keeps in table.get((place.step(chord), is_minor(chord)), ()):
        if step in (8, 3) and (place.last or place.key.is_minor):
            continue
        if step == 10 and place.step(place.after) != 0:
            continue
        if step == 2 and place.step(place.after) != 7:
            continue
        symbol = place.degree(step, kind)
        other = parse_chord(symbol)
        beside = (place.after.root, _root(place.before))
        if place.rich == "power" or (other.root != chord.root and other.root in beside):
            continue
        why = _borrowed_why(place, other)
        yield place.whole(symbol, "borrowed", 2, why, (place.next,), keeps=keeps)


def _borrowed_why(place: Place, chord: Chord) -> Text:
    source = _source(chord, place.key)
    before, after = place.chord, place.after
    if source is None:  # the raised seventh of a minor key
        lead = place.note(place.key.tonic + 11, chord)
        return Text(
            f"{chord.symbol} with the raised seventh {lead} pulls harder than {before.symbol}",
            f"{chord.symbol} 用升七级音 {lead}，比 {before.symbol} 更有倾向性",
        )
    line = _voice(chord, after, place)
    if place.step(chord) == 10 and not place.key.is_minor:
        line = Text(
            f": it steps up a tone into {after.symbol}, without a leading tone",
            f"，不经导音，上行全音进入 {after.symbol}",
        )
    return Text(
        f"{chord.symbol} for {before.symbol} is borrowed from {source.in_words('en')}{line.en}",
        f"{chord.symbol} 代替 {before.symbol}，借自同主音的{source.in_words('zh')}{line.zh}",
    )


def _source(chord: Chord, key: Key) -> Key | None:
    item = analyse([chord], key)[0]
    return parse_key(item.source) if item.role == "borrowed" else None


def _voice(chord: Chord, after: Chord, place: Place) -> Text:
    """The borrowed tone that moves by a semitone into the next chord."""
    for pitch in chord.pitch_classes:
        if pitch in place.key.pitch_classes:
            continue
        for step, en, zh in ((-1, "falls", "下行"), (1, "rises", "上行")):
            there = (pitch + step) % 12
            if there in after.pitch_classes and there not in chord.pitch_classes:
                own, goal = place.note(pitch, chord), place.note(there, after)
                return Text(
                    f"; its {own} {en} a semitone to the {goal} of {after.symbol}",
                    f"，其中 {own} 半音{zh}到 {after.symbol} 的 {goal}",
                )
        return (
            Text(f" and darkens the way to {after.symbol}", f"，让走向 {after.symbol} 的路暗下来")
            if not place.key.is_minor
            else Text(
                f" and brightens the way to {after.symbol}", f"，让走向 {after.symbol} 的路亮起来"
            )
        )
    return Text("", "")


def two_fives(place: Place) -> Iterator[Move]:
    """The next chord's ii before its dominant: splits a dominant, or fills the second half."""
    after, chord = place.after, place.chord
    if place.last or place.rich == "power" or not (is_major(after) or is_minor(after)):
        return
    minor = is_minor(after)
    two = place.name((after.root + 2) % 12, "hdim" if minor else "min", "m7b5" if minor else "m7")
    five = place.name((after.root + 7) % 12, "dom", "7b9" if minor else "7")
    prepares = place.falls(chord, after) and is_dominant(chord)
    five = place.span.symbol if prepares else five
    goal = after.symbol
    goes = Text(f"{two}–{five} is the ii–V of {goal}", f"{two}–{five} 是 {goal} 的 2-5")
    if prepares and place.span.length >= 2:
        if place.before is not None and place.before.root == (after.root + 2) % 12:
            return
        why = Text(
            f"{goes.en}: {two} prepares {chord.symbol}",
            f"{goes.zh}，{two} 为 {chord.symbol} 作准备",
        )
        symbols = (two, place.span.symbol)
        yield place.split(symbols, "ii-V", 2, why, (place.next,))
    elif place.span.length >= 4 and place.step(after) != 0 and chord.root != after.root:
        if (after.root + 2) % 12 == chord.root:
            return
        why = Text(
            f"{goes.en}: for a moment {after.symbol} sounds like home",
            f"{goes.zh}，短暂离调到 {after.symbol}",
        )
        yield place.split((place.span.symbol, two, five), "ii-V", 2, why, (place.next,))


def passing_diminished(place: Place) -> Iterator[Move]:
    """A diminished seventh between two roots a tone apart: up, or down onto a minor chord."""
    chord, after = place.chord, place.after
    if place.last or place.rich == "power" or place.span.length < 2:
        return
    if not (is_major(chord) or is_minor(chord)) or chord.bass != chord.root:
        return
    way = (after.bass - chord.root) % 12
    if after.bass == after.root and (way == 2 or (way == 10 and is_minor(after))):
        middle = (chord.root + (1 if way == 2 else -1)) % 12
        low = _between(chord.root_name, after.root_name, middle, rising=way == 2)
        symbol = f"{low}dim7"
        line = f"{chord.root_name}–{low}–{after.root_name}"
        why = Text(
            f"{symbol} fills the step: the bass goes {line} by semitones",
            f"{symbol} 填在中间，低音半音{'上行' if way == 2 else '下行'} {line}",
        )
        yield place.split((place.span.symbol, symbol), "passing diminished", 2, why, (place.next,))


def _between(start: str, end: str, middle: int, *, rising: bool) -> str:
    """The lower note sharpened on the way up, the upper one flattened on the way down."""
    letter = start[0]
    for name in (f"{letter}#", f"{letter}", f"{letter}b", f"{end[0]}b", f"{end[0]}", f"{end[0]}#"):
        if parse_chord(name).root == middle and (
            ("b" not in name) if rising else ("#" not in name)
        ):
            return name
    return spell_root(middle)


def tritones(place: Place) -> Iterator[Move]:
    """A dominant a tritone away, which slides down into its goal by a semitone."""
    chord, after = place.chord, place.after
    if place.last or place.rich == "power" or not place.falls(chord, after):
        return
    if not (is_dominant(chord) or (is_major(chord) and place.step(chord) == 7)):
        return
    flat = spell_root(after.root + 1, key=place.key)
    symbol = _flattened(flat, after.root_name) + "7"
    third, seventh = (place.note(chord.root + n, chord) for n in (4, 10))
    why = Text(
        f"{symbol} replaces {chord.symbol}: the same tritone {third}–{seventh}, and the bass "
        f"slides down a semitone to {after.root_name}",
        f"{symbol} 代替 {chord.symbol}：三全音 {third}–{seventh} 相同，低音半音下滑到 "
        f"{after.root_name}",
    )
    yield place.whole(symbol, "tritone", 2, why, (place.next,))


def _flattened(name: str, goal: str) -> str:
    """The semitone above the goal as a flat of the next letter: Db into C, never C#."""
    upper = "ABCDEFG"["ABCDEFG".index(goal[0]) - 6]
    pitch = parse_chord(name).root
    for text in (upper, f"{upper}b"):
        if parse_chord(text).root == pitch:
            return text
    return name


def back_door(place: Place) -> Iterator[Move]:
    """iv7–bVII7, which steps up into the tonic of a major key."""
    if place.key.is_minor or place.step(place.after) != 0 or place.step(place.chord) != 7:
        return
    if place.last or place.rich == "power" or place.span.length < 2 or is_minor(place.chord):
        return
    four, seven = place.degree(5, "min", "m7"), place.degree(10, "dom", "7")
    goal = place.after.symbol
    why = Text(
        f"{four}–{seven} comes home through the back door: borrowed from "
        f"{place.key.parallel().in_words('en')}, it steps up into {goal} instead of falling",
        f"{four}–{seven} 走“后门”回家：借自同主音的{place.key.parallel().in_words('zh')}，"
        f"不从五度落下，而是上行一个全音进入 {goal}",
    )
    yield place.split((four, seven), "backdoor", 2, why, (place.next,))


def _root(chord: Chord | None) -> int:
    return -1 if chord is None else chord.root
