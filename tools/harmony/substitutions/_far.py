"""Spice 3: altered dominants, Neapolitans, mediants, chains, major-third cycles, mirrors."""

from __future__ import annotations

from collections.abc import Iterator

from music.chords import Chord, parse_chord, spell_root
from tools.harmony._motion import common_tones
from tools.harmony.substitutions._place import Move, Place, is_dominant, is_major, is_minor
from wording import Text


def altered(place: Place) -> Iterator[Move]:
    """Upper structures over a dominant that falls a fifth."""
    chord, after = place.chord, place.after
    if place.rich == "power" or place.last or not place.falls(chord, after):
        return
    if not (is_dominant(chord) or (is_major(chord) and place.step(chord) == 7)):
        return
    root, bass = chord.root_name, chord.root
    goal = after.symbol
    # Spelled by the degree, as the symbol says it: the b13 of G is Eb.
    tones = parse_chord(f"{root}7b9b13")
    ninth, thirteenth = (tones.note_names[tones.degrees.index(d)] for d in ("b9", "b13"))
    yield place.whole(
        f"{root}7alt", "altered dominant", 3,
        Text(
            f"{root}7alt sharpens the dominant: b9 {ninth} and b13 {thirteenth} lie a semitone "
            f"from where {goal} wants them",
            f"{root}7alt 加强属和弦的紧张：b9 {ninth} 和 b13 {thirteenth} 都以半音倾向 {goal}",
        ), (place.next,),
    )  # fmt: skip
    if is_major(after):
        upper = spell_root((bass + 9) % 12, key=place.key)
        yield place.whole(
            f"{root}13b9", "altered dominant", 3,
            Text(
                f"{root}13b9 is the triad {upper} stacked on {root}7: bright above, dark below",
                f"{root}13b9 相当于 {upper} 三和弦叠在 {root}7 上：上明下暗",
            ), (place.next,),
        )  # fmt: skip


def neapolitan(place: Place) -> Iterator[Move]:
    """The major chord on the flat second in place of a predominant."""
    if place.last or place.step(place.after) != 7 or place.at == 0:
        return
    if place.step(place.chord) not in (2, 5, 8):
        return
    symbol = place.degree(1, "maj", None if place.rich != "triads" else "")
    chord = parse_chord(symbol)
    if place.rich == "triads":
        symbol += f"/{place.note(chord.pitch_classes[1], chord)}"
    shared = common_tones(place.chord, chord)
    keeps = f"; it shares {' and '.join(shared)} with {place.chord.symbol}" if shared else ""
    keeps_zh = f"，与 {place.chord.symbol} 有共同音 {'、'.join(shared)}" if shared else ""
    why = Text(
        f"{symbol} is the Neapolitan, the major chord on the flat second{keeps} and leans on "
        f"{place.after.symbol}",
        f"{symbol} 是那不勒斯和弦（降二级大和弦）{keeps_zh}，再压向 {place.after.symbol}",
    )
    yield place.whole(symbol, "neapolitan", 3, why, (place.next,))


def mediants(place: Place) -> Iterator[Move]:
    """A triad of the same mode a third away from the chord before it, with one common tone."""
    before, chord = place.before, place.chord
    if before is None or place.last or not (is_major(before) or is_minor(before)):
        return
    if place.falls(chord, place.after) and place.step(chord) == 7:
        return
    for shift in (8, 4, 3, 9):
        root = (before.root + shift) % 12
        symbol = place.name(root, "min" if is_minor(before) else "maj")
        other = parse_chord(symbol)
        outside = not set(other.pitch_classes) <= set(place.key.pitch_classes)
        if not outside or root in (chord.root, place.after.root):
            continue
        if not (common_tones(other, place.after) or _semitone(other, place.after)):
            continue
        shared = common_tones(before, other)
        if not shared:
            continue
        held = " and ".join(shared) + (" stays" if len(shared) == 1 else " stay")
        why = Text(
            f"{symbol} is a chromatic mediant of {before.symbol}: a third away, and {held}",
            f"{symbol} 与 {before.symbol} 是半音三度关系，共同音 {'、'.join(shared)}",
        )
        yield place.whole(symbol, "chromatic mediant", 3, why, (place.at - 1, place.next),
                          keeps=False)  # fmt: skip


def _semitone(a: Chord, b: Chord) -> bool:
    return any((x - y) % 12 in (1, 11) for x in a.pitch_classes for y in b.pitch_classes)


