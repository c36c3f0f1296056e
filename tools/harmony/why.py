"""Why a progression works, in plain words, read off its analysis."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from types import MappingProxyType

from music.chords import Chord, parse_chord
from music.keys import Key
from music.roman import Numeral, analyse, explain
from music.spelling import spell
from tools.harmony._bass import stepwise_run
from wording import Text

# Loops that songwriters know by name, as roots and modes in the key.
_KNOWN = MappingProxyType(
    {
        "I V vi IV": Text("the four-chord loop of countless pop songs", "流行歌里的“万能和弦”1564"),
        "vi IV I V": Text(
            "the four-chord pop loop begun on the minor", "从小和弦起步的万能和弦 6415"
        ),
        "I vi IV V": Text("the doo-wop progression of the fifties", "五十年代的 1645 进行"),
        "I vi ii V": Text("the classic turnaround", "经典的 1625 循环"),
        "IV V iii vi": Text('the "royal road" of Asian pop', "“王道进行”4536"),
        "I V vi iii": Text("the opening of Pachelbel's canon", "卡农进行 1563"),
        "i VII VI V": Text("the Andalusian cadence", "安达卢西亚终止"),
        "i VI III VII": Text("the minor four-chord loop", "小调万能和弦 1637"),
        "ii V I": Text("the ii–V–I of jazz", "爵士的 2-5-1"),
        "ii V i": Text("the minor ii–V–i of jazz", "爵士小调 2-5-1"),
        "I bVII IV": Text("the rock loop with the flat seventh", "带降七级的摇滚循环"),
        "iii VI ii V": Text("a chain of falling fifths", "五度循环 3625"),
        "i VI VII III": Text(
            "the minor loop VI–VII–III, which drifts from the minor home to its bright relative",
            "小调 1-6-7-3 循环，从小调主和弦滑向明亮的关系大调",
        ),
        "i v VI III": Text(
            "a minor loop without a leading tone, soft and modal",
            "不带导音的小调循环，柔和、带调式味",
        ),
        "i iv VII III": Text(
            "falling fifths from the minor home to its relative major",
            "从小调主和弦五度下行到关系大调",
        ),
        "i iv ii V": Text("the minor turnaround of jazz", "爵士小调的 1-4-2-5 循环"),
        "I VI ii V": Text("the turnaround with a dominant on VI", "六级用属七的 1625 循环"),
        "I IV V I": Text(
            "the three main chords: home, away, tension, home", "三个正三和弦：主—下属—属—主"
        ),
        "i VII VI VII": Text("the rocking minor loop i–VII–VI–VII", "小调 1-7-6-7 循环"),
    }
)
_CADENCES = MappingProxyType(
    {
        ("dominant", "tonic"): Text("ends at rest, dominant to tonic", "以属到主的终止收束"),
        ("predominant", "tonic"): Text("ends softly, subdominant to tonic", "以下属到主柔和收束"),
        ("tonic", "dominant"): Text(
            "stops on the dominant and wants to go on", "停在属功能上，期待继续"
        ),
        ("predominant", "dominant"): Text(
            "rises through the subdominant to the dominant, so it pulls back to the start",
            "经下属推到属功能，自然拉回开头",
        ),
        ("dominant", "predominant"): Text(
            "ends open on the subdominant, so it can circle", "停在下属上，适合循环"
        ),
        ("tonic", "predominant"): Text(
            "ends open on the subdominant, so it can circle", "停在下属上，适合循环"
        ),
    }
)


def why(names: Sequence[str], chords: Sequence[Chord], key: Key) -> Text:
    """Two to four sentences: what the loop is, its colours, its line, its ending."""
    return in_sentences(reasons(names, chords, key))


def in_sentences(parts: Sequence[Text]) -> Text:
    """The parts one after another."""
    english = " ".join(_sentence(part.en) for part in parts)
    return Text(english, "".join(f"{part.zh}。" for part in parts))


def reasons(
    names: Sequence[str], chords: Sequence[Chord], key: Key, said: Collection[Text] = ()
) -> list[Text]:
    """Two to four things to say of a progression, the most telling ones; `names` are its bars and
    `chords` its changes. What is in `said` was said of another one in the same answer."""
    numerals = analyse(chords, key)
    named = [part for part in _named(numerals, names, key) if part not in said]
    parts = [*named, *_colours(chords, numerals, key), *_line(names, key)]
    ending = _ending(chords, numerals, key)
    if ending not in said:
        parts.append(ending)
    if len(parts) < 3:
        more = (
            *_held(chords, key),
            *_roots(chords, key),
            *_tension(names, key),
            _home(numerals, key),
        )
        fresh = [part for part in more if part not in said]
        parts[len(named) : len(named)] = fresh[: 3 - len(parts)]
    return parts or [ending]


def _held(chords: Sequence[Chord], key: Key) -> list[Text]:
    """The tone that sounds on through three chords or more, the longest such run."""
    best: tuple[int, list[Chord]] = (0, [])
    for pitch in range(12):
        run: list[Chord] = []
        for chord in chords:
            run = [*run, chord] if pitch in chord.pitch_classes else []
            if len(run) > max(2, len(best[1])) and len({c.root for c in run}) == len(run):
                best = (pitch, run)
    pitch, run = best
    if not run:
        return []
    note, row = key.spell(pitch), [chord.symbol for chord in run]
    return [
        Text(
            f"{note} sounds through {', '.join(row[:-1])} and {row[-1]}, so one voice can stay",
            f"{note} 音贯穿 {'、'.join(row)}，可以有一个声部一直不动",
        )
    ]


# Semitones by which roots move, and how that is called.
_MOTIONS = MappingProxyType(
    {
        (5,): Text("the roots fall by fifths", "根音连续五度下行"),
        (7,): Text("the roots rise by fifths", "根音连续五度上行"),
        (8, 9): Text("the roots fall by thirds", "根音连续三度下行"),
        (3, 4): Text("the roots rise by thirds", "根音连续三度上行"),
    }
)


def _roots(chords: Sequence[Chord], key: Key) -> list[Text]:
    """The longest run of roots by one kind of step, of three chords or more."""
    best: tuple[Text | None, list[Chord]] = (None, [])
    for steps, moving in _MOTIONS.items():
        run = list(chords[:1])
        for before, chord in pairwise(chords):
            run = [*run, chord] if (chord.root - before.root) % 12 in steps else [chord]
            if len(run) > max(2, len(best[1])) and all(c.sounds for c in run):
                best = (moving, run)
    name, run = best
    if name is None:
        return []
    line = "–".join(key.spell(chord.root) for chord in run)
    return [Text(f"{name.en}, {line}", f"{name.zh} {line}")]


def _tension(names: Sequence[str], key: Key) -> list[Text]:
    """Where the dominant stands, when that is something to say."""
    bars = [item.function for item in analyse([parse_chord(name) for name in names], key)]
    tense = [at for at, function in enumerate(bars) if function == "dominant"]
    if not tense and len(names) > 2:
        return [
            Text(
                "there is no dominant, so it floats instead of pulling home",
                "没有属功能和弦，漂着走，不急着回家",
            )
        ]
    if tense == [len(bars) - 1]:
        last = names[-1]
        return [
            Text(f"tension is saved for the last bar, {last}", f"紧张感留到最后一小节的 {last}")
        ]
    if tense and tense[0] == 1:
        return [
            Text(
                f"it leaves home at once: {names[1]} brings tension in bar 2",
                f"第二小节的 {names[1]} 就带来张力，一开头就离家",
            )
        ]
    return []


def _sentence(text: str) -> str:
    start = text[:1]
    # Symbols and numerals such as "iv" keep their case.
    return (
        (start.upper() if text[1:2].islower() and text.split(maxsplit=1)[0].islower() else start)
        + text[1:]
        + "."
    )


def plain_numeral(numeral: Numeral) -> str:
    """Root and mode only: "V7" is V, "viiø7" is vii; secondary dominants by their own root."""
    match = re.match(r"[b#]*[ivIV]+", numeral.text.split("/")[0])
    return match[0] if match else ""


def _named(numerals: Sequence[Numeral], names: Sequence[str], key: Key) -> list[Text]:
    bars = len(names)
    row = " ".join(
        plain_numeral(item) for item in numerals if "/" not in item.text or item.text[-1].isdigit()
    )
    if bars == 12 and any(item.role == "blues" for item in numerals):
        return [_blues(names, key)]
    if bars == 12 and row.startswith("i iv i") and " V " in f" {row} ":
        return [Text("this is a twelve-bar minor blues", "这是十二小节小调布鲁斯")]
    found = [(row.find(loop), name) for loop, name in _KNOWN.items() if _has(row, loop)]
    return [
        Text(f"it rests on {name.en}", f"骨架是{name.zh}")
        for _, name in sorted(found, key=lambda f: f[0])[:1]
    ]


def _blues(names: Sequence[str], key: Key) -> Text:
    """A twelve-bar blues, with a quick change or without."""
    quick = (parse_chord(names[1]).root - key.tonic) % 12 == 5
    if quick:
        return Text(
            f"this is a twelve-bar blues with a quick change: {names[1]} comes in bar 2 already",
            f"这是带“快速变化”的十二小节布鲁斯：第 2 小节就到 {names[1]}",
        )
    return Text(
        "this is a twelve-bar blues: four bars at home, two on IV, and a turn through V",
        "这是十二小节布鲁斯：四小节主和弦，两小节下属，再经属和弦转回",
    )


def _has(row: str, loop: str) -> bool:
    return f" {loop} " in f" {row} "


def _home(numerals: Sequence[Numeral], key: Key) -> Text:
    outside = [item for item in numerals if item.role not in ("diatonic", "blues")]
    home = key.in_words("zh")
    if any(item.role == "blues" for item in numerals):
        return Text("the sevenths on I and IV are the blue notes", "I 级和 IV 级上的七音就是蓝调音")
    if outside:
        return Text(f"{key.name} stays the centre", f"以{home}为中心")
    return _functions(numerals, key)


_WORDS = MappingProxyType(
    {
        "tonic": Text("home", "主"),
        "predominant": Text("departure", "下属"),
        "dominant": Text("tension", "属"),
    }
)


def _functions(numerals: Sequence[Numeral], key: Key) -> Text:
    """The functions in order: "all in C major: home (I), departure (IV), tension (V)"."""
    steps: list[tuple[str, list[str]]] = []
    for item in numerals:
        if item.function not in _WORDS:
            continue
        name = plain_numeral(item)
        if not steps or steps[-1][0] != item.function:
            steps.append((item.function, [name]))
        elif name not in steps[-1][1]:
            steps[-1][1].append(name)
    shown = steps[:4]
    english = ", ".join(f"{_WORDS[kind].en} ({'–'.join(names)})" for kind, names in shown)
    chinese = " → ".join(f"{_WORDS[kind].zh}（{'–'.join(names)}）" for kind, names in shown)
    return Text(f"all in {key.name}: {english}", f"全在{key.in_words('zh')}内：{chinese}")


def _colours(chords: Sequence[Chord], numerals: Sequence[Numeral], key: Key) -> list[Text]:
    """The most telling chords from outside the key, at most two."""
    found: dict[tuple[str, str], Text] = {}
    for chord, item, after in zip(chords, numerals, [*chords[1:], chords[0]], strict=True):
        if item.role in ("diatonic", "blues", "none") or _mark(item) in found:
            continue
        text = explain(item, chord.symbol, key)
        if item.role == "borrowed" and after is not chord:
            mood = _borrowed(chord, after, key)
            text = Text(f"{text.en}{mood.en}", f"{text.zh}{mood.zh}")
        found[_mark(item)] = text
    return list(found.values())[:2]


def _mark(item: Numeral) -> tuple[str, str]:
    """G7 and G9 that lead to the same chord are one thing to tell."""
    return item.role, item.target or plain_numeral(item)


def _borrowed(chord: Chord, after: Chord, key: Key) -> Text:
    sixth = (key.tonic + 8) % 12
    if not key.is_minor and sixth in chord.pitch_classes:
        note = _name(sixth, chord)
        if after.pitch_classes and (sixth - 1) % 12 in after.pitch_classes:
            low = _name((sixth - 1) % 12, after)
            return Text(
                f"; its {note} sighs down to {low} in {after.symbol}",
                f"，其中的 {note} 半音下行到 {after.symbol} 的 {low}",
            )
        return Text(
            f" and darkens the turn to {after.symbol}", f"，让走向 {after.symbol} 的转折变暗"
        )
    if not key.is_minor:
        return Text(" and broadens the sound", "，让音响更开阔")
    if (key.tonic + 1) % 12 in chord.pitch_classes:  # the flat second of Phrygian
        return Text(" and darkens the colour", "，色彩更暗")
    return Text(" and lets some light in", "，透进一点亮色")


def _name(pitch: int, chord: Chord) -> str:
    """The pitch class as the chord spells it."""
    return chord.note_names[chord.pitch_classes.index(pitch)]


def _line(names: Sequence[str], key: Key) -> list[Text]:
    direction, run = stepwise_run(names)
    if not direction:
        return []
    line = "–".join(key.spell(pitch) for pitch in run)
    if direction < 0:
        return [Text(f"the bass walks down {line}", f"低音级进下行 {line}")]
    return [Text(f"the bass climbs {line}", f"低音级进上行 {line}")]


def _ending(chords: Sequence[Chord], numerals: Sequence[Numeral], key: Key) -> Text:
    if len(numerals) < 2:
        return Text("one chord carries it all", "一个和弦贯穿到底")
    before, last = numerals[-2], numerals[-1]
    end = chords[-1]
    step = (chords[0].root - end.root) % 12
    if end.root != key.tonic and step == 5 and end.quality in ("dominant", "major", "suspended"):
        first = chords[0].symbol
        return Text(
            f"{end.symbol} at the end falls a fifth back into {first}",
            f"结尾的 {end.symbol} 以五度落回 {first}",
        )
    if end.root == key.tonic and (chords[-2].root - key.tonic) % 12 == 10:
        return Text(
            f"{chords[-2].symbol} steps up a tone into {end.symbol}, without a leading tone",
            f"{chords[-2].symbol} 不经导音，全音上行到 {end.symbol}",
        )
    functions = tuple("tonic" if f == "none" else f for f in (before.function, last.function))
    if last.function == "tonic" and end.root != key.tonic:
        return _stand_in(chords[0], end, key)
    known = _CADENCES.get((functions[0], functions[1]))
    if known is None:
        low = str(spell(end.bass)) if not end.sounds else end.symbol
        return Text(f"it hangs on {low} before it turns round", f"悬在 {low} 上，再转回开头")
    return Text(f"it {known.en}", known.zh)


def _stand_in(first: Chord, end: Chord, key: Key) -> Text:
    """What a last chord does that has the tonic's function but not its root."""
    if key.is_minor and (end.root - key.tonic) % 12 == 3:
        return Text(
            f"{end.symbol} at the end is the relative major: a little light before the loop "
            f"sinks back to {first.symbol}",
            f"结尾的 {end.symbol} 是关系大调的主和弦，透出一点亮光，再落回 {first.symbol}",
        )
    return Text(
        f"it rests on {end.symbol} in the tonic's stead, so the ending stays open",
        f"用 {end.symbol} 代替主和弦收尾，留有余味",
    )
