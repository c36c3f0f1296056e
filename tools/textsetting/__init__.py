"""Text-setting: which syllable of a text is sung on which note of a melody."""
