"""How the embedded model is asked for an English lyric: a role, two examples, the request."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from models.language import LanguageModel

EXAMPLES = (
    (
        "Write a tender folk song about waiting for someone.",
        "The kettle hums beside the window frame\n"
        "I trace the fog and slowly write your name\n"
        "The neighbour's dog is barking at the moon\n"
        "You said you would be coming home in June",
    ),
    (
        "Write a sad rock song about a last drive.",
        "We drove all night with nothing left to say\n"
        "The radio was playing something slow\n"
        "The mountains turned from violet to grey\n"
        "And somewhere on the way I let you go",
    ),
)
"""Written for this project; they show the model the length and plainness of a sung line."""

_SYSTEM = "You are a songwriter. You write short, singable lines with clear images and plain words."
_CALLED_FOR = 1.5
"""Natural log units that a theme word may gain at most."""
_STRENGTH = 0.3


def lyric_prompt(model: LanguageModel, theme: str, style: str, mood: str) -> str:
    """The text after which the model writes the first line."""
    messages = [{"role": "system", "content": _SYSTEM}]
    for asked, answered in EXAMPLES:
        messages += [
            {"role": "user", "content": asked},
            {"role": "assistant", "content": answered},
        ]
    kind = " ".join(part for part in (mood, style) if part) or "pop"
    article = "an" if kind[0] in "aeiou" else "a"
    messages.append({"role": "user", "content": f"Write {article} {kind} song about {theme}."})
    return model.chat(messages)


@lru_cache(maxsize=8)
def theme_bias(model: LanguageModel, theme: str) -> npt.NDArray[np.float64]:
    """[vocabulary] additions to log probabilities: how much more the theme calls for a word.

    The pointwise mutual information of word and theme by the model itself: its list of words for
    the theme against its list for songs in general.
    """
    gain = np.log(_called(model, theme) + 1e-6) - np.log(_called(model, "life") + 1e-6)
    return np.asarray(_STRENGTH * np.clip(gain, 0.0, _CALLED_FOR / _STRENGTH))


@lru_cache(maxsize=8)
def _called(model: LanguageModel, about: str) -> npt.NDArray[np.float64]:
    return np.asarray(sum(np.exp(_listed(model, about, start)) for start in _STARTS))


_STARTS = ("Words:", "Words: the")


def _listed(model: LanguageModel, about: str, start: str) -> npt.NDArray[np.float64]:
    request = f"List things, places and feelings that belong in a song about {about}."
    prefix = model.read(model.chat([{"role": "user", "content": request}], start))
    return np.asarray(prefix.log_probs.double().cpu().numpy())
