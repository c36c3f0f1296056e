"""Piano voicings, guitar and ukulele shapes, and capo advice, beside simpler ways and chords-db.

python -m bench.voicing [DATA]

DATA is the folder of development corpora (default ../shared/data); songs are those of fold 0. The
shapes of chords-db come with `make bench-peers`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np

from bench._chords_db import COMMON, Entry, entries
from music.chords import Chord, parse_chord
from music.fretboard import GUITAR, UKULELE, Fretted, capo_advice, shapes, wanted
from music.performance._voicing import bass_note
from music.voicing import MANNERS, Voicing, comp, voice_progression
from training.harmony.corpora import billboard, openewld, wjd
from training.harmony.sequence import fold

Pianist = Callable[[Sequence[Chord]], list[Voicing]]
_SONGS, _CHANGES = 60, 120
_LOW_THIRD, _OPEN = 46, 76


def main() -> None:
    """Print every table."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    piano(data)
    for instrument in (GUITAR, UKULELE):
        collection(instrument)
    speed()


def piano(data: Path) -> None:
    """How far voices move and what leaps, in real progressions."""
    corpora = {
        "pop (billboard)": billboard(data),
        "standards (openewld)": openewld(data, False),
        "jazz (wjd)": wjd(data),
    }
    pianists: dict[str, Pianist] = {
        "root position": _blocks,
        "nearest inversion": _nearest,
        "playback": _playback,
        **{f"ours, {name}": _ours(name) for name in MANNERS},
    }
    print("\nPiano voicings: per change, upper voices (the bass is the chord's own)")
    print(f"{'':44}semitones  parallels  top leaps  low thirds  tones missing")
    for corpus, works in corpora.items():
        songs = [work.changes()[:_CHANGES] for work in works if fold(work) == 0][:_SONGS]
        for name, play in pianists.items():
            figures = np.mean([_figures(song, play(song)) for song in songs if len(song) > 1], 0)
            cells = "  ".join(f"{figure:9.3f}" for figure in figures)
            print(f"{corpus:22} {name:20} {cells}")


def _ours(manner: str) -> Pianist:
    return lambda chords: voice_progression(chords, MANNERS[manner])


def _blocks(chords: Sequence[Chord]) -> list[Voicing]:
    """Root position in the right hand, the bass below: what a beginner plays."""
    return [
        Voicing((36 + c.bass % 12,), _stack(c, 0, 60 + c.root - 12 * (c.root > 6))) for c in chords
    ]


def _stack(chord: Chord, turn: int, base: int) -> tuple[int, ...]:
    classes = sorted({(p - chord.root) % 12 for p in chord.pitch_classes})[:4]
    row = [(step + chord.root) % 12 for step in classes]
    row = row[turn:] + row[:turn]
    pitches = [base + (row[0] - base) % 12]
    for pitch_class in row[1:]:
        pitches.append(pitches[-1] + (pitch_class - pitches[-1]) % 12)
    return tuple(pitches)


def _nearest(chords: Sequence[Chord]) -> list[Voicing]:
    """Each chord in the inversion nearest to the one before."""
    found: list[Voicing] = []
    for chord in chords:
        size = min(4, len(set(chord.pitch_classes)))
        options = [_stack(chord, turn, base) for turn in range(size) for base in (50, 56, 62)]
        before = found[-1].right if found else (60, 64, 67)
        best = min(options, key=lambda row: _way(before, row))
        found.append(Voicing((36 + chord.bass % 12,), best))
    return found


def _playback(chords: Sequence[Chord]) -> list[Voicing]:
    """What songs without parts of their own are played back with."""
    right = comp([(c.pitch_classes, c.root) for c in chords], [_OPEN] * len(chords))
    return _with_bass(chords, right)


def _with_bass(chords: Sequence[Chord], right: Sequence[tuple[int, ...]]) -> list[Voicing]:
    found: list[Voicing] = []
    for chord, row in zip(chords, right, strict=True):
        before = found[-1].left[0] if found else None
        found.append(Voicing((bass_note(chord.bass, before),), row))
    return found


def _way(before: Sequence[int], after: Sequence[int]) -> float:
    """Semitones that voices move when each goes to the nearest, both ways round."""
    forth = sum(min(abs(p - q) for q in after) for p in before)
    back = sum(min(abs(p - q) for q in before) for p in after)
    return max(forth / len(before), back / len(after))


def _figures(chords: Sequence[Chord], voiced: Sequence[Voicing]) -> list[float]:
    """Per change: semitones a voice, parallel fifths and octaves, leaps of the top voice beyond a
    fourth; per chord: thirds below Bb2, tones that name the chord and are missing."""
    uppers = [voicing.pitches[1:] for voicing in voiced]
    ways = [_way(a, b) for a, b in pairwise(uppers)]
    parallels = [_parallels(a.pitches, b.pitches) for a, b in pairwise(voiced)]
    leaps = [abs(a[-1] - b[-1]) > 5 for a, b in pairwise(uppers)]
    low = [
        any(b - a in (3, 4) and a < _LOW_THIRD for a, b in pairwise(sorted(v.pitches)))
        for v in voiced
    ]
    missing = [
        len(wanted(chord, 6).required - {pitch % 12 for pitch in v.pitches}) > 0
        for chord, v in zip(chords, voiced, strict=True)
    ]
    return [float(np.mean(row)) for row in (ways, parallels, leaps, low, missing)]


