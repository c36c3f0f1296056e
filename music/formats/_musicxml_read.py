"""MusicXML as a song: the sung or top part becomes the melody, the others tracks."""

from __future__ import annotations

from itertools import accumulate
from xml.etree.ElementTree import Element

from music.errors import UnreadableFile
from music.formats._draft import Draft, Part, Words, to_song
from music.formats._lyrics import with_lines
from music.formats._musicxml_part import Measure, PartReader, Sound
from music.formats._repeats import Mark, played, unfold
from music.formats._xml import BadXml, parse
from music.pitch import fifths, key_name, spell
from music.song import Song

EXPECTED = ("a MusicXML score", "一份 MusicXML 乐谱")
_MELODY = ("melody", "voice", "vocal", "lead", "sing", "旋律", "人声", "主唱")
_MAX_MEASURES = 20_000


def read(data: bytes) -> Song:
    """The song of a score. Raises `UnreadableFile`, or `FileTooLarge` for too much music."""
    try:
        root = parse(data)
    except BadXml as error:
        raise UnreadableFile("", *EXPECTED) from error
    parts = _parts(root)
    if not parts or max(len(measures) for _, measures in parts) > _MAX_MEASURES:
        raise UnreadableFile("", *EXPECTED)
    read_parts = [[reader.measure(m) for m in measures] for reader, measures in parts]
    infos = _infos(root, len(parts))
    draft = _draft(read_parts, infos)
    _titles(root, draft)
    return to_song(draft)


def _parts(root: Element) -> list[tuple[PartReader, list[Element]]]:
    unpitched = {
        instrument.get("id", ""): int(text) - 1
        for instrument in root.iter("midi-instrument")
        if (text := instrument.findtext("midi-unpitched", "").strip()).isdecimal()
        and text.isascii()
        and len(text) <= 3
    }
    if root.tag == "score-timewise":
        columns: dict[str, list[Element]] = {}
        for measure in root.findall("measure"):
            for part in measure.findall("part"):
                columns.setdefault(part.get("id", ""), []).append(part)
        return [(PartReader(unpitched), column) for column in columns.values()]
    if root.tag != "score-partwise":
        return []
    return [(PartReader(unpitched), part.findall("measure")) for part in root.findall("part")]


def _infos(root: Element, count: int) -> list[Part]:
    """Name, program and whether it is drums, of every part."""
    infos = []
    for score_part in root.findall("part-list/score-part"):
        channels = [c.text for c in score_part.findall("midi-instrument/midi-channel")]
        program = score_part.findtext("midi-instrument/midi-program", "1").strip()
        number = int(program) - 1 if program.isdecimal() and len(program) <= 3 else 0
        name = " ".join(score_part.findtext("part-name", "").split())
        infos.append(Part(name, min(max(number, 0), 127), "10" in channels))
    infos += [Part("") for _ in range(count - len(infos))]
    return infos


def _draft(parts: list[list[Measure]], infos: list[Part]) -> Draft:
    count = max(len(measures) for measures in parts)
    lengths = [_length([p[i] for p in parts if i < len(p)], i, count) for i in range(count)]
    starts = [0, *accumulate(lengths)]
    lead = _lead(parts, infos)
    draft = Draft(length=starts[-1])
    draft.pickup = lengths[0] if count > 1 and lengths[0] < parts[lead][0].full else 0
    harmony = max(parts, key=lambda measures: sum(len(m.chords) for m in measures))
    for start, measure in zip(starts, harmony, strict=False):
        draft.chords += [(start + at, chord) for at, chord in measure.chords]
    marked = max(parts, key=lambda measures: sum(len(m.marks) for m in measures))
    for start, measure in zip(starts, marked, strict=False):
        draft.marks += [(start + at, name) for at, name in measure.marks]
    for start, measure in zip(starts, parts[lead], strict=False):
        draft.keys += [(start + at, key) for at, key in measure.keys]
        draft.metres += [(start + at, metre) for at, metre in measure.metres]
    tempi = [m.tempo for measures in parts for m in measures if m.tempo and m.tempo > 0]
    draft.tempo = tempi[0] if tempi else 100.0
    draft.words = with_lines(_words(parts[lead], starts))
    _voices(draft, parts, infos, lead, starts)
    draft.keys = [(at, _sure(key, draft)) for at, key in draft.keys]
    repeats = max((_repeats(measures, starts) for measures in parts), key=len)
    return unfold(draft, played(repeats, draft.length))


