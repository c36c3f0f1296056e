"""One work of the catalogue: what is known of it, without its notes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from music.keys import parse_key
from music.song import Note
from vectorstore.words.kinds import kind_terms
from vectorstore.words.moods import mood_terms
from vectorstore.words.people import COLLECTIONS, composer_terms
from vectorstore.words.regions import region_terms
from wording import Text


class Entry(BaseModel):
    """A catalogued work. `country`, `region`, `kinds` and `moods` are ids of `vectorstore.words`.

    `titles` holds the title and its alternatives; `creator` is a composer's id or, where there
    is none, the name in the source; `metre` is "" for unmeasured works; `bars` counts by metre;
    `incipit` is the beginning of the melody.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    titles: tuple[str, ...]
    creator: str = ""
    country: str = ""
    region: str = ""
    kinds: tuple[str, ...] = ()
    metre: str = ""
    key: str = ""
    moods: tuple[str, ...] = ()
    notes: int = 0
    voices: int = 1
    span: int = 0
    length: float = 0.0
    incipit: tuple[Note, ...] = ()
    path: str = ""
    tune: int = 0

    @property
    def title(self) -> str:
        """The first title."""
        return self.titles[0]

    @property
    def collection(self) -> str:
        """The corpus folder, a key of `COLLECTIONS`."""
        return self.path.split("/", 1)[0]

    @property
    def mode(self) -> Literal["major", "minor", ""]:
        """Major- or minor-like: modes count by their third."""
        if not self.key:
            return ""
        return "minor" if parse_key(self.key).is_minor else "major"

    def creator_name(self, language: str) -> str:
        """The composer, or the collection the work comes from."""
        if composer := composer_terms().get(self.creator):
            return composer.name.in_(language)
        return self.creator or COLLECTIONS[self.collection].name.in_(language)

    def place_name(self, language: str) -> str:
        """ "Shaanxi, China" or "中国陕西"; "" when unknown."""
        names = [region_terms()[id].name for id in (self.region, self.country) if id]
        if not names:
            return ""
        return ", ".join(n.en for n in names) if language == "en" else names_zh(names)

    def kind_names(self, language: str) -> list[str]:
        """The kinds in words, most specific first."""
        return [kind_terms()[id].name.in_(language) for id in self.kinds]

    def mood_names(self, language: str) -> list[str]:
        """The moods in words, the strongest first."""
        return [mood_terms()[id].name.in_(language) for id in self.moods]


def names_zh(names: list[Text]) -> str:
    """Wider place first, as Chinese puts it."""
    return "".join(name.zh for name in reversed(names))
