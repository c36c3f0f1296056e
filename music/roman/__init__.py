"""Roman numerals both ways: a chord's place and role in a key, and the chord of a numeral.

Conventions: upper case for a major third, lower case for a minor one; in minor keys (and the church
modes with a minor third) III, VI and VII are the natural degrees without an accidental; a digit
after a slash is the scale degree in the bass, as in the Nashville numbers (V/7 in C is G/B); a
numeral after a slash is the chord that is tonicised (V7/ii).
"""

from music.roman._analysis import analyse
from music.roman._explaining import explain
from music.roman._numeral import BadNumeral, Function, Numeral, Role, numeral
from music.roman._reading import chord_of

__all__ = ["BadNumeral", "Function", "Numeral", "Role", "analyse", "chord_of", "explain", "numeral"]
