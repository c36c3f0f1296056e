"""Spice 1: colours, suspensions, relatives, inversions, secondary dominants, deceptions."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from music.chords import parse_chord
from tools.harmony._motion import common_tones
from tools.harmony.substitutions._place import Move, Place, is_dominant, is_major, is_minor
from wording import Text

# (semitones above the tonic, minor?) -> relatives of the same function, nearest first.
_MAJOR = MappingProxyType(
    {
        (0, False): ((9, "min"), (4, "min")), (5, False): ((2, "min"),),
        (9, True): ((0, "maj"),), (2, True): ((5, "maj"),), (4, True): ((0, "maj"),),
    }
)  # fmt: skip
_MINOR = MappingProxyType(
    {
        (0, True): ((8, "maj"), (3, "maj")), (5, True): ((2, "hdim"),), (8, False): ((0, "min"),),
        (3, False): ((0, "min"),), (10, False): ((7, "min"),), (7, True): ((10, "maj"),),
    }
)  # fmt: skip
_NAMES = MappingProxyType(
    {
        "add9": Text("the ninth", "九音"), "maj7": Text("the major seventh", "大七音"),
        "6": Text("the sixth", "六音"), "m7": Text("the seventh", "七音"),
        "maj9": Text("the ninth", "九音"), "6/9": Text("sixth and ninth", "六音和九音"),
        "m9": Text("the ninth", "九音"), "9": Text("the ninth", "九音"),
        "13": Text("the thirteenth", "十三音"), "m11": Text("the eleventh", "十一音"),
        "m(add9)": Text("the ninth", "九音"),
    }
)  # fmt: skip
_TOP = MappingProxyType({"add9": 2, "maj7": 11, "6": 9, "m7": 10, "maj9": 2, "6/9": 2, "m9": 2,
                         "9": 2, "13": 9, "m11": 5, "m(add9)": 2})  # fmt: skip
_EFFECT = MappingProxyType(
    {
        "add9": Text("open and clear", "清亮开阔"), "maj7": Text("soft and dreamy", "柔和朦胧"),
        "6": Text("warm and a little old-fashioned", "温暖，带点复古味"),
        "m7": Text("softer than the plain triad", "比三和弦柔和"),
        "maj9": Text("wide and silky", "宽广细腻"), "6/9": Text("at rest without being plain",
        "安稳而不平淡"), "m9": Text("smoky", "醇厚"), "9": Text("rounder", "更圆润"),
        "13": Text("brighter on top", "高处更亮"), "m11": Text("airy", "空灵"),
        "m(add9)": Text("tender", "多一分柔情"),
    }
)  # fmt: skip


def colours(place: Place) -> Iterator[Move]:
    """An added tone that belongs to the key."""
    if place.rich == "power" or place.chord.bass != place.chord.root:
        return
    for suffix in _suffixes(place):
        symbol = place.chord.root_name + suffix
        chord = parse_chord(symbol)
        added = (chord.root + _TOP[suffix]) % 12
        if symbol == place.span.symbol or added in place.chord.pitch_classes:
            continue
        if not set(chord.pitch_classes) <= {*place.key.pitch_classes, *place.chord.pitch_classes}:
            continue
        note, name, effect = place.note(added, chord), _NAMES[suffix], _EFFECT[suffix]
        why = Text(
            f"{symbol} adds {name.en}, {note}: {effect.en}",
            f"{symbol} 加入{name.zh} {note}，{effect.zh}",
        )
        yield place.whole(symbol, "colour", 1, why)
    yield from _seconds(place)


def _seconds(place: Place) -> Iterator[Move]:
    """The open fifth with a second, where a style likes chords that are neither major nor minor."""
    chord = place.chord
    if place.style.name not in ("chinese", "folk", "electronic") or chord.suffix not in ("", "m"):
        return
    second = (chord.root + 2) % 12
    if place.step(chord) == 7 or place.last or second not in place.key.pitch_classes:
        return
    symbol = f"{chord.root_name}sus2"
    note = place.note(second, parse_chord(symbol))
    why = Text(
        f"{symbol} gives up the third for {note}: an open, pentatonic sound",
        f"{symbol} 用 {note} 代替三音，空旷，有五声味",
    )
    yield place.whole(symbol, "colour", 1, why)


def _suffixes(place: Place) -> tuple[str, ...]:
    plain, step = place.chord.suffix, place.step(place.chord)
    dreamy = place.style.name not in ("folk", "country", "hymn", "punk", "metal", "reggae")
    if plain == "":
        if step == 7:
            return ()
        return ("add9", "6", "maj7") if dreamy else ("add9", "6")
    if plain == "m":
        return ("m7", "m(add9)") if dreamy else ("m7",)
    richer = {"maj7": ("maj9", "6/9"), "m7": ("m9", "m11"), "7": ("13", "9")}
    return richer.get(plain, ())


def suspensions(place: Place) -> Iterator[Move]:
    """The fourth held before the third of a major or dominant chord."""
    chord = place.chord
    if place.rich == "power" or place.span.length < 2 or chord.bass != chord.root:
        return
    if chord.suffix not in ("", "7", "9", "13") or place.step(chord) not in (0, 7):
        return
    fourth = (chord.root + 5) % 12
    held = chord.root_name + ("sus4" if chord.suffix == "" else "7sus4")
    high, low = place.note(fourth, parse_chord(held)), place.note(chord.root + 4, chord)
    why = Text(
        f"{held} holds {high} before it falls to {low}: a small delay that makes {chord.symbol} "
        "more welcome",
        f"{held} 先挂着 {high}，再落到 {low}，{chord.symbol} 来得更有味道",
    )
    yield place.split((held, place.span.symbol), "suspension", 1, why)


def relatives(place: Place) -> Iterator[Move]:
    """A diatonic chord a third away with the same function and two common tones."""
    chord = place.chord
    if place.at == 0 or place.last or not (is_major(chord) or is_minor(chord)):
        return
    table = _MINOR if place.key.is_minor else _MAJOR
    for step, kind in table.get((place.step(chord), is_minor(chord)), ()):
        symbol = place.degree(step, kind)
        other = parse_chord(symbol)
        beside = {place.row[place.at - 1].chord.root, place.after.root}
        near = place.row[max(0, place.at - 2) : place.at + 3]
        if other.root in beside or other.root in {span.chord.root for span in near}:
            continue
        shared = common_tones(chord, other)
        if len(shared) < 2:
            continue
        why = Text(
            f"{symbol} stands in for {chord.symbol}: same function, and "
            f"{_list(shared, ' and ')} stay",
            f"{symbol} 代替 {chord.symbol}：功能相同，共同音 {_list(shared, '、')} 保持不动",
        )
        yield place.whole(symbol, "relative", 1, why)


def inversions(place: Place) -> Iterator[Move]:
    """The third or fifth in the bass where it makes the bass move by step on both sides."""
    chord = place.chord
    if place.before is None or place.last or chord.bass != chord.root or place.rich == "power":
        return
    if chord.suffix not in ("", "m", "7", "m7", "maj7"):
        return
    before, after = place.before, place.after
    for pitch in chord.pitch_classes[1:3]:
        steps = ((pitch - before.bass) % 12, (after.bass - pitch) % 12)
        rising, falling = set(steps) <= {1, 2}, set(steps) <= {10, 11}
        if not (rising or falling):
            continue
        symbol = f"{place.span.symbol}/{place.note(pitch, chord)}"
        line = "–".join((before.bass_name, place.note(pitch, chord), after.bass_name))
        why = Text(
            f"{symbol} lets the bass {'climb' if rising else 'walk down'} {line}",
            f"{symbol} 让低音级进{'上行' if rising else '下行'} {line}",
        )
        yield place.whole(symbol, "inversion", 1, why, (place.at - 1, place.next))


def secondary_dominants(place: Place) -> Iterator[Move]:
    """The dominant of the next chord in the second half, or in place of a chord on its root."""
    after, chord = place.after, place.chord
    if place.last or not _strong(place) or is_dominant(chord):
        return
    root = (after.root + 7) % 12
    symbol = place.name(root, "dom")
    dominant = parse_chord(symbol)
    lead = (root + 4) % 12
    if lead in chord.pitch_classes or place.rich == "power":
        return
    up, there = place.note(lead, dominant), place.note(lead + 1, after)
    if chord.root == root and (is_minor(chord) or is_major(chord)):
        why = Text(
            f"{symbol} instead of {chord.symbol}: now it is the dominant of {after.symbol}, its "
            f"{up} rises to {there}",
            f"{chord.symbol} 换成 {symbol}，变为 {after.symbol} 的属和弦，{up} 半音上行到 {there}",
        )
        yield place.whole(symbol, "secondary dominant", 1, why, (place.next,), keeps=False)
    elif place.span.length >= 2:
        why = Text(
            f"{symbol} leads into {after.symbol} as its own dominant: {up} rises to {there}",
            f"{symbol} 作为 {after.symbol} 的副属和弦引入，{up} 半音上行到 {there}",
        )
        symbols = (place.span.symbol, symbol)
        yield place.split(symbols, "secondary dominant", 1, why, (place.next,))


def _strong(place: Place) -> bool:
    """Whether the next chord is a major or minor triad of the key other than the tonic."""
    after = place.after
    if not (is_minor(after) or is_major(after) or is_dominant(after)):
        return False
    third = (after.root + (3 if is_minor(after) else 4)) % 12
    fifth = (after.root + 7) % 12
    home = place.key.pitch_classes
    return place.step(after) != 0 and {after.root, third, fifth} <= set(home)


def deceptions(place: Place) -> Iterator[Move]:
    """The submediant where the dominant leads one to expect the tonic."""
    before, chord = place.before, place.chord
    if before is None or place.last or place.step(chord) != 0 or place.step(before) != 7:
        return
    if is_minor(before) or not (is_major(chord) or is_minor(chord)):
        return
    symbol = place.degree(8, "maj") if place.key.is_minor else place.degree(9, "min")
    if parse_chord(symbol).root == place.after.root:
        return
    shared = _list(common_tones(chord, parse_chord(symbol)), " and ")
    shared_zh = shared.replace(" and ", "、")
    why = Text(
        f"after {before.symbol} one expects {chord.symbol}, but {symbol} comes (deceptive cadence)"
        f" and keeps {shared}",
        f"{before.symbol} 之后本该回到 {chord.symbol}，却落到 {symbol}（阻碍终止），"
        f"{shared_zh} 仍在",
    )
    yield place.whole(symbol, "deceptive", 1, why, (place.at - 1,))


def _list(names: list[str], between: str) -> str:
    return between.join(names)
