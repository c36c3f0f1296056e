"""What a person asked for, and the request it becomes when all defaults are filled in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from music.headings import KINDS
from music.song import Note, Song
from tools._forms import melody_notes
from tools.lyrics.check import syllables
from tools.lyrics.plan import RETURNING, Form, lines_of_sections
from tools.textsetting.lines import SungLine, lines_of_notes, lines_of_song, sections_of
from wording import FriendlyError, detect_language

_METRE = "4/4"
_SHORTEST, _LONGEST = 2, 16
_USUAL = {"en": 8, "zh": 7}
_SCHEME = {"en": "AABB", "zh": "AABA"}
_SECTIONS = ("verse", "chorus")
_NAMES = {
    **KINDS,
    "prechorus": "pre-chorus",
    "pre chorus": "pre-chorus",
    "refrain": "chorus",
}
_STRESSED, _UNSTRESSED = "/12sS", "xu0-_.u˘"


class UnknownLanguage(FriendlyError):
    """Lyrics are written in English and Chinese."""


class WrongLength(FriendlyError):
    """A line length that can't be sung as a line, or a melody that doesn't fit it."""


class WrongPattern(FriendlyError):
    """A stress or tone pattern that can't be read."""


@dataclass(frozen=True)
class Request:
    """A request with its defaults filled in."""

    theme: str
    language: str
    style: str
    mood: str
    form: Form
    phrases: tuple[SungLine, ...]
    metre: str
    include: tuple[str, ...]
    avoid: tuple[str, ...]
    seed: int
    song: Song | None = None
    """The song whose notes the lines are sung to."""


