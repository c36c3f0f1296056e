"""What a song is: Song, pitch, chords, keys, formats, renderings. No torch, no models."""
