"""Staves: a song engraved by verovio and cut into systems, with its texts set anew.

Verovio spaces the notes; its texts are replaced, because they ask for fonts that are not there
and because it spells chord symbols in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import verovio

from music.formats import write_song
from music.headings import heading
from music.render import _fonts as fonts
from music.render import _svg as svg
from music.render._svg import Block, Type
from music.render._systems import break_before, first_measures
from music.song import Song

_PAGE = 2100
_SMALLEST = 1.7  # how much smaller the staves of a song with crowded bars may be
_SPACE = 180  # between two lines of the staff
_LYRIC, _CHORD, _LABEL, _NUMBER = 420.0, 430.0, 330.0, 260.0
_HEAD = 106  # half a notehead
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MEI = ' xmlns="http://www.music-encoding.org/ns/mei"'
_OPTIONS = {
    "pageWidth": _PAGE,
    "pageHeight": 60000,
    "adjustPageHeight": True,
    "pageMarginLeft": 0,
    "pageMarginRight": 0,
    "header": "none",
    "footer": "none",
    "scale": 100,
    "xmlIdSeed": 1,
    "svgFormatRaw": True,
    "font": "Leland",
    "lyricSize": 4.5,
    "lyricTopMinMargin": 3.4,
    "minLastJustification": 0.0,
}
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_MOVE = re.compile(r"translate\((-?[\d.]+), (-?[\d.]+)\)")
_CLEF_ROOM = 1500  # clef and signature at the left of a system
_CLEF_UP, _CLEF_DOWN, _GLYPH = 820, 500, 260


@dataclass(frozen=True)
class _Score:
    """What verovio drew: shared glyphs, styles, and the systems, in verovio's units."""

    defs: str
    style: str
    id: str
    systems: tuple[ET.Element, ...]
    labels: dict[str, str]
    width: float


def engrave(song: Song, width: float) -> tuple[str, list[Block]]:
    """The song as (definitions that a page needs once, one block a system `width` pixels wide).

    Raises `UnwritableSong` for a song that is too long for paper.
    """
    score = _draw(song)
    scale = width / score.width
    blocks = [_block(system, score, scale) for system in score.systems]
    return score.defs + score.style, blocks


def group_id(defs: str) -> str:
    """The id that an element around the systems must have for their style to apply."""
    match = re.search(r"#([\w-]+) g\.", defs)
    return match[1] if match else "score"


def _draw(song: Song) -> _Score:
    verovio.enableLog(verovio.LOG_OFF)  # it remarks on songs of one system
    # Verovio remembers its fonts' folder for the thread that imported it alone.
    verovio.setDefaultResourcePath(str(Path(verovio.__file__).parent / "data"))
    toolkit = verovio.toolkit()
    han = any(s.text[-1:] > "\u2e7f" for section in song.sections for s in section.lyrics)
    # Han characters are taller than verovio thinks: under low notes they need more room.
    words = {"lyricHeightFactor": 1.25, "lyricTopMinMargin": 5.2} if han else {}
    toolkit.setOptions(_OPTIONS | {"breaks": "none", "lyricHeightFactor": 1.05} | words)
    toolkit.loadData(write_song(song, "musicxml").decode())
    mei = ET.fromstring(toolkit.getMEI().replace(_MEI, "", 1))
    labels = _prepare(mei, song)
    root = _svg_of(toolkit, mei)
    widths = {g.get("id", ""): _width(g) for g in root.iter("g") if g.get("class") == "measure"}
    crowded = max(widths.values(), default=0.0) / (10 * _PAGE - _CLEF_ROOM)
    page = round(_PAGE * min(max(1.0, crowded), _SMALLEST))
    break_before(mei, first_measures(widths, set(labels), 10 * page - _CLEF_ROOM))
    toolkit.setOptions({"breaks": "encoded", "pageWidth": page})
    root = _svg_of(toolkit, mei)
    systems = tuple(g for g in root.iter("g") if g.get("class") == "system")
    for system in systems:
        _give_room(system, 10.0 * page)
    return _Score(
        defs="".join(ET.tostring(d, encoding="unicode") for d in root.findall("defs")),
        style="".join(ET.tostring(s, encoding="unicode") for s in root.findall("style")),
        id=root.get("id", ""),
        systems=systems,
        labels=labels,
        width=10.0 * page,
    )


def _svg_of(toolkit: verovio.toolkit, mei: ET.Element) -> ET.Element:
    mei.set("xmlns", _MEI.split('"')[1])
    toolkit.loadData(ET.tostring(mei, encoding="unicode"))
    drawing = toolkit.renderToSVG(1).replace("xlink:href", "href")
    return ET.fromstring(re.sub(r' xmlns(:\w+)?="[^"]*"', "", drawing))


def _prepare(mei: ET.Element, song: Song) -> dict[str, str]:
    """Put the song's own chord symbols in, make room for Han characters, take tempo and section
    names out (they are drawn by us). Returns the section names by the measure's id."""
    for element, event in zip(mei.iter("harm"), song.chords(), strict=False):
        for child in list(element):
            element.remove(child)
        element.text = event.symbol
    for syllable in mei.iter("syl"):
        # Verovio knows no Han characters and takes them for half as wide as they are.
        wide = sum(char > "\u2e7f" for char in syllable.text or "")
        syllable.text = (syllable.text or "") + "\u2002" * wide
    labels: dict[str, str] = {}
    for measure in mei.iter("measure"):
        for child in list(measure):
            if child.tag == "reh":
                name = "".join(child.itertext()).strip()
                labels[measure.get(_ID, "")] = heading(name, song.language)
            if child.tag in ("reh", "tempo"):
                measure.remove(child)
    return labels


