"""Writes lines with a served chat model: it proposes, the checks judge, wrong lines are mended.

The first request asks for several drafts of the whole lyric. A line that is a syllable out is made
right by a word or two; later requests ask for several versions of one line that has none, and say
what was wrong with the last ones. Calls are counted; they end once they said enough, and early
enough to leave time for the writer in this process, to which the engine turns then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from langchain_core.language_models import BaseChatModel

from models.wheels import ModelUnavailable
from tools._context import Deadline
from tools.lyrics.answers import Answered, answered, is_list
from tools.lyrics.ask import (
    VERSIONS,
    Messages,
    Wanted,
    draft_messages,
    form_words,
    mending_messages,
)
from tools.lyrics.check import has, last_word, problems
from tools.lyrics.content import content_words
from tools.lyrics.hearing import hear
from tools.lyrics.nearly import nearly_right
from tools.lyrics.no_line import no_line
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment, Proposal

_MENDINGS = 3
"""Requests for one line."""
_PATIENCE = 2
"""Lines in a row that no request mended, after which a model is not asked any more."""
_DRAFTED = 60
"""Lines of drafts asked for at once: longer lyrics get fewer drafts."""
_MOST_DRAFTS = 2
_KEPT_BACK = (0.35, 0.6)
_KEPT_BACK_A_LINE = 0.04
"""Share of the time that is left to the writer who steps in: least, most, and for each line."""
_IDEAS = 3
"""Words of the model's that the writer who steps in is told."""
_DRAFTING = 0.6
"""Share of the model's time that drafts may take: a line that has none is mended faster."""
_TALKATIVE = 6
"""Rows without a number for each line that is wanted, after which a model is cut short."""
_RIGHT_DRAFT = 1.0
"""What a draft whose other lines are right, too, is worth: its rhymes will be met."""


class _Draft(NamedTuple):
    text: str
    merit: float


