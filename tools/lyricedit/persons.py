"""Says a line of another person: pronouns, and the verbs that agree with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

_FORMS = {  # subject, object, possessive, standing alone, reflexive
    "I": ("i", "me", "my", "mine", "myself"),
    "you": ("you", "you", "your", "yours", "yourself"),
    "he": ("he", "him", "his", "his", "himself"),
    "she": ("she", "her", "her", "hers", "herself"),
    "we": ("we", "us", "our", "ours", "ourselves"),
    "they": ("they", "them", "their", "theirs", "themselves"),
}
_CHINESE = {"I": "我", "you": "你", "he": "他", "she": "她", "we": "我们", "they": "他们"}
_BE = {"I": ("am", "was"), "he": ("is", "was"), "she": ("is", "was")}
_SINGULAR = ("he", "she")
_SHORT_BE = {"I": "'m", "he": "'s", "she": "'s"}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ADVERBS = frozenset(
    ("never", "always", "still", "just", "only", "really", "often", "sometimes", "ever", "also",
     "hardly", "almost", "once", "both", "all", "even", "slowly", "softly")
)  # fmt: skip
_UNCHANGED = _listed(
    "can could will would shall should may might must can't couldn't won't wouldn't shan't "
    "shouldn't mightn't mustn't used better 'd 'll had did didn't hadn't"
)
_PAST_ONLY = _listed(
    "went gone came saw felt knew held kept left lost made met ran said sang slept spoke stood "
    "took told thought wore woke broke fell flew found gave grew heard lay rose sent shone "
    "sat wrote bought brought built caught chose drank drove hid hung paid began became forgot "
    "led meant rode shook swore taught threw understood won got"
)
_VERBS = _listed(
    "ask be believe break breathe bring burn call carry chase cling close come count cry dance "
    "dream drift drink drive fade fall feel fight find fly follow forget forgive give go grow hang "
    "have hear hide hold hope hum hurt keep kiss know laugh lean learn leave let lie lift light "
    "linger listen live look lose love make miss move need open pack paint pass play pray promise "
    "pull push read remember rest ride rise run say search see send set shine sing sit sleep smile "
    "speak spin stand start stay still stop swear sweep swim take talk tell think touch try turn "
    "wait wake walk wander want watch wave wear whisper wish wonder work write"
)
_AFTER_OBJECT = _listed(
    "a an the to in on at by for from with of and but or as if so than that when while where now "
    "then there here again alone away back down home out up off over too tonight today tomorrow "
    "forever anymore still like into through under behind before after around beside until "
    "i you he she we they it who go stay cry smile laugh sleep walk dance sing fly run fall leave "
    "come wait know feel think believe understand remember forget"
)
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


def retold(text: str, change: Mapping[str, str], language: str, subject: str = "") -> str:
    """The line with persons exchanged at once, e.g. {"she": "I", "I": "you"}.

    `subject` is who the line before spoke of: "And pull my collar up" goes on with them.
    """
    if language == "zh":
        return _ZH.sub(lambda match: _chinese(match[0], change), text)
    line = _Line(_TOKEN.findall(text))
    out = list(line.tokens)
    if subject in change:
        for verb in _opening(line):
            out[verb] = _like(_agreed(line.word(verb), change[subject]), line.tokens[verb])
    for at in range(len(line.tokens)):
        said = _said(line, at)
        if said is None or said.person not in change:
            continue
        new = change[said.person]
        out[at] = _cased(_pronoun(new, said), line.tokens[at], at, new)
        if said.form == 0:
            _agree(line, out, at, said, new)
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
    while verb >= 0 and line.word(verb) in _ADVERBS:
        verb = line.after(verb)
    if verb < 0 or _base(line.word(verb)) not in _VERBS:
        return []
    found, at = [verb, *_joined(line, verb)], line.tokens
    for place in range(verb, len(at)):
        if line.word(place) in ("and", "but") and place - 1 > 0 and "," in at[place - 1]:
            second = line.after(place)
            if second >= 0 and _base(line.word(second)) in _VERBS:
                found.append(second)
    return list(dict.fromkeys(found))


def _said(line: _Line, at: int) -> Said | None:
    word = line.word(at)
    base, mark, ending = word.partition("'")
    if not word or (mark and ending not in ("m", "s", "re", "ve", "ll", "d")):
        return None
    for person, forms in _FORMS.items():
        if base in forms:
            return Said(person, _form(line, at, person, base, ending), f"'{ending}" if mark else "")
    return None


def _form(line: _Line, at: int, person: str, base: str, ending: str) -> int:
    """Which form is meant where two are spelled alike."""
    forms = _FORMS[person]
    if ending:
        return 0
    follows = line.word(line.after(at)) if line.after(at) >= 0 else ""
    if base == "you":
        before = line.word(line.before(at)) if line.before(at) >= 0 else ""
        obj = (
            not follows
            or before in _PREPOSITIONS
            or before in _VERBS
            or (before.removesuffix("s") in _VERBS or before.removesuffix("ing") in _VERBS)
        )
        return 1 if obj and not _is_verb(follows) else 0
    if base == "her":
        return 2 if follows and follows not in _AFTER_OBJECT and not follows.endswith("ing") else 1
    if base == "his":
        return 2 if follows and follows not in _AFTER_OBJECT else 3
    return forms.index(base)


def _is_verb(word: str) -> bool:
    return word in _VERBS or word in _UNCHANGED or word in _PAST_ONLY or word in (
        "are", "were", "have", "do", "don't", "aren't", "weren't", "haven't",
    )  # fmt: skip


def _pronoun(person: str, said: Said) -> str:
    if said.ending in ("'m", "'re", "'s") and said.form == 0:
        return _FORMS[person][0] + _SHORT_BE.get(person, "'re")
    if said.ending == "'ve":
        return _FORMS[person][0] + ("'s" if person in _SINGULAR else "'ve")
    return _FORMS[person][said.form] + said.ending


def _cased(word: str, old: str, at: int, person: str) -> str:
    if person == "I" and word.partition("'")[0] == "i":
        return "I" + word[1:]
    capital = old[0].isupper() and (at == 0 or not old.lower().startswith("i"))
    return word[0].upper() + word[1:] if capital else word


def _agree(line: _Line, out: list[str], at: int, said: Said, new: str) -> None:
    """The verb after a subject, and one joined to it by "and"."""
    if said.ending:
        return
    verb = line.after(at)
    while verb >= 0 and line.word(verb) in _ADVERBS:
        verb = line.after(verb)
    before = line.before(at)
    asked = line.word(before) if before >= 0 else ""
    if asked in ("am", "are", "is", "was", "were", "do", "does", "have", "has", "don't", "aren't"):
        out[before] = _like(_agreed(asked, new), line.tokens[before])  # "do I", "was she"
        return
    if asked in ("let", "make", "see", "watch", "hear", "help", "did", "can", "will", "would"):
        return
    if verb < 0:
        return
    out[verb] = _like(_agreed(line.word(verb), new), line.tokens[verb])
    for at_verb in _joined(line, verb):
        out[at_verb] = _like(_agreed(line.word(at_verb), new), line.tokens[at_verb])


def _joined(line: _Line, verb: int) -> list[int]:
    """Verbs of the same subject: after "and", "but" or "or", as inflected as the first one."""
    third = line.word(verb) != _base(line.word(verb))
    found, at = [], line.after(verb)
    while at >= 0 and _subject(line, at) is None:
        second = line.after(at)
        if line.word(at) in ("and", "but", "or") and second >= 0:
            word = line.word(second)
            if _base(word) in _VERBS and (word != _base(word)) == third:
                found.append(second)
        at = line.after(at)
    return found


def _subject(line: _Line, at: int) -> str | None:
    said = _said(line, at)
    return said.person if said is not None and said.form == 0 else None


def _agreed(verb: str, person: str) -> str:
    """The verb's present form for a person; past forms and auxiliaries stay."""
    singular = person in _SINGULAR
    be = {"am": 0, "are": 0, "is": 0, "was": 1, "were": 1}
    negative = verb.removesuffix("n't") if verb.endswith("n't") else ""
    if verb in be:
        return _BE.get(person, ("are", "were"))[be[verb]]
    if negative in ("is", "are", "was", "were"):
        form = _BE.get(person, ("are", "were"))[be[negative]]
        return "ain't" if form == "am" else f"{form}n't"
    if verb in ("don't", "doesn't"):
        return "doesn't" if singular else "don't"
    if verb in ("haven't", "hasn't"):
        return "hasn't" if singular else "haven't"
    past = verb.endswith("ed") or verb in _PAST_ONLY or verb in _UNCHANGED
    if past and _base(verb) not in _VERBS and verb not in _VERBS:
        return verb
    return _third(_base(verb)) if singular else _base(verb)


def _base(verb: str) -> str:
    """ "watches" to "watch", "has" to "have"."""
    known = {"has": "have", "does": "do", "goes": "go", "is": "be"}
    if verb in known:
        return known[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") and len(verb) > 3 else verb


def _third(verb: str) -> str:
    if verb in ("have", "do", "go"):
        return {"have": "has", "do": "does", "go": "goes"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("ch", "sh", "ss", "x", "z")) else f"{verb}s"


def _like(word: str, old: str) -> str:
    return word[0].upper() + word[1:] if old[:1].isupper() else word


_ZH = re.compile(r"[我你您他她](?:们)?|咱们?|俺")


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
