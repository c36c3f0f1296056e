"""Says a line of another person: pronouns, and the verbs that agree with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tools.lyricedit.verbs import (
    ADVERBS,
    SINGULAR,
    VERBS,
    agreed,
    base,
    is_auxiliary,
    is_participle,
    is_past,
    is_present,
    is_verb,
)

_FORMS = {  # subject, object, possessive, standing alone, reflexive
    "I": ("i", "me", "my", "mine", "myself"),
    "you": ("you", "you", "your", "yours", "yourself"),
    "he": ("he", "him", "his", "his", "himself"),
    "she": ("she", "her", "her", "hers", "herself"),
    "we": ("we", "us", "our", "ours", "ourselves"),
    "they": ("they", "them", "their", "theirs", "themselves"),
}
_CHINESE = {"I": "我", "you": "你", "he": "他", "she": "她", "we": "我们", "they": "他们"}
_SHORT_BE = {"I": "'m", "he": "'s", "she": "'s"}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_AFTER_OBJECT = _listed(
    "a an the to in on at by for from with of and but or as if so than that when while where now "
    "then there here again alone away back down home out up off over too tonight today tomorrow "
    "forever anymore still like into through under behind before after around beside until "
    "i you he she we they it who go stay cry smile laugh sleep walk dance sing fly run fall leave "
    "come wait know feel think believe understand remember forget more most better well yet now "
    "once twice some any because till 'til since just every each everything nothing something "
    "anything goodbye goodnight too alone one all both be do said says again closer near"
)
_DETERMINERS = ("a", "an", "the", "no", "my", "your", "his", "her", "our", "their", "this", "some")
_PERCEIVED = _listed("hear heard see saw watch watched feel felt let make made help have had")
_GIVEN = _listed(
    "give gave bring brought show showed send sent buy bought sing sang owe owed lend lent miss "
    "missed hold held kiss kissed love loved want wanted need needed without"
)
_LIKELY = ("lovely", "lonely", "only", "early", "family", "belly", "holy", "silly", "ugly", "lily")
"""Words in -ly that are no adverbs."""
_PREPOSITIONS = _listed(
    "to in on at by for from with of about like into through under behind before after around "
    "beside without near between against toward towards upon above below past than"
)
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|[^A-Za-z]+")


class Said(NamedTuple):
    """A pronoun found in a line: whose it is, which form, and a contraction ("'ve")."""

    person: str
    form: int
    ending: str


@dataclass
class _Line:
    """A line as words and what stands between them."""

    tokens: list[str]

    def word(self, at: int) -> str:
        """Lower case, straight apostrophes; "" outside the line and for punctuation."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else ""
        return token.lower().replace("’", "'") if token[:1].isalpha() else ""

    def after(self, at: int) -> int:
        """The next word's index; a comma or stop in between ends the search (-1)."""
        for i in range(at + 1, len(self.tokens)):
            if self.tokens[i][:1].isalpha():
                return i
            if self.tokens[i].strip():
                return -1
        return -1

    def before(self, at: int) -> int:
        """The word before, or -1."""
        for i in range(at - 1, -1, -1):
            if self.tokens[i][:1].isalpha():
                return i
            if self.tokens[i].strip():
                return -1
        return -1


def people_in(text: str, language: str) -> list[str]:
    """Every person that a line speaks of, once for each pronoun."""
    if language == "zh":
        return [_person_zh(match[0]) for match in _ZH.finditer(text)]
    line = _Line(_TOKEN.findall(text))
    found = (_said(line, at) for at in range(len(line.tokens)))
    return [said.person for said in found if said is not None]


def forms_of(person: str, language: str) -> tuple[str, ...]:
    """How a person can stand in a line."""
    return (_CHINESE[person],) if language == "zh" else tuple(dict.fromkeys(_FORMS[person]))


def told_in_past(texts: Iterable[str]) -> bool:
    """Whether the verbs of an English lyric's persons are mostly past ones."""
    balance = 0
    for text in texts:
        line = _Line(_TOKEN.findall(text))
        for at in range(len(line.tokens)):
            if _subject(line, at) and (verb := line.after(at)) >= 0:
                word = line.word(verb)
                balance += is_past(word) - (not is_past(word) and is_present(word))
    return balance > 0


def retold(
    text: str, change: Mapping[str, str], language: str, subject: str = "", *, past: bool = False
) -> str:
    """The line with persons exchanged at once, e.g. {"she": "I", "I": "you"}.

    `subject` is who the line before spoke of: "And pull my collar up" goes on with them. `past`:
    the lyric is told in the past.
    """
    if language == "zh":
        return _ZH.sub(lambda match: _chinese(match[0], change), text)
    line = _Line(_TOKEN.findall(text))
    out = list(line.tokens)
    if subject in change:
        for verb in _opening(line):
            out[verb] = _like(
                agreed(line.word(verb), change[subject], past=past), line.tokens[verb]
            )
    for at in range(len(line.tokens)):
        said = _said(line, at)
        if said is None or said.person not in change:
            continue
        new = change[said.person]
        follows = line.word(line.after(at)) if line.after(at) >= 0 else ""
        out[at] = _cased(_pronoun(new, said, follows), line.tokens[at], at, new)
        if said.form == 0:
            _agree(line, out, at, said, new, past)
    return "".join(out)


