"""The catalogue's vocabulary in English and Chinese: regions, kinds, moods, people."""
