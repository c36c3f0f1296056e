"""Training of the harmony engines: reads corpora, fits, writes the weights that `tools` ships."""
