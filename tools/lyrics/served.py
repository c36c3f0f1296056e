"""Writes lines with a served chat model: it proposes, the checks judge, wrong lines are mended.

The first request asks for the whole lyric, with several words of each rhyme to choose from; later
ones ask only for a line that failed, and say what was wrong with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel

from tools._context import Deadline
from tools.lyrics.check import last_word, problems
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment, Proposal
from tools.prosody import rhymes_en, rhymes_zh

_VERSIONS = 6
"""Versions of a line asked for when it has to be mended."""
_MENDINGS = 3
_OFFERED = 24
_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)、:：])?\s*[\"“]?(.*?)[\"”]?\s*[,，.。]?\s*$")
_NOT_LINE = re.compile(r"^\s*(?:\[.*\]|\(.*\)|#.*|\*\*.*\*\*|[^:：]{1,14}[:：])?\s*$")


@dataclass
class ChatWriter:
    """Proposes lines for one lyric through a chat model. `about` is the request in one sentence."""

    model: BaseChatModel
    about: str
    language: str
    slots: Sequence[Slot]
    deadline: Deadline
    _drafts: dict[int, list[str]] = field(default_factory=dict, init=False)

    def propose(self, task: Assignment) -> list[Proposal]:
        """Right lines if the model can write any; its drafts first, then mended ones."""
        if not self._drafts:
            self._draft()
        texts = self._drafts.get(len(task.before), [])
        for _ in range(_MENDINGS):
            right = [text for text in texts if not problems(text, task, self.language)]
            if right:
                return [self._proposal(text, rank) for rank, text in enumerate(right)]
            self.deadline.check()
            texts = self._ask(self._mending(task, texts[:_VERSIONS]))
        return [self._proposal(text, rank) for rank, text in enumerate(texts)]

    def _proposal(self, text: str, rank: int) -> Proposal:
        end = last_word(text, self.language)
        words = re.findall(r"[\w']{4,}", text.lower()) if self.language == "en" else [text[:2]]
        return Proposal(text, -0.1 * rank, end, tuple(words))

    def _draft(self) -> None:
        """One request for the whole lyric: a draft of every line that is not said again."""
        wanted = [number for number, slot in enumerate(self.slots) if slot.repeats is None]
        rows = "\n".join(
            f"{number + 1}. [{self.slots[number].name}] {self.slots[number].syllables} syllables,"
            f" rhyme {self.slots[number].letter}"
            for number in wanted
        )
        lines = self._ask(
            f"{self.about}\nWrite it in {_NAMES[self.language]}, {len(wanted)} lines, exactly as"
            f" planned (lines with the same rhyme label rhyme):\n{rows}\n"
            "Answer with the numbered lines only."
        )
        self._drafts = {number: [text] for number, text in zip(wanted, lines, strict=False)}
        self._drafts.setdefault(-1, [])

    def _mending(self, task: Assignment, wrong: Sequence[str]) -> str:
        faults = [f"“{t}”: {'; '.join(problems(t, task, self.language))}" for t in wrong]
        before = "\n".join(task.before[-8:])
        return "\n".join(
            [
                self.about,
                f"The lyric so far:\n{before}" if before else "This is the first line.",
                f"Write {_VERSIONS} versions of the next line in {_NAMES[self.language]}, each with"
                f" exactly {task.slot.syllables} syllables.",
                *self._wanted_ends(task),
                *([f"Avoid: {json.dumps(task.avoid, ensure_ascii=False)}"] if task.avoid else []),
                *(["These were wrong:", *faults] if faults else []),
                "Answer with the lines only, one a row.",
            ]
        )

    def _wanted_ends(self, task: Assignment) -> list[str]:
        if not task.rhymes:
            return []
        word = task.rhymes[0]
        if self.language == "zh":
            found = [r.word for r in rhymes_zh.rhymes(word, ("double", "same_final"), limit=60)]
        else:
            found = [r.word for r in rhymes_en.rhymes(word, ("multi", "perfect"), limit=60)]
        return [f"It must end with a rhyme of “{word}”, such as: {', '.join(found[:_OFFERED])}."]

    def _ask(self, request: str) -> list[str]:
        answer = self.model.invoke(
            [("system", "You are a songwriter who counts syllables."), ("human", request)]
        )
        return [
            match[1].strip()
            for row in str(answer.text).splitlines()
            if not _NOT_LINE.match(row) and (match := _MARK.match(row)) and match[1].strip()
        ]


_NAMES = {"en": "English", "zh": "Chinese (simplified characters)"}