def chains(place: Place) -> Iterator[Move]:
    """Two or three chords before a goal become dominants that each fall a fifth."""
    for count in (3, 2):
        end = place.at + count
        if end >= len(place.row) or place.rich == "power":
            continue
        goal = place.row[end].chord
        parts = place.row[place.at : end]
        if place.at == 0 and place.step(place.chord) == 0:
            continue
        if not (is_major(goal) or is_minor(goal)) or any(span.fixed for span in parts):
            continue
        if any(part.length != parts[0].length for part in parts):
            continue
        symbols = [place.name((goal.root + 7 * n) % 12, "dom", "7") for n in range(count, 0, -1)]
        same = sum(parse_chord(s).root == p.chord.root for s, p in zip(symbols, parts, strict=True))
        if same < 1 or all(
            is_dominant(p.chord) and p.chord.root == parse_chord(s).root
            for s, p in zip(symbols, parts, strict=True)
        ):
            continue
        row = "–".join(symbols)
        why = Text(
            f"{row} is a chain of dominants, each falling a fifth into the next, until "
            f"{goal.symbol}",
            f"{row} 是一串属七和弦，逐个五度下行，直到 {goal.symbol}",
        )
        yield _several(place, count, [(s, 1 / count) for s in symbols], "dominant chain", why)


def cycles(place: Place) -> Iterator[Move]:
    """Coltrane's changes: ii–V–I through keys a major third apart ("Countdown", 1959)."""
    if place.key.is_minor or place.at + 2 >= len(place.row) or place.rich == "power":
        return
    two, five, third = place.row[place.at : place.at + 3]
    if place.step(place.chord) not in (2, 5) or place.step(five.chord) != 7:
        return
    bar = two.length
    held = place.step(third.chord) == 0 and third.length >= 2 * bar
    ends = place.at + 3 < len(place.row) and place.step(place.row[place.at + 3].chord) == 0
    if bar < 2 or five.length != bar or any(p.fixed for p in (two, five, third)):
        return
    if not held and not (ends and third.length == bar):
        return
    goal = third.symbol if held else place.row[place.at + 3].symbol
    symbols = _cycle(place)
    total = 2 * bar + third.length
    chords = [(symbol, bar / 2 / total) for symbol in symbols]
    if held:
        chords.append((goal, (third.length - bar) / total))
    yield _several(place, 3, chords, "coltrane", _cycle_why(symbols, goal))


def _cycle(place: Place) -> tuple[str, ...]:
    degree = place.degree
    return (
        degree(2, "min", "m7"), degree(3, "dom", "7"), degree(8, "maj", "maj7"),
        degree(11, "dom", "7"), degree(4, "maj", "maj7"), degree(7, "dom", "7"),
    )  # fmt: skip


def _cycle_why(symbols: tuple[str, ...], goal: str) -> Text:
    low, middle = symbols[2], symbols[4]
    return Text(
        f"Coltrane's cycle: {symbols[1]} leads to {low}, {symbols[3]} to {middle}, {symbols[5]} "
        f"home to {goal}: three keys a major third apart",
        f"科尔特兰循环：{symbols[1]} 到 {low}，{symbols[3]} 到 {middle}，{symbols[5]} 回到 {goal}，"
        "三个调心相隔大三度",
    )


def constant_structures(place: Place) -> Iterator[Move]:
    """Two chords of one shape that slide into the tonic."""
    end = place.at + 2
    if end >= len(place.row) or place.at == 0 or place.key.is_minor:
        return
    goal, parts = place.row[end].chord, place.row[place.at : end]
    if place.step(goal) != 0 or any(p.fixed or p.length != parts[0].length for p in parts):
        return
    suffix = {"power": "5", "triads": "", "sevenths": "maj7"}[place.rich]
    for steps, en, zh in (((8, 10), "climbs in whole tones", "全音上行"),
                          ((3, 1), "slides down", "向下滑动")):  # fmt: skip
        symbols = [place.degree(step, "maj", suffix) for step in steps]
        row = "–".join([*symbols, goal.symbol])
        why = Text(
            f"{row}: one chord shape {en} into the tonic (constant structure)",
            f"{row}：同一种和弦形状{zh}进入主和弦（平行结构）",
        )
        yield _several(place, 2, [(s, 0.5) for s in symbols], "constant structure", why)


def mirrors(place: Place) -> Iterator[Move]:
    """The dominant of a major key turned upside down: ivm6, which falls where V7 rises."""
    chord, key = place.chord, place.key
    if key.is_minor or place.last or place.step(chord) != 7 or place.step(place.after) != 0:
        return
    if place.rich == "power" or not (is_dominant(chord) or is_major(chord)):
        return
    symbol = place.degree(5, "min", "m6")
    other = parse_chord(symbol)
    lead, sixth = place.note(key.tonic + 11, chord), place.note(key.tonic + 8, other)
    tonic, fifth = place.note(key.tonic, place.after), place.note(key.tonic + 7, place.after)
    why = Text(
        f"{symbol} mirrors {chord.symbol} (negative harmony): instead of {lead} rising to {tonic}, "
        f"{sixth} falls to {fifth}",
        f"{symbol} 是 {chord.symbol} 的镜像（负和声）：不是 {lead} 上行到 {tonic}，"
        f"而是 {sixth} 下行到 {fifth}",
    )
    yield place.whole(symbol, "mirror", 3, why, (place.next,))


def _several(
    place: Place, count: int, chords: list[tuple[str, float]], kind: str, why: Text
) -> Move:
    near = frozenset(range(place.at, place.at + count + 1))
    return Move(place.at, count, tuple(chords), kind, 3, why, near, keeps=False)
