"""The tool that reads one chord symbol, or names the chord that some notes make."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from music._plain_text import plain
from music.chords import Chord, Naming, names_for, parse_chord, parse_harte
from music.keys import Key
from music.spelling import NoteName, note_name
from tools._context import ToolContext
from tools._forms import key_arg
from tools._tool import InvalidArguments, Tool, ToolArguments, ToolResult
from wording import FriendlyError, Text

_NOTE = re.compile(r"([A-Ga-g])(##|bb|x|#|b)?(-?\d)?$")
_MOST_NOTES = 24


class BadNotes(FriendlyError):
    """Notes that cannot be read, or too few to make a chord."""


def _split(value: Any) -> Any:
    """ "C E G" and "60,64,67" as lists, as people type them."""
    if isinstance(value, str):
        return value.replace(",", " ").replace("，", " ").replace("、", " ").split()
    return value


class ParseChord(ToolArguments):
    """What to read."""

    symbol: str = Field(
        "", description='Chord symbol, e.g. "F#m7b5/E", "C大七和弦" or the label "A:min7/b3"'
    )
    notes: Annotated[list[int | str], BeforeValidator(_split)] = Field(
        default_factory=list,
        max_length=_MOST_NOTES,
        description='To name a chord instead: its notes, lowest first, e.g. ["E", "G", "C"]',
    )
    key: str | None = Field(None, description="Key to spell named notes in, e.g. Eb or A minor")
    german: bool = Field(False, description="Read H as B natural and B as B flat")


class NamedChord(BaseModel):
    """A name for the notes; `missing` degrees are promised by the name but not played."""

    symbol: str
    missing: list[str]


class ParsedChord(ToolResult):
    """The chord, read. Roots and pitch classes are 0-11 (C = 0), -1 and none for "N.C.".

    `candidates` rank the names of the notes when notes were given; the first is the one read.
    """

    symbol: str
    root: int
    bass: int
    pitch_classes: list[int]
    root_name: str
    bass_name: str
    notes: list[str]
    degrees: list[str]
    quality: str
    reading: str
    reading_zh: str
    other_names: list[str]
    candidates: list[NamedChord] = Field(default_factory=list)

    def content(self, language: str) -> str:
        """The chord in words, with its degrees and the other names its notes have."""
        lines = [f"**{self.symbol}** · {Text(self.reading, self.reading_zh).in_(language)}"]
        if self.degrees:
            lines.append(Text("Degrees: ", "音级：").in_(language) + " ".join(self.degrees))
        if self.candidates:
            lines += _ranked(self.candidates, language)
        elif self.other_names:
            also, comma = Text("Same notes: ", "同音异名："), Text(", ", "、")
            lines.append(also.in_(language) + comma.in_(language).join(self.other_names))
        return "\n".join(lines)


def _ranked(candidates: list[NamedChord], language: str) -> list[str]:
    """The names in order; what each leaves out is said."""
    words = []
    for one in candidates:
        lacks = Text("", "")
        if "1" in one.missing:
            lacks = Text(" (without its root)", "（省略根音）")
        elif one.missing:
            lacks = Text(" (without its fifth)", "（省略五音）")
        words.append(one.symbol + lacks.in_(language))
    if len(words) == 1 and not candidates[0].missing:
        return []
    head = Text("Names, likeliest first: ", "可能的名称（由近及远）：").in_(language)
    return [head + Text(", ", "、").in_(language).join(words)]


def _run(arguments: ParseChord, context: ToolContext) -> ParsedChord:  # noqa: ARG001 - no context
    if arguments.notes:
        return _named(arguments.notes, key_arg(arguments.key), arguments.german)
    if not arguments.symbol and "symbol" not in arguments.model_fields_set:
        raise InvalidArguments(
            'parse_chord needs a chord symbol, or notes such as ["C", "E", "G"].',
            'parse_chord 需要一个和弦标记，或一组音，例如 ["C", "E", "G"]。',
        )
    if ":" in arguments.symbol:
        chord = parse_harte(arguments.symbol)
    else:
        chord = parse_chord(arguments.symbol, german=arguments.german)
    return _result(chord, _other_names(chord))


def _other_names(chord: Chord) -> list[str]:
    """Complete names of the same notes over the same bass, in the chord's own spelling."""
    names = [note_name(name) for name in chord.note_names]
    spelled = {name.pitch_class: name for name in names if abs(name.alter) < 2}
    found = names_for(chord.pitch_classes, chord.bass, limit=6, spelled=spelled) if names else []
    return [one.symbol for one in found if not one.missing and one.symbol != chord.symbol][:3]


def _named(notes: list[int | str], key: Key | None, german: bool) -> ParsedChord:
    """The likeliest chord of the notes, with the others ranked."""
    pitches, names = zip(*(_note(item, german) for item in notes), strict=True)
    spelled = {p % 12: name for p, name in zip(pitches, names, strict=True) if name is not None}
    heights = all(p >= 12 for p in pitches)
    lowest = min(pitches) if heights else pitches[0]
    found = names_for(pitches, lowest % 12, key, 8, spelled={} if key else spelled)
    if not found:
        raise BadNotes(
            "One note is not a chord yet: give me two or more different ones.",
            "一个音还不能构成和弦：请给出两个或更多不同的音。",
        )
    others = [one.symbol for one in found[1:]]
    return _result(parse_chord(found[0].symbol), others, found)


def _note(item: int | str, german: bool) -> tuple[int, NoteName | None]:
    """MIDI number, or pitch class (below 12) for want of an octave, and the name if it has one."""
    text = plain(str(item).strip()).text
    if text.isdecimal() and len(text) < 4 and int(text) < 128:
        return int(text), None
    if german and text[:1] in ("H", "h", "B"):
        text = {"H": "B", "h": "B", "B": "Bb"}[text[0]] + text[1:]
    found = _NOTE.match(text)
    if found is None:
        shown = str(item)[:20]
        raise BadNotes(
            f'I cannot read the note "{shown}": I expected a name such as Eb or F#4, '
            "or a MIDI number.",
            f"我读不懂音“{shown}”：应该是音名，例如 Eb 或 F#4，或者 MIDI 编号。",
        )
    name = note_name(found[1].upper() + (found[2] or "").replace("x", "##"))
    if found[3] is None:
        return name.pitch_class, name
    natural = NoteName(name.letter, 0).pitch_class
    return 12 * (int(found[3]) + 1) + natural + name.alter, name


def _result(chord: Chord, others: list[str], found: list[Naming] | None = None) -> ParsedChord:
    ranked = [NamedChord(symbol=one.symbol, missing=list(one.missing)) for one in found or []]
    return ParsedChord(
        symbol=chord.symbol,
        root=chord.root,
        bass=chord.bass,
        pitch_classes=list(chord.pitch_classes),
        root_name=chord.root_name,
        bass_name=chord.bass_name,
        notes=list(chord.note_names),
        degrees=list(chord.degrees),
        quality=chord.quality,
        reading=chord.reading.en,
        reading_zh=chord.reading.zh,
        other_names=others,
        candidates=ranked,
    )


TOOL = Tool(
    "parse_chord",
    summary=Text(
        "Explain a chord symbol: its notes, root, bass and degrees; or name a chord by its notes.",
        "解释一个和弦：它的音、根音、低音和音级；或根据一组音说出和弦名。",
    ),
    arguments=ParseChord,
    result=ParsedChord,
    run=_run,
)
