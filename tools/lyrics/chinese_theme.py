"""What a theme calls for in Chinese: its own words, and words of the fields it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tools.lyrics.chinese_model import chinese_model
from tools.lyrics.chinese_split import content_words
from tools.lyrics.chinese_words import Field, fields

_CLASSICAL = ("国风", "古风", "宋词", "元曲", "古典", "诗词", "词牌", "ci", "classical chinese")
_MOST = 5
"""Words of a theme that the model is told."""


@dataclass(frozen=True)
class Word:
    """A word for a line and how strongly the theme calls for it (0 to 1)."""

    text: str
    affinity: float


def style_of(style: str) -> str:
    """ "ci" for classical wishes, "song" for all others."""
    lower = style.lower()
    named = any(name in lower for name in _CLASSICAL if not name.isascii())
    return "ci" if named or set(lower.split()) & {"ci", "songci", "guofeng", "gufeng"} else "song"


def subject(theme: str) -> list[str]:
    """The words that the model is told: the theme's own, or for a theme in another language the
    names of the fields it belongs to."""
    own = content_words(theme)
    if not own and any(map(_han, theme)):
        own = ["".join(filter(_han, theme))[:4]]
    if not own:
        own = [field.names[0] for field in _named(theme.lower())]
    return own[:_MOST]


def images(theme: str) -> list[str]:
    """Words of the fields that the theme names: things that can be seen or felt."""
    return [w for field in _named(theme.lower()) for texts in field.words.values() for w in texts]


@lru_cache(maxsize=64)
def theme_words(theme: str) -> dict[str, tuple[Word, ...]]:
    """Words by class: of the fields that the theme names or lies near, and those of every theme."""
    words: dict[str, dict[str, float]] = {}
    for chosen, affinity in _fields_of(theme):
        for name, texts in chosen.words.items():
            known = words.setdefault(name, {})
            for text in texts:
                known[text] = max(affinity, known.get(text, 0.0))
    own = theme.strip()
    if 1 < len(own) <= 3 and all(map(_han, own)) and not _named(theme.lower()):
        words["thing"][own] = words["feel"][own] = 1.0
    return {name: tuple(Word(t, a) for t, a in known.items()) for name, known in words.items()}


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _fields_of(theme: str) -> list[tuple[Field, float]]:
    general, *special = fields()
    named = _named(theme.lower())
    found = [(general, 0.25), *((f, 1.0) for f in named)]
    if not named:
        found += [(f, 0.8) for f in _nearest(theme, special)]
    return found


def _named(theme: str) -> list[Field]:
    return [f for f in fields()[1:] if any(_calls(name, theme) for name in f.names)]


def _calls(name: str, theme: str) -> bool:
    return name in (theme.split() if name.isascii() else theme)


def _nearest(theme: str, special: Sequence[Field]) -> list[Field]:
    """The two fields whose words are used most like the theme's characters."""
    model = chinese_model()
    vector = model.vector(theme)
    likeness = [
        (float(vector @ model.vector("".join(w for ws in f.words.values() for w in ws))), k)
        for k, f in enumerate(special)
    ]
    return [special[k] for value, k in sorted(likeness, reverse=True)[:2] if value > 0]
