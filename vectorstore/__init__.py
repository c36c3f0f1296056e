"""What songs exist: catalogue, features, Chroma, recommendation."""
