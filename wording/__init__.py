"""What a person reads, in their own language: bilingual texts and the errors that carry them."""

from wording._errors import FriendlyError
from wording._text import Language, Text, detect_language

__all__ = ["FriendlyError", "Language", "Text", "detect_language"]
