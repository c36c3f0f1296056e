"""Why a chord may come next, in one clause: what the step from the last chord does in the key."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from music.chords import Chord, parse_chord
from music.keys import Key, parse_key
from music.roman import analyse, numeral
from wording import Text

_FUNCTIONS = MappingProxyType(
    {
        "tonic": Text("tonic function: at rest", "主功能，安定"),
        "predominant": Text("predominant: sets off from home", "下属功能，离开主和弦"),
        "dominant": Text("dominant function: wants to go home", "属功能，倾向主和弦"),
    }
)
_STAYS = Text("the same chord once more", "和弦不变，再停留一次")
_AGAIN = Text("as it went before", "与前面的走法相同")
_HOME = Text("home: the tonic", "回到主和弦")
_BLUES = Text(
    "the tonic with a seventh: blues colour, or on its way to IV",
    "主和弦加小七度：布鲁斯色彩，或准备走向 IV",
)
_BLUES_FOUR = Text("IV with a seventh: blues colour", "IV 级加小七度：布鲁斯色彩")
_COLOUR = Text("a colour from outside the key", "调外的色彩和弦")
_DIMINISHED = ("diminished", "half-diminished")


def reason(before: Chord | None, chord: Chord, key: Key, copied: bool) -> Text:
    """The clause for a chord after another, or at the start (None). `copied` says that the song
    went this way before."""
    if before is not None and _same(before, chord):
        return _STAYS
    plain = _step(before, chord, key) or _alone(chord, key)
    if copied:
        return Text(f"{_AGAIN.en}; {plain.en}", f"{_AGAIN.zh}；{plain.zh}")
    return plain


def _same(a: Chord, b: Chord) -> bool:
    return a.root == b.root and a.pitch_classes == b.pitch_classes


def _step(before: Chord | None, chord: Chord, key: Key) -> Text | None:
    """What two chords do together, where that has a name."""
    if before is None:
        return None
    cadence = _cadence(before, chord, key)
    if cadence is not None:
        return cadence
    move = (chord.root - before.root) % 12
    seventh = before.quality == "dominant"
    if move == 5 and before.is_minor and chord.quality == "dominant":
        return _two_five(chord, key)
    if move == 5 and (seventh or before.root == (key.tonic + 7) % 12) and not before.is_minor:
        name = before.root_name + before.suffix
        return Text(f"{name} resolves down a fifth into it", f"{name} 下行五度解决到这里")
    moves = (
        (
            move == 11 and seventh and chord.quality not in _DIMINISHED,
            Text(
                "the bass slides down a semitone, as a tritone substitute resolves",
                "低音下行半音，像三全音替代那样解决",
            ),
        ),
        (
            move == 1 and before.quality in _DIMINISHED,
            Text("the leading-tone chord rises into it", "导和弦上行半音解决"),
        ),
        (
            move in (1, 2) and chord.quality in _DIMINISHED,
            Text("passing chord that leads the bass upwards", "经过和弦，引低音上行"),
        ),
    )
    return next((text for holds, text in moves if holds), None)


def _cadence(before: Chord, chord: Chord, key: Key) -> Text | None:
    """The cadence that two chords make in the key."""
    came, home = (before.root - key.tonic) % 12, (chord.root - key.tonic) % 12
    at_home = home == 0 and chord.is_minor == key.is_minor and chord.quality != "dominant"
    pulls = came == 7 and "3" in before.degrees
    elsewhere = (8, False) if key.is_minor else (9, True)
    cadences = (
        (
            at_home and pulls,
            Text("authentic cadence: the dominant resolves home", "正格终止：属和弦解决到主和弦"),
        ),
        (
            at_home and came == 5,
            Text("plagal cadence, softer than from V", "变格终止，比属到主柔和"),
        ),
        (
            at_home and came == 10 and before.quality == "dominant",
            Text("backdoor cadence: bVII7 slips home", "后门进行：降七级属七和弦滑回主和弦"),
        ),
        (
            pulls and (home, chord.is_minor) == elsewhere,
            Text(
                "deceptive cadence: not the tonic that was expected",
                "阻碍终止：没有回到预期的主和弦",
            ),
        ),
    )
    return next((text for holds, text in cadences if holds), None)


def _two_five(chord: Chord, key: Key) -> Text:
    """The dominant of a two-five, and where it leads."""
    if (chord.root + 5 - key.tonic) % 12 == 0:
        return Text("ii–V: now home is expected", "二五进行：接下来期待主和弦")
    name = key.spell((chord.root + 5) % 12)
    return Text(f"ii–V that aims at {name}", f"二五进行，指向 {name}")


@lru_cache(maxsize=4096)
def _alone(chord: Chord, key: Key) -> Text:
    """What the chord is in the key by itself."""
    found = analyse([chord], key)[0]
    if found.role == "diatonic":
        at_home = chord.root == key.tonic
        return _HOME if at_home else _FUNCTIONS.get(found.function, _COLOUR)
    if chord.root == key.tonic and chord.quality == "dominant":
        return _BLUES
    if chord.quality == "dominant" and (chord.root - key.tonic) % 12 == 5:
        return _BLUES_FOUR
    if chord.quality == "dominant" or found.source.endswith("lydian"):
        return _leads(chord, key) or _lent(found.source) or _COLOUR
    if chord.quality == "major":
        return _lent(found.source) or _leads(chord, key) or _COLOUR
    return _lent(found.source) or _COLOUR


def _lent(source: str) -> Text | None:
    """That the chord comes from a parallel key, if it does."""
    if not source:
        return None
    key = parse_key(source)
    return Text(f"borrowed from {key.in_words('en')}", f"借自同主音的{key.in_words('zh')}")


def _leads(chord: Chord, key: Key) -> Text | None:
    """Which degree of the key a dominant leads to; None where that is outside."""
    target = (chord.root + 5) % 12
    if target == key.tonic:
        return _FUNCTIONS["dominant"]
    if target not in key.pitch_classes:
        return None
    minor = (target + 3) % 12 in key.pitch_classes and (target + 4) % 12 not in key.pitch_classes
    name = key.spell(target) + ("m" if minor else "")
    degree = numeral(parse_chord(name), key)
    return Text(
        f"secondary dominant, leads to {name} ({degree})", f"副属和弦，通向 {name}（{degree}）"
    )