def last_subject(text: str, before: str) -> str:
    """Who a line speaks of at its end; whoever it was before, where it names nobody."""
    line = _Line(_TOKEN.findall(text))
    found = [who for at in range(len(line.tokens)) if (who := _subject(line, at))]
    return found[-1] if found else before


def _opening(line: _Line) -> list[int]:
    """The verbs of a line that goes on with the subject of the one before."""
    if line.word(0) not in ("and", "but", "or", "then"):
        return []
    verb = line.after(0)
    while verb >= 0 and line.word(verb) in ADVERBS:
        verb = line.after(verb)
    if verb < 0 or base(line.word(verb)) not in VERBS:
        return []
    found, at = [verb, *_joined(line, verb)], line.tokens
    for place in range(verb, len(at)):
        if line.word(place) in ("and", "but") and place - 1 > 0 and "," in at[place - 1]:
            second = line.after(place)
            if second >= 0 and base(line.word(second)) in VERBS:
                found.append(second)
    return list(dict.fromkeys(found))


def _said(line: _Line, at: int) -> Said | None:
    word = line.word(at)
    stem, mark, ending = word.partition("'")
    if not word or (mark and ending not in ("m", "s", "re", "ve", "ll", "d")):
        return None
    for person, forms in _FORMS.items():
        if stem in forms:
            return Said(person, _form(line, at, person, stem, ending), f"'{ending}" if mark else "")
    return None


def _form(line: _Line, at: int, person: str, stem: str, ending: str) -> int:
    """Which form is meant where two are spelled alike."""
    forms = _FORMS[person]
    if ending:
        return 0
    follows = line.word(line.after(at)) if line.after(at) >= 0 else ""
    if stem == "you":
        return _form_of_you(line, at)
    if stem == "her":
        away = follows in _AFTER_OBJECT or (follows.endswith("ly") and follows not in _LIKELY)
        return 2 if follows and not away and not follows.endswith("ing") else 1
    if stem == "his":
        return 2 if follows and follows not in _AFTER_OBJECT else 3
    return forms.index(stem)


def _form_of_you(line: _Line, at: int) -> int:
    """A subject has a verb after it; what is heard, let or given is none: "I heard you say"."""
    place = line.before(at)
    while place >= 0 and line.word(place) in ADVERBS:
        place = line.before(place)
    before = line.word(place) if place >= 0 else ""
    verb = line.after(at)
    while verb >= 0 and (line.word(verb) in ADVERBS or line.word(verb).endswith("ly")):
        verb = line.after(verb)
    follows = line.word(verb) if verb >= 0 else ""
    if before in ("it's", "that's", "there's", "this"):  # "it's only you"
        return 1
    if is_auxiliary(before) and place > 0 and not line.word(line.before(place)).startswith("wh"):
        subject = line.before(place)
        return int(subject >= 0 and line.word(subject) in ("it", "that", "there", "this"))
    if not before or is_auxiliary(before):
        return 0 if follows or is_auxiliary(before) else 1
    if follows == "and" and not (before in _PREPOSITIONS or is_verb(before)):
        return 0
    perceived = base(before) in _PERCEIVED or before in _PERCEIVED
    bare = follows in VERBS and follows not in ("have", "do", "be")
    given = base(before) in _GIVEN or before in _GIVEN
    if not is_verb(follows) or (perceived and bare) or (given and bare):
        return 1
    return 0


def _pronoun(person: str, said: Said, follows: str) -> str:
    """The pronoun with its contraction; `follows` tells "she's gone" from "she's seen"."""
    have = said.ending == "'ve" or (said.ending == "'s" and is_participle(follows))
    if have and follows in _DETERMINERS and person in SINGULAR:
        return f"{_FORMS[person][0]} has"
    if have:
        return _FORMS[person][0] + ("'s" if person in SINGULAR else "'ve")
    if said.ending in ("'m", "'re", "'s"):
        return _FORMS[person][0] + _SHORT_BE.get(person, "'re")
    return _FORMS[person][said.form] + said.ending


def _cased(word: str, old: str, at: int, person: str) -> str:
    if person == "I" and word.partition("'")[0] == "i":
        return "I" + word[1:]
    capital = old[0].isupper() and (at == 0 or not old.lower().startswith("i"))
    return word[0].upper() + word[1:] if capital else word


