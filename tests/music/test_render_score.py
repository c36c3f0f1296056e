"""Score images: nothing clipped, no empty boxes, nothing on top of each other, nothing missing."""

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from music.render import _fonts as fonts
from music.render.score import score_png, score_svg
from music.song import Note, Section, Song, Syllable
from tests.music import render_songs

FACES = [
    fonts.SERIF, fonts.SERIF_BOLD, fonts.SERIF_ITALIC, fonts.SANS, fonts.SERIF_HAN, fonts.OTHER
]  # fmt: skip
_SHIFT = re.compile(r"(translate|scale)\(([^)]*)\)")


@dataclass(frozen=True)
class Placed:
    """A text in the coordinates of the page."""

    text: str
    face: fonts.Face
    x: float
    y: float
    size: float
    kind: str

    @property
    def right(self) -> float:
        return self.x + fonts.pillow_font(self.face, 1000).getlength(self.text) * self.size / 1000


def placed(page: str) -> list[Placed]:
    root = ET.fromstring(re.sub(r' xmlns="[^"]*"', "", page, count=1))
    return list(_walk(root, 1.0, 0.0, 0.0, ""))


def _walk(element: ET.Element, scale: float, dx: float, dy: float, kind: str) -> Iterator[Placed]:
    for name, numbers in _SHIFT.findall(element.get("transform", "")):
        values = [float(n) for n in re.split(r"[ ,]+", numbers.strip())]
        if name == "scale":
            scale *= values[0]
        else:
            dx, dy = dx + scale * values[0], dy + scale * values[1]
    kind = element.get("class", kind)
    if element.tag == "text":
        face = next(
            f
            for f in FACES
            if f.family == element.get("font-family")
            and f.bold == (element.get("font-weight") == "bold")
            and f.italic == (element.get("font-style") == "italic")
        )
        x, y, size = (float(element.get(n, "nan")) for n in ("x", "y", "font-size"))
        yield Placed(element.text or "", face, dx + scale * x, dy + scale * y, scale * size, kind)
    for child in element:
        yield from _walk(child, scale, dx, dy, kind)


