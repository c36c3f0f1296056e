"""The song as a piano-roll picture: melody with note names and words, chords, and the tracks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PIL import Image, ImageDraw

from music.performance import Bar, bars, perform
from music.pitch import fifths, spell
from music.render import _fonts as fonts
from music.render._facts import facts, is_chinese
from music.render._rendering import Renderer
from music.song import Note, Song, Syllable, Track
from wording import FriendlyError

WIDTH = 1600
ROWS_A_PAGE = 6
MOST_PAGES = 20

_SCALE = 2  # drawn twice as large and reduced: smooth edges
_LEFT, _RIGHT, _MARGIN = 84, 36, 36
_MELODY_STEP, _TRACK_STEP, _DRUM_LANE = 15, 4, 22
_QUARTERS_A_ROW = 18

_PAPER = "#14151f"
_LANE, _BLACK_KEY, _BEAT, _BAR_LINE = "#1d1f2e", "#191a27", "#262940", "#4a4f75"
_TEXT, _DIM, _ACCENT = "#f2f3ff", "#9aa0c8", "#ffd166"
_MELODY = "#ff7a90"
_TRACKS = ("#4cc9f0", "#80ed99", "#b59cff", "#f4a261", "#ef9cda", "#90e0ef")
_CHIP, _NOTE_NAME = "#30345a", "#3a0a16"

_CHINESE = MappingProxyType({"Melody": "旋律", "Chords": "和弦", "Bass": "贝斯"})

_Area = tuple[float, float, float, float]
_Point = tuple[float, float]
_Ink = tuple[float, str]  # size in pixels, colour


class NothingToDraw(FriendlyError):
    """The song has no bars, or too many to draw."""


@dataclass(frozen=True)
class _Sheet:
    """What all rows share: the ranges of the lanes and the tracks with their colours."""

    song: Song
    tracks: tuple[tuple[Track, str], ...]
    drums: tuple[Track, ...]
    low: int
    high: int
    track_low: int
    track_high: int
    verses: int
    span: float

    @property
    def melody_height(self) -> int:
        return (self.high - self.low + 1) * _MELODY_STEP if self.high else 0

    @property
    def track_height(self) -> int:
        return (self.track_high - self.track_low + 1) * _TRACK_STEP if self.tracks else 0

    @property
    def row_height(self) -> int:
        lanes = self.melody_height + self.verses * 30 + self.track_height
        return 74 + lanes + (_DRUM_LANE if self.drums else 0) + 30


@dataclass(frozen=True)
class _Row:
    bars: tuple[Bar, ...]
    top: float
    quarter: float

    @property
    def start(self) -> float:
        return self.bars[0].start

    @property
    def end(self) -> float:
        return self.bars[-1].end

    def x(self, time: float) -> float:
        """Pixels from the left for a time within the row."""
        return _LEFT + (min(max(time, self.start), self.end) - self.start) * self.quarter


class _Canvas:
    """A Pillow drawing in the pixels of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width * _SCALE, height * _SCALE), _PAPER)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, area: _Area, fill: str, radius: float = 0) -> None:
        """A rectangle (left, top, right, bottom), at least a pixel wide and high."""
        x, y, x2, y2 = area
        corners = tuple(v * _SCALE for v in (x, y, max(x2, x + 1), max(y2, y + 1)))
        self._draw.rounded_rectangle(corners, radius * _SCALE, fill=fill)

    def text(self, at: _Point, text: str, ink: _Ink, *, centred: bool = False) -> None:
        """Text that begins at a point, or has its centre there; its middle is at that height."""
        (x, y), (size, fill) = at, ink
        if centred:
            x -= fonts.width(text, fonts.SANS, size) / 2
        for run in fonts.runs(text, fonts.SANS):
            font = fonts.pillow_font(run.face, size * _SCALE)
            self._draw.text((x * _SCALE, y * _SCALE), run.text, fill, font, anchor="lm")
            x += fonts.width(run.text, run.face, size)

    def png(self) -> bytes:
        out = io.BytesIO()
        flat = self.image.reduce(_SCALE).quantize(128, Image.Quantize.FASTOCTREE)
        flat.save(out, "PNG")
        return out.getvalue()


def pianoroll_png(song: Song) -> list[bytes]:
    """PNG pages of the song, 1600 pixels wide. Raises `NothingToDraw`."""
    rows = _rows(bars(song))
    if not rows or len(rows) > ROWS_A_PAGE * MOST_PAGES:
        raise NothingToDraw(
            f"I can draw songs of 1 to {ROWS_A_PAGE * MOST_PAGES * 4} bars.",
            f"我能画 1 到 {ROWS_A_PAGE * MOST_PAGES * 4} 小节的歌。",
        )
    sheet = _sheet(song, max(row[-1].end - row[0].start for row in rows))
    pages = [rows[i : i + ROWS_A_PAGE] for i in range(0, len(rows), ROWS_A_PAGE)]
    return [_page(sheet, page, number == 0) for number, page in enumerate(pages)]


