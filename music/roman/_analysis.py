"""What each chord of a progression does in its key, seen between its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from music.chords import Chord, parse_chord
from music.keys import Key
from music.roman._numeral import FUNCTIONS, Function, Numeral, degree, figure, numeral

_RESTING = ("major", "minor", "dominant", "minor-major", "suspended", "half-diminished")
_DIMINISHED = ("diminished", "half-diminished")


@dataclass(frozen=True)
class _Place:
    """A chord between its neighbours, in a key; `end` when nothing comes after it. `near` is the
    next chord, `after` the next that is more than another form of this one, `beyond` the one after
    that."""

    chord: Chord
    before: Chord | None
    near: Chord | None
    after: Chord | None
    beyond: Chord | None
    end: bool
    blues: bool
    key: Key

    @property
    def step(self) -> int:
        """Semitones from the tonic up to the root."""
        return (self.chord.root - self.key.tonic) % 12

    @property
    def text(self) -> str:
        return numeral(self.chord, self.key)

    @property
    def function(self) -> Function:
        name = degree(self.chord, self.key)
        return FUNCTIONS.get("VII" if self.key.is_minor and name == "#VII" else name, "chromatic")

    def onto(self) -> int | None:
        """Semitones from the root up to the next root; None when nothing sounds next."""
        return (self.after.root - self.chord.root) % 12 if self.after else None


def analyse(chords: Sequence[Chord], key: Key) -> list[Numeral]:
    """The numeral and role of every chord, each seen between the chords around it; a progression
    of three or more turns round to its beginning."""
    blues = _is_blues(chords, key)
    loop = len(chords) > 2
    found = []
    for at, chord in enumerate(chords):
        before = chords[at - 1] if at else None
        far = _change(chords, at)
        near, after, beyond = (_next(chords, at, n, loop) for n in (1, far, far + 1))
        end = at == len(chords) - 1
        found.append(_analyse(_Place(chord, before, near, after, beyond, end, blues, key)))
    return found


def _change(chords: Sequence[Chord], at: int) -> int:
    """How many chords ahead the harmony changes: G7 after G and G7/B after G7 are no change."""
    chord = chords[at]
    for far in range(1, len(chords) - at):
        other = chords[at + far]
        diminished = (other.quality in _DIMINISHED) == (chord.quality in _DIMINISHED)
        if other.root != chord.root or other.is_minor != chord.is_minor or not diminished:
            return far
    return max(1, len(chords) - at)


def _next(chords: Sequence[Chord], at: int, far: int, loop: bool) -> Chord | None:
    if at + far >= len(chords) and not loop:
        return None
    chord = chords[(at + far) % len(chords)]
    return chord if chord.sounds else None


def _analyse(place: _Place) -> Numeral:
    if not place.chord.sounds:
        return Numeral(place.text, "none", "none")
    if place.key.is_minor and place.end and place.step == 0 and place.chord.quality == "major":
        source = Key(place.key.tonic_name, "major").name
        return Numeral(place.text, "tonic", "picardy", source=source)
    if _diatonic(place):
        return Numeral(place.text, place.function, "diatonic")
    if place.blues and place.step in (0, 5, 7) and place.chord.quality == "dominant":
        return Numeral(place.text, place.function, "blues")
    for rule in _RULES:
        if (found := rule(place)) is not None:
            return found
    function = place.function if place.step in (0, 5, 7) else "chromatic"
    return Numeral(place.text, function, "chromatic")


def _diatonic(place: _Place) -> bool:
    tones = set(place.chord.pitch_classes)
    leads_to_relative = (
        place.key.mode == "minor" and place.step == 10 and place.chord.quality == "dominant"
        and place.onto() == 5
    )  # fmt: skip
    if leads_to_relative:
        return False
    return tones <= _home(place.key) or tones <= _harmonic_minor(place.key)


def _secondary_dominant(place: _Place) -> Numeral | None:
    """A major third and no major seventh, falling a fifth; or a dominant seventh whose fall is put
    off (A7 Em7 ...) or deceptive (E7 F in C)."""
    chord, after = place.chord, place.after
    suspended = "sus" in chord.suffix and "b7" in chord.degrees
    third = "3" in chord.degrees and not chord.is_minor and "7" not in chord.degrees
    still = place.step == 0 or (place.near is not None and place.near.root == chord.root)
    moving_voice = chord.quality == "augmented" and "b7" not in chord.degrees and still
    if after is None or not (third or suspended) or place.step == 7 or moving_voice:
        return None
    goal = (chord.root + 5) % 12
    if place.onto() == 5 and after.quality in _RESTING and goal != place.key.tonic:
        return _leads_to(place, "V", "secondary dominant", after)
    fifth = (place.key.tonic + 7) % 12
    if goal == fifth == after.bass and after.root == place.key.tonic:  # by way of a six-four chord
        return _leads_to(place, "V", "secondary dominant", parse_chord(place.key.spell(fifth)))
    if chord.quality != "dominant" or (place.onto() in (11, 2) and place.step == 10):
        return None
    put_off = place.onto() in (0, 1) or _is_two(after, place.beyond, goal)
    target = _degree_on(goal, place.key)
    if target is None or goal == place.key.tonic or not put_off:
        return None
    return _leads_to(place, "V", "secondary dominant", target)


def _is_two(after: Chord, beyond: Chord | None, goal: int) -> bool:
    """Whether the next chord is the II that a V on the same goal goes back to."""
    return after.is_minor and (after.root - goal) % 12 == 2 and beyond is not None


def _degree_on(root: int, key: Key) -> Chord | None:
    """The triad of the scale on this root, when it is major or minor."""
    for suffix in ("", "m"):
        chord = parse_chord(f"{key.spell(root)}{suffix}")
        if suffix == "" and key.mode == "minor" and (root - key.tonic) % 12 == 7:
            return chord  # the dominant, with its leading tone
        if set(chord.pitch_classes) <= _home(key):
            return chord
    return None


def _leads_to(place: _Place, roman: str, role: str, goal: Chord) -> Numeral:
    target = numeral(parse_chord(goal.root_name + ("m" if goal.is_minor else "")), place.key)
    text = f"{roman}{figure(place.chord)[0]}/{target}"
    return Numeral(text, "dominant", role, target=target)  # type: ignore[arg-type]


def _secondary_two(place: _Place) -> Numeral | None:
    """The II of a dominant that is not the key's own: Gm7 in Gm7 C7 F."""
    chord, after = place.chord, place.after
    minor = chord.is_minor and (chord.quality == "half-diminished" or "b7" in chord.degrees)
    if after is None or not minor or place.onto() != 5 or after.quality != "dominant":
        return None
    goal = (after.root + 5) % 12
    backdoor = (after.root - place.key.tonic) % 12 == 10 and (
        place.beyond is None or place.beyond.root != goal
    )
    if goal == place.key.tonic or backdoor:
        return None
    lands = place.beyond if place.beyond and place.beyond.root == goal else None
    target_chord = lands or _degree_on(goal, place.key) or parse_chord(place.key.spell(goal))
    target = numeral(
        parse_chord(target_chord.root_name + ("m" if target_chord.is_minor else "")), place.key
    )
    return Numeral(f"ii{figure(chord)[0]}/{target}", "predominant", "secondary two", target=target)


