"""Which words a theme calls for, by the language model itself."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from models.language import LanguageModel
from tools.lyrics.sheet import section_header, song_header

Floats = npt.NDArray[np.float64]

_CALLED_FOR = 1.5
"""Natural log units that a theme word may gain at most."""
_STRENGTH = 0.3
_GENERAL = ("life", "love", "anything")
_PLACES = (("verse", "8"), ("chorus", "8"), ("verse", "8 night,"))
"""Where a sheet names words: the last one of a line, and one to use in it."""
_STARTS = ("Words:", "Words: the")
_LEAST = 1e-5


@lru_cache(maxsize=8)
def theme_bias(model: LanguageModel, theme: str) -> Floats:
    """[vocabulary] additions to log probabilities: how much more the theme calls for a word."""
    return np.asarray(_STRENGTH * np.clip(calling(model, theme), 0.0, _CALLED_FOR / _STRENGTH))


@lru_cache(maxsize=8)
def calling(model: LanguageModel, theme: str) -> Floats:
    """[vocabulary] the pointwise mutual information of word and theme, by the model itself.

    Its words on a sheet for the theme (or in a list, where it was not trained on sheets) against
    those for songs in general.
    """
    general = sum(_named(model, about) for about in _GENERAL) / len(_GENERAL)
    return np.asarray(np.log(_named(model, theme) + _LEAST) - np.log(general + _LEAST))


@lru_cache(maxsize=16)
def _named(model: LanguageModel, about: str) -> Floats:
    """[vocabulary] probability of a word where words are named."""
    if model.adapted:
        texts = [song_header(about) + section_header(name) + row for name, row in _PLACES]
    else:
        request = f"List things, places and feelings that belong in a song about {about}."
        texts = [model.chat([{"role": "user", "content": request}], start) for start in _STARTS]
    read = [model.read(text).log_probs.double().exp().cpu().numpy() for text in texts]
    return np.asarray(sum(read) / len(read))
