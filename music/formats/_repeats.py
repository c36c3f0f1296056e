"""Repeats and endings written out, as they are played."""

from __future__ import annotations

from typing import Literal, NamedTuple

from music.formats._draft import Draft, Part, Words

_MAX_SPANS = 400


class Mark(NamedTuple):
    """A repeat sign at a tick. "stop" is a double bar, which ends the last ending."""

    at: int
    kind: Literal["start", "end", "ending", "stop"]
    times: int = 2


class Span(NamedTuple):
    """Played from `start` to `end`, for the `turn`-th time out of `turns`."""

    start: int
    end: int
    turn: int = 1
    turns: int = 1


def played(marks: list[Mark], length: int) -> list[Span]:
    """The order in which the music is played; without repeats, one span."""
    spans: list[Span] = []
    start = at = 0
    ending: int | None = None
    turn = 1
    for index, (tick, kind, times) in enumerate(marks):
        if kind in ("start", "stop"):
            if kind == "start" or (ending is not None and tick > at):
                spans.append(Span(at, tick, turn, turn))
                start, at, ending, turn = tick, tick, None, 1
        elif kind == "ending":
            ending = tick if ending is None else ending
        elif tick > start:
            following = marks[index + 1 : index + 3]
            more = ending is not None and any(m == (tick, "ending", m.times) for m in following)
            if more and ending is not None:
                spans += [Span(at, tick, turn, turn + 1), Span(start, ending, turn + 1, turn + 1)]
                turn += 1
            else:
                turns = max(times, turn) if ending is None else turn
                spans.append(Span(at, tick, turn, turns))
                spans += [Span(start, tick, k, turns) for k in range(turn + 1, turns + 1)]
                start, ending, turn = tick, None, 1
            at = tick
    spans.append(Span(at, max(length, at), turn, turn))
    return [span for span in spans if span.end > span.start][:_MAX_SPANS]


def unfold(draft: Draft, spans: list[Span]) -> Draft:
    """The draft with its spans in playing order; verse k is sung on the k-th time."""
    if len(spans) < 2:
        return draft
    out = Draft(
        draft.title, draft.composer, draft.lyricist, draft.language, draft.style, draft.mood,
        draft.tempo, draft.pickup,
    )  # fmt: skip
    out.parts = [Part(p.name, p.program, p.drums) for p in draft.parts]
    shift = 0
    for index, span in enumerate(spans):
        a, b, by = span.start, span.end, shift - span.start
        out.notes += [(on + by, n, p) for on, n, p in draft.notes if a <= on < b]
        out.chords += [(at + by, symbol) for at, symbol in draft.chords if a <= at < b]
        out.words += _sung(draft.words, span, by, index)
        _resign(out.marks, draft.marks, span, by, carry=False)
        _resign(out.keys, draft.keys, span, by, carry=True)
        _resign(out.metres, draft.metres, span, by, carry=True)
        for part, source in zip(out.parts, draft.parts, strict=True):
            part.notes += [(on + by, n, p, v) for on, n, p, v in source.notes if a <= on < b]
        shift += b - a
    out.length = shift
    return out


def _sung(words: list[Words], span: Span, by: int, index: int) -> list[Words]:
    here = [w for w in words if span.start <= w.at < span.end]
    verses = {w.verse for w in here}
    wanted = span.turn if span.turn in verses else 1
    several = len(verses) > 1 and span.turns > 1
    made = []
    for word in here:
        verse = word.verse
        if several:
            later = span.turn == span.turns and verse > wanted
            if verse != wanted and not later:
                continue
            verse = verse - wanted + 1
        made.append(word._replace(at=word.at + by, verse=verse, line=word.line + 10_000 * index))
    return made


def _resign(
    out: list[tuple[int, str]], source: list[tuple[int, str]], span: Span, by: int, carry: bool
) -> None:
    before = [value for at, value in source if at <= span.start]
    inside = [(at + by, value) for at, value in source if span.start < at < span.end]
    if carry:
        if before and (not out or out[-1][1] != before[-1]):
            out.append((span.start + by, before[-1]))
    else:
        inside = [(at + by, value) for at, value in source if span.start <= at < span.end]
    out += inside