@dataclass
class ChatWriter:
    """Proposes lines for one lyric through a chat model. `about` is the request in one sentence.

    `notes` say by line what it must express, where that is known. Raises `ModelUnavailable` when
    the model's server fails.
    """

    model: BaseChatModel
    about: str
    language: str
    slots: Sequence[Slot]
    deadline: Deadline
    notes: Mapping[int, str] = field(default_factory=dict)
    _drafts: dict[int, list[_Draft]] | None = field(default=None, init=False)
    _asked: dict[int, int] = field(default_factory=dict, init=False)
    _slowest: float = field(default=0.0, init=False)
    """Seconds until an answer had a line."""
    _heard: dict[int, dict[str, None]] = field(default_factory=dict, init=False)
    _in_vain: int = field(default=0, init=False)
    _given_up: set[int] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        least, most = _KEPT_BACK
        lines = sum(slot.repeats is None and not slot.given for slot in self.slots)
        share = min(most, max(least, _KEPT_BACK_A_LINE * lines))
        self._reserve = share * self.deadline.left

    def propose(self, task: Assignment) -> list[Proposal]:
        """Right lines, best first; none when the model wrote none within its calls."""
        number = len(task.before)
        drafts = self._drafted().get(number, [])
        right = self._right(drafts, number, task)
        wrong = [d.text for d in drafts]
        while not right and self._may_ask(number):
            self._asked[number] = self._asked.get(number, 0) + 1
            faults = {text: self._faults(text, task) for text in dict.fromkeys(wrong)}
            request = mending_messages(
                self.about, self.language, task, self.notes.get(number, ""), faults
            )
            wrong = [line.text for line in self._ask(request, VERSIONS, range(VERSIONS))]
            fresh = [_Draft(text, 0.0) for text in dict.fromkeys(wrong)]
            right = self._right(fresh, number, task)
        if right:
            self._in_vain = 0
        elif self._asked.get(number, 0) >= _MENDINGS:
            self._in_vain += number not in self._given_up
            self._given_up.add(number)
        return [self._proposal(draft, place) for place, draft in enumerate(right)]

    def ideas(self, number: int) -> tuple[str, ...]:
        """Content words of what the model wrote for a line, the first answers' first, without the
        words of the requests themselves."""
        texts = self._heard.get(number, {})
        words = (word for text in texts for word in content_words(text, self.language))
        fresh = (word for word in words if word not in form_words() or has(self.about, word))
        return tuple(dict.fromkeys(fresh))[:_IDEAS]

    def _right(self, drafts: Sequence[_Draft], number: int, task: Assignment) -> list[_Draft]:
        """Drafts that are right; else those that a word or two makes right."""
        drafts = [d for d in drafts if not no_line(d.text, self.language)]
        self._heard.setdefault(number, {}).update(dict.fromkeys(d.text for d in drafts))
        if right := [d for d in drafts if not self._faults(d.text, task)]:
            return right
        return [
            _Draft(text, draft.merit)
            for draft in drafts
            for text in nearly_right(draft.text, task, self.language)
        ]

    def _drafted(self) -> dict[int, list[_Draft]]:
        """Drafts of every line that is to be written, by line; asked for once."""
        if self._drafts is None:
            self._drafts = {}
            wanted = [
                n for n, slot in enumerate(self.slots) if slot.repeats is None and not slot.given
            ]
            if len(wanted) > 1 and self._in_time():
                versions = max(1, min(_MOST_DRAFTS, _DRAFTED // len(wanted)))
                request = draft_messages(
                    Wanted(self.about, self.language, self.slots, wanted, self.notes, versions)
                )
                answers = self._ask(request, versions * len(wanted), wanted, _DRAFTING)
                self._drafts = self._sorted(answers, wanted)
        return self._drafts

    def _sorted(self, lines: Sequence[Answered], wanted: Sequence[int]) -> dict[int, list[_Draft]]:
        """Answered lines by the line they are for. Those without numbers count from the top."""
        by_version: dict[int, dict[int, str]] = {}
        for place, line in enumerate(lines):
            version, number = line.version, line.number
            if number is None:
                version, at = (line.version or place // len(wanted)), place % len(wanted)
                number = wanted[at] + 1
            if number - 1 in wanted:
                by_version.setdefault(version, {}).setdefault(number - 1, line.text)
        drafts: dict[int, list[_Draft]] = {}
        for texts in by_version.values():
            merit = _RIGHT_DRAFT * self._share_right(texts, len(wanted))
            for number, text in texts.items():
                drafts.setdefault(number, []).append(_Draft(text, merit))
        return drafts

    def _share_right(self, texts: Mapping[int, str], wanted: int) -> float:
        """How many lines of a draft keep its own rhymes and all else."""
        right = 0
        for number, text in texts.items():
            slot = self.slots[number]
            ends = [
                last_word(self.slots[n].given or texts.get(n, ""), self.language)
                for n in slot.rhymes
            ]
            task = Assignment(slot, (), rhymes=tuple(end for end in ends if end))
            right += not self._faults(text, task)
        return right / max(1, wanted)

    def _faults(self, text: str, task: Assignment) -> list[str]:
        """What the checks find; what is no line at all is wrong, whatever its length."""
        reason = no_line(text, self.language)
        return [reason] if reason else problems(text, task, self.language)

    def _proposal(self, draft: _Draft, place: int) -> Proposal:
        end = last_word(draft.text, self.language)
        marks = content_words(draft.text, self.language)
        return Proposal(draft.text, draft.merit - 0.1 * place, end, marks)

    def _may_ask(self, number: int) -> bool:
        self.deadline.check()
        patient = self._asked.get(number, 0) < _MENDINGS and self._in_vain < _PATIENCE
        return patient and self._in_time()

    def _in_time(self) -> bool:
        """Whether another call can give a line before the reserve for the other writer begins."""
        return self.deadline.left - self._slowest > self._reserve

    def _ask(
        self, request: Messages, lines: int, wanted: Sequence[int], share: float = 1.0
    ) -> list[Answered]:
        """What the model answers within a share of its time, up to so many lines for the numbers
        that are wanted."""

        def part(text: str) -> float:
            found = answered(text)
            numbered = sum(x.number is not None and x.number - 1 in wanted for x in found)
            # Rows without numbers may be talk or thoughts.
            plain = 0 if is_list(text) else len(found)
            return max(numbered / lines, plain / (_TALKATIVE * lines))

        seconds = share * (self.deadline.left - self._reserve)
        try:
            heard = hear(self.model, request, seconds, self.deadline, part)
        except _server_errors() as error:
            raise ModelUnavailable(
                "The chat model's server does not answer. The host can check LLM and LLM_BASE_URL.",
                "聊天模型的服务没有响应。请主机管理员检查 LLM 和 LLM_BASE_URL。",
            ) from error
        self._slowest = max(self._slowest, heard.first_line)
        return answered(heard.text)


def _server_errors() -> tuple[type[Exception], ...]:
    """What clients of servers raise; they are imported only once something went wrong."""
    import httpx
    import openai

    return openai.OpenAIError, httpx.HTTPError, ConnectionError, TimeoutError
