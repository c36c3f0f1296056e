"""English verbs: which words are verbs, and how their present forms agree with a person."""

from __future__ import annotations

from tools.lyricedit.dictionary import verbs
from tools.prosody.function_words import FUNCTION_WORDS

_BE = {"I": ("am", "was"), "he": ("is", "was"), "she": ("is", "was")}
SINGULAR = ("he", "she")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


ADVERBS = frozenset(
    ("never", "always", "still", "just", "only", "really", "often", "sometimes", "ever", "also",
     "hardly", "almost", "once", "both", "all", "even", "slowly", "softly")
)  # fmt: skip
_UNCHANGED = _listed(
    "can could will would shall should may might must can't couldn't won't wouldn't shan't "
    "shouldn't mightn't mustn't used better 'd 'll had did didn't hadn't ain't cannot gonna "
    "gotta wanna"
)
_PAST_ONLY = _listed(
    "went gone came saw felt knew held kept left lost made met ran said sang slept spoke "
    "stood took told thought wore woke broke fell flew found gave grew heard lay rose sent "
    "shone sat wrote bought brought built caught chose drank drove hid hung paid began became "
    "forgot led meant rode shook swore taught threw understood won got dug drew ate bent bled "
    "built cast crept dealt fed fled flung forgave froze ground hurried knelt laid lent lit "
    "mistook overcame rang sank sought sold shot shrank slid spent sprang stole stuck struck "
    "strode stung swam swept swung tore trod wept wound wove"
)
_EITHER = _listed("put let cut hit set shut read quit beat hurt cost cast burst split spread bet")
"""Past and present are spelled alike."""
_NO_PAST = _listed("need bleed feed heed speed weed breed shed wed")
_PARTICIPLES = _listed(
    "been got had seen done made gone known lost found left told heard felt taken given come "
    "become kept held loved walked waited said thought grown learned learnt turned tried "
    "wanted lied cried died called moved changed forgotten broken written fallen flown never "
    "always only just"
)
VERBS = _listed(
    "add answer ache beg bend bleed blow borrow build button buy catch choose climb cook "
    "cover crawl cross curse cut dare dig drag draw drop eat feed fix float fold gather glow "
    "guess haunt heal help hate hit jump kneel knock lay lend lock mend pick plant pour "
    "pretend put raise reach roll sail save scream sell shake share shiver shout shut sigh "
    "sink slip smell spend steal step stir stumble surrender switch tear throw tie trace "
    "trade trust tumble type unlock visit wash waste weep wipe wrap ask be believe break "
    "breathe bring burn call carry chase cling close come count cry dance dream drift drink "
    "drive fade fall feel fight find fly follow forget forgive give go grow hang have hear "
    "hide hold hope hum hurt keep kiss know laugh lean learn leave let lie lift light linger "
    "listen live look lose love make miss move need open pack paint pass play pray promise "
    "pull push read remember rest ride rise run say search see send set shine sing sit sleep "
    "smile speak spin stand start stay still stop swear sweep swim take talk tell think touch "
    "try turn wait wake walk wander want watch wave wear whisper wish wonder work write"
)
_AUXILIARIES = _listed(
    "am are is was were do does have has don't doesn't aren't isn't wasn't weren't haven't hasn't"
)


def agreed(verb: str, person: str, *, past: bool = False) -> str:
    """The verb's present form for a person; past forms, auxiliaries and words that are no verbs
    stay. `past`: the lyric is told in the past, so that "put" is one, too."""
    singular = person in SINGULAR
    be = {"am": 0, "are": 0, "is": 0, "was": 1, "were": 1}
    negative = verb.removesuffix("n't") if verb.endswith("n't") else ""
    if verb in be:
        return _BE.get(person, ("are", "were"))[be[verb]]
    if negative in ("is", "are", "was", "were"):
        form = _BE.get(person, ("are", "were"))[be[negative]]
        return "ain't" if form == "am" else f"{form}n't"
    if negative in ("do", "does"):
        return "doesn't" if singular else "don't"
    if negative in ("have", "has"):
        return "hasn't" if singular else "haven't"
    if _stays(verb) or (past and verb in _EITHER):
        return verb
    return _third(base(verb)) if singular else base(verb)


def _stays(verb: str) -> bool:
    """Past forms, modal verbs, and what is no verb at all."""
    if verb in ("have", "has", "do", "does", "go"):
        return False
    if base(verb) in VERBS or verb in VERBS:
        return False
    if verb in _UNCHANGED or verb in _PAST_ONLY or verb in FUNCTION_WORDS or verb.endswith("ly"):
        return True
    return (verb.endswith("ed") and verb not in _NO_PAST) or not is_verb(verb)


def is_verb(word: str) -> bool:
    """Whether a word can be a finite verb, by the dictionary."""
    return (
        word in VERBS
        or word in _UNCHANGED
        or word in _PAST_ONLY
        or word in _AUXILIARIES
        or base(word) in VERBS
        or (word.endswith("ed") and word not in _NO_PAST)
        or (base(word) in verbs() and word not in FUNCTION_WORDS)
    )


def is_past(word: str) -> bool:
    """Whether it can only be a past form."""
    known = word in _PAST_ONLY or word in ("was", "were", "had", "did", "didn't", "wasn't")
    return known or (word.endswith("ed") and word not in _NO_PAST and word not in VERBS)


def is_present(word: str) -> bool:
    """Whether it can only be a present form."""
    return word in ("am", "is", "are", "have", "has", "do", "does", "don't", "doesn't") or (
        base(word) in VERBS and word not in _EITHER
    )


def is_participle(word: str) -> bool:
    """Whether "'s" or "'ve" before it stands for a form of "have"."""
    return word in _PARTICIPLES


def is_auxiliary(word: str) -> bool:
    """Whether it may stand before its subject in a question."""
    return word in _AUXILIARIES


def base(verb: str) -> str:
    """ "watches" to "watch", "has" to "have"."""
    known = {"has": "have", "does": "do", "goes": "go", "is": "be", "focuses": "focus"}
    if verb in known:
        return known[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return verb[:-2]
    plain = len(verb) < 4 or verb.endswith(("ss", "us", "is"))
    return verb[:-1] if verb.endswith("s") and not plain else verb


def _third(verb: str) -> str:
    if verb in ("have", "do", "go"):
        return {"have": "has", "do": "does", "go": "goes"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("ch", "sh", "s", "x", "z")) else f"{verb}s"
