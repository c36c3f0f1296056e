"""The local studio: Bandmate in a page on 127.0.0.1, with nothing configured."""

from bot.studio.serve import serve

__all__ = ["serve"]
