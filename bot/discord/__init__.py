"""Bandmate in Discord: conversation, slash commands, files, buttons."""
