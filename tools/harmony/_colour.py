"""What a style and a mood make of chords: which types they like, and how triads are enriched."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from types import MappingProxyType

import numpy as np

from music.keys import Key
from tools._moods import Mood
from tools.harmony._ngrams import Vector
from tools.harmony._vocabulary import SIZE, TYPES, frame, intervals, root_of, type_of
from tools.styles import Style

# How welcome chords outside the key are (1 = as in the corpora); styles not named: 0.6.
_CHROMATIC = MappingProxyType(
    {
        "jazz": 1.0, "bossa_nova": 1.0, "rnb": 0.9, "soul": 0.8, "blues": 0.8, "classical": 0.5,
        "waltz": 0.6, "lofi": 0.9, "folk": 0.2, "hymn": 0.35, "chinese": 0.08, "country": 0.45,
        "reggae": 0.25, "punk": 0.3, "electronic": 0.25, "pop": 0.5, "ballad": 0.6,
    }
)  # fmt: skip
_PLAIN = MappingProxyType({"": 1.0, "m": 1.0, "7": 0.5, "dim": 0.5, "sus4": 0.4, "m7": 0.3})
_TYPE_WEIGHTS = MappingProxyType(
    {
        "power": {"": 1.0, "m": 0.8, "5": 3.0, "sus4": 0.3, "sus2": 0.2},
        "triad": dict(_PLAIN),
        "add": {**_PLAIN, "add9": 1.5, "sus2": 1.0, "maj7": 0.8, "m7": 0.8, "7": 0.3},
        "seventh": {"": 0.5, "m": 0.5, "7": 1.0, "maj7": 1.2, "m7": 1.2, "m7b5": 1, "dim7": 0.8,
                    "7sus4": 0.7, "9": 0.6, "m9": 0.6, "maj9": 0.6},
        "extended": {"": 0.5, "m": 0.4, "7": 1.0, "maj7": 1.2, "m7": 1.2, "m7b5": 1.2, "dim7": 1.0,
                     "9": 1.0, "m9": 1.0, "maj9": 1.0, "13": 0.8, "7b9": 0.8, "6": 0.8, "m6": 0.8,
                     "9sus4": 0.7, "7sus4": 0.7, "6/9": 0.7, "7alt": 0.6, "7#5": 0.4},
        "dominant": {"": 0.5, "m": 0.5, "7": 2.0, "9": 1.5, "m7": 1.0, "dim7": 0.8, "13": 0.8,
                     "7#9": 0.7},
    }
)  # fmt: skip
_UNUSUAL = 0.03
_DREAMY = frozenset(("maj7", "add9", "sus2", "maj9", "m9", "9sus4", "6/9"))


def chromatic_share(style: Style) -> float:
    """How welcome chords outside the key are in a style, 1 = as in the corpora."""
    return _CHROMATIC.get(style.name, 0.6)


# What a spice asks of chords outside the key, whatever the style is used to.
_SPICE = MappingProxyType({0: 0.0005, 1: 0.3, 2: 1.0, 3: 2.0})


@cache
def leanings(style: Style, mood: Mood | None, key: Key, spice: int | None = None) -> Vector:
    """Factors for every token: above 1 where style and mood like it better than songs at large.

    `spice` 0 to 3 says how welcome chords outside the key are; None leaves it to the style.
    """
    weights = np.ones(SIZE)
    types = _TYPE_WEIGHTS[style.harmony.colour]
    home = {(pitch - frame(key)) % 12 for pitch in key.pitch_classes}
    darker = {(pitch - frame(key)) % 12 for pitch in _parallel_minor(key)}
    outside = chromatic_share(style) if spice is None else _SPICE[spice]
    for item in range(SIZE):
        kind = type_of(item)
        tones = {(root_of(item) + step) % 12 for step in intervals(kind)}
        weights[item] = types.get(kind, _UNUSUAL)
        # The leading tone of a minor key belongs to it; sevenths of a blues do as well.
        free = home | {8} if key.is_minor else home
        blue = style.harmony.colour == "dominant" and kind in ("7", "9", "13")
        if not tones <= free and not blue:
            weights[item] *= outside
        if mood is not None and (spice != 0 or tones <= free):
            weights[item] *= _mood_factor(mood, kind, tones, free, darker)
    return weights


def _mood_factor(mood: Mood, kind: str, tones: set[int], home: set[int], darker: set[int]) -> float:
    factor = 1.0
    minor = kind.startswith("m") and not kind.startswith("maj")
    if minor:
        factor *= 1.0 - 0.6 * mood.valence
    elif mood.valence > 0:
        factor *= 1.0 + 0.3 * mood.valence
    borrowed = not tones <= home and tones <= darker
    if borrowed:
        factor *= {"nostalgic": 4.0, "romantic": 2.0, "dreamy": 2.0}.get(mood.name, 1.0)
        factor *= 3.5 if mood.valence < -0.2 else 1.0
    if kind in _DREAMY and mood.name in ("dreamy", "romantic", "calm", "nostalgic"):
        factor *= 2.5
    if kind in ("dim", "dim7", "m7b5", "7b9") and mood.name in ("dark", "angry"):
        factor *= 2.5
    if kind in ("5", "7") and mood.name in ("energetic", "angry"):
        factor *= 1.6
    return factor


def _parallel_minor(key: Key) -> tuple[int, ...]:
    """Tones that the minor (or phrygian, for minor keys) mode on the tonic would lend."""
    from_mode = "phrygian" if key.is_minor else "minor"
    return Key(key.tonic_name, from_mode).pitch_classes


def enriched(items: Sequence[int], style: Style, key: Key, rng: random.Random) -> list[int]:
    """The tokens with the chord types that the style plays: sevenths in jazz, fifths in metal."""
    colour = style.harmony.colour
    found = []
    if colour == "power" and rng.random() < 0.35:
        colour = "triad"  # a guitarist plays fifths throughout, or full chords throughout
    for place, item in enumerate(items):
        following = items[(place + 1) % len(items)]
        last = place == len(items) - 1
        found.append(_with_type(item, _enrich(item, following, colour, key, rng, last)))
    return found


def _with_type(item: int, kind: str) -> int:
    return root_of(item) * len(TYPES) + TYPES.index(kind)


def _enrich(
    item: int, following: int, colour: str, key: Key, rng: random.Random, last: bool
) -> str:
    kind = type_of(item)
    step = (root_of(item) + frame(key) - key.tonic) % 12
    falls = (root_of(following) - root_of(item)) % 12 == 5
    if colour == "power":
        return "5" if kind in ("", "m") else kind
    if colour == "add":
        airy = kind == "" and step in (0, 5) and not last and rng.random() < 0.18
        return rng.choice(("add9", "maj7", "sus2")) if airy else kind
    if colour == "dominant":
        return {"": "7", "m": "m7", "maj7": "7", "5": "7"}.get(kind, kind)
    if colour in ("seventh", "extended"):
        return _seventh(kind, step, falls, key, colour == "extended", rng)
    return kind


def _seventh(kind: str, step: int, falls: bool, key: Key, rich: bool, rng: random.Random) -> str:
    if kind in ("", "5", "sus2", "add9"):
        diatonic_major = step in ((3, 8) if key.is_minor else (0, 5))
        dominant = (falls and step not in (0, 5)) or step in (7, 10)
        kind = "maj7" if diatonic_major or not dominant else "7"
    elif kind == "m":
        kind = "m6" if key.is_minor and step == 0 and rng.random() < 0.3 else "m7"
    elif kind == "dim":
        kind = "m7b5" if step in (2, 11) else "dim7"
    if not rich or rng.random() < 0.6:
        return kind
    return rng.choice(_richer(kind, step, key))


def _richer(kind: str, step: int, key: Key) -> tuple[str, ...]:
    """Tensions that belong to the key: no ninth on iii, a flat one on the dominant of a minor
    chord."""
    ninth, thirteenth, flat = ((step + above) % 12 in key.steps for above in (2, 9, 1))
    if kind == "maj7":
        return ("maj9", "6/9", "6") if ninth and thirteenth else ("maj7",)
    if kind == "m7":
        return ("m9",) if ninth else ("m7",)
    if kind == "7" and ninth:
        return ("9", "13") if thirteenth else ("9",)
    if kind == "7":
        return ("7b9",) if flat else ("7",)
    return (kind,)