def _agree(line: _Line, out: list[str], at: int, said: Said, new: str, past: bool) -> None:
    """The verb after a subject, and one joined to it by "and"."""
    if said.ending:
        return
    verb = line.after(at)
    while verb >= 0 and line.word(verb) in ADVERBS:
        verb = line.after(verb)
    before = line.before(at)
    asked = line.word(before) if before >= 0 else ""
    if is_auxiliary(asked) and not _subject_before(line, before):  # "do I", "was she"
        form = agreed(asked, new)
        out[before] = _like("aren't" if form == "ain't" else form, line.tokens[before])
        return
    if _joins(line, at):  # "you and I were"
        return
    if asked in ("let", "make", "see", "watch", "hear", "help", "did", "can", "will", "would"):
        return
    if verb < 0:
        return
    out[verb] = _like(agreed(line.word(verb), new, past=past), line.tokens[verb])
    for at_verb in _joined(line, verb):
        out[at_verb] = _like(agreed(line.word(at_verb), new, past=past), line.tokens[at_verb])


def _subject_before(line: _Line, verb: int) -> bool:
    """Whether a verb has its subject before it: "all I have I give"."""
    before = line.before(verb)
    while before >= 0 and line.word(before) in ADVERBS:
        before = line.before(before)
    if before >= 0 and line.word(before) == "who":
        return line.before(before) >= 0  # at the start it asks: "who am I"
    return before >= 0 and _subject(line, before) is not None


def _joins(line: _Line, at: int) -> bool:
    """Whether a pronoun is one of two subjects: "you and I", "my brother and she"."""
    after = line.after(at)
    if after >= 0 and line.word(after) == "and":
        second = line.after(after)
        return second >= 0 and _subject(line, second) is not None
    joint = line.before(at)
    if joint < 0 or line.word(joint) not in ("and", "or"):
        return False
    first = line.before(joint)
    if first < 0:
        return False
    if _said(line, first) is not None:
        return line.before(first) < 0 or not is_verb(line.word(line.before(first)))
    owner = line.before(first)
    return owner >= 0 and line.before(owner) < 0 and line.word(owner) in _DETERMINERS


def _joined(line: _Line, verb: int) -> list[int]:
    """Verbs of the same subject: after "and", "but" or "or", or a bare comma, as inflected as the
    first one."""
    third = line.word(verb) != base(line.word(verb))
    row = _row(line, verb, third=third)
    found, at = [], line.after(row[-1] if row else verb)
    while at >= 0 and _subject(line, at) is None:
        second = line.after(at)
        if line.word(at) in ("and", "but", "or") and second >= 0:
            word = line.word(second)
            if _acts(line, second) and (word != base(word)) == third:
                found.append(second)
        at = line.after(at)
    if len(row) == 1 and not found:  # "I wait, come home", "she waits, hands in the air"
        follows = line.after(row[0])
        thing = line.word(follows) if follows >= 0 else ""
        return row if third and thing in (*_DETERMINERS, "me", "him", "us", "them", "it") else []
    return [*row, *found]


def _row(line: _Line, verb: int, *, third: bool) -> list[int]:
    """Verbs in a row with nothing but commas between them: "guesses, uses, loses"."""
    found, at = [], verb
    while at + 2 < len(line.tokens) and line.tokens[at + 1].strip() == ",":
        at += 2
        word = line.word(at)
        acts = is_verb(base(word)) if third else word in VERBS
        if not acts or (word != base(word)) != third:
            break
        found.append(at)
    return found


def _acts(line: _Line, at: int) -> bool:
    """Whether a word after "and" is a verb: a common one, or one that has an object."""
    word, after = line.word(at), line.after(at)
    follows = line.word(after) if after >= 0 else ""
    return base(word) in VERBS or (is_verb(base(word)) and follows in _DETERMINERS)


def _subject(line: _Line, at: int) -> str | None:
    said = _said(line, at)
    return said.person if said is not None and said.form == 0 else None


def _like(word: str, old: str) -> str:
    return word[0].upper() + word[1:] if old[:1].isupper() else word


_ZH = re.compile(r"(?<![其自])(?!他[人乡日]|我国)(?:[我你您他她](?:们)?|咱们?|俺)")


def _person_zh(word: str) -> str:
    if word.startswith("咱"):
        return "we"
    one = {"我": "I", "俺": "I", "你": "you", "您": "you", "他": "he", "她": "she"}[word[0]]
    if len(word) == 1:
        return one
    return "we" if one == "I" else one if one == "you" else "they"


def _chinese(word: str, change: Mapping[str, str]) -> str:
    """As many characters as before: "我们" becomes "她们" when "I" becomes "she"."""
    person = _person_zh(word)
    if len(word) == 2:
        single = {"we": "I"}.get(person, person)
        new = change.get(person) or change.get(single)
        return f"{_CHINESE[new][0]}们" if new else word
    new = change.get(person)
    return _CHINESE[new][0] if new else word
