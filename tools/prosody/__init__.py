"""How words sound: syllables, stresses, tones and rhymes in English and Chinese."""
