"""What chord comes next, as symbols: the sequence model over all likely keys, repeats included,
and every chord written the way the song writes its chords."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from music.chords import BadChord, Chord, parse_chord
from music.key_finding import KeyScore
from music.keys import Key, parse_key
from music.spelling import by_fifths
from tools.harmony._ngrams import Vector
from tools.harmony._place import Place
from tools.harmony._repeats import repeat_chance
from tools.harmony._vocabulary import TYPES, frame, symbol, token
from tools.harmony.key_finding import keys_of_chords
from tools.harmony.sequence import ChordModel, chord_model, domain_of, without_repeats

_POSSIBLE, _FRAMES = (
    0.05,
    4,
)  # keys rarer than this share of the likeliest, or further, do not count
_MOST_ACCIDENTALS = 7
_WRITTEN = re.compile(r"([A-G](?:[#b♯♭]+)?)(.*?)(?:/[A-G][#b♯♭]*)?")
_SHORT = 2  # chords that may come from the middle of anything


@dataclass(frozen=True)
class Expectation:
    """Probabilities [SIZE] of the next chord in a key, counted from pitch class 0, summing to 1."""

    key: Key
    probabilities: Vector
    copied: frozenset[int]
    writing: Writing

    def ranked(self, limit: int) -> list[int]:
        """The tokens with any probability, the likeliest first."""
        order = np.argsort(-self.probabilities, kind="stable")[:limit].tolist()
        return [item for item in order if self.probabilities[item] > 0]

    def symbol(self, item: int) -> str:
        """A token as the song would write it."""
        return self.writing.symbol(item, self.key)


class Writing:
    """How a row of chords spells roots and writes types: whoever writes "D-7" reads "G-7"."""

    def __init__(self, texts: Sequence[str]) -> None:
        whole: dict[int, Counter[str]] = {}
        roots: dict[int, Counter[str]] = {}
        types: dict[int, Counter[str]] = {}
        for text, times in Counter(texts).items():
            match = _WRITTEN.fullmatch(text.strip())
            if match is None or (item := _read(match[1] + match[2])) is None:
                continue
            for table, index, name in ((whole, item, match[1] + match[2]),
                                       (roots, item // len(TYPES), match[1]),
                                       (types, item % len(TYPES), match[2])):  # fmt: skip
                table.setdefault(index, Counter())[name] += times
        self._whole, self._roots, self._types = (_usual(t) for t in (whole, roots, types))

    def symbol(self, item: int, key: Key) -> str:
        """The token's symbol, its root spelled for the key unless the song spells it otherwise."""
        root, kind = divmod(item, len(TYPES))
        if item in self._whole:
            return self._whole[item]
        plain = symbol(item, 0, key)
        name = self._roots.get(root, parse_chord(plain).root_name)
        own = name + self._types.get(kind, TYPES[kind])
        return own if _read(own) == item else plain


def _usual(table: Mapping[int, Counter[str]]) -> dict[int, str]:
    return {index: found.most_common(1)[0][0] for index, found in table.items()}


def _read(text: str) -> int | None:
    try:
        chord = parse_chord(text)
    except BadChord:
        return None
    return token(chord, 0) if chord.sounds else None


def expectation(
    history: Sequence[Chord],
    texts: Sequence[str],
    key: Key | None,
    style: str | None,
    place: Place,
    model: ChordModel | None = None,
) -> Expectation:
    """After these sounding chords, written as `texts`. Without a key all likely ones count; `model`
    replaces the shipped one."""
    keys = likely_keys(history) if key is None else [KeyScore(key, 1.0)]
    frames: dict[int, float] = {}
    for item in keys:
        origin = frame(item.key)
        if origin in frames or len(frames) < _FRAMES:
            frames[origin] = frames.get(origin, 0.0) + item.score
    total = sum(frames.values())
    shares = {origin: score / total for origin, score in frames.items()}
    items = [token(chord, 0) for chord in history]
    changes = without_repeats(items)
    model = model or chord_model()
    p = model.expected(changes, shares, style, len(changes) >= _SHORT, place)
    again = repeat_chance(items, model.repeats[domain_of(style)])
    if items:
        p = p * (1 - again)
        p[items[-1]] = again
    named = key or _spelled_like(keys[0].key, history)
    return Expectation(named, p, _copied(changes), Writing(texts))


def likely_keys(history: Sequence[Chord]) -> list[KeyScore]:
    """The keys that the history may be in, the likeliest first; C major for none."""
    if not history:
        return [KeyScore(parse_key("C"), 1.0)]
    found = keys_of_chords(history)
    return [item for item in found if item.score >= _POSSIBLE * found[0].score]


def _spelled_like(key: Key, history: Sequence[Chord]) -> Key:
    """The key by the name, Gb or F#, that spells more of the roots as they are written."""
    around = [key.tonic_name.fifths + turn for turn in (0, 12, -12)]
    names = [Key(by_fifths(fifths), key.mode) for fifths in around]
    readable = [name for name in names if abs(name.fifths) <= _MOST_ACCIDENTALS]
    return max(
        readable or [key],
        key=lambda name: sum(name.spell(chord.root) == chord.root_name for chord in history),
    )


def _copied(changes: Sequence[int]) -> frozenset[int]:
    """The chords that followed when the last two came before."""
    pair = changes[-2:]
    ends = range(2, len(changes))
    return frozenset(changes[at] for at in ends if changes[at - 2 : at] == pair)
