"""Reads one work of the corpus into a Song and an Entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from music.formats import read_song
from music.keys import Key, parse_key
from music.song import Song
from vectorstore.changes import Changes, changes_of
from vectorstore.corpus import Source, chorale_titles, corpus_folder, headers, source_text
from vectorstore.entry import Entry
from vectorstore.features import key_scores
from vectorstore.kern_voices import kern_voices
from vectorstore.lines import Line, song_lines
from vectorstore.words.kinds import kinds_in
from vectorstore.words.moods import Traits, moods
from vectorstore.words.people import COLLECTIONS, COMPOSERS
from vectorstore.words.regions import place
from wording import FriendlyError

_INCIPIT = 16
_UNMEASURED = re.compile(r"none|frei", re.IGNORECASE)
_STATED = 0.12  # what a key has to score better than the stated one to be believed instead
_LEAST_NOTES = 4
# Some titles are what a scanner made of a printed page.
_LEGIBLE = re.compile(r"[^\W_]{3}|\d")
# The article of "Ranting Highlandman, The" and the full stop that ends many printed titles.
_ARTICLE = re.compile(r"^(.*), (The|A|An|Der|Die|Das|Le|La)\b\.?$")
# Numbers and pages of the printed source: "Waldabenteuer (69), S. 202".
_PAGE = re.compile(r"( *\([\d\- ,]+\))?,? S\. *\d+f*\.?$")


class Unindexable(FriendlyError):
    """A work that the catalogue cannot hold: unreadable, or without enough notes."""


@dataclass(frozen=True)
class Work:
    """A work as the catalogue's builder needs it."""

    entry: Entry
    lines: tuple[Line, ...]
    tonic: int
    changes: Changes


def read_work_song(folder: Path, source: Source) -> Song:
    """The work's notes. Raises `UnreadableFile` and other errors of `music.formats`."""
    if source.tune:
        return read_song(source_text(folder, source).encode(), "tune.abc")
    return read_song(folder / source.path)


def read_work(folder: Path, source: Source) -> Work:
    """Read and describe a work. Raises `Unindexable` with the reason."""
    try:
        song = read_work_song(folder, source)
    except FriendlyError as error:
        raise Unindexable(error.text.en, error.text.zh) from error
    lines = tuple(song_lines(song))
    if not lines or max(map(len, lines)) < _LEAST_NOTES:
        raise Unindexable("It has fewer than four notes.", "音符少于四个。")
    is_text = source.path.endswith((".abc", ".krn"))
    fields = headers(source_text(folder, source)) if is_text else {}
    return _work(source, song, fields, lines)


def _work(
    source: Source, song: Song, fields: dict[str, list[str]], lines: tuple[Line, ...]
) -> Work:
    collection = COLLECTIONS[source.collection]
    metre = "" if any(_UNMEASURED.search(m) for m in fields.get("M", [])) else song.metre
    key = _key(source, song, lines)
    titles = _titles(source, song, fields)
    kinds = _kinds(source, fields, titles)
    country, region = _place(fields)
    words = " ".join([*fields.get("R", []), *fields.get("N", []), titles[0]])
    entry = Entry(
        id=source.id,
        titles=titles,
        creator=_creator(source, song, fields),
        country=country or collection.country,
        region=region,
        kinds=kinds,
        metre=metre,
        key=key.name,
        moods=moods(_traits(lines, song, key.is_minor, kinds, words)),
        notes=sum(map(len, lines)),
        voices=len(lines),
        span=int(np.ptp(lines[0].pitches)),
        length=song.length,
        incipit=tuple(song.melody()[:_INCIPIT]),
        path=source.path,
        tune=source.tune,
    )
    others = None
    if source.path.endswith(".krn"):
        others = kern_voices(source_text(corpus_folder(), source))
    changes = changes_of(song, key.tonic, key.is_minor, metre, others)
    return Work(entry, lines, key.tonic, changes)


def _titles(source: Source, song: Song, fields: dict[str, list[str]]) -> tuple[str, ...]:
    found = [*fields.get("T", []), *fields.get("OTL", []), *_known_title(source), song.title]
    mass = fields.get("OPR", [""])[0]
    named = [_tidy(title) for title in found if title.strip()]
    if mass and named:
        named.insert(0, f"{mass}: {named[0]}")
    named = [title for title in named if _LEGIBLE.search(title)]
    file_name = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return tuple(dict.fromkeys(named)) or (file_name.replace("_", " "),)


