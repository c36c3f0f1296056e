"""Chords on a guitar or ukulele: shapes for a song, capo advice, diagrams and a strummed part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from music.chords import Chord
from music.fretboard import (
    CapoChoice,
    Choice,
    Fretted,
    Shape,
    distinct,
    note_names,
    shapes,
    with_capo,
)
from music.render.chord_diagrams import Box, Heading, box_of, chord_boxes
from music.song import Hit, Song
from tools._context import ToolContext
from tools.export_song import safe_filename
from tools.voicing.answer import Answer, CapoRow, FretShape, VoicedChord
from tools.voicing.material import Material, NoChords, bar_of
from tools.voicing.parts import Played, string_hits, with_part
from wording import Text

_NECK = 5
_ADVISED = range(8)
_CLOSED = ("jazz", "bossa_nova")
_WORTH_SAYING = 0.2
"""Points of difficulty that a capo has to save to be advised."""


@dataclass(frozen=True)
class Wishes:
    """What the player asked for."""

    capo: int | None
    difficulty: int
    left_handed: bool
    shapes: int
    style: str

    @property
    def closed(self) -> bool:
        """Whether the style is played in shapes without open strings."""
        return self.style in _CLOSED and not self.capo


def on_strings(
    material: Material, instrument: Fretted, wishes: Wishes, context: ToolContext
) -> tuple[Answer, Song, list[Path]]:
    """The answer, the song with a strummed part, and the pages of diagrams."""
    fret = wishes.capo or 0
    changes = material.changes
    for chord in material.distinct:  # each may take a moment the first time
        context.deadline.check()
        shapes(chord, instrument, limit=wishes.difficulty)
    closed = wishes.closed
    chosen = with_capo(changes, instrument, fret, wishes.difficulty, material.key, closed=closed)
    if not chosen.plan.choices:
        raise NoChords
    alone = len(material.distinct) == 1 or wishes.closed  # neither gains by a capo
    rows = [] if alone else _capos(material, instrument, wishes, context)
    context.deadline.check()
    choices = dict(zip(chosen.sounds, _fitting(chosen), strict=True))
    voiced = [
        _voiced(chord, choices[chord], material, instrument, wishes)
        for chord in material.distinct
        if choices.get(chord) is not None
    ]
    answer = Answer(
        instrument=instrument.name,
        tuning=instrument.tuning.en,
        capo=fret,
        chords=voiced,
        capos=rows,
    )
    work = _work(material, instrument, choices, wishes, context)
    return answer, work, _pictures(answer, material, instrument, choices, wishes, context)


def _fitting(chosen: CapoChoice) -> list[Choice | None]:
    """The plan's choice for every chord of the song; None where the instrument has no shape."""
    by_chord = {choice.chord: choice for choice in chosen.plan.choices}
    return [by_chord.get(chord) for chord in chosen.shapes]


def _capos(
    material: Material, instrument: Fretted, wishes: Wishes, context: ToolContext
) -> list[CapoRow]:
    """Every capo fret, the easiest first."""
    found = []
    for fret in _ADVISED:
        context.deadline.check()
        found.append(
            with_capo(material.changes, instrument, fret, wishes.difficulty, material.key, _NECK)
        )
    found.sort(key=lambda choice: (choice.effort, choice.fret))
    return [
        CapoRow(
            capo=choice.fret,
            shapes=[chord.symbol for chord in choice.shapes],
            sounds=[chord.symbol for chord in choice.sounds],
            key_of_shapes=material.key.transposed(-choice.fret).name,
            hardest=choice.plan.level,
            effort=round(choice.effort, 2),
            simplified=[c.chord.symbol for c in choice.plan.choices if c.instead],
        )
        for choice in found
    ]


def _voiced(
    chord: Chord, choice: Choice | None, material: Material, instrument: Fretted, wishes: Wishes
) -> VoicedChord:
    assert choice is not None
    fret = wishes.capo or 0
    rows = [choice.shape, *_others(choice, instrument, wishes)]
    return VoicedChord(
        symbol=chord.symbol,
        played=choice.played.symbol,
        onset=next(item.start for item in material.chords if item.chord == chord),
        shapes=[
            FretShape(
                frets=shape.text,
                fingers=list(shape.fingers),
                notes=[note + fret for note in shape.notes],
                difficulty=shape.level,
            )
            for shape in rows
        ],
        names=_names(choice, fret, material),
        instead=choice.instead.en if choice.instead else "",
        instead_zh=choice.instead.zh if choice.instead else "",
        hard=choice.hard,
    )


