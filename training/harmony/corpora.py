"""Readers of the corpora: songs with chords in a key, some with a melody, in one form."""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from music.chords import BadChord, Chord, parse_chord, parse_harte
from music.formats import read_song
from music.keys import Key, key_of, parse_key
from music.song import Note, bar_length
from music.spelling import by_fifths
from tools.harmony.key_finding import likeliest_key
from training.harmony.wjd_keys import wjd_keys

_SUFFIX = {
    "major": "", "minor": "m", "dominant": "7", "dominant-seventh": "7", "major-seventh": "maj7",
    "minor-seventh": "m7", "diminished": "dim", "diminished-seventh": "dim7", "augmented": "aug",
    "augmented-seventh": "7#5", "half-diminished": "m7b5", "major-sixth": "6",
    "minor-sixth": "m6", "dominant-ninth": "9", "major-ninth": "maj9", "minor-ninth": "m9",
    "suspended-fourth": "sus4", "suspended-second": "sus2", "major-minor": "mMaj7", "power": "5",
    "dominant-13th": "13", "dominant-11th": "11", "minor-11th": "m11", "minor-13th": "m13",
    "major-13th": "maj13",
}  # fmt: skip


class Section(NamedTuple):
    """Where a part of the form begins, in quarter notes, and what it is called."""

    onset: float
    name: str