def _parallels(before: Sequence[int], after: Sequence[int]) -> int:
    """Pairs of voices, counted from the bottom, that move from a fifth or octave to another."""
    rows = list(zip(sorted(before), sorted(after), strict=False))
    return sum(
        (b[0] - a[0]) % 12 == (b[1] - a[1]) % 12 and (b[0] - a[0]) % 12 in (0, 7) and a[0] != a[1]
        for a, b in combinations(rows, 2)
    )


def collection(instrument: Fretted) -> None:
    """Whether the first shape of chords-db is found, and how early."""
    print(f"\n{instrument.name}: the first shape of chords-db among ours")
    print(f"{'':40}  chords  playable  top 1  top 3  top 8")
    found = [(entry, _place(entry, instrument)) for entry in entries(instrument.name)]
    groups = {
        "all": found,
        "roots not fitted (C#, Eb, F, G, A, B)": [f for f in found if f[0].chord.root % 2],
        "triads, 7, maj7, m7": [f for f in found if f[0].suffix in COMMON],
        "the same, roots not fitted": [
            f for f in found if f[0].suffix in COMMON and f[0].chord.root % 2
        ],
    }
    for name, rows in groups.items():
        places = [place for _, place in rows]
        shares = [sum(p is not None and p < top for p in places) for top in (10**6, 1, 3, 8)]
        cells = "  ".join(f"{100 * share / len(rows):5.1f}" for share in shares)
        print(f"{name:40}  {len(rows):6}     {cells}")
    kinds = Counter(_reason(entry, instrument) for entry, place in found if place is None)
    for kind, count in kinds.most_common():
        print(f"  not ours: {kind:52} {count}")


def _place(entry: Entry, instrument: Fretted) -> int | None:
    rows = [shape.frets for shape in shapes(entry.chord, instrument)]
    return rows.index(entry.shapes[0]) if entry.shapes[0] in rows else None


def _reason(entry: Entry, instrument: Fretted) -> str:
    """Why a shape of the collection is none of ours."""
    frets = entry.shapes[0]
    notes = [p + f for p, f in zip(instrument.strings, frets, strict=True) if f >= 0]
    classes = {note % 12 for note in notes}
    tones = wanted(entry.chord, len(instrument.strings))
    if not classes <= tones.allowed:
        return "has a tone that the chord does not"
    if not tones.required <= classes or (tones.some and not tones.some & classes):
        return "lacks a tone that names the chord"
    if not instrument.free_bass and min(notes) % 12 != tones.bass:
        return "has another tone in the bass"
    sounding = [at for at, fret in enumerate(frets) if fret >= 0]
    if sum(fret < 0 for fret in frets[sounding[0] : sounding[-1]]) > 1:
        return "mutes two strings between sounding ones"
    return "a muted string that no finger damps, or a hand we refuse"


def speed() -> None:
    """Processor time for shapes, capo advice and voicings, the first time and again."""
    row = ["Dm7", "G7", "Cmaj7", "Am7", "F", "Bb", "Gm", "C7", "Ebmaj7", "Ab", "E7", "A7"]
    chords = [parse_chord(symbol) for symbol in row]
    shapes.cache_clear()
    print("\nMilliseconds of processor time     first    again")
    for name, work in _works(chords):
        times = []
        for _ in range(2):
            start = time.process_time()
            work()
            times.append(1000 * (time.process_time() - start))
        print(f"{name:32} {times[0]:7.1f}  {times[1]:7.2f}")


def _works(chords: list[Chord]) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "shapes, a chord", lambda: [shapes(chord, GUITAR) for chord in chords[:1]]
    yield "shapes, twelve chords", lambda: [shapes(chord, GUITAR) for chord in chords]
    song = [chords[at % 8] for at in range(30)]
    yield "capo advice, 30 chords (8 kinds)", lambda: capo_advice(song, GUITAR)
    yield "capo advice, 30 jazz chords", lambda: capo_advice(_different(30), GUITAR)
    yield "piano, 30 chords", lambda: voice_progression(song, MANNERS["rootless"])


def _different(count: int) -> list[Chord]:
    """So many different chords of jazz, which is the most that a song may ask for."""
    roots = ("C", "F", "Bb", "Eb", "Ab", "Db", "Gb", "B", "E", "A", "D", "G")
    kinds = ("maj7", "m7", "7", "9", "13", "m7b5", "7b9", "m9", "maj9", "7alt")
    return [parse_chord(roots[at % 12] + kinds[at % 10]) for at in range(count)]


if __name__ == "__main__":
    main()
