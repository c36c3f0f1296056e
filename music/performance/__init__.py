"""What is played when a song is heard: its melody, and an accompaniment made from its chords."""

from music.performance._accompanied import accompanied
from music.performance._bars import Bar, bars
from music.performance._perform import perform

__all__ = ["Bar", "accompanied", "bars", "perform"]