def _length(measures: list[Measure], index: int, count: int) -> int:
    longest = max(measure.length for measure in measures)
    return longest or (0 if index == 0 and count == 1 else measures[0].full)


def _lead(parts: list[list[Measure]], infos: list[Part]) -> int:
    words = [sum(len(m.words) for m in measures) for measures in parts]
    if max(words):
        return words.index(max(words))
    named = [i for i, p in enumerate(infos[: len(parts)]) if p.name.lower().startswith(_MELODY)]
    return named[0] if named else 0


def _words(measures: list[Measure], starts: list[int]) -> list[tuple[Words, bool]]:
    return [
        (Words(start + w.at, w.text, w.joined, w.verse, 0), w.ends_line)
        for start, measure in zip(starts, measures, strict=False)
        for w in measure.words
    ]


def _voices(
    draft: Draft, parts: list[list[Measure]], infos: list[Part], lead: int, starts: list[int]
) -> None:
    """The first voice of the leading part is the melody, its top notes; the rest are tracks."""
    for index, measures in enumerate(parts):
        voices: dict[str, list[Sound]] = {}
        for start, measure in zip(starts, measures, strict=False):
            for sound in measure.sounds:
                place = sound._replace(at=start + sound.at)
                voices.setdefault(sound.voice if index == lead else "", []).append(place)
        info = infos[index]
        for order, (_, sounds) in enumerate(sorted(voices.items())):
            notes = _joined(sounds)
            rest = notes
            if index == lead and order == 0:
                line = {note[0]: note for note in sorted(notes, key=lambda note: note[2])}
                draft.notes = sorted((on, n, p) for on, n, p, _ in line.values())
                rest = [note for note in notes if line[note[0]] != note]
            if rest:
                name = info.name or ("harmony" if index == lead else f"part {index + 1}")
                draft.parts.append(Part(name, info.program, info.drums, rest))


def _joined(sounds: list[Sound]) -> list[tuple[int, int, int, int]]:
    """The sounding notes: tied ones are one."""
    notes: list[tuple[int, int, int, int]] = []
    open_ties: dict[int, int] = {}
    for sound in sounds:
        index = open_ties.pop(sound.pitch, None) if sound.tie_in else None
        if index is not None and notes[index][0] + notes[index][1] == sound.at:
            on, length, pitch, velocity = notes[index]
            notes[index] = (on, length + sound.length, pitch, velocity)
        else:
            index = len(notes)
            notes.append((sound.at, sound.length, sound.pitch, sound.velocity))
        if sound.tie_out:
            open_ties[sound.pitch] = index
    return notes


def _repeats(measures: list[Measure], starts: list[int]) -> list[Mark]:
    return [
        mark._replace(at=start + mark.at)
        for start, measure in zip(starts, measures, strict=False)
        for mark in measure.repeats
    ]


def _sure(key: str, draft: Draft) -> str:
    """A key whose mode the file leaves open is minor when the melody ends on that tonic."""
    if not key.endswith("?"):
        return key
    minor = key_name(fifths(key[:-1]), "minor")
    last = draft.notes[-1][2] if draft.notes else 0
    tonic = spell(last, fifths(minor))
    return minor if minor.split()[0] == tonic.name.rstrip("-0123456789") else key[:-1]


def _titles(root: Element, draft: Draft) -> None:
    titles = [root.findtext("work/work-title", ""), root.findtext("movement-title", "")]
    titles += [
        credit.findtext("credit-words", "")
        for credit in root.findall("credit")
        if credit.findtext("credit-type", "").strip() == "title"
    ]
    draft.title = next((" ".join(t.split()) for t in titles if t and t.strip()), "")
    for creator in root.findall("identification/creator"):
        role, name = creator.get("type", "").lower(), " ".join((creator.text or "").split())
        if role == "composer" and not draft.composer:
            draft.composer = name
        elif role in ("lyricist", "poet") and not draft.lyricist:
            draft.lyricist = name
    for field in root.findall("identification/miscellaneous/miscellaneous-field"):
        text = " ".join((field.text or "").split())
        kind = field.get("name", "")
        if kind in ("language", "style", "mood"):
            setattr(draft, kind, text)
        elif kind == "key" and draft.keys and fifths(text) == fifths(draft.keys[0][1]):
            draft.keys = [(at, text if at == 0 else key) for at, key in draft.keys]
