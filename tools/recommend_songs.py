"""The tool that finds known songs by words, by likeness, by melody or by chords."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from music.chords import BadChord
from music.keys import parse_key
from music.song import Note, Song
from tools._context import ToolContext
from tools._forms import melody_notes, parsed, symbols_of
from tools._tool import Tool, ToolArguments, ToolResult
from tools.styles import find_style
from vectorstore.catalogue import SURE_TITLE, Catalogue, Found
from vectorstore.entry import Entry
from vectorstore.queries import Wanted, read_query
from wording import FriendlyError, Text

# Words of the catalogue for the styles that it has; it holds folk song, dances and art music from
# the 14th to the early 20th century.
_STYLES = {
    "ballad": "ballad",
    "chinese": "Chinese folk song",
    "classical": "string quartet",
    "country": "American folk song",
    "folk": "folk song",
    "hymn": "religious song",
    "jazz": "ragtime",
    "waltz": "waltz",
}
_ABSENT = Text(
    "I have no {} in my catalogue: it holds folk songs, dances and classical works up to about "
    "1920. These come closest in words.",
    "我的歌曲库里没有“{}”：库里是民歌、舞曲和约 1920 年以前的古典作品。以下是描述上最接近的。",
)
_UNHEARD = Text(
    "I do not know “{}”, so I searched by its words. Give me a few notes or chords of it, and I "
    "can look for songs that sound alike.",
    "我不知道《{}》这首歌，所以按字面找了这些。给我几个音或和弦，我就能找听起来相似的歌。",
)
_NO_REGION = Text("I have no songs from {}.", "我没有来自“{}”的歌。")
_NOTHING = Text(
    "Nothing in my catalogue fits that. Try fewer conditions, or a melody, chords or a title.",
    "歌曲库里没有符合的歌。请减少条件，或给我一段旋律、几个和弦、一个歌名。",
)

_DEPTH = 10  # how much further to look when too few results meet the conditions


class RecommendSongs(ToolArguments):
    """What to look for; without anything, songs like the current one."""

    query: str = Field("", max_length=500, description="What it should be like, in words")
    like: Song | list[Note] | list[tuple[float, str] | str] | str | None = Field(
        None, description='"current", a title, a work id, a song, a melody or chords'
    )
    style: str | None = Field(None, max_length=60, description="Style, e.g. folk, waltz, 国风")
    mood: str | None = Field(None, max_length=60, description="Mood, e.g. sad, happy, 欢快")
    region: str | None = Field(None, max_length=60, description="Country or region, e.g. China")
    limit: int = Field(5, ge=1, le=50, description="How many songs")


class Recommendation(BaseModel):
    """A work of the catalogue. `score` is 0 to 1; `why` says what fits."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    creator: str
    creator_zh: str
    score: float
    why: str
    why_zh: str


