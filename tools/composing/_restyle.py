"""A song in another style: metre, tempo, harmony, feel and band, as far as is wished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from music.keys import Key, parse_key
from music.song import Note, Section, Song, Syllable, bar_length
from tools.composing._arrange import Span, arrange, spans
from tools.composing._features import beats
from tools.composing._features import strength as metric
from tools.composing._instruments import in_chinese
from tools.composing._rebar import change_metre
from tools.composing._reharmony import reharmonise
from tools.composing._tune import scale_mask
from tools.styles import Style
from wording import Text

Kept = Literal["melody", "chords", "lyrics", "form", "tempo", "metre", "tracks"]
_NEEDS_THREE = frozenset(("waltz",))
_NEEDS_FOUR = frozenset(
    ("disco", "electronic", "funk", "reggae", "bossa_nova", "metal", "punk", "lofi", "rnb", "rock")
)
_TRIES = 6


class Restyled(NamedTuple):
    """A version, how well its chords fit, and what was changed."""

    song: Song
    score: float
    changes: tuple[Text, ...]


def restyle(
    song: Song, style: Style, kept: frozenset[Kept], strength: float, seed: int
) -> list[Restyled]:
    """Versions, best first. What is in `kept` is left exactly as it is.

    `strength` 0 changes the band only, 0.5 also tempo, metre, colours of chords and feel, 1 also
    replaces chords. Keeping melody or chords keeps the metre: their times would change.
    """
    rng = np.random.default_rng(seed)
    base, changes = _metre(song, style, kept, strength)
    base, tempo = _tempo(base, style, kept, strength)
    changes += tempo
    key = parse_key(base.key)
    found: dict[tuple[object, ...], Restyled] = {}
    for number in range(_TRIES if "chords" not in kept and strength >= 0.2 else 1):
        version, score, done = _harmony(base, key, style, kept, strength, rng)
        version, feel = _feel(version, key, style, kept, strength, seed)
        version = version.replace(style=style.name)
        if "tracks" not in kept:
            version = arrange(version, style, seed + number)
        band = () if "tracks" in kept else (_band(style),)
        symbols = tuple(event.symbol for event in version.chords())
        found.setdefault(symbols, Restyled(version, score, (*changes, *done, *feel, *band)))
    return sorted(found.values(), key=lambda item: -item.score)


def _metre(
    song: Song, style: Style, kept: frozenset[Kept], strength: float
) -> tuple[Song, tuple[Text, ...]]:
    beat, _ = beats(song.metre)
    count = round(bar_length(song.metre) / beat)
    target = song.metre
    if style.name in _NEEDS_THREE and count % 3:
        target = "3/4"
    elif style.name in _NEEDS_FOUR and (count % 2 or beat == 1.5):
        target = "4/4"
    if target == song.metre or kept & {"melody", "chords", "metre"} or strength < 0.3:
        return song, ()
    changed = change_metre(song, target, bar_for_bar="form" in kept)
    return changed, (Text(f"{song.metre} became {target}", f"{song.metre} 改成 {target}"),)


def _tempo(
    song: Song, style: Style, kept: frozenset[Kept], strength: float
) -> tuple[Song, tuple[Text, ...]]:
    if "tempo" in kept or strength < 0.1:
        return song, ()
    slow, usual, fast = style.tempo
    tempo = song.tempo + (usual - song.tempo) * min(1.0, strength)
    if strength >= 0.5:
        tempo = min(max(tempo, slow), fast)
    tempo = float(round(tempo))
    if tempo == song.tempo:
        return song, ()
    words = Text(f"{song.tempo:g} → {tempo:g} bpm", f"速度 {song.tempo:g} → {tempo:g}")
    return song.replace(tempo=tempo), (words,)


def _harmony(
    song: Song,
    key: Key,
    style: Style,
    kept: frozenset[Kept],
    strength: float,
    rng: np.random.Generator,
) -> tuple[Song, float, tuple[Text, ...]]:
    """Sections with equal chords and tune keep being equal."""
    if "chords" in kept or strength < 0.2:
        return song, 0.0, ()
    done: dict[tuple[object, ...], Section] = {}
    sections, total = [], 0.0
    for section in song.sections:
        same = (section.chords, section.melody, section.length)
        if same not in done and section.chords:
            own = parse_key(section.key) if section.key else key
            found = reharmonise(section, own, style, strength, rng)
            done[same] = section.model_copy(update={"chords": found.chords})
            total += found.score
        update = {"chords": done[same].chords} if same in done else {}
        sections.append(section.model_copy(update=update))
    if not done:
        return song, 0.0, ()
    new = song.replace(sections=tuple(sections))
    if [c.symbol for c in new.chords()] == [c.symbol for c in song.chords()]:
        return new, total / len(done), ()
    words = Text(
        f"chords in {style.label.en} colours: {_opening(new)}",
        f"和弦换成{style.label.zh}的色彩：{_opening(new)}",
    )
    return new, total / len(done), (words,)


def _opening(song: Song) -> str:
    return " ".join(event.symbol for event in song.chords()[:6])


def _feel(
    song: Song, key: Key, style: Style, kept: frozenset[Kept], strength: float, seed: int
) -> tuple[Song, tuple[Text, ...]]:
    if "melody" in kept or strength < 0.3:
        return song, ()
    rng = np.random.default_rng(seed)
    done: dict[tuple[object, ...], dict[float, Note]] = {}
    sections = []
    for section in song.sections:
        metre = section.metre or song.metre
        same = (section.melody, section.chords)
        if same not in done:
            notes = _coloured(section, key, style, strength, metre)
            done[same] = _placed(section.melody, notes, style, strength, metre, rng)
        sections.append(_with_notes(section, done[same]))
    new = song.replace(sections=tuple(sections))
    changes: tuple[Text, ...] = ()
    if [n.onset for n in new.melody()] != [n.onset for n in song.melody()]:
        changes += (Text("the tune's rhythm leans into the groove", "旋律节奏贴近律动"),)
    if [n.pitch for n in new.melody()] != [n.pitch for n in song.melody()]:
        scale = {
            "pentatonic": Text("pentatonic", "五声音阶"),
            "blues": Text("blue notes", "蓝调音"),
        }
        label = scale.get(style.melody.scale, Text("the style's scale", "该风格的音阶"))
        changes += (Text(f"the tune takes on {label.en}", f"旋律带上{label.zh}"),)
    return new, changes


def _coloured(section: Section, key: Key, style: Style, strength: float, metre: str) -> list[Note]:
    """Pitches drawn into the style's scale: notes outside go to a neighbour by their direction."""
    melody = section.melody
    if style.melody.scale == "mode" or strength < 0.5:
        return list(melody)
    mask = scale_mask(key, style.melody)
    inside = {step for step in range(12) if mask >> step & 1}
    harmony = spans(section)
    found: list[Note] = []
    for index, note in enumerate(melody):
        step = (note.pitch - key.tonic) % 12
        if style.melody.scale == "blues":
            # Thirds, sixths and sevenths bend off the strong beats and where the chord is bluer.
            rubs = _rubs(note, harmony) and (step - 1) % 12 in inside
            bends = step in (4, 9, 11) and metric(note.onset, metre) >= 2
            found.append(note._replace(pitch=note.pitch - 1) if rubs or bends else note)
            continue
        if step in inside:
            found.append(note)
            continue
        after = melody[index + 1].pitch if index + 1 < len(melody) else note.pitch
        options = [shift for shift in (-1, 1, -2, 2) if (step + shift) % 12 in inside]
        falls = after < note.pitch
        moved = [note._replace(pitch=note.pitch + shift) for shift in options]
        best = min(
            zip(options, moved, strict=True),
            key=lambda pair: (_rubs(pair[1], harmony), abs(pair[0]), (pair[0] < 0) != falls),
        )
        found.append(best[1])
    return found