def _rows(all_bars: Sequence[Bar]) -> list[tuple[Bar, ...]]:
    rows: list[list[Bar]] = []
    for bar in all_bars:
        if not rows or bar.end - rows[-1][0].start > _QUARTERS_A_ROW + 1e-6:
            rows.append([])
        rows[-1].append(bar)
    return [tuple(row) for row in rows]


def _sheet(song: Song, span: float) -> _Sheet:
    played = [t for t in perform(song) if t.name != "Melody"]
    tuned = [t for t in played if not t.drums]
    pitches = [n.pitch for n in song.melody()]
    track_pitches = [n.pitch for t in tuned for n in t.notes]
    return _Sheet(
        song=song,
        tracks=tuple((t, _TRACKS[i % len(_TRACKS)]) for i, t in enumerate(tuned)),
        drums=tuple(t for t in played if t.drums),
        low=min(pitches, default=0) - 2,
        high=max(pitches, default=-2) + 2,
        track_low=min(track_pitches, default=0) - 1,
        track_high=max(track_pitches, default=0) + 1,
        verses=max((s.verse for section in song.sections for s in section.lyrics), default=0),
        span=max(span, 4.0),
    )


def _page(sheet: _Sheet, rows: Iterable[tuple[Bar, ...]], first: bool) -> bytes:
    rows = list(rows)
    header = 118 if first else 20
    canvas = _Canvas(WIDTH, header + len(rows) * sheet.row_height + 16)
    if first:
        _header(canvas, sheet)
    quarter = (WIDTH - _LEFT - _RIGHT) / sheet.span
    for number, row_bars in enumerate(rows):
        row = _Row(row_bars, header + number * sheet.row_height, quarter)
        _draw_row(canvas, sheet, row)
    return canvas.png()


def _header(canvas: _Canvas, sheet: _Sheet) -> None:
    song = sheet.song
    title = fonts.fitted(
        song.title or ("无题" if is_chinese(song) else "Untitled"),
        fonts.SANS,
        34,
        WIDTH - 2 * _MARGIN,
    )
    canvas.text((_MARGIN, 42), title, (34, _TEXT))
    makers = " / ".join(dict.fromkeys(name for name in (song.composer, song.lyricist) if name))
    line = "   ·   ".join([*([makers] if makers else []), *facts(song)])
    canvas.text((_MARGIN, 84), fonts.fitted(line, fonts.SANS, 18, 1000), (18, _DIM))
    names = [("Melody", _MELODY)] if sheet.melody_height else []
    names += [(track.name, colour) for track, colour in sheet.tracks[:6]]
    if is_chinese(song):
        names = [(_CHINESE.get(name, name), colour) for name, colour in names]
    x = float(WIDTH - _RIGHT)
    for name, colour in reversed(names):
        shown = fonts.fitted(name, fonts.SANS, 16, 120)
        x -= fonts.width(shown, fonts.SANS, 16)
        canvas.text((x, 84), shown, (16, _DIM))
        canvas.box((x - 20, 78, x - 8, 90), colour, 3)
        x -= 40


def _draw_row(canvas: _Canvas, sheet: _Sheet, row: _Row) -> None:
    y = row.top + 74
    _names(canvas, sheet, row)
    _chords(canvas, sheet, row, row.top + 36)
    if sheet.melody_height:
        _melody_lane(canvas, sheet, row, y)
        y += sheet.melody_height
        _words(canvas, sheet, row, y)
        y += sheet.verses * 30
    if sheet.tracks:
        _grid(canvas, row, y, y + sheet.track_height, 1)
        for track, colour in sheet.tracks:
            for onset, duration, pitch, _ in track.notes:
                if min(onset + duration, row.end) - max(onset, row.start) > 0.03:
                    top = y + (sheet.track_high - pitch) * _TRACK_STEP
                    right = max(row.x(onset) + 2, row.x(onset + duration) - 1)
                    canvas.box((row.x(onset), top, right, top + _TRACK_STEP), colour, 1)
        y += sheet.track_height
    for track in sheet.drums:
        for onset, _, pitch, velocity in track.notes:
            if row.start - 0.02 <= onset < row.end - 0.02:
                x, half = row.x(onset), 2 + velocity / 32
                middle = y + (16 if pitch <= 36 else 6 if pitch >= 42 else 11)
                canvas.box((x - 1, middle - half, x + 2, middle + half), _DIM, 1)


def _names(canvas: _Canvas, sheet: _Sheet, row: _Row) -> None:
    """Section names where sections begin."""
    starts = sheet.song.starts()
    for index, section in enumerate(sheet.song.sections):
        if row.start - 1e-6 <= starts[index] < row.end - 1e-6:
            canvas.text((row.x(starts[index]), row.top + 16), section.name, (19, _ACCENT))