def _give_room(system: ET.Element, width: float) -> None:
    """Note at every text how far the next one of its line is."""
    lines: dict[tuple[str, str], list[ET.Element]] = {}
    for group in system.iter("g"):
        kind = group.get("class", "")
        if kind in ("syl", "harm"):
            for element in group.findall("text"):
                lines.setdefault((kind, element.get("y", "")), []).append(element)
    for line in lines.values():
        line.sort(key=lambda element: float(element.get("x", 0)))
        ends = [float(element.get("x", 0)) for element in line[1:]]
        for element, end in zip(line, [*ends, width], strict=True):
            element.set("room", str(end - float(element.get("x", 0)) - _LYRIC * 0.12))


def _block(system: ET.Element, score: _Score, scale: float) -> Block:
    drawn = "".join(_redraw(system, "", 0.0))
    ys = list(_heights(system))
    top, bottom = min(ys), max(ys)
    labelled = ""
    named = [(m, score.labels[m.get("id", "")]) for m in system if m.get("id") in score.labels]
    if named:
        for measure, name in named:
            x = _left(measure)
            room = score.width - x - _LABEL
            shown = fonts.fitted(name, fonts.SANS, _LABEL, room)
            labelled += svg.label((x + 20, top - 120), shown, _LABEL)
        top -= 120 + 1.5 * _LABEL + 20
    group = (
        f'<g id="{score.id}" color="black" stroke-linejoin="round"'
        f' transform="scale({scale:.6f}) translate(0, {-top:.0f})">{drawn}{labelled}</g>'
    )
    return Block(group, (bottom - top) * scale)


def _left(measure: ET.Element) -> float:
    path = next((p for staff in measure.findall("g") for p in staff.findall("path")), None)
    return float(_NUMBERS.findall(path.get("d", "0"))[0]) if path is not None else 0.0


def _width(measure: ET.Element) -> float:
    path = next((p for staff in measure.findall("g") for p in staff.findall("path")), None)
    left, _, right, _ = _NUMBERS.findall(path.get("d", "")) if path is not None else "0000"
    return float(right) - float(left)


def _redraw(element: ET.Element, kind: str, head: float) -> Iterator[str]:
    """The element as SVG text, with our own type; `head` is the middle of the note around it."""
    kinds = element.get("class", "").split()
    if "placeholder" in kinds:
        return
    if element.tag == "text":
        yield _type(element, kind, head)
        return
    kind = kinds[0] if kinds else kind
    if kind == "note":
        head = _notehead(element) or head
    attributes = "".join(f' {k}="{v}"' for k, v in element.items() if k != _ID)
    children = "".join(part for child in element for part in _redraw(child, kind, head))
    yield f"<{element.tag}{attributes}>{children}</{element.tag}>"


def _notehead(note: ET.Element) -> float | None:
    use = note.find("g[@class='notehead']/use")
    match = _MOVE.match(use.get("transform", "")) if use is not None else None
    return float(match[1]) + _HEAD if match else None


def _type(element: ET.Element, kind: str, head: float) -> str:
    words = "".join(element.itertext()).strip()
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    room = max(float(element.get("room", "inf")), 1.0)
    if kind == "harm":
        size = min(_CHORD, _CHORD * room / max(svg.chord_width(words, _CHORD), 1.0))
        return svg.chord((x, y), words, size)
    if kind == "mNum":
        return svg.text((0, y), words, Type(fonts.SANS, _NUMBER, svg.SOFT))
    if kind == "syl":
        wide = max(fonts.width(words, fonts.SERIF, _LYRIC), 1.0)
        type = Type(fonts.SERIF, min(_LYRIC, _LYRIC * room / wide))
        if head and any(char > "\u2e7f" for char in words):
            return svg.text((head, y), words, type, "middle")
        return svg.text((x, y), words, type)
    return svg.text((x, y), words, Type(fonts.SERIF_ITALIC, _LYRIC))


def _heights(element: ET.Element, kind: str = "") -> Iterator[float]:
    """Heights (y) that the drawing reaches, a little generously."""
    kinds = element.get("class", "").split()
    if "placeholder" in kinds:
        return
    kind = kinds[0] if kinds else kind
    if element.tag in ("path", "polygon"):
        outline = element.get("d") or element.get("points") or ""
        yield from (float(n) for n in _NUMBERS.findall(outline)[1::2])
    elif element.tag == "rect":
        yield float(element.get("y", 0))
    elif element.tag == "use":
        match = _MOVE.match(element.get("transform", ""))
        if match:
            y = float(match[2])
            up, down = (_CLEF_UP, _CLEF_DOWN) if kind == "clef" else (_GLYPH, _GLYPH)
            yield from (y - up, y + down)
    elif element.tag == "text":
        y = float(element.get("y", 0))
        yield from (y - 0.95 * _LYRIC, y + 0.3 * _LYRIC)
        return
    for child in element:
        yield from _heights(child, kind)
