"""Lyrics that are only partly written when the time is up stay whole: no rhyme is torn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.tools.lyrics_context import context
from tools._context import Cancelled, Deadline, TimeLimit
from tools.edit_lyrics import TOOL
from tools.lyricedit.draft import Draft
from tools.lyricedit.progress import in_time
from tools.lyricedit.rows import song_of_text
from tools.lyrics.check import last_word
from tools.lyrics.engine import Line, write
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment, Proposal

ALTERNATING = """[verse]
The driver knows my stop by heart
He never says a word to me
The rain has torn the street apart
And washed the city to the sea

[chorus]
So take me home tonight
I see the light
"""
HALF = """[verse]
港口的灯慢慢亮起
I watch the ships go by
我把名字留给海鸥
I see them fill the sky
"""


@dataclass
class Dawdler:
    """Writes one line a call, and has the time run out after some."""

    deadline: Deadline
    lines: int

    def propose(self, task: Assignment) -> Sequence[Proposal]:
        if len(task.before) == self.lines:
            raise TimeLimit("Too slow.", "太慢。")
        self.deadline.check()
        return [Proposal(("I hear the rain", "I miss the train")[len(task.before) % 2], 0.0, "x")]


def lines_of(text: str) -> list[Line]:
    return [Line(Slot(0, "verse", i, 8), t, last_word(t, "en")) for i, t in enumerate(text)]


def test_lines_written_in_time_are_handed_over_only_when_that_was_asked_for() -> None:
    slots = [Slot(0, "verse", i, 4) for i in range(4)]
    deadline = Deadline(30)

    def by_score(proposal: Proposal, task: Assignment) -> float:
        return proposal.score

    with pytest.raises(TimeLimit):
        write(slots, Dawdler(deadline, 2), by_score, "en", (), deadline)
    done = write(slots, Dawdler(deadline, 2), by_score, "en", (), deadline, partly=True)
    assert [line.text for line in done] == ["I hear the rain", "I miss the train"]
    deadline.cancel()
    with pytest.raises(Cancelled):
        write(slots, Dawdler(deadline, 2), by_score, "en", (), deadline, partly=True)


def test_a_new_line_is_dropped_when_its_rhyme_was_not_reached() -> None:
    draft = Draft.of(song_of_text(ALTERNATING))
    new = range(6)
    kept, notes = in_time(draft, new, lines_of("abc"))  # heart/me/apart: "sea" is missing
    assert sorted(kept) == [0, 2]
    assert "2 of 6" in notes[0].en
    assert "2" in notes[0].zh
    kept, _ = in_time(draft, new, lines_of("abcde"))
    assert sorted(kept) == [0, 1, 2, 3]
    kept, notes = in_time(draft, new, lines_of("abcdef"))
    assert len(kept) == len(new)
    assert not notes
    with pytest.raises(TimeLimit):
        in_time(draft, new, lines_of("ab"))


def test_lines_said_again_change_with_the_first_one() -> None:
    chorus = "[chorus]\nTake me home\n\n"
    draft = Draft.of(song_of_text(f"{chorus}[verse]\nI see the light\n\n{chorus}"))
    kept, _ = in_time(draft, {0, 1, 2}, lines_of("x"))
    assert {at: line.text for at, line in kept.items()} == {0: "x", 2: "x"}


def test_a_half_finished_translation_goes_on_with_the_lines_that_are_left() -> None:
    song = song_of_text(HALF).replace(language="en")
    result = TOOL({"action": "translate", "song": song, "seed": 1}, context(None, "en"))
    texts = [line.text for line in result.lines]
    assert texts[0] == "港口的灯慢慢亮起"
    assert texts[2] == "我把名字留给海鸥"
    assert not any(char.isascii() and char.isalpha() for char in "".join(texts))
    assert result.song.language == "zh"