class RecommendedSongs(ToolResult):
    """Known songs, best first, and a note where the request could not be met as it was."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True, validate_by_name=True)

    found: tuple[Recommendation, ...] = Field(alias="songs")
    note: str = ""
    note_zh: str = ""

    def content(self, language: str) -> str:
        """A numbered list with the reasons."""
        rows = [Text(self.note, self.note_zh).in_(language)] if self.note else []
        for number, song in enumerate(self.found, 1):
            creator = Text(song.creator, song.creator_zh).in_(language)
            rows.append(f"**{number}. {song.title}** · {creator}")
            rows.append(f"   {Text(song.why, song.why_zh).in_(language)} · `{song.id}`")
        return "\n".join(rows)


def _run(arguments: RecommendSongs, context: ToolContext) -> RecommendedSongs:
    catalogue = context.catalogue()
    wanted, notes = _wanted(arguments)
    limit = arguments.limit
    if arguments.region and not wanted.place:
        return _result([], [*notes, _filled(_NO_REGION, arguments.region)])
    like = arguments.like
    if like is None and not _words(arguments) and context.memory.current() is not None:
        like = "current"
    if like is None:
        words = _words(arguments) or "song"
        return _result(catalogue.by_words(words, limit, wanted=wanted), notes)
    found, more = _alike(like, wanted, limit, catalogue, context)
    return _result(found, [*notes, *more])


def _words(arguments: RecommendSongs) -> str:
    style = find_style(arguments.style) if arguments.style else None
    styled = _STYLES.get(style.name, arguments.style or "") if style else arguments.style or ""
    parts = (arguments.query, arguments.mood or "", styled, arguments.region or "")
    return " ".join(part for part in parts if part)


def _wanted(arguments: RecommendSongs) -> tuple[Wanted, list[Text]]:
    """What the words ask for, and notes on what the catalogue cannot have."""
    notes = []
    if arguments.style:
        style = find_style(arguments.style)
        if style is None or style.name not in _STYLES:
            notes.append(_filled(_ABSENT, arguments.style))
    wanted = read_query(_words(arguments))
    if arguments.region and (place := read_query(arguments.region).place):
        wanted = replace(wanted, place=place)
    return wanted, notes


def _alike(
    like: Song | list[Note] | list[tuple[float, str] | str] | str,
    wanted: Wanted,
    limit: int,
    catalogue: Catalogue,
    context: ToolContext,
) -> tuple[list[Found], list[Text]]:
    if isinstance(like, Song):
        return _like_song(like, wanted, limit, catalogue), []
    if isinstance(like, str):
        return _like_text(like, wanted, limit, catalogue, context)
    if like and isinstance(like[0], Note):
        notes = melody_notes([note for note in like if isinstance(note, Note)])
        return _fitting(lambda depth: catalogue.by_melody(notes, depth), wanted, limit), []
    symbols = symbols_of([item for item in like if not isinstance(item, Note)])
    return _like_chords(symbols, wanted, limit, catalogue), []


def _like_text(
    text: str, wanted: Wanted, limit: int, catalogue: Catalogue, context: ToolContext
) -> tuple[list[Found], list[Text]]:
    """ "current", the id of a remembered or catalogued work, chords, or a title."""
    if text == "current" or _remembered(text, context):
        return _like_song(context.song(text), wanted, limit, catalogue), []
    if symbols := _chords(text):
        return _like_chords(symbols, wanted, limit, catalogue), []
    if text in catalogue:
        return _like_song(catalogue.song(text), wanted, limit, catalogue), []
    titled = catalogue.by_title(text, 1)
    if titled and titled[0].score >= SURE_TITLE:
        named = titled[0].entry
        model = catalogue.song(named.id)
        heard = Text(f"Like “{named.title}”:", f"与《{named.title}》相似：")
        return _like_song(model, wanted, limit, catalogue), [heard]
    words = f"{text} {wanted.rest}".strip()
    asked = None if _free(wanted) else replace(wanted, rest="")
    return catalogue.by_words(words, limit, wanted=asked), [_filled(_UNHEARD, text)]


def _like_song(song: Song, wanted: Wanted, limit: int, catalogue: Catalogue) -> list[Found]:
    if len(song.melody()) < 4 and song.chords():
        symbols = [chord.symbol for chord in song.chords()]
        return _like_chords(symbols, wanted, limit, catalogue)
    return catalogue.like(song, limit, None if _free(wanted) else replace(wanted, rest=""))


def _like_chords(
    symbols: list[str], wanted: Wanted, limit: int, catalogue: Catalogue
) -> list[Found]:
    return _fitting(lambda depth: catalogue.by_chords(symbols, depth), wanted, limit)


def _fitting(search: Callable[[int], list[Found]], wanted: Wanted, limit: int) -> list[Found]:
    """The best `limit` results that meet every condition, searching deeper until there are."""
    depth = limit if _free(wanted) else _DEPTH * limit
    while True:
        found = search(depth)
        kept = [one for one in found if _meets(one.entry, wanted)][:limit]
        if len(kept) == limit or len(found) < depth:
            return kept
        depth *= _DEPTH


def _free(wanted: Wanted) -> bool:
    """Whether nothing restricts the choice."""
    return replace(wanted, rest="") == Wanted()


def _meets(entry: Entry, wanted: Wanted) -> bool:
    return all(
        (
            not wanted.metres or entry.metre in wanted.metres,
            not wanted.place or wanted.place in (entry.country, entry.region),
            wanted.tonic is None or parse_key(entry.key).tonic == wanted.tonic,
            not wanted.mode or entry.mode == wanted.mode,
            not wanted.creator or entry.creator == wanted.creator,
            not wanted.kinds or not set(wanted.kinds).isdisjoint(entry.kinds),
            set(wanted.moods) <= set(entry.moods),
            set(wanted.unwanted).isdisjoint(entry.moods),
        )
    )


def _remembered(id: str, context: ToolContext) -> bool:
    try:
        context.memory.work(id)
    except FriendlyError:
        return False
    return True


def _chords(text: str) -> list[str]:
    """The symbols of "Am F C G"; empty when it is something else."""
    symbols = text.replace("|", " ").replace("-", " ").split()
    try:
        parsed(symbols)
    except BadChord:
        return []
    return symbols if len(symbols) > 1 else []


def _filled(text: Text, value: str) -> Text:
    return Text(text.en.format(value), text.zh.format(value))


def _result(found: list[Found], notes: list[Text]) -> RecommendedSongs:
    if not found:
        notes = [*notes, _NOTHING]
    return RecommendedSongs(
        found=tuple(
            Recommendation(
                id=one.entry.id,
                title=one.entry.title,
                creator=one.entry.creator_name("en"),
                creator_zh=one.entry.creator_name("zh"),
                score=round(one.score, 4),
                why=one.why.en,
                why_zh=one.why.zh,
            )
            for one in found
        ),
        note=" ".join(note.en for note in notes),
        note_zh="".join(note.zh for note in notes),
    )


TOOL = Tool(
    "recommend_songs",
    summary=Text(
        "Recommend known songs by words, mood, region, or by what they should sound like.",
        "按描述、情绪、地区或相似的旋律、和弦，推荐已有的歌曲。",
    ),
    arguments=RecommendSongs,
    result=RecommendedSongs,
    run=_run,
)
