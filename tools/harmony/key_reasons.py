"""What a musician would point at to say why music is in a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from music.chords import Chord
from music.keys import Key
from music.song import Note
from wording import Text

_RESTING = ("major", "minor", "minor-major", "suspended")


def chords_point_to(chords: Sequence[Chord], key: Key) -> Text:
    """The commonest cadence of the key, else where the tonic stands, else its share of chords."""
    row = [c for at, c in enumerate(chords) if c.sounds and (at == 0 or c != chords[at - 1])]
    found = _cadences(row, key)
    if not found:
        return _tonic(row, key)
    name, cadence = max(found, key=lambda item: (item[0] == "ii–V–I", found[item]))
    times = found[name, cadence]
    name = name.replace("I", "i") if key.is_minor and name != "ii–V–I" else name
    name = "iiø–V–i" if key.is_minor and name == "ii–V–I" else name
    shown = "–".join(cadence)
    often = "" if times == 1 else ", twice" if times == 2 else f", {times} times"
    home = key.in_words("zh")
    often_zh = "" if times == 1 else f"，出现了{times}次"
    return Text(f"{shown} is its {name}{often}", f"{shown} 正是{home}的 {name}{often_zh}")


def _cadences(row: Sequence[Chord], key: Key) -> Counter[tuple[str, tuple[str, ...]]]:
    """ii-V-I, V-I and IV-I in the key, with the symbols that make them."""
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    steps = [(chord.root - key.tonic) % 12 for chord in row]
    for at, chord in enumerate(row):
        home = steps[at] == 0 and chord.is_minor == key.is_minor
        if not home or not at or not (chord.quality in _RESTING or chord.quality == "dominant"):
            continue
        before = row[at - 1]
        if steps[at - 1] == 7 and "3" in before.degrees:
            if at > 1 and steps[at - 2] == 2 and row[at - 2].is_minor:
                cadence = (row[at - 2].symbol, before.symbol, chord.symbol)
                found["ii–V–I", cadence] += 1
            else:
                found["V–I", (before.symbol, chord.symbol)] += 1
        elif steps[at - 1] == 5:
            found["IV–I", (before.symbol, chord.symbol)] += 1
    return found


def _tonic(row: Sequence[Chord], key: Key) -> Text:
    home = [c.root == key.tonic and c.is_minor == key.is_minor for c in row]
    inside = sum(set(c.pitch_classes) <= set(key.pitch_classes) for c in row)
    if len(row) > 1 and home[0] and home[-1]:
        return Text("it begins and ends on the tonic", "开头和结尾都是主和弦")
    if len(row) > 1 and home[-1]:
        return Text("it ends on the tonic", "结尾落在主和弦上")
    if home[0]:
        return Text("it begins on the tonic", "从主和弦开始")
    return Text(
        f"{inside} of {len(row)} chords lie in its scale",
        f"{len(row)} 个和弦里有 {inside} 个在调内",
    )


def notes_point_to(notes: Sequence[Note], key: Key) -> Text:
    """How much of the melody lies in the scale, and whether it ends on the tonic."""
    total = sum(note.duration for note in notes)
    inside = sum(note.duration for note in notes if note.pitch % 12 in key.pitch_classes) / total
    ends = max(notes, key=lambda note: note.onset).pitch % 12 == key.tonic
    english = f"{inside:.0%} of the melody lies in its scale"
    chinese = f"旋律有 {inside:.0%} 的时值在音阶内"
    if ends:
        return Text(f"{english}, and it ends on {key.tonic_name}", f"{chinese}，并结束在主音上")
    return Text(english, chinese)
