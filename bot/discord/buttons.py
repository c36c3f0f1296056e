"""The buttons under a result. They hold only the request's id, so they survive a restart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from tools.styles import all_styles
from wording import Text

if TYPE_CHECKING:
    from bot.discord.client import BandmateClient

_LABELS = {
    "again": ("🔁", Text("Another", "再来一个")),
    "save": ("⭐", Text("Save", "收藏")),
    "up": ("👍", Text("", "")),
    "down": ("👎", Text("", "")),
}
_CHANGE_STYLE = Text("Change style…", "换个风格…")
_MAX_OPTIONS = 25


class RequestButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"bandmate:(?P<action>again|save|up|down):(?P<result>[\w.-]+)",
):
    """Another, save, thumbs up, thumbs down."""

    def __init__(self, action: str, result: str, language: str = "en") -> None:
        emoji, label = _LABELS[action]
        super().__init__(
            discord.ui.Button(
                emoji=emoji,
                label=label.in_(language) or None,
                style=discord.ButtonStyle.secondary,
                custom_id=f"bandmate:{action}:{result}",
            )
        )
        self.action = action
        self.result = result

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew from the id when someone presses it, even after a restart."""
        return cls(match["action"], match["result"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Pressed."""
        client: BandmateClient = interaction.client
        await client.pressed(interaction, self.action, self.result)


class StyleSelect(
    discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"bandmate:style:(?P<result>[\w.-]+)"
):
    """The result's song in another style."""

    def __init__(self, result: str, language: str = "en") -> None:
        options = [
            discord.SelectOption(label=style.label.in_(language), value=style.name)
            for style in all_styles().values()
        ]
        super().__init__(
            discord.ui.Select(
                placeholder=_CHANGE_STYLE.in_(language),
                options=options[:_MAX_OPTIONS],
                custom_id=f"bandmate:style:{result}",
            )
        )
        self.result = result

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew from the id, as above."""
        return cls(match["result"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A style was chosen."""
        client: BandmateClient = interaction.client
        await client.restyled(interaction, self.result, self.item.values[0])


def result_buttons(
    result: str, *, has_song: bool, has_seed: bool, language: str
) -> discord.ui.View:
    """The row of buttons: thumbs; "another" where a fresh seed gives another result; songs also
    get a save button and the styles."""
    view = discord.ui.View(timeout=None)
    wanted = {"again": has_seed, "save": has_song, "up": True, "down": True}
    for action in (name for name, shown in wanted.items() if shown):
        view.add_item(RequestButton(action, result, language))
    if has_song:
        view.add_item(StyleSelect(result, language))
    return view
