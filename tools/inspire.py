"""The tool that gives a start: titles, images, a progression and a motif, with their sources."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, Field

from music.keys import key_of, parse_key
from music.song import Note, Section, Song, bar_length
from tools._context import ToolContext
from tools._moods import find_mood
from tools._tool import Tool, ToolArguments, ToolResult
from tools.composing._arrange import arrange
from tools.composing._inspiration import Associations, ChineseIdeas, EnglishIdeas, Idea, Work
from tools.harmony.progressions import Wish, suggest
from tools.lyrics.chinese_words import fields
from tools.styles import Style, all_styles, find_style, get_style
from vectorstore.entry import Entry
from wording import Text, detect_language

_WORKS = 24
_MOTIF_BARS = 2
# What works of a style are called in a catalogue of older music.
_KINDS = {
    "chinese": Text("Chinese folk song", "中国民歌"),
    "hymn": Text("chorale", "众赞歌"),
    "waltz": Text("waltz", "圆舞曲"),
}


class Inspire(ToolArguments):
    """What the song is to be about."""

    theme: str = Field("", max_length=300, description="What the song is about; empty: surprise me")
    style: str | None = Field(None, description="Style, e.g. folk, 国风")
    language: str | None = Field(None, description='"en" or "zh"; default: that of the theme')
    seed: int | None = Field(None, ge=0, description="Same seed, same ideas")


class Sourced(BaseModel):
    """One idea and the catalogue ids of the works it comes from."""

    text: str
    works: list[str]


class WorkInfo(BaseModel):
    """A work that was drawn from."""

    id: str
    title: str
    creator: str


class Inspiration(ToolResult):
    """The ideas, each with its works, and a sketch of motif and chords as a song."""

    theme: str
    titles: list[Sourced]
    images: list[Sourced]
    progression: Sourced
    motif: list[Note]
    motif_works: list[str]
    works: list[WorkInfo]
    song: Song
    seed: int

    def content(self, language: str) -> str:
        """Ideas as a short list, sources at the end."""
        says = {
            "titles": Text("Titles", "歌名").in_(language),
            "images": Text("Images", "意象").in_(language),
            "chords": Text("Chords", "和弦").in_(language),
            "motif": Text("Motif", "动机").in_(language),
            "from": Text("Drawn from", "来源").in_(language),
        }
        names = {work.id: work.title for work in self.works}
        motif = names.get(self.motif_works[0], "") if self.motif_works else ""
        return "\n".join(
            [
                f"**{says['titles']}**: {' · '.join(idea.text for idea in self.titles)}",
                f"**{says['images']}**: {' · '.join(idea.text for idea in self.images)}",
                f"**{says['chords']}** ({self.song.key}): {self.progression.text}",
                f"**{says['motif']}**: {Text('after', '取自').in_(language)} “{motif}”",
                f"{says['from']}: {'; '.join(w.title for w in self.works[:6])}",
            ]
        )

    def songs(self) -> tuple[Song, ...]:
        """The sketch: the motif over the progression."""
        return (self.song,)


def _run(arguments: Inspire, context: ToolContext) -> Inspiration:
    seed = arguments.seed if arguments.seed is not None else secrets.randbelow(2**31)
    rng = np.random.default_rng(seed)
    language = _language(arguments, context)
    theme = arguments.theme.strip() or _drawn_theme(language, rng)
    style = get_style(arguments.style) if arguments.style else find_style(theme)
    style = style or all_styles()["chinese" if language == "zh" else "folk"]
    wanted = f"{theme} {_KINDS.get(style.name, Text('', '')).in_(language)}".strip()
    found = context.catalogue().by_words(wanted, _WORKS, language=language)
    context.deadline.check()
    works = [Work(item.entry.id, item.entry.title, item.score) for item in found]
    ideas = _ideas(theme, language, context, rng)
    titles, images = ideas.titles(works, 5), ideas.images(works, 5)
    context.deadline.check()
    source = _motif_source([item.entry for item in found], rng)
    sketch = _sketch(theme, style, source, seed, context)
    symbols = [event.symbol for event in sketch.chords()]
    near = context.catalogue().by_chords(symbols * 2, 2)
    entries = {item.entry.id: item.entry for item in (*found, *near)}
    used = [id for idea in (*titles, *images) for id in idea.works]
    used += [*([source.id] if source else []), *(item.entry.id for item in near)]
    title = titles[0].text if titles else theme
    return Inspiration(
        theme=theme,
        titles=_sourced(titles),
        images=_sourced(images),
        progression=Sourced(text=" ".join(symbols), works=[item.entry.id for item in near]),
        motif=list(sketch.melody()),
        motif_works=[source.id] if source else [],
        works=[_info(entries[id], language) for id in dict.fromkeys(used)],
        song=arrange(sketch.replace(title=title, language=language), style, seed),
        seed=seed,
    )


def _language(arguments: Inspire, context: ToolContext) -> str:
    said = detect_language(arguments.theme) if arguments.theme else context.language
    return "zh" if (arguments.language or said).startswith("zh") else "en"


def _drawn_theme(language: str, rng: np.random.Generator) -> str:
    """For somebody who has no theme: one of the fields that songs are often about."""
    names = [
        name
        for field in fields()[1:]
        for name in field.names
        if (detect_language(name) == "zh") == (language == "zh")
    ]
    return names[int(rng.integers(len(names)))]


def _ideas(
    theme: str, language: str, context: ToolContext, rng: np.random.Generator
) -> Associations:
    if language == "zh":
        return ChineseIdeas(theme, rng)
    return EnglishIdeas(theme, context.scoring_model(), rng)


def _sketch(
    theme: str, style: Style, source: Entry | None, seed: int, context: ToolContext
) -> Song:
    """Four bars: the motif of the source in its own key and metre, over chords made for it."""
    motif = _motif(source) if source else ()
    metre = source.metre if source else style.metre
    key = parse_key(source.key) if source else key_of(0)
    bar = bar_length(metre)
    mood = find_mood(theme)
    wish = Wish(key=key, style=style, mood=mood, bars=4, bar=bar, melody=motif)
    progression = suggest(wish, 1, seed, context.deadline.check)[0]
    section = Section(length=4 * bar, melody=motif, chords=tuple(progression.events(bar)))
    return Song(
        key=key.name,
        metre=metre,
        tempo=style.tempo[1],
        style=style.name,
        mood=mood.name if mood else "",
        sections=(section,),
    )


def _info(entry: Entry, language: str) -> WorkInfo:
    return WorkInfo(id=entry.id, title=entry.title, creator=entry.creator_name(language))


def _sourced(ideas: Sequence[Idea]) -> list[Sourced]:
    return [Sourced(text=idea.text, works=list(idea.works)) for idea in ideas]


def _motif_source(entries: Sequence[Entry], rng: np.random.Generator) -> Entry | None:
    """Among the best-fitting works with a measured beginning of some life, one by rank."""
    usable = [entry for entry in entries if entry.metre and len(_motif(entry)) >= 4 and entry.key]
    if not usable:
        return None
    weights = np.exp(-0.5 * np.arange(len(usable)))
    return usable[int(rng.choice(len(usable), p=weights / weights.sum()))]


def _motif(entry: Entry) -> tuple[Note, ...]:
    """The first two bars of a work, in a singer's octave."""
    limit = _MOTIF_BARS * bar_length(entry.metre)
    notes = [note for note in entry.incipit if note.onset < limit - 1e-6]
    if not notes:
        return ()
    start = notes[0].onset if notes[0].onset >= limit / 2 else 0.0
    centre = sum(note.pitch for note in notes) / len(notes)
    octaves = 12 * round((68 - centre) / 12)
    return tuple(
        Note(n.onset - start, min(n.duration, limit - n.onset), n.pitch + octaves) for n in notes
    )


TOOL = Tool(
    "inspire",
    summary=Text(
        "Give ideas for a theme: titles, images, a progression and a motif, with sources.",
        "围绕主题给灵感：歌名、意象、和弦进行和动机，并说明来源。",
    ),
    arguments=Inspire,
    result=Inspiration,
    run=_run,
)
