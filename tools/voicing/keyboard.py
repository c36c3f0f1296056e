"""Chords on a piano: voicings for two hands, a sheet of keyboards and a part."""

from __future__ import annotations

from pathlib import Path

from music.render.chord_diagrams import Heading
from music.render.keyboards import Keyboard, keyboard_sheet
from music.song import Song
from music.voicing import Manner, Voicing, manner_of, pitch_names, voice_progression
from tools._context import ToolContext
from tools.export_song import safe_filename
from tools.voicing.answer import Answer, VoicedChord
from tools.voicing.material import Material, Sounding, bar_of
from tools.voicing.parts import Played, piano_hits, with_part
from tools.voicing.strings import saved
from wording import Text

_PIANO = 0


def on_keyboard(
    material: Material, style: str, context: ToolContext
) -> tuple[Answer, Song, list[Path]]:
    """The answer, the song with a piano part, and the pages of keyboards."""
    context.deadline.check()
    manner = manner_of(style)
    scale = frozenset(material.key.pitch_classes)
    chords = [item.chord for item in material.chords]
    tops = [item.melody for item in material.chords]
    voicings = voice_progression(chords, manner, tops, scale=scale)
    context.deadline.check()
    pairs = list(zip(material.chords, voicings, strict=True))
    answer = Answer(instrument="piano", manner=manner.name, chords=_distinct(pairs, material))
    played = [Played(item.start, item.end, v.left, v.right) for item, v in pairs]
    hits = list(piano_hits(played, bar_of(material.song)))
    work = with_part(material.song, "Piano", _PIANO, hits, alone=material.own)
    return answer, work, _pictures(answer, material, manner, context)


def _distinct(pairs: list[tuple[Sounding, Voicing]], material: Material) -> list[VoicedChord]:
    """Each voicing of a chord once: a chord may be played in another way when it returns."""
    found: dict[tuple[str, tuple[int, ...]], VoicedChord] = {}
    for item, voicing in pairs:
        found.setdefault(
            (item.chord.symbol, voicing.pitches),
            VoicedChord(
                symbol=item.chord.symbol,
                played=item.chord.symbol,
                onset=item.start,
                left=list(voicing.left),
                right=list(voicing.right),
                names=pitch_names(item.chord, voicing.pitches, material.key.spell),
            ),
        )
    return list(found.values())


def _pictures(
    answer: Answer, material: Material, manner: Manner, context: ToolContext
) -> list[Path]:
    language = context.language
    keyboards = [
        Keyboard(c.symbol, Voicing(tuple(c.left), tuple(c.right)), tuple(c.names))
        for c in answer.chords
    ]
    heading = Heading(
        material.song.title or Text("Chords", "和弦").in_(language),
        (
            Text("Piano", "钢琴").in_(language),
            material.key.in_words(language),
            manner.label.in_(language),
        ),
        Text("Blue: left hand. Orange: right hand.", "蓝色：左手。橙色：右手。").in_(language),
    )
    pages = keyboard_sheet(keyboards, heading)
    return saved(pages, f"{safe_filename(material.song.title)}-piano", context)
