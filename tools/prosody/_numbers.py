"""Numbers as they are spoken in English, so that "24" counts as four syllables."""

from __future__ import annotations

import re

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DIGITS = re.compile(r"\d+")


def spoken_numbers(text: str) -> str:
    """The text with its numbers in words; from a million on, digit by digit."""
    return _DIGITS.sub(lambda match: f" {_spoken(match.group())} ", text)


def _spoken(digits: str) -> str:
    if len(digits) > 6 or (digits.startswith("0") and len(digits) > 1):
        return " ".join(_ONES[int(digit)] for digit in digits)
    number = int(digits)
    if len(digits) == 4 and 1100 <= number < 2000 and number % 100 >= 10:
        return f"{_below_thousand(number // 100)} {_below_thousand(number % 100)}"
    thousands, rest = divmod(number, 1000)
    words = [f"{_below_thousand(thousands)} thousand"] if thousands else []
    return " ".join([*words, *([_below_thousand(rest)] if rest or not thousands else [])])


def _below_thousand(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        ones = f" {_ONES[number % 10]}" if number % 10 else ""
        return _TENS[number // 10] + ones
    rest = f" {_below_thousand(number % 100)}" if number % 100 else ""
    return f"{_ONES[number // 100]} hundred{rest}"
