"""Songs as pictures, sound and files."""
