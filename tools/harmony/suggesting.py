"""Puts an answer of suggest_chords together: progressions, reharmonisations or ways to a key, each
with its reason, the songs that share it, and ideas for going on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from music.chords import Chord, parse_chord
from music.keys import Key, key_of, parse_key
from music.roman import analyse
from music.song import ChordEvent, Note
from tools._context import ToolContext
from tools._moods import Mood
from tools.harmony.ideas import (
    LEVELS,
    Idea,
    by_bar,
    ideas,
    modulation,
    reasons_of,
    romans,
    usual_spice,
)
from tools.harmony.known_songs import KnownSong, known_songs
from tools.harmony.progressions import Progression, Wish, suggest
from tools.harmony.reharmonise import Basis, Variant, reharmonise
from tools.harmony.sharing import SharedSong, shared_songs
from tools.harmony.substitutions import row_of
from tools.harmony.why import in_sentences, reasons
from tools.styles import Style
from wording import FriendlyError, Text

_NOTHING = Text("", "")


class NothingToChange(FriendlyError):
    """Everything is fixed, or no substitution suits the chords, the style and the melody."""

    def __init__(self) -> None:
        super().__init__(
            "I found nothing to change there. Leave more bars free, give more spice, or send a row "
            "of at least two chords.",
            "这里没有可以换的和弦。请多留几个小节、调高辣度，或给我至少两个和弦。",
        )


class SameKey(FriendlyError):
    """Both keys are one."""

    def __init__(self, key: Key) -> None:
        super().__init__(
            f"It is in {key.name} already. Name another key to go to.",
            f"现在就是{key.in_words('zh')}，请给一个别的目标调。",
        )


@dataclass(frozen=True)
class Asked:
    """What a person asked for. `row` is what to reharmonise, empty for something new; `fixed` are
    bars from 0 with their symbols."""

    key: Key
    style: Style
    mood: Mood | None
    bars: int
    bar: float
    fixed: tuple[tuple[int, str], ...]
    row: tuple[str, ...]
    melody: tuple[Note, ...]
    spice: int | None
    limit: int
    seed: int

    @property
    def level(self) -> int:
        """The spice that was asked for, else the style's own."""
        return usual_spice(self.style) if self.spice is None else self.spice

    def basis(self, symbols: Sequence[str]) -> Basis:
        """These bars as what is to be varied."""
        spans = row_of(symbols, self.bar, [at for at, _ in self.fixed])
        return Basis(spans, self.key, self.style, self.bar, self.melody)


@dataclass(frozen=True)
class Suggestion:
    """One answer. `symbols` and `roman` run parallel; `by_bar` are the symbols of each bar."""

    symbols: tuple[str, ...]
    roman: tuple[str, ...]
    why: Text
    score: float
    events: tuple[ChordEvent, ...]
    by_bar: tuple[str, ...]
    label: Text = _NOTHING
    shared: tuple[SharedSong, ...] = ()
    known: tuple[KnownSong, ...] = ()


def key_of_numerals(read: Callable[[Key], Sequence[Chord]]) -> Key | None:
    """The key for numerals and degrees that were given without one, where `read` gives the chords
    in a key: C major, or A minor where they have a minor tonic ("i VI VII"). None where every
    chord was named, so that the key does not matter."""
    chords = read(key_of(0))
    if chords == read(key_of(2)):
        return None
    tonics = [chord for chord in chords if chord.sounds and chord.root == 0]
    minor = bool(tonics) and all(
        3 in chord.pitch_classes and 4 not in chord.pitch_classes for chord in tonics
    )
    return parse_key("A minor") if minor else key_of(0)


def suggestions(asked: Asked, goal: Key | None, context: ToolContext) -> list[Suggestion]:
    """Ranked answers. Raises `SameKey` and `NothingToChange`."""
    if goal is not None:
        return _paths(asked, goal)
    if asked.row:
        return _reharmonised(asked, context)
    wish = Wish(
        asked.key, asked.style, asked.mood, asked.bars, asked.bar, asked.fixed, asked.melody,
        asked.spice,
    )  # fmt: skip
    found = suggest(wish, asked.limit, asked.seed, context.deadline.check)
    told: list[Text] = []
    made = []
    for item in found:
        spiced = _spiced(item, asked, context)
        parts = reasons(spiced.symbols, spiced.changes(), asked.key, told)
        told += parts
        made.append(_shared(_plain(spiced, asked, in_sentences(parts)), asked, context))
    return made


