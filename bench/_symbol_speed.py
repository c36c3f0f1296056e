"""Distinct symbols from standard input, read once each: prints how many a second of processor."""

import sys
import time

from music.chords import parse_chord

symbols = sys.stdin.read().split("\n")
started = time.process_time()
for symbol in symbols:
    parse_chord(symbol)
print(len(symbols) / (time.process_time() - started))
