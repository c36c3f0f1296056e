"""Keeps what was written in time, so that no rhyme is torn between new lines and old ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tools._context import TimeLimit
from tools.lyricedit.draft import Draft
from tools.lyrics.engine import Line
from wording import Text


def in_time(
    draft: Draft, new: Collection[int], lines: Sequence[Line]
) -> tuple[dict[int, Line], list[Text]]:
    """The new lines to keep by place, echoes included, and what to say when some are missing.

    `lines` are the first ones of the lyric, as far as time went. A line is kept only when all new
    ones that it rhymes with are there, too. Raises `TimeLimit` when none is.
    """
    roots = {i: _root(draft, i, new) for i in new}
    done = {i for i, root in roots.items() if root < len(lines)}
    while torn := {i for i in done if any(k in new and k not in done for k in _kin(draft, i))}:
        done -= torn
    if not done:
        raise TimeLimit(
            "That took too long and was stopped. Try fewer lines at a time, such as one section.",
            "这次花的时间太长，已经停止。请一次少改几行，比如只改一段。",
        )
    kept = {i: lines[roots[i]] for i in sorted(done)}
    return kept, [_reached(len(done), len(new))] if len(done) < len(new) else []


def _root(draft: Draft, at: int, new: Collection[int]) -> int:
    """The line that a line says again, if that is new as well."""
    echo = draft.shape.echoes[at]
    same = echo is not None and echo in new and draft.rows[echo].sung == draft.rows[at].sung
    return echo if same and echo is not None else at


def _kin(draft: Draft, at: int) -> list[int]:
    """Lines that rhyme with a line or say it again: they change together or not at all."""
    echoes = draft.shape.echoes
    return [*draft.shape.members(at), *(i for i, echo in enumerate(echoes) if echo == at),
            *((echo,) if (echo := echoes[at]) is not None else ())]  # fmt: skip


def _reached(done: int, wanted: int) -> Text:
    return Text(
        f"There was time for {done} of {wanted} lines; the others stay as they were. Ask again to"
        " go on.",
        f"时间只够改 {wanted} 行中的 {done} 行，其余保持不变。再说一次就接着改。",
    )