def ideas_for(found: Sequence[Suggestion], asked: Asked, context: ToolContext) -> list[Idea]:
    """Ideas for the first answer; none for a reharmonisation, which is one already."""
    if not found or asked.row:
        return []
    base = asked.basis(found[0].symbols)
    return ideas(base, asked.level, asked.seed, check=context.deadline.check)


def _spiced(item: Progression, asked: Asked, context: ToolContext) -> Progression:
    """From spice 2 on, with substitutions that leave one chord to a bar."""
    if asked.spice not in (2, 3):
        return item
    base = asked.basis(item.symbols)
    check = context.deadline.check
    made = reharmonise(base, asked.spice, seed=asked.seed, limit=1, check=check, whole=True)
    if not made:
        return item
    return replace(item, symbols=tuple(by_bar(made[0].spans, asked.bar)))


def _plain(item: Progression, asked: Asked, why: Text) -> Suggestion:
    bars = [parse_chord(symbol) for symbol in item.symbols]
    return Suggestion(
        symbols=item.symbols,
        roman=tuple(numeral.text for numeral in analyse(bars, asked.key)),
        why=why,
        score=item.score,
        events=item.events(asked.bar),
        by_bar=item.symbols,
    )


def _shared(item: Suggestion, asked: Asked, context: ToolContext) -> Suggestion:
    chords = _changes(item.symbols)
    songs = shared_songs(context.ready_catalogue(), chords, asked.key)
    known = known_songs(analyse(chords, asked.key))
    return replace(item, shared=tuple(songs), known=tuple(known))


def _changes(symbols: Sequence[str]) -> list[Chord]:
    chords = [parse_chord(symbol) for symbol in symbols]
    return [c for at, c in enumerate(chords) if c.sounds and (not at or c != chords[at - 1])]


def _reharmonised(asked: Asked, context: ToolContext) -> list[Suggestion]:
    """One variant of each level, or several of the level that was asked for."""
    fixed = dict(asked.fixed)
    row = [fixed.get(at, symbol) for at, symbol in enumerate(asked.row)]
    base = asked.basis(row)
    levels = (1, 2, 3) if asked.spice is None else (max(1, asked.spice),)
    each = -(-asked.limit // len(levels))
    found = []
    for level in levels:
        check = context.deadline.check
        made = reharmonise(base, level, seed=asked.seed, limit=each, check=check)
        found += [_variant(one, level, base) for one in made]
    if not found:
        raise NothingToChange
    return found[: asked.limit] if asked.limit >= len(levels) else found[-asked.limit :]


def _variant(made: Variant, level: int, base: Basis) -> Suggestion:
    return Suggestion(
        symbols=made.symbols,
        roman=romans(made.spans, base.key),
        why=reasons_of(made.moves),
        score=made.score,
        events=made.events(),
        by_bar=tuple(by_bar(made.spans, base.bar)),
        label=Text(f"spice {level}, {LEVELS[level].en}", f"辣度 {level}（{LEVELS[level].zh}）"),
    )


def _paths(asked: Asked, goal: Key) -> list[Suggestion]:
    symbols = asked.row or tuple(symbol for _, symbol in asked.fixed)
    base = Basis(row_of(symbols, asked.bar), asked.key, asked.style, asked.bar)
    found = modulation(base, goal, max(asked.limit, 1))
    if not found:
        raise SameKey(asked.key)
    return [_path(idea, asked.bar, number) for number, idea in enumerate(found)]


def _path(idea: Idea, bar: float, rank: int) -> Suggestion:
    name = idea.label
    return Suggestion(
        symbols=tuple(span.symbol for span in idea.spans),
        roman=idea.roman,
        why=idea.why,
        score=-float(rank),
        events=tuple(ChordEvent(span.onset, span.symbol) for span in idea.spans),
        by_bar=tuple(by_bar(idea.spans, bar)),
        label=Text(name.en.rpartition(": ")[2], name.zh.rpartition("：")[2]),
    )
