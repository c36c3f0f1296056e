"""Changes to a song as a whole: key, tempo and the order of its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from music.chords import parse_chord, symbols_for, transpose_symbol
from music.headings import KINDS
from music.keys import Key, parse_key
from music.song import ChordEvent, Section, Song
from wording import FriendlyError

SLOWER, FASTER = 0.85, 1.18  # each undoes the other
_LOWEST, _HIGHEST = 20.0, 320.0
_SUNG_LOW, _SUNG_HIGH = 40, 88  # notes that some voice can sing
_ECHOED = 60  # characters of what a person wrote
_UP = re.compile(r"\b(up|higher|raise)\b|升|高|上")
_DOWN = re.compile(r"\b(down|lower)\b|降|低|下")
_INTERVALS = (
    (12, r"octave|八度"), (7, r"fifth|五度"), (5, r"fourth|四度"), (4, r"major third|大三度"),
    (3, r"third|三度"), (1, r"half[ -]?(step|tone)|semitone|半音|minor second"),
    (2, r"whole[ -]?(step|tone)|\btone\b|\bstep\b|全音|second|二度"),
)  # fmt: skip
_NUMBERS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "半": 1,
}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SECTION_NAMES = {
    **KINDS, "桥": "bridge", "过渡": "bridge", "引子": "intro",
}  # fmt: skip


class BadEdit(FriendlyError):
    """An edit that cannot be read or would leave nothing."""


def transpose(song: Song, semitones: int, key: Key | None = None) -> Song:
    """Everything that sounds moved by `semitones`, spelled for `key` (the song's own, moved)."""
    target = key or parse_key(song.key).transposed(semitones)
    sections = [_transpose_section(section, semitones, target) for section in song.sections]
    return song.replace(key=target.name, sections=tuple(sections))


def to_key(song: Song, text: str) -> Song:
    """The song in another key by the shorter way, or the way that stays singable.

    A mode is only changed by a key whose mode differs: "A minor" for a song in C major moves it to
    A minor's own notes, altering the degrees in which the modes differ. Raises `BadKey`.
    """
    wanted, old = parse_key(text), parse_key(song.key)
    bare = re.fullmatch(r"\s*[A-Ga-g][#b♯♭]?\s*", text) is not None
    if bare and old.is_minor:
        wanted = Key(wanted.tonic_name, old.mode).readable()
    up = (wanted.tonic - old.tonic) % 12
    semitones = min((up, up - 12), key=lambda shift: (_unsingable(song, shift), abs(shift)))
    if wanted.mode == old.mode:
        return transpose(song, semitones, wanted)
    moved = transpose(song, semitones, Key(wanted.tonic_name, old.mode).readable())
    return _change_mode(moved, wanted)


def parse_transpose(text: int | str) -> int:
    """Semitones of 3, "+3", "up", "down a fourth", "升三个半音". Raises `BadEdit`."""
    if isinstance(text, int):
        shift = text
    else:
        lowered = text.strip().lower()
        down = _DOWN.search(lowered) or lowered.startswith("-")
        if not (down or _UP.search(lowered) or re.search(r"\d", lowered)):
            raise _bad_transpose(text)
        shift = _interval(lowered) * (-1 if down else 1)
    if abs(shift) > 36:
        raise _bad_transpose(str(text))
    return shift


def parse_tempo(text: float | str, current: float) -> float:
    """Quarter notes a minute: 120, "96 bpm", "slower", "a bit faster", "half", "快一倍", "-10%".

    Raises `BadEdit`.
    """
    tempo = float(text) if isinstance(text, (int, float)) else _tempo_of_words(text, current)
    if tempo is None or not _LOWEST <= tempo <= _HIGHEST:
        raise BadEdit(
            f"I can't set the tempo to {_short(text)!r}. Give 20 to 320 beats a minute, or "
            "slower, faster, half or double.",
            f"没法把速度设成 {_short(text)!r}。"
            "请给 20 到 320 拍/分，或说慢一点、快一点、减半、加倍。",
        )
    return round(tempo, 1)


def _tempo_of_words(text: str, current: float) -> float | None:
    lowered = text.strip().lower()
    if percent := re.search(r"([+-]?)\s*(\d+(?:\.\d+)?)\s*[%％]", lowered):
        down = percent[1] == "-" or re.search(r"slow|慢", lowered)
        return current * (1 - float(percent[2]) / 100 * (1 if down else -1))
    if change := re.fullmatch(r"([+-])\s*(\d+(?:\.\d+)?)(?:\s*bpm)?", lowered):
        return current + float(change[2]) * (1 if change[1] == "+" else -1)
    if number := re.search(r"\d+(?:\.\d+)?", lowered):
        return float(number[0])
    little = re.search(r"bit|slightly|little|一点|稍|略", lowered) is not None
    power = 2.0 if re.search(r"much|very|a lot|很多|得多|非常", lowered) else 1.0
    factors = (
        (r"half|减半|慢一倍|一半", 0.5),
        (r"double|twice|加倍|快一倍|两倍", 2.0),
        (r"slow|慢|缓", 0.92 if little else SLOWER**power),
        (r"fast|quick|快|speed", 1.08 if little else FASTER**power),
    )
    return next((current * by for words, by in factors if re.search(words, lowered)), None)


def arrange_sections(song: Song, order: Sequence[str]) -> Song:
    """The song with exactly these sections in this order.

    Each entry is a section's name (English or Chinese), its number from 1, or "old=new" to give it
    a new name. A name that stands for several sections means the first, then the second, ...;
    when they run out the last one is repeated. Sections not named are dropped. Raises `BadEdit`.
    """
    if not order:
        raise BadEdit(
            f"Name at least one section to keep. The song has: {_names(song, ', ')}.",
            f"请至少写出一个要保留的段落。现有段落：{_names(song, '、')}。",
        )
    used: dict[str, int] = {}
    chosen = []
    for entry in order:
        old, _, new = re.sub(r"\s*(->|→|=|:|：)\s*", "=", entry.strip()).partition("=")
        section = _pick(song, old, used)
        chosen.append(section.model_copy(update={"name": _section_name(new)}) if new else section)
    return song.replace(sections=tuple(chosen))


def _pick(song: Song, text: str, used: dict[str, int]) -> Section:
    if text.isdecimal():
        # Python refuses to read numbers of thousands of digits.
        if len(text) < 4 and 1 <= int(text) <= len(song.sections):
            return song.sections[int(text) - 1]
        raise _bad_section(text, song)
    name = _section_name(text)
    same = [s for s in song.sections if s.name.lower() == text.strip().lower()]
    same = same or [s for s in song.sections if _section_name(s.name) == name]
    if not same:
        raise _bad_section(text, song)
    index = used.get(name, 0)
    used[name] = index + 1
    return same[min(index, len(same) - 1)]


def _section_name(text: str) -> str:
    name = re.sub(r"[\s_]*\d+$", "", text.strip().lower())
    return _SECTION_NAMES.get(name, name)


def _transpose_section(section: Section, semitones: int, key: Key) -> Section:
    own = parse_key(section.key).transposed(semitones) if section.key else None
    spelled = own or key
    update = {
        "key": own.name if own else None,
        "melody": tuple(n._replace(pitch=_fold(n.pitch + semitones)) for n in section.melody),
        "chords": tuple(
            ChordEvent(c.onset, transpose_symbol(c.symbol, semitones, spelled))
            for c in section.chords
        ),
        "tracks": tuple(
            track
            if track.drums
            else track.model_copy(
                update={
                    "notes": tuple(
                        h._replace(pitch=_fold(h.pitch + semitones)) for h in track.notes
                    )
                }
            )
            for track in section.tracks
        ),
    }
    return section.model_copy(update=update)


def _change_mode(song: Song, key: Key) -> Song:
    """Scale degrees of the old mode become those of the new one; other notes stay."""
    old = parse_key(song.key)
    pairs = zip(old.pitch_classes, key.pitch_classes, strict=True)
    shift = {a: (b - a + 6) % 12 - 6 for a, b in pairs}

    def bend(pitch: int) -> int:
        return _fold(pitch + shift.get(pitch % 12, 0))

    sections = []
    for section in song.sections:
        tracks = [
            t
            if t.drums
            else t.model_copy(
                update={"notes": tuple(h._replace(pitch=bend(h.pitch)) for h in t.notes)}
            )
            for t in section.tracks
        ]
        sections.append(
            section.model_copy(
                update={
                    "melody": tuple(n._replace(pitch=bend(n.pitch)) for n in section.melody),
                    "chords": tuple(
                        ChordEvent(c.onset, _bend_chord(c.symbol, shift, key))
                        for c in section.chords
                    ),
                    "tracks": tuple(tracks),
                }
            )
        )
    return song.replace(key=key.name, sections=tuple(sections))


def _bend_chord(symbol: str, shift: dict[int, int], key: Key) -> str:
    chord = parse_chord(symbol)
    if not chord.sounds:
        return symbol
    # A dominant keeps its leading tone in minor.
    dominant = (chord.root - key.tonic) % 12 == 7 and key.is_minor and "b7" in chord.degrees
    if dominant:
        return transpose_symbol(symbol, 0, key)
    bent = {(pc + shift.get(pc, 0)) % 12 for pc in chord.pitch_classes}
    bass = (chord.root + shift.get(chord.root, 0)) % 12
    names = symbols_for(bent, bass, key, limit=1)
    return names[0] if names else transpose_symbol(symbol, 0, key)


def _interval(text: str) -> int:
    number = re.search(r"\d+", text)
    count = int(number[0][:4]) if number else 0
    if not count:
        count = next((n for n, word in enumerate(_WORDS) if re.search(rf"\b{word}\b", text)), 0)
    if not count:
        count = next((_NUMBERS[char] for char in text if char in "一二两三四五六七八"), 0)
    for size, words in _INTERVALS:
        if re.search(words, text):
            single = size in (3, 4, 5, 7) or (size == 12 and not number and "个" not in text)
            return size if single else size * max(1, count)
    return count or 2


def _unsingable(song: Song, shift: int) -> int:
    pitches = [note.pitch + shift for section in song.sections for note in section.melody]
    return sum(pitch < _SUNG_LOW or pitch > _SUNG_HIGH for pitch in pitches)


def _fold(pitch: int) -> int:
    """Into the MIDI range by octaves."""
    while pitch > 127:
        pitch -= 12
    while pitch < 0:
        pitch += 12
    return pitch


def _bad_transpose(text: str) -> BadEdit:
    return BadEdit(
        f"I can't transpose by {_short(text)!r}. Say a number of semitones up to 36, or "
        '"up a tone", "down a fourth".',
        f"我不知道怎么移调 {_short(text)!r}。请说 36 以内的半音数，或“升一个全音”“降四度”。",
    )


def _bad_section(text: str, song: Song) -> BadEdit:
    shown = _short(text)
    return BadEdit(
        f"The song has no section {shown!r}. Its sections are: {_names(song, ', ')}.",
        f"这首歌没有“{shown}”这一段。现有段落：{_names(song, '、')}。",
    )


def _short(value: float | str) -> float | str:
    """What a person wrote, short enough to be repeated to them."""
    if not isinstance(value, str) or len(value) <= _ECHOED:
        return value
    return f"{value[: _ECHOED - 1]}…"


def _names(song: Song, comma: str) -> str:
    return comma.join(section.name for section in song.sections)