@cache
def characters(face: fonts.Face) -> frozenset[int]:
    with TTFont(face.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


def size_of(page: str) -> tuple[float, float]:
    match = re.search(r'viewBox="0 0 (\d+) (\d+)"', page)
    assert match
    return float(match[1]), float(match[2])


@pytest.mark.parametrize("name", render_songs.ALL)
def test_no_ink_near_the_border(name: str) -> None:
    for page in score_png(render_songs.ALL[name]):
        ink = pixels(page) < 200
        assert ink.shape[1] == 1600
        assert ink.any()
        frame = ink.copy()
        frame[18:-18, 66:-66] = False
        assert not frame.any()


@pytest.mark.parametrize("name", render_songs.ALL)
def test_every_text_lies_on_the_page(name: str) -> None:
    for page in score_svg(render_songs.ALL[name]):
        width, height = size_of(page)
        texts = placed(page)
        assert texts
        for text in texts:
            assert text.x >= 0
            assert text.right <= width
            assert text.size <= text.y <= height - 0.25 * text.size


@pytest.mark.parametrize("name", render_songs.ALL)
def test_no_text_covers_another(name: str) -> None:
    for page in score_svg(render_songs.ALL[name]):
        lines: dict[float, list[Placed]] = {}
        for text in placed(page):
            lines.setdefault(round(text.y, 1), []).append(text)
        for line in lines.values():
            for left, right in pairwise(sorted(line, key=lambda text: text.x)):
                assert left.right <= right.x + 1.5, (left.text, right.text)


@pytest.mark.parametrize("name", render_songs.ALL)
def test_every_character_has_a_glyph(name: str) -> None:
    for page in score_svg(render_songs.ALL[name]):
        for text in placed(page):
            missing = {char for char in text.text if ord(char) not in characters(text.face)}
            assert missing == set()


def test_han_characters_are_all_in_the_fonts_that_are_taken_for_granted() -> None:
    han = set(range(0x4E00, 0x9FA6))
    assert han <= characters(fonts.SERIF_HAN)
    assert han <= characters(fonts.SANS)


@pytest.mark.parametrize("name", ["english", "chinese", "dense", "words", "pickup"])
def test_all_words_and_chords_are_there(name: str) -> None:
    song = render_songs.ALL[name]
    texts = [text.text for page in score_svg(song) for text in placed(page)]
    joined = "".join(texts)
    words = joined.replace(" ", "")
    for syllable in (s for part in song.sections for s in part.lyrics):
        assert syllable.text in words
    place = 0
    for event in song.chords():
        place = joined.find(fonts.symbol(event.symbol), place)
        assert place >= 0, event
    for made_by in (song.composer, song.lyricist):
        assert made_by in joined
    assert song.title.split()[0] in joined
    assert f"♩ = {song.tempo:g}".replace(" ", "") in words


@pytest.mark.parametrize("name", ["english", "chinese", "dense"])
def test_notes_make_room_for_the_words_instead_of_shrinking_them(name: str) -> None:
    texts = [t for page in score_svg(render_songs.ALL[name]) for t in placed(page)]
    sizes = [t.size for t in texts if t.kind == "syl"]
    assert max(sizes) / min(sizes) < 1.03


def test_accidentals_are_not_as_wide_as_han_characters() -> None:
    assert all(fonts.width(sign, fonts.SANS, 1.0) < 0.7 for sign in "♯♭♮♩")


def test_chords_are_written_as_the_song_writes_them() -> None:
    song = Song(sections=(render_songs.section("a", 4, "60:4", "0:Cmaj7 1:Bb/D 2:F#m7b5"),))
    chords = "".join(t.text for t in placed(score_svg(song)[0]) if t.kind == "harm")
    assert chords == "Cmaj7B♭/DF♯m7♭5"


def test_han_syllables_stand_under_their_notes() -> None:
    page = score_svg(render_songs.CHINESE)[0]
    heads = [float(x) for x in re.findall(r'class="notehead"><use[^>]*translate\((\d+)', page)]
    song_texts = [t for t in placed(page) if t.kind == "syl"]
    middle = (song_texts[0].x + song_texts[0].right) / 2
    units = (1600 - 140) / 21000
    assert middle == pytest.approx(70 + units * (heads[0] + 106), abs=3)


def test_different_words_give_different_pictures() -> None:
    def drawn(word: str) -> bytes:
        syllable = Syllable(onset=0, text=word)
        part = render_songs.section("a", 4, "60:4", "0:C").model_copy(
            update={"lyrics": (syllable,)}
        )
        return score_png(Song(title=word, sections=(part,)))[0]

    assert len({drawn(word) for word in ("雨", "后", "龘", "rain", "Rain")}) == 5


def test_long_songs_have_pages_of_even_height() -> None:
    pages = score_svg(render_songs.LONG)
    assert len(pages) == 3
    assert all(size_of(page)[1] <= 2200 for page in pages)
    assert [f"{n} / 3" in page for n, page in enumerate(pages, 1)] == [True] * 3
    assert sum(page.count('class="system"') for page in pages) == 16


def test_sections_begin_systems_of_four_bars() -> None:
    page = score_svg(render_songs.ENGLISH)[0]
    systems = page.split('class="system"')[1:]
    assert [system.count('class="measure"') for system in systems] == [4, 4]
    assert "Verse" in systems[0]
    assert "Chorus" in systems[1]


def test_without_melody_there_is_no_staff() -> None:
    page = score_svg(render_songs.WORDS)[0]
    assert 'class="staff"' not in page
    texts = {t.text.strip(): t for t in placed(page)}
    assert texts["C"].x == pytest.approx(texts["I"].x)
    assert texts["C"].y < texts["I"].y
    assert page.count(">%<") == 4  # bars of the solo without a new chord


@settings(max_examples=20, deadline=None)
@given(title=st.text(max_size=80), word=st.text(min_size=1, max_size=12))
def test_any_text_can_be_drawn(title: str, word: str) -> None:
    part = Section(name=title, length=4, lyrics=(Syllable(onset=0, text=word),))
    for text in placed(score_svg(Song(title=title, composer=word, sections=(part,)))[0]):
        assert text.right <= 1600
        assert all(ord(char) in characters(text.face) for char in text.text)


def test_scores_are_drawn_on_any_thread() -> None:
    with ThreadPoolExecutor(1) as other:
        name = next(iter(render_songs.ALL))
        assert other.submit(score_svg, render_songs.ALL[name]).result()


def test_words_keep_clear_of_low_notes() -> None:
    """Under a note on a ledger line a Han character is an island of ink about as high as wide."""
    section = Section(
        length=8.0,
        melody=(Note(0.0, 4.0, 67), Note(4.0, 4.0, 60)),
        lyrics=(Syllable(onset=0.0, text="头"), Syllable(onset=4.0, text="发")),
    )
    song = Song(title="雪", language="zh", key="C major", metre="4/4", sections=(section,))
    page = np.asarray(Image.open(io.BytesIO(score_png(song)[0])).convert("L")) < 128
    lowest = np.flatnonzero(page.any(1))[-1]
    # Glyphs of the row of words, left to right; the last stands under the low note.
    columns = np.flatnonzero(page[lowest - 20 : lowest + 1].any(0))
    glyph = np.split(columns, np.flatnonzero(np.diff(columns) > 30) + 1)[-1]
    width = int(glyph[-1] - glyph[0]) + 1
    rows = page[:, glyph[0] : glyph[-1] + 1].any(1)
    height = int(lowest - np.flatnonzero(~rows[:lowest])[-1])
    assert height < 1.2 * width
