"""Numbers as people say them: digits, English words, Chinese numerals."""

from __future__ import annotations

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_UNITS = "one two three four five six seven eight nine ten"
_WORDS = {word: value for value, word in enumerate(f"{_UNITS} {_TEENS}".split(), 1)}
_WORDS |= {"quatrain": 4, "couplet": 2, "a": 1}


def number(word: str) -> int | None:
    """The number that a single word, numeral or row of digits stands for."""
    if word.isdecimal():
        return int(word)
    if word[0] in "一二两三四五六七八九十":
        tens, ten, ones = word.rpartition("十")
        if not ten:
            return _DIGITS[word[-1]]
        return 10 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[ones[-1]] if ones else 0)
    return _WORDS.get(word.lower())
