"""Makes the small weights that Bandmate ships; nothing here is needed to run it."""