@dataclass(frozen=True)
class Wish:
    """What a person asked for, as it came: empty parts are left to the writer."""

    theme: str
    person_language: str
    language: str | None = None
    style: str = ""
    mood: str = ""
    structure: Sequence[str] = ()
    lines: int | None = None
    syllables: int | Sequence[int] | None = None
    rhyme: str = ""
    near_rhymes: bool = False
    internal_rhyme: bool = False
    stress: str = ""
    tones: Sequence[str] = ()
    hook: str = ""
    melody: Sequence[Note] = ()
    metre: str = _METRE
    song: Song | None = None
    include: Sequence[str] = ()
    avoid: Sequence[str] = ()
    seed: int | None = None

    def request(self) -> Request:
        """With all defaults filled in. Raises `FriendlyError` when a part can't be meant."""
        tongue = _language(self.language, self.theme, self.person_language)
        phrases = self._phrases()
        form = self._form(tongue, [len(phrase.carriers) for phrase in phrases])
        if phrases:
            beats = tuple(phrase.accents for phrase in phrases)
            held = tuple(phrase.durations for phrase in phrases)
            form = replace(form, hook=False, accents=beats, durations=held, strict=tongue == "en")
        if self.song is not None:
            names, counts = sections_of(phrases)
            form = replace(form, sections=names, lines=counts)
        return Request(
            theme=" ".join(self.theme.split()),
            language=tongue,
            style=self.style.strip(),
            mood=self.mood.strip(),
            form=form,
            phrases=tuple(phrases),
            metre=self.song.metre if self.song else self.metre,
            include=_phrases(self.include),
            avoid=_phrases(self.avoid),
            seed=secrets.randbelow(2**31) if self.seed is None else self.seed,
            song=self.song,
        )

    def _phrases(self) -> list[SungLine]:
        """The lines that the melody asks for; none without one."""
        asked = () if self.syllables is None else self.syllables
        wished = (asked,) if isinstance(asked, int) else tuple(asked)
        if self.song is not None:
            return lines_of_song(self.song, wished)
        return lines_of_notes(melody_notes(self.melody), self.metre, wished) if self.melody else []

    def _form(self, tongue: str, notes: Sequence[int]) -> Form:
        """The form; `notes` are the lengths of a melody's phrases, which go before all else."""
        accents, tones = _accents(self.stress), _tones(self.tones)
        lengths = tuple(notes) or self._lengths(tongue, accents or tones)
        lines = len(notes) or self.lines or (len(lengths) if len(lengths) > 1 else None)
        hook = " ".join(self.hook.split())
        sections = self._sections(lines, hooked=bool(hook))
        rhyme = "/".join(part for part in re.split(r"[/|\s,]+", self.rhyme) if part)
        walk = tongue == "en" and len(lengths) == 1
        return Form(
            sections=sections,
            lines=lines_of_sections(sections, lines),
            syllables=lengths,
            rhyme=rhyme or _SCHEME[tongue],
            hook=not rhyme and len(lengths) == 1,
            hook_line=hook,
            hook_syllables=_hook_length(hook, tongue),
            accents=accents or ((_iambic(lengths[0]),) if walk else ()),
            tones=tones,
            strict=bool(accents) and tongue == "en",
            internal=self.internal_rhyme,
            near=self.near_rhymes,
        )

    def _sections(self, lines: int | None, *, hooked: bool) -> tuple[str, ...]:
        structure = () if self.song else self.structure
        names = tuple(_NAMES.get(n.strip().lower(), n.strip().lower()) for n in structure)
        if names:
            return names
        if lines in (None, 8):
            return _SECTIONS
        count = -(-(lines or 8) // 4)
        return (*("verse",) * (count - 1), RETURNING[0] if hooked else "verse")

    def _lengths(self, tongue: str, patterns: Sequence[Sequence[object]]) -> tuple[int, ...]:
        """Syllables of the lines: as asked, as long as the given patterns, or as is usual."""
        if self.syllables is None:
            lengths = tuple(map(len, patterns)) or (_USUAL[tongue],)
        else:
            asked = self.syllables
            lengths = (asked,) if isinstance(asked, int) else tuple(asked)
        if not lengths or not all(_SHORTEST <= n <= _LONGEST for n in lengths):
            raise WrongLength(
                f"A line can have {_SHORTEST} to {_LONGEST} syllables.",
                f"一句可以有 {_SHORTEST} 到 {_LONGEST} 个字。",
            )
        return lengths


def _hook_length(hook: str, tongue: str) -> int:
    length = syllables(hook, tongue) if hook else 0
    if hook and not _SHORTEST <= length <= _LONGEST:
        raise WrongLength(
            f"The hook has {length} syllables; a line can have {_SHORTEST} to {_LONGEST}.",
            f"这句记忆点有 {length} 个音节；一句可以有 {_SHORTEST} 到 {_LONGEST} 个。",
        )
    return length


def _accents(stress: str) -> tuple[tuple[bool, ...], ...]:
    """Scansions such as "x/x/x/x/", one a line, parted by spaces or commas."""
    rows = [row for row in re.split(r"[\s,|]+", stress.strip()) if row]
    for row in rows:
        if wrong := [c for c in row if c not in _STRESSED + _UNSTRESSED]:
            raise WrongPattern(
                f"I can't read {wrong[0]!r} in the stress pattern. Write x for an unstressed and /"
                " for a stressed syllable, such as x/x/x/x/.",
                f"重音格式里的 {wrong[0]!r} 我看不懂。请用 x 表示弱音节、/ 表示重音节，"
                "例如 x/x/x/x/。",
            )
    return tuple(tuple(c in _STRESSED for c in row) for row in rows)


def _tones(rows: Sequence[str]) -> tuple[str, ...]:
    """Patterns such as 平平仄仄平, one a line; 中 stands for either."""
    kept = [part for row in rows for part in re.split(r"[\s,，/|]+", row) if part]
    for row in kept:
        if wrong := [c for c in row if c not in "平仄中"]:
            raise WrongPattern(
                f"I can't read {wrong[0]!r} in the tone pattern. Write 平, 仄 or 中 (either).",
                f"平仄格式里的 {wrong[0]!r} 我看不懂。请用 平、仄、中（可平可仄）。",
            )
    return tuple(kept)


def _phrases(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in words if phrase.strip()))


def _language(asked: str | None, theme: str, person: str) -> str:
    named = asked or (detect_language(theme) if detect_language(theme) == "zh" else person)
    for known in ("en", "zh"):
        if named.lower().startswith(known):
            return known
    if asked is None:
        return "en"
    raise UnknownLanguage(
        f"I write lyrics in English (en) and Chinese (zh), not in {asked!r}.",
        f"我可以写中文（zh）和英文（en）歌词，暂时不会写 {asked!r}。",
    )


def _iambic(syllables: int) -> tuple[bool, ...]:
    """The natural walk of an English line: every second syllable strong, the last one too."""
    return tuple((syllables - place) % 2 == 1 for place in range(syllables))
