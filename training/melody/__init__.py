"""Trains the melody and rhythm models that `tools/composing` ships."""