def _known_title(source: Source) -> list[str]:
    """What a file's name says of a work whose score has no title: its number in the BWV or in
    its opus."""
    folder, _, name = source.path.rpartition("/")
    if match := re.match(r"bwv(\d[\d.]*\d|\d)(?:-\w+)?\.(?:mxl|xml|krn)$", name):
        number = f"BWV {match[1]}"
        title = chorale_titles().get(match[1])
        return [f"{title} ({number})", number] if title else [number]
    part = re.match(r"movement(\d+)", name)
    opus = re.search(r"(opus|k)(\d+)(?:no(\d+))?", folder)
    if part and opus:
        number = f" No. {opus[3]}" if opus[3] else ""
        return [f"{'Op.' if opus[1] == 'opus' else 'K.'} {opus[2]}{number}, movement {part[1]}"]
    return []


def _tidy(title: str) -> str:
    title = _PAGE.sub("", re.sub(r"\s+", " ", title)).strip(' ".')
    shouted = title.isupper() and len(title) > 3 and not title.startswith("BWV")
    title = title.title() if shouted else title
    return _ARTICLE.sub(r"\2 \1", title)


def _creator(source: Source, song: Song, fields: dict[str, list[str]]) -> str:
    named = " ".join([song.composer, *fields.get("C", []), *fields.get("COM", [])]).strip()
    default = COLLECTIONS[source.collection].creator
    for composer in COMPOSERS:
        if composer.id == default:
            return default
        if re.search(rf"\b{re.escape(composer.id)}\b", named):
            return composer.id
    anonymous = re.fullmatch(
        r"(?i)(anon.*|trad.*|irish|scotch|scottish|english|music21)?\.?", named
    )
    return "" if anonymous else named


def _kinds(
    source: Source, fields: dict[str, list[str]], titles: tuple[str, ...]
) -> tuple[str, ...]:
    genre = " ".join(fields.get("R", []))
    shown = dict.fromkeys(kinds_in(genre))
    if source.collection not in ("palestrina", "monteverdi", "trecento"):
        shown.update(dict.fromkeys(kinds_in(titles[0])))
    return (*shown, *(k for k in COLLECTIONS[source.collection].kinds if k not in shown))


def _place(fields: dict[str, list[str]]) -> tuple[str, str]:
    for origin in (*fields.get("O", []), *fields.get("C", [])):
        country, region = place(origin)
        if country:
            return country, region
    return "", ""


def _key(source: Source, song: Song, lines: tuple[Line, ...]) -> Key:
    """The key: as stated unless the music clearly says otherwise.

    The Essen data state the tonic but hardly ever the mode, MusicXML often a signature only.
    """
    key = parse_key(song.key)
    if key.mode != "major":
        return key
    scores = key_scores(lines)
    margin = 0.0 if source.collection == "essenFolksong" else _STATED
    rivals = {
        key: scores[key.tonic, False] + margin,
        key.parallel(): scores[key.tonic, True],
        key.relative(): scores[key.relative().tonic, True],
    }
    return max(rivals, key=lambda rival: rivals[rival])


def _traits(
    lines: tuple[Line, ...], song: Song, minor: bool, kinds: tuple[str, ...], words: str
) -> Traits:
    melody = lines[0]
    beats, unit = (int(part) for part in song.metre.split("/"))
    compound = unit >= 8 and beats % 3 == 0
    beat = 12 / unit if compound else 4 / unit
    half = len(melody) // 2
    return Traits(
        minor=minor,
        # A compound beat of three notes moves like a plain one of two.
        pace=len(melody)
        / max(float(melody.durations.sum()) / beat, 1.0)
        / (1.5 if compound else 1),
        span=int(np.ptp(melody.pitches)),
        leap=float(np.abs(melody.intervals).mean()),
        rise=float(melody.pitches[half:].mean() - melody.pitches[:half].mean()),
        swaying=beats % 3 == 0,
        kinds=frozenset(kinds),
        words=words,
    )