@dataclass(frozen=True)
class Work:
    """A song: chords with onsets, melody, all in quarter notes from the first full bar.

    `group` is shared by versions of one song and keeps them on one side of every split.
    `sections` are the parts of the form where the source marks them; `end` is where it ends.
    """

    group: str
    source: str
    style: str
    key: Key
    metre: str
    chords: tuple[tuple[float, Chord], ...]
    melody: tuple[Note, ...] = ()
    sections: tuple[Section, ...] = ()
    end: float | None = None

    def changes(self) -> list[Chord]:
        """The chords without repeats of the same one."""
        return [chord for _, chord in self.placed_changes()]

    def placed_changes(self) -> list[tuple[float, Chord]]:
        """The same with their onsets."""
        found: list[tuple[float, Chord]] = []
        for onset, chord in self.chords:
            if chord.sounds and (not found or found[-1][1] != chord):
                found.append((onset, chord))
        return found

    def by_bar(self) -> list[Chord]:
        """The chords as a chart writes them: one at every bar line, repeated or not, and every
        change inside a bar."""
        bar, found = bar_length(self.metre), []
        placed = self.placed_changes()
        ends = [onset for onset, _ in placed[1:]] + [self.end or placed[-1][0] + bar]
        for (onset, chord), end in zip(placed, ends, strict=True):
            first_line = (onset // bar + 1) * bar
            found += [chord] * (1 + max(0, math.ceil((end - first_line) / bar - 1e-6)))
        return found


def load(path: Path) -> list[dict[str, Any]]:
    """Rows of a `*.jsonl.gz` file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def group_name(*words: str) -> str:
    """Letters and digits only, so that spellings of one title agree."""
    return re.sub(r"[^a-z0-9]", "", " ".join(words).lower())


def billboard(data: Path, modulating: bool = False) -> Iterator[Work]:
    """Pop of 1958-1991 (McGill Billboard, CC0): chords by bar, no melody; one entry a song.

    With `modulating` also the songs that change their tonic, a work for each stretch in one key.
    """
    seen: set[str] = set()
    for row in load(data / "billboard/mcgill_chords.jsonl.gz"):
        group = group_name(row["title"], row["artist"])
        if group in seen or (len(row["tonics"]) > 1 and not modulating):
            continue
        seen.add(group)
        metre = row["metre"] if re.fullmatch(r"\d+/(2|4|8|16)", row["metre"] or "") else "4/4"
        starts = [*(seconds for seconds, _ in row["tonics"][1:]), math.inf]
        before = -math.inf
        for (_, tonic), until in zip(row["tonics"], starts, strict=True):
            lines = [text for seconds, text in row["lines"] if before <= seconds < until]
            before = until
            chords, sections, end = _harte_lines(lines, bar_length(metre))
            if len(chords) > 3:
                key = _with_mode(tonic, [chord for _, chord in chords])
                yield Work(group, "billboard", "pop", key, metre, chords, (), tuple(sections), end)


def _harte_lines(
    lines: list[str], bar: float
) -> tuple[tuple[tuple[float, Chord], ...], list[Section], float]:
    """Chords of the lines, the sections they begin, and where the last bar ends."""
    at, last = 0.0, None
    chords: list[tuple[float, Chord]] = []
    sections: list[Section] = []
    for text in lines:
        if label := re.match(r"[A-Z]'*(?:, (?P<name>[a-z][a-z -]*))?,? ", text):
            sections.append(Section(at, (label["name"] or text[0]).strip()))
        repeats = int(match[1]) if (match := re.search(r"\|\s*x(\d+)", text)) else 1
        for cell in text.split("|")[1:-1] * repeats:
            marks = [w for w in cell.split() if ":" in w or w in (".", "N", "X")]
            for index, mark in enumerate(marks):
                try:
                    chord = last if mark == "." else parse_harte(mark)
                except BadChord:
                    continue
                if chord is not None:
                    chords.append((at + bar * index / len(marks), chord))
                last = chord
            at += bar
    return tuple(chords), sections, at


def _with_mode(tonic: str, chords: list[Chord]) -> Key:
    """The key on a tonic, minor when its tonic chords mostly are."""
    root = parse_key(tonic).tonic
    thirds = [chord.is_minor for chord in chords if chord.root == root]
    return key_of(root, "minor" if thirds and sum(thirds) * 2 > len(thirds) else "major")


def openewld(data: Path, public_domain: bool) -> Iterator[Work]:
    """Standards and songs with melody and chords.

    With `public_domain` only those that are traditional, or first performed by 1930 with all
    authors dead by 1955: the source's own claim is doubtful.
    """
    for row in load(data / "openewld/songs_pd.jsonl.gz"):
        clear = row["traditional"] or (row["pd_us"] and row["pd_life70"])
        if (public_domain and not clear) or not row["chords"] or not row["key"]:
            continue
        chords = [(c[0], chord) for c in row["chords"] if (chord := _ewld_chord(c)) is not None]
        if len(chords) < 4 or not row["time"]:
            continue
        metre = row["time"][0][1]
        bar = bar_length(metre)
        shift = _downbeat([at for at, _ in chords], bar)
        style = "jazz" if any(g[0] == "Jazz" for g in row["genres"][:1]) else "standards"
        yield Work(
            group_name(row["title"]), "openewld", style, _ewld_key(row, chords), metre,
            tuple((at - shift, chord) for at, chord in chords),
            tuple(Note(at - shift, dur, pitch) for at, dur, pitch in row["melody"]),
            end=row["len_q"] - shift if row["len_q"] else None,
        )  # fmt: skip


def _ewld_chord(row: list[Any]) -> Chord | None:
    suffix = _SUFFIX.get(row[2])
    if suffix is None:
        return None
    return parse_chord(f"{row[1].replace('-', 'b')}{suffix}")


def _ewld_key(row: dict[str, Any], chords: list[tuple[float, Chord]]) -> Key:
    """The written signature. The source writes "major" for every mode, so the first and the last
    chord say whether the relative minor is meant."""
    major = Key(by_fifths(row["key"][0][1]), "major").readable()
    relative = major.relative()
    ends = (chords[0][1], chords[-1][1])
    if sum(c.root == relative.tonic for c in ends) > sum(c.root == major.tonic for c in ends):
        return relative
    return major


def _downbeat(onsets: list[float], bar: float) -> float:
    """How far into the file the first full bar lies: where most chords begin."""
    counts: dict[Fraction, int] = {}
    for onset in onsets:
        phase = Fraction(onset % bar).limit_denominator(24)
        counts[phase] = counts.get(phase, 0) + 1
    return float(max(counts, key=lambda phase: (counts[phase], -phase)))


def christmas(data: Path) -> Iterator[Work]:
    """Carols in ChordPro (public domain): chords in order, without times."""
    for row in load(data / "christmas_chordpro/songs.jsonl.gz"):
        symbols = re.findall(r"\[([A-G][^\]]*)\]", row["chordpro"])
        chords: list[tuple[float, Chord]] = []
        for index, symbol in enumerate(symbols):
            try:
                chords.append((4.0 * index, parse_chord(symbol)))
            except BadChord:
                continue
        if len(chords) > 3 and row["meta"].get("key"):
            # The key is the one that sounds; the chords are those played below the capo.
            key = parse_key(row["meta"]["key"]).transposed(-int(row["meta"].get("capo", 0)))
            yield Work(group_name(row["title"]), "christmas", "hymn", key, "4/4", tuple(chords))


def wjd(data: Path, versions: bool = False) -> Iterator[Work]:
    """Jazz changes (ODbL) with their form, in the keys of `wjd_keys`; where it has none the key is
    estimated. One solo a tune, or with `versions` every solo over other changes."""
    seen: set[str] = set()
    told: set[tuple[str, ...]] = set()
    for row in load(data / "wjd/solo_chords.jsonl.gz"):
        group = group_name(row["title"])
        if group in seen and not versions:
            continue
        work = _solo(row, group)
        changes = (group, *(chord.symbol for chord in work.changes()))
        if len(work.chords) >= 8 and changes not in told:
            told.add(changes)
            seen.add(group)
            yield work


def _solo(row: dict[str, Any], group: str) -> Work:
    chords: list[tuple[float, Chord]] = []
    sections: list[Section] = []
    for bar, beat, symbol, part in row["chords"]:
        onset = (bar - 1) * 4.0 + beat - 1
        if (chord := jazzomat_chord(symbol)) is not None:
            chords.append((onset, chord))
        if not sections or sections[-1].name != part:
            sections.append(Section(onset, part))
    key = wjd_keys().get(group) or likeliest_key([chord for _, chord in chords])
    end = row["chords"][-1][0] * 4.0
    return Work(group, "wjd", "jazz", key, "4/4", tuple(chords), (), tuple(sections), end)


def jazzomat_chord(symbol: str) -> Chord | None:
    """A chord of the Weimar Jazz Database: accidentals follow their number ("C79b")."""
    plain = re.sub(r"(11|13|9|5)([b#])", r"\2\1", symbol.replace("j", "maj"))
    try:
        chord = parse_chord(plain)
    except BadChord:
        return None
    return chord if chord.sounds else None


def nottingham(data: Path) -> Iterator[Work]:
    """Folk tunes with chords (GPL: for measuring only)."""
    for row in load(data / "nottingham/tunes.jsonl.gz"):
        song = read_song(row["abc"].encode(), "tune.abc")
        chords: list[tuple[float, Chord]] = []
        for onset, symbol in song.chords():
            try:
                chords.append((onset - song.pickup, parse_chord(symbol)))
            except BadChord:
                continue
        if len(chords) > 3:
            melody = (note._replace(onset=note.onset - song.pickup) for note in song.melody())
            yield Work(
                group_name(row["title"]), "nottingham", "folk", parse_key(song.key), song.metre,
                tuple(chords), tuple(melody),
            )  # fmt: skip
