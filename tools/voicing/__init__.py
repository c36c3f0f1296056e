"""What `voice_chords` is made of: instruments by name, shapes and voicings, parts and pictures."""
