"""The one kind of error that is shown to a person as it is."""

from __future__ import annotations

from typing import Any

from wording._text import Text


class FriendlyError(Exception):
    """A sentence for the person who asked: what went wrong and what was expected.

    Subclasses name the kind of trouble; the class name becomes `error.type` in batches.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.text = Text(en, zh)

    def friendly(self, language: str) -> str:
        """The sentence in the reader's language."""
        return self.text.in_(language)

    def __reduce__(self) -> tuple[Any, ...]:
        # Subclasses build their sentences in constructors of their own, which pickle cannot
        # call; worker processes send errors back as they are.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(
    kind: type[FriendlyError], args: tuple[Any, ...], state: dict[str, Any]
) -> FriendlyError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error