def _chords(canvas: _Canvas, sheet: _Sheet, row: _Row, y: float) -> None:
    events = sheet.song.chords()
    for index, (onset, written) in enumerate(events):
        symbol = fonts.symbol(written)
        end = events[index + 1].onset if index + 1 < len(events) else sheet.song.length
        if onset < row.end - 1e-6 and end > row.start + 1e-6:
            left, right = row.x(onset), row.x(end) - 3
            canvas.box((left, y, right, y + 30), _CHIP, 6)
            size = next((s for s in (18, 15, 12) if _fits(symbol, s, right - left - 8)), 10)
            name = fonts.fitted(symbol, fonts.SANS, size, right - left - 4)
            canvas.text(((left + right) / 2, y + 14), name, (size, _TEXT), centred=True)


def _fits(text: str, size: float, room: float) -> bool:
    return fonts.width(text, fonts.SANS, size) <= room


def _grid(canvas: _Canvas, row: _Row, top: float, bottom: float, strength: int) -> None:
    """A lane's ground with lines for beats and bars."""
    if strength == 1:
        canvas.box((row.x(row.start), top, row.x(row.end), bottom), _LANE)
    for bar in row.bars:
        beat = 4 / int(bar.metre.split("/")[1])
        first = beat - bar.phase % beat
        for step in range(int((bar.length - first) / beat + 1)):
            x = row.x(bar.start + first + step * beat)
            canvas.box((x, top, x + 1, bottom), _BEAT)
    for time in [*(bar.start for bar in row.bars), row.end]:
        canvas.box((row.x(time), top, row.x(time) + 1.5, bottom), _BAR_LINE)


def _melody_lane(canvas: _Canvas, sheet: _Sheet, row: _Row, top: float) -> None:
    for pitch in range(sheet.low, sheet.high + 1):
        y = top + (sheet.high - pitch) * _MELODY_STEP
        dark = pitch % 12 in (1, 3, 6, 8, 10)
        ground = _BLACK_KEY if dark else _LANE
        canvas.box((row.x(row.start), y, row.x(row.end), y + _MELODY_STEP), ground)
        canvas.box((48, y, _LEFT - 6, y + _MELODY_STEP - 1), "#2b2d3d" if dark else "#d9dbee", 2)
        if pitch % 12 == 0:
            canvas.text((20, y + 7), f"C{pitch // 12 - 1}", (13, _DIM))
    _grid(canvas, row, top, top + sheet.melody_height, 0)
    for note, sharps in _melody(sheet.song):
        if note.onset < row.end - 1e-6 and note.onset + note.duration > row.start + 1e-6:
            name = fonts.symbol(spell(note.pitch, sharps).name)
            _note(canvas, row, note, top + (sheet.high - note.pitch) * _MELODY_STEP, name)


def _melody(song: Song) -> Iterable[tuple[Note, int]]:
    for start, section in zip(song.starts(), song.sections, strict=True):
        for note in section.melody:
            yield note._replace(onset=start + note.onset), fifths(section.key or song.key)


def _note(canvas: _Canvas, row: _Row, note: Note, y: float, name: str) -> None:
    left = row.x(note.onset)
    right = max(left + 3, row.x(note.onset + note.duration) - 2)
    canvas.box((left, y, right, y + _MELODY_STEP - 1), _MELODY, 4)
    if note.onset >= row.start - 1e-6 and _fits(name, 12, right - left - 8):
        canvas.text((left + 5, y + 6), name, (12, _NOTE_NAME))


def _words(canvas: _Canvas, sheet: _Sheet, row: _Row, top: float) -> None:
    """Each verse on its line; a syllable without room before the next is set smaller."""
    for verse in range(1, sheet.verses + 1):
        sung = _syllables(sheet.song, verse, row)
        for index, (onset, syllable) in enumerate(sung):
            after = sung[index + 1][0] if index + 1 < len(sung) else row.end
            text = syllable.text + ("-" if syllable.joined else "")
            room = row.x(after) - row.x(onset) - 3
            size = next((s for s in (18, 15, 12) if _fits(text, s, room)), 10)
            canvas.text((row.x(onset) + 1, top + 30 * verse - 14), text, (size, _TEXT))


def _syllables(song: Song, verse: int, row: _Row) -> list[tuple[float, Syllable]]:
    return [
        (start + syllable.onset, syllable)
        for start, section in zip(song.starts(), song.sections, strict=True)
        for syllable in section.lyrics
        if syllable.verse == verse and row.start - 1e-6 <= start + syllable.onset < row.end - 1e-6
    ]


RENDERERS = (
    Renderer(
        "pianoroll",
        ".png",
        "image/png",
        pianoroll_png,
        tag="-pianoroll",
        aliases=("piano roll", "piano-roll", "roll", "钢琴卷帘", "卷帘"),
    ),
)