def _augmented_sixth(place: _Place) -> Numeral | None:
    """A plain bVI7 that opens out onto V or the six-four chord before it."""
    chord, after, key = place.chord, place.after, place.key
    name = {"7": "Ger65", "7b5": "Fr43", "7no5": "It6"}.get(chord.suffix)
    if name is None or place.step != 8 or after is None or chord.bass != chord.root:
        return None
    fifth = (key.tonic + 7) % 12
    onto_five = after.root == fifth and after.suffix == ""
    cadential = after.root == key.tonic and after.bass == fifth
    return Numeral(name, "predominant", "augmented sixth", "V") if onto_five or cadential else None


def _tritone_substitute(place: _Place) -> Numeral | None:
    if place.chord.quality != "dominant" or place.onto() != 11 or place.after is None:
        return None
    if place.after.quality in ("diminished", "augmented"):
        return None
    after = place.after
    target = numeral(parse_chord(after.root_name + ("m" if after.is_minor else "")), place.key)
    return Numeral(place.text, "dominant", "tritone substitute", target=target)


def _backdoor(place: _Place) -> Numeral | None:
    """bVII7 that steps up into I."""
    home = place.after is not None and place.after.root == place.key.tonic
    if place.step != 10 or place.chord.quality != "dominant" or not home or place.key.is_minor:
        return None
    return Numeral(place.text, "dominant", "backdoor", target="I")


def _leading_tone(place: _Place) -> Numeral | None:
    """A diminished chord a semitone below the next root, or below it under another name; before a
    six-four chord it leads to the fifth in its bass."""
    chord, after, key = place.chord, place.after, place.key
    if chord.quality not in _DIMINISHED or after is None or after.quality == "augmented":
        return None
    if (after.bass - chord.root) % 12 == 1 and after.bass == (key.tonic + 7) % 12 != after.root:
        goal = parse_chord(key.spell(after.bass))
        return _leads_to(place, "vii", "secondary leading-tone", goal)
    if after.root == key.tonic or after.quality == "diminished":
        return None
    if place.onto() == 1:
        return _leads_to(place, "vii", "secondary leading-tone", after)
    above = (chord.root + 1) % 12  # F#dim7 D7 G: both lead to the same chord
    shared = after.quality == "dominant" and (after.root + 5) % 12 == above
    target = _degree_on(above, key) if shared and above != key.tonic else None
    return _leads_to(place, "vii", "secondary leading-tone", target) if target else None


