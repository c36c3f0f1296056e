"""English words that a sentence leaves unstressed."""

from __future__ import annotations

_WORDS = (
    "a an the of to in on at by for from with into onto and but or nor as if is am are was were be"
    " been being do does did has have had will would can could shall should may might must i you he"
    " she it we they me him her us them my your its his our their this that than so too there no"
    " not thy thou thee ye hath doth 'tis 'twas o'er th' i'm i'll i've i'd you're you'll you've"
    " he's she's it's we're we'll we've they're they'll that's there's let's who whose which what"
    " when where while how then"
)
FUNCTION_WORDS = frozenset(_WORDS.split())
"""Words of one syllable: articles, pronouns, auxiliaries, prepositions, conjunctions."""
