"""What can go wrong with a song file, said to the person who sent it."""

from __future__ import annotations

from wording import FriendlyError


class UnreadableFile(FriendlyError):
    """The bytes are not a song in the format they claim to be."""

    def __init__(self, filename: str, expected_en: str, expected_zh: str) -> None:
        self._expected = (expected_en, expected_zh)
        name = _short(filename)
        super().__init__(
            en=f"I could not read {name or 'this file'}: I expected {expected_en}.",
            zh=f"我读不懂{name or '这个文件'}：它应该是{expected_zh}。",
        )

    def named(self, filename: str) -> UnreadableFile:
        """The same trouble with the file's name, which readers of bytes do not know."""
        return UnreadableFile(filename, *self._expected)


class FileTooLarge(FriendlyError):
    """More bytes, more unpacked bytes or more music than a song has."""

    def __init__(self, filename: str, limit_en: str, limit_zh: str) -> None:
        name = _short(filename)
        super().__init__(
            en=f"{name} is too large for a song; I read {limit_en}.",
            zh=f"{name}对一首歌来说太大了；我最多能读{limit_zh}。",
        )


class UnknownFormat(FriendlyError):
    """A file extension or a format name that no format claims."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(
            en=f'I do not know the format of "{_short(name)}"; I know {known}.',
            zh=f"我不认识“{_short(name)}”的格式；我认识 {known}。",
        )


class UnwritableSong(FriendlyError):
    """The song is too long, or the format is one that is only read."""

    def __init__(self, why_en: str, why_zh: str) -> None:
        super().__init__(
            en=f"I could not write this song: {why_en}.",
            zh=f"我没法写出这首歌：{why_zh}。",
        )


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:57] + "..."
