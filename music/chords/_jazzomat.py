"""Chord symbols in the convention of the Weimar Jazz Database ("C-79b", "Bbj7911#").

Accidentals follow their numbers, j is the major seventh and - is minor. Pfleiderer et al. (eds.),
"Inside the Jazzomat", Schott 2017.
"""

from __future__ import annotations

import re
from functools import lru_cache

from music.chords._chord import BadChord, Chord
from music.chords._grammar import accidentals_first
from music.chords._parse import parse_chord

_SYMBOL = re.compile(r"(\s*[A-G][b#]?)([^/]*)(/.*)?$", re.DOTALL)


@lru_cache(maxsize=4096)
def parse_jazzomat(symbol: str) -> Chord:
    """Read a symbol of the database; "NC" is no chord. Raises `BadChord`."""
    found = _SYMBOL.match(symbol)
    if found is None:
        return parse_chord(symbol)
    written = found[1] + accidentals_first(found[2]) + (found[3] or "")
    try:
        return parse_chord(written)
    except BadChord as error:  # both have the same length: the place stays, the text is theirs
        raise BadChord(symbol, error.position, error.expected) from None