def _rubs(note: Note, harmony: Sequence[Span]) -> bool:
    """Whether a note lies a semitone above a tone of the chord under it."""
    time = note.onset + min(0.5, note.duration / 2)
    tones = next((s.chord.pitch_classes for s in harmony if s.start <= time < s.end), ())
    return note.pitch % 12 not in tones and (note.pitch - 1) % 12 in tones


def _placed(
    old: Sequence[Note],
    notes: Sequence[Note],
    style: Style,
    strength: float,
    metre: str,
    rng: np.random.Generator,
) -> dict[float, Note]:
    """Old onset to new note: anticipations for syncopated styles, on the beat for plain ones."""
    amount = style.melody.syncopation * strength
    simple = beats(metre)[0] == 1.0
    moved: list[Note] = list(notes)
    for index in range(1, len(moved)):
        note, before = moved[index], moved[index - 1]
        level, gap = metric(note.onset, metre), note.onset - before.onset
        early = level in (1, 2) and gap >= 1 and note.duration >= 0.5
        late = style.melody.syncopation == 0 and level == 3 and note.duration > 1
        if simple and early and rng.random() < amount:
            start = note.onset - 0.5
        elif simple and late:
            start = note.onset + 0.5
        else:
            start = note.onset
        end = note.onset + note.duration
        joined = abs(before.onset + before.duration - note.onset) < 1e-6
        if before.onset + before.duration > start or joined:
            moved[index - 1] = before._replace(duration=start - before.onset)
        moved[index] = note._replace(onset=start, duration=end - start)
    return {a.onset: b for a, b in zip(old, moved, strict=True)}


def _with_notes(section: Section, placed: dict[float, Note]) -> Section:
    lyrics: list[Syllable] = [
        syllable.model_copy(update={"onset": placed[syllable.onset].onset})
        if syllable.onset in placed
        else syllable
        for syllable in section.lyrics
    ]
    return section.model_copy(
        update={"melody": tuple(sorted(placed.values())), "lyrics": tuple(lyrics)}
    )


def _band(style: Style) -> Text:
    names = ", ".join(part.name.lower() for part in style.parts)
    names_zh = "、".join(in_chinese(part.name) for part in style.parts)
    drums = bool(style.groove.lines)
    feel = " in a swing feel" if style.swing > 0.6 else ""
    return Text(
        f"played by {names}{' and drums' if drums else ''}{feel}",
        f"编制：{names_zh}{'、鼓' if drums else ''}{'，摇摆感' if feel else ''}",
    )
