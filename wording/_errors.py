"""The one kind of error that is shown to a person as it is."""

from __future__ import annotations

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
