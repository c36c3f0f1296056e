"""Sets a text under the notes of a song, and says line by line what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from music.song import Note, Song, Syllable
from tools.textsetting.aligning import Alignment, align
from tools.textsetting.costs import Weights
from tools.textsetting.metre import accents, levels
from tools.textsetting.passes import Pass, Stanza, passes
from tools.textsetting.phrasing import REST
from tools.textsetting.tune import TuneSection, tune
from tools.textsetting.words import Lattice, Stress, Sung, lattice
from wording import FriendlyError

_DOTTED = (0.75, 1.5, 3.0, 6.0)
"""Quarter notes of dotted notes."""


class NoTune(FriendlyError):
    """The song has no melody to sing words to."""

    def __init__(self) -> None:
        super().__init__(
            "This song has no melody to sing words to. Compose one first, or send me the notes.",
            "这首歌还没有旋律，词无处可唱。请先作曲，或者把音符发给我。",
        )


class WordsDoNotFit(FriendlyError):
    """Far too many, or too few, syllables for the notes."""


@dataclass(frozen=True)
class SetLine:
    """A line as it was set: words on several notes, notes that were divided, longer words whose
    stress lies on a weak place, and how many stresses of longer words lie on accents."""

    section: str
    verse: int
    text: str
    syllables: int
    notes: int
    melismas: tuple[str, ...]
    divided: tuple[str, ...]
    weak: tuple[str, ...]
    stresses: int
    strong: int


@dataclass(frozen=True)
class Setting:
    """The song with its words; `unsung` are notes that have none."""

    song: Song
    lines: tuple[SetLine, ...]
    unsung: int


def set_text(
    song: Song, stanzas: Sequence[Stanza], language: str, check: Callable[[], None],
    weights: Weights | None = None,
) -> Setting:  # fmt: skip
    """The words under the song's notes; all words that it had are replaced.

    Raises `NoTune`, `WordsDoNotFit`, `BadMetre`.
    """
    bare = song.replace(sections=tuple(s.model_copy(update={"lyrics": ()}) for s in song.sections))
    if not (sections := tune(bare)):
        raise NoTune
    found: list[SetLine] = []
    unsung = sum(len(section.notes) for section in sections)
    for one in passes(stanzas, sections, language):
        here = [s for s in tune(bare) if s.index in {t.index for t in one.sections}]
        words = lattice(one.lines, language)
        alignment = _aligned(words, here, weights or Weights(), check)
        bare, lines = _Writer(bare, here, replace(one, sections=tuple(here)), words).write(
            alignment
        )
        found += lines
        unsung -= alignment.laid[-1].until if one.verse == 1 else 0
    return Setting(bare, tuple(found), unsung)


def _aligned(
    words: Lattice, sections: Sequence[TuneSection], weights: Weights, check: Callable[[], None]
) -> Alignment:
    places = [place for section in sections for place in section.places()]
    room = len(places) + sum(place.note.duration >= 1.0 for place in places)
    if words.length > room:
        raise WordsDoNotFit(
            f"These words have {words.length} syllables, and the melody has room for {room} at most"
            f" (notes: {len(places)}). Shorten the words or send a longer tune.",
            f"这段词有 {words.length} 个音节，旋律只有 {len(places)} 个音，"
            f"最多容得下 {room} 个音节。请把词缩短，或者换一段更长的旋律。",
        )
    found = align(words, places, weights, check)
    if found is None:
        breaths = 1 + sum(place.pause >= REST for place in places)
        raise WordsDoNotFit(
            f"No way of holding or dividing notes makes these words (syllables: {words.length})"
            f" meet this tune (notes: {len(places)}, phrases: {breaths}). Send words of about"
            f" {len(places)} syllables.",
            f"{words.length} 个音节配不上这 {len(places)} 个音（{breaths} 个乐句），"
            f"怎么拖腔、拆音都对不齐。请给我大约 {len(places)} 个音节的词。",
        )
    return found


class _Writer:
    """Turns an alignment into syllables, divided notes and a report."""

    def __init__(
        self, song: Song, sections: Sequence[TuneSection], one: Pass, words: Lattice
    ) -> None:
        self.song, self.sections, self.one, self.words = song, sections, one, words
        self.owners = [(section, note) for section in sections for note in section.notes]
        self.melody = {s.index: {n.onset: [n] for n in s.notes} for s in sections}

    def write(self, alignment: Alignment) -> tuple[Song, list[SetLine]]:
        """The song with these words added, and a report for every line."""
        parts: dict[int, int] = {}
        for laid in alignment.laid:
            parts[laid.first] = max(parts.get(laid.first, 1), laid.part + 1)
        for at, count in parts.items():
            if count > 1:
                section, note = self.owners[at]
                self.melody[section.index][note.onset] = divided(note, count)
        sung: dict[int, list[Syllable]] = {section.index: [] for section in self.sections}
        rows: dict[int, list[_Placed]] = {}
        first_line: dict[int, int] = {}
        for laid in alignment.laid:
            syllable = self.words.syllables[laid.syllable]
            section, note = self.owners[laid.first]
            onset = self.melody[section.index][note.onset][laid.part].onset
            opening = first_line.setdefault(section.index, syllable.line)
            sung[section.index].append(
                Syllable(
                    onset=onset, text=syllable.text, joined=syllable.joined,
                    line=syllable.line - opening, verse=self.one.verse,
                )
            )  # fmt: skip
            placed = _Placed(syllable, section, onset, laid.until - laid.first, parts[laid.first])
            rows.setdefault(syllable.line, []).append(placed)
        song = self._song(sung)
        return song, [self._report(number, row) for number, row in sorted(rows.items())]

    def _song(self, sung: dict[int, list[Syllable]]) -> Song:
        sections = list(self.song.sections)
        for index, syllables in sung.items():
            notes = tuple(n for group in self.melody[index].values() for n in group)
            sections[index] = sections[index].model_copy(
                update={
                    "melody": tuple(sorted(notes)),
                    "lyrics": tuple(
                        sorted((*sections[index].lyrics, *syllables), key=lambda s: s.onset)
                    ),
                }
            )
        return self.song.replace(sections=tuple(sections))

    def _report(self, number: int, row: Sequence[_Placed]) -> SetLine:
        section = row[0].section
        notes = sorted(n for group in self.melody[section.index].values() for n in group)
        start = row[0].onset
        last = next(k for k, n in enumerate(notes) if n.onset == row[-1].onset)
        under = [n for n in notes[: last + row[-1].notes] if n.onset >= start]
        strong = dict(
            zip(
                [n.onset for n in under],
                accents(levels(under, section.metre, section.phase)),
                strict=True,
            )
        )
        stressed = [p for p in row if p.sung.stress is Stress.PRIMARY]
        weak = [p for p in stressed if not strong[p.onset]]
        return SetLine(
            section=section.name,
            verse=self.one.verse,
            text=self.one.lines[number].strip(),
            syllables=len(row),
            notes=len(under),
            melismas=tuple(dict.fromkeys(_shown(p, row) for p in row if p.notes > 1)),
            divided=tuple(dict.fromkeys(_shown(p, row) for p in row if p.parts > 1)),
            weak=tuple(dict.fromkeys(_shown(p, row) for p in weak)),
            stresses=len(stressed),
            strong=len(stressed) - len(weak),
        )


@dataclass(frozen=True)
class _Placed:
    """A syllable that was set: how many notes it has, and in how many its note was divided."""

    sung: Sung
    section: TuneSection
    onset: float
    notes: int
    parts: int


def divided(note: Note, parts: int) -> list[Note]:
    """The note as repeated notes: a dotted one in two as long and short, others evenly."""
    dotted = parts == 2 and any(abs(note.duration - length) < 1e-6 for length in _DOTTED)
    shares = (2 / 3, 1 / 3) if dotted else (1 / parts,) * parts
    found, at = [], note.onset
    for share in shares:
        length = round(note.duration * share, 6)
        found.append(Note(at, length, note.pitch))
        at = round(at + length, 6)
    return found


def _shown(placed: _Placed, row: Sequence[_Placed]) -> str:
    """The word that the syllable belongs to, without signs."""
    text = "".join(p.sung.text for p in row if p.sung.word == placed.sung.word)
    return text.strip('.,!?;:"()…—“”，。！？；：、')