def _others(choice: Choice, instrument: Fretted, wishes: Wishes) -> list[Shape]:
    """More shapes of the chord within the limit, the usual ones first."""
    fitting = (
        shape
        for shape in distinct(shapes(choice.played, instrument, limit=wishes.difficulty))
        if shape != choice.shape
    )
    return [shape for shape, _ in zip(fitting, range(wishes.shapes - 1), strict=False)]


def _names(choice: Choice, fret: int, material: Material) -> list[str]:
    """The sounding notes' names, as the chord spells them where it has them."""
    own = dict(zip(choice.played.pitch_classes, choice.played.note_names, strict=True))
    if fret:
        own = {}
    return [
        own.get(note % 12, material.key.spell((note + fret) % 12))
        for note in sorted(choice.shape.notes)
    ]


def _work(
    material: Material,
    instrument: Fretted,
    choices: dict[Chord, Choice | None],
    wishes: Wishes,
    context: ToolContext,
) -> Song:
    fret = wishes.capo or 0
    played = [
        Played(item.start, item.end, tuple(sorted(note + fret for note in choice.shape.notes)))
        for item in material.chords
        if (choice := choices.get(item.chord)) is not None
    ]
    hits: list[Hit] = []
    for one in played:
        context.deadline.check()
        hits += string_hits([one], bar_of(material.song), wishes.style)
    context.deadline.check()
    name = instrument.label.en.capitalize()
    return with_part(material.song, name, instrument.program, hits, alone=material.own)


def _pictures(
    answer: Answer,
    material: Material,
    instrument: Fretted,
    choices: dict[Chord, Choice | None],
    wishes: Wishes,
    context: ToolContext,
) -> list[Path]:
    language = context.language
    boxes: list[Box] = []
    for chord in answer.chords:
        choice = next(c for s, c in choices.items() if s.symbol == chord.symbol)
        assert choice is not None
        note = _note(chord, wishes.capo or 0, language)
        for shape in [choice.shape, *_others(choice, instrument, wishes)]:
            boxes.append(box_of(choice.played.symbol, choice.played, shape, instrument, note))
    pages = chord_boxes(
        boxes,
        _heading(answer, material, instrument, wishes, language),
        left_handed=wishes.left_handed,
    )
    marks = [safe_filename(material.song.title), instrument.name]
    marks += [safe_filename(answer.tuning)] if answer.tuning != "standard" else []
    marks += [f"capo-{answer.capo}"] if answer.capo else []
    return saved(pages, "-".join([*marks, *(["left"] if wishes.left_handed else [])]), context)


def saved(pages: Sequence[bytes], stem: str, context: ToolContext) -> list[Path]:
    """Write pages as PNG files next to each other."""
    context.files.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, page in enumerate(pages, 1):
        path = context.files / f"{stem}{f'-{number}' if len(pages) > 1 else ''}.png"
        path.write_bytes(page)
        paths.append(path)
    return paths


def _note(chord: VoicedChord, capo: int, language: str) -> str:
    """What a box says beneath: which chord it sounds as, or stands for."""
    if chord.instead:
        return Text(f"for {chord.symbol}", f"代替 {chord.symbol}").in_(language)
    if capo:
        return Text(f"sounds {chord.symbol}", f"实际音 {chord.symbol}").in_(language)
    return ""


def _heading(
    answer: Answer, material: Material, instrument: Fretted, wishes: Wishes, language: str
) -> Heading:
    name = instrument.label.zh if language.startswith("zh") else instrument.label.en.capitalize()
    strings = "-".join(note_names(instrument))
    facts = [name, f"{instrument.tuning.in_(language)} {strings}"]
    if len(answer.chords) > 1:
        facts.append(material.key.in_words(language))
    if answer.capo:
        facts.append(Text(f"capo {answer.capo}", f"变调夹 {answer.capo} 品").in_(language))
    if wishes.left_handed:
        facts.append(Text("left-handed", "左手版").in_(language))
    foot = Text(
        "Blue: root.  1 index, 2 middle, 3 ring, 4 little finger.  Dots below: how hard, 1 to 5.",
        "蓝色为根音。1 食指，2 中指，3 无名指，4 小指。下方圆点：难度 1 到 5。",
    )
    return Heading(
        material.song.title or Text("Chords", "和弦").in_(language),
        tuple(facts),
        foot.in_(language),
    )


def worth_a_capo(answer: Answer) -> list[CapoRow]:
    """The capo frets that make the song clearly easier than it is now, the easiest first."""
    now = next((row.effort for row in answer.capos if row.capo == answer.capo), None)
    if now is None:
        return []
    return [row for row in answer.capos if row.effort < now - _WORTH_SAYING]