def _other_diminished(place: _Place) -> Numeral | None:
    """Diminished sevenths that share a tone with the next chord, or fill a step in the bass."""
    chord, before, after = place.chord, place.before, place.after
    if chord.quality != "diminished" or after is None:
        return None
    if after.root in chord.pitch_classes and after.quality != "diminished":
        target = numeral(parse_chord(after.root_name + ("m" if after.is_minor else "")), place.key)
        return Numeral(place.text, "chromatic", "common-tone diminished", target=target)
    if place.onto() == 11:
        return Numeral(place.text, "chromatic", "passing diminished")
    if before is not None and before.sounds:
        walk = {(chord.bass - before.bass) % 12, (after.bass - chord.bass) % 12}
        if walk in ({1}, {11}, {1, 2}, {11, 10}):
            return Numeral(place.text, "chromatic", "passing diminished")
    leads = (after.root - 1) % 12 in chord.pitch_classes and after.quality != "diminished"
    if leads and after.root != place.key.tonic:
        target = numeral(parse_chord(after.root_name + ("m" if after.is_minor else "")), place.key)
        return Numeral(place.text, "dominant", "secondary leading-tone", target=target)
    return None


def _neapolitan(place: _Place) -> Numeral | None:
    """bII, major, on its way to the dominant or with its third in the bass."""
    chord, after = place.chord, place.after
    if place.step != 1 or chord.quality != "major" or after is None:
        return None
    third_low = (chord.bass - chord.root) % 12 == 4
    dominant = (after.root - place.key.tonic) % 12 in (7, 11)
    six_four = after.bass == (place.key.tonic + 7) % 12
    if third_low or dominant or six_four:
        return Numeral(place.text, "predominant", "neapolitan")
    return None


def _line(place: _Place) -> Numeral | None:
    """One voice that moves over a root that stays: C Caug C6, Am AmMaj7 Am7 D7."""
    for other in (place.before, place.near):
        if other is None or not other.sounds or other.root != place.chord.root:
            continue
        mine, theirs = set(place.chord.pitch_classes), set(other.pitch_classes)
        moved = len(mine - theirs) == 1 and len(theirs - mine) <= 1
        if moved and other.is_minor == place.chord.is_minor:
            return Numeral(place.text, place.function, "line cliche")
    return None


def _passing(place: _Place) -> Numeral | None:
    """A chord between two of its own type that moves by semitones: Em7 Ebm7 Dm7."""
    before, chord, after = place.before, place.chord, place.near
    if before is None or after is None or not before.sounds:
        return None
    alike = before.suffix == chord.suffix == after.suffix
    walk = ((chord.root - before.root) % 12, (after.root - chord.root) % 12)
    if not alike or walk not in ((1, 1), (11, 11)):
        return None
    return Numeral(place.text, "chromatic", "passing")


def _borrowed(place: _Place) -> Numeral | None:
    source = _lender(place.chord, place.key)
    if source is None:
        return None
    return Numeral(place.text, place.function, "borrowed", source=source.name)


def _left_open(place: _Place) -> Numeral | None:
    """A dominant seventh of another degree that goes elsewhere: still heard as pulling there."""
    chord, key = place.chord, place.key
    outside = (0, 2) if key.is_minor else (2, 4, 9, 11)
    target = _degree_on((chord.root + 5) % 12, key)
    if chord.quality != "dominant" or place.step not in outside or target is None:
        return None
    return _leads_to(place, "V", "secondary dominant", target)


def _mediant(place: _Place) -> Numeral | None:
    """A major or minor chord a third from the tonic that no mode on the tonic has."""
    if place.step not in (3, 4, 8, 9) or place.chord.quality not in ("major", "minor"):
        return None
    return Numeral(place.text, "chromatic", "chromatic mediant")


_RULES: tuple[Callable[[_Place], Numeral | None], ...] = (
    _augmented_sixth, _secondary_dominant, _secondary_two, _backdoor, _tritone_substitute,
    _leading_tone, _other_diminished, _neapolitan, _line, _passing, _left_open, _borrowed,
    _mediant,
)  # fmt: skip


@cache
def _home(key: Key) -> frozenset[int]:
    return frozenset(key.pitch_classes)


@cache
def _harmonic_minor(key: Key) -> frozenset[int]:
    """The tones of a minor key with its leading tone; nothing extra for other modes."""
    if key.mode != "minor":
        return frozenset()
    seventh = (key.tonic + 10) % 12
    return frozenset(key.pitch_classes) - {seventh} | {(key.tonic + 11) % 12}


def _lender(chord: Chord, key: Key) -> Key | None:
    """The mode on the same tonic that has all tones of the chord, the nearest first."""
    modes: tuple[str, ...] = ("minor", "mixolydian", "dorian", "phrygian", "lydian")
    if key.is_minor:
        on_tonic = chord.root == key.tonic
        modes = ("major", "dorian") if on_tonic else ("dorian", "major", "phrygian")
    for mode in modes:
        lender = Key(key.tonic_name, mode)
        if set(chord.pitch_classes) <= _home(lender):
            return lender
        # The leading tone of the minor key belongs to its dominants.
        dominant = (chord.root - key.tonic) % 12 in (7, 11) or chord.quality == "augmented"
        if dominant and set(chord.pitch_classes) <= _harmonic_minor(lender):
            return lender
    return None


def _is_blues(chords: Sequence[Chord], key: Key) -> bool:
    """Sevenths on both the tonic and the subdominant are the sound of the blues."""
    dominant_roots = {(c.root - key.tonic) % 12 for c in chords if c.quality == "dominant"}
    return {0, 5} <= dominant_roots
