"""Who speaks where: the ids that memory knows people and conversations by."""

from __future__ import annotations

import discord


def person_of(user: discord.abc.User) -> str:
    """The person's id; stable when the name changes."""
    return f"discord:{user.id}"


def conversation_of(channel_id: int) -> str:
    """The conversation's id: a channel, a thread or a direct message."""
    return f"discord:{channel_id}"


def language_of(locale: discord.Locale | None) -> str:
    """ "zh" for the Chinese locales, else "en"."""
    return "zh" if locale is not None and str(locale).startswith("zh") else "en"
