"""Measures speed and quality; figures are kept in bench/README.md."""
