"""What people made and said: kept, found, shared with their band only, and forgotten on request."""

from bot.memory._database import DatabaseTrouble
from bot.memory._keys import WrongMasterKey
from bot.memory._memory import Memory
from bot.memory._personal import PersonalMemory
from bot.memory._records import Forgotten, NothingToUndo, Origin, SavedVersion, Turn, UnknownRequest
from bot.memory._works import NotYours

__all__ = [
    "DatabaseTrouble",
    "Forgotten",
    "Memory",
    "NotYours",
    "NothingToUndo",
    "Origin",
    "PersonalMemory",
    "SavedVersion",
    "Turn",
    "UnknownRequest",
    "WrongMasterKey",
]
