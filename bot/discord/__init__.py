"""Bandmate in Discord: conversation, slash commands, files, buttons."""

from bot.discord.client import BandmateClient
from bot.discord.serve import serve

__all__ = ["BandmateClient", "serve"]
