"""Which works the music21 corpus holds, where each one is, and what its headers say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from wording import FriendlyError

# Roman-numeral analyses (.rntxt) are not works: they annotate scores that are here themselves.
_SCORES = (".abc", ".krn", ".mxl", ".xml", ".musicxml")
_TUNE = re.compile(r"^X: *\d*", re.MULTILINE)
_CONTROL = re.compile("[\x80-\x9f]")
_FIELD = re.compile(r"^([A-Z]): *(.*?) *$")
_REFERENCE = re.compile(r"^!!!([A-Z]+)[^:]*: *(.*?) *$")


class NoCorpus(FriendlyError):
    """music21, which carries the corpus, is not installed or came without it."""


@dataclass(frozen=True)
class Source:
    """Where a work lies: a corpus file and the tune's place in it (from 1; 0: the whole file)."""

    id: str
    path: str
    tune: int = 0

    @property
    def collection(self) -> str:
        """The corpus folder the work belongs to, such as "essenFolksong"."""
        return self.path.split("/", 1)[0]


def corpus_folder() -> Path:
    """The folder of music21's corpus. music21 itself is not imported. Raises `NoCorpus`."""
    spec = find_spec("music21")
    folder = Path(spec.origin).parent / "corpus" if spec and spec.origin else None
    if folder is None or not folder.is_dir():
        raise NoCorpus(
            "The song collection comes with the package music21, which is not installed; "
            "`make setup` installs it.",
            "歌曲库随软件包 music21 提供，但它尚未安装；运行 `make setup` 即可安装。",
        )
    return folder


def corpus_version() -> str:
    """The version of music21, which is the corpus's version too."""
    return version("music21")


def sources(folder: Path) -> list[Source]:
    """Every work of the corpus, in a fixed order, with an id that stays the same between runs."""
    seen: Counter[str] = Counter()
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _SCORES):
        relative = path.relative_to(folder)
        stem = relative.with_suffix("").as_posix()
        if path.suffix != ".abc":
            found.append(Source(_unique(stem, seen), relative.as_posix()))
            continue
        labels = _TUNE.findall(read_text(path))
        for place, label in enumerate(labels, 1):
            id = stem if len(labels) == 1 else f"{stem}/{label[2:].strip().lstrip('0') or place}"
            found.append(Source(_unique(id, seen), relative.as_posix(), place))
    return found


def tunes(text: str) -> list[str]:
    """The tunes of an ABC file, each with the lines before the first one (the file's header)."""
    starts = [match.start() for match in _TUNE.finditer(text)]
    head = (
        "".join(f"{line}\n" for line in text[: starts[0]].splitlines() if _FIELD.match(line))
        if starts
        else ""
    )
    ends = [*starts[1:], len(text)]
    return [head + text[start:end] for start, end in zip(starts, ends, strict=True)]


def source_text(folder: Path, source: Source) -> str:
    """The text of an ABC or Humdrum work."""
    path = folder / source.path
    return _file_tunes(path)[source.tune - 1] if source.tune else read_text(path)


@lru_cache(maxsize=4)  # works are read in the order of their files, hundreds from one
def _file_tunes(path: Path) -> list[str]:
    return tunes(read_text(path))


def read_text(path: Path) -> str:
    """A text file of the corpus: UTF-8 where it is, else Latin-1."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if _CONTROL.search(text) and max(text) <= "\xff":
        # The songs of Luxembourg and Lorraine were typed on DOS and later taken for Latin-1,
        # which has control codes where DOS has umlauts.
        return text.encode("latin-1").decode("cp437")
    return text


def headers(text: str) -> dict[str, list[str]]:
    """The information fields of an ABC tune ("T", "O", ...) or of a Humdrum file ("OTL", ...)."""
    fields: dict[str, list[str]] = {}
    for name, value in _fields(text):
        if value and value not in fields.setdefault(name, []):
            fields[name].append(value)
    return fields


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if match := _REFERENCE.match(line) or _FIELD.match(line):
            yield match[1], match[2]
            if match[1] == "K":
                return


def _unique(id: str, seen: Counter[str]) -> str:
    seen[id] += 1
    return id if seen[id] == 1 else f"{id}~{seen[id]}"


_CHORALE = re.compile(r"---([\d.]+)---\|\|---(.+?)---\|\|---")


@cache
def chorale_titles() -> MappingProxyType[str, str]:
    """Titles of Bach's chorales by their number in the BWV, which the scores do not state.

    They stand in a table of the module that comes with the corpus (Riemenschneider's list).
    """
    table = read_text(corpus_folder() / "chorales.py")
    return MappingProxyType(dict(_CHORALE.findall(table)))


@cache
def all_sources() -> tuple[Source, ...]:
    """`sources` of the installed corpus."""
    return tuple(sources(corpus_folder()))
