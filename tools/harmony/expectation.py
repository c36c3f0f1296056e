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

# Frames less probable than this share of the likeliest do not count, nor more than so many.
_POSSIBLE, _FRAMES = 0.03, 4
# How far a named key is doubted, and the probability of frames that nothing speaks for: no loss
# where the key is right, little where it is wrong.
_DOUBT, _UNHEARD = 0.3, 1e-3
_MOST_ACCIDENTALS = 7
_WRITTEN = re.compile(r"([A-G](?:[#b♯♭]+)?)(.*?)(?:/[A-G][#b♯♭]*)?")
_SHORT = 2  # a single chord may come from the middle of anything


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
    heard = keys_of_chords(history) if history else [KeyScore(key or parse_key("C"), 1.0)]
    shares = _shares(heard, key)
    items = [token(chord, 0) for chord in history]
    changes = without_repeats(items)
    model = model or chord_model()
    p = model.expected(changes, shares, style, len(changes) >= _SHORT, place)
    again = repeat_chance(items, model.repeats[domain_of(style)])
    if items:
        p = p * (1 - again)
        p[items[-1]] = again
    named = key or _spelled_like(heard[0].key, history)
    return Expectation(named, p, _copied(changes), Writing(texts))


def _shares(heard: Sequence[KeyScore], key: Key | None) -> dict[int, float]:
    """Probabilities of the frames that count. A key that was named is believed before anything is
    heard, but songs leave their key, and charts name keys wrongly."""
    scores = dict.fromkeys(range(12), _UNHEARD)
    for item in heard:
        scores[frame(item.key)] += item.score
    if key is not None:
        for origin in scores:
            scores[origin] *= _DOUBT / 12 + (1 - _DOUBT) * (origin == frame(key))
    ordered = sorted(scores.items(), key=lambda pair: -pair[1])[:_FRAMES]
    kept = {origin: score for origin, score in ordered if score >= _POSSIBLE * ordered[0][1]}
    total = sum(kept.values())
    return {origin: score / total for origin, score in kept.items()}


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
