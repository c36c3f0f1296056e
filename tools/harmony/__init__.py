"""Engines of harmony: next chords, progressions, harmonisation and analysis."""
