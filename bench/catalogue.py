"""Measures the catalogue: build, second start, retrieval time, and how well it finds.

`python -m bench.catalogue [CACHE]` builds into CACHE (default: a fresh temporary folder) and
prints figures. Relevance of an answer to a request in words is decided by the entry's own
fields (place, metre, kind, mood, mode), each stated beside the request below.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from models.embedders import CHINESE, ENGLISH
from models.embedding import obtain_embedder
from music.song import Note
from vectorstore.catalogue import Catalogue, Found, open_catalogue
from vectorstore.entry import Entry

_AT = 5
_QUOTED = 12  # notes


def _all(**wanted: str) -> Callable[[Entry], bool]:
    """Whether an entry has all of these: a value of a field, or one of its values."""

    def holds(entry: Entry) -> bool:
        for field, value in wanted.items():
            own = getattr(entry, field)
            if value not in own if isinstance(own, tuple) else own != value:
                return False
        return True

    return holds


def _titled(*words: str) -> Callable[[Entry], bool]:
    """Whether a title has one of the words."""
    return lambda entry: any(w in title.lower() for title in entry.titles for w in words)


REQUESTS: Sequence[tuple[str, Callable[[Entry], bool]]] = (
    (
        "a melancholy Chinese folk tune in 2/4",
        _all(country="China", metre="2/4", moods="sad"),
    ),
    ("忧伤的中国民歌", _all(country="China", moods="sad")),
    ("something sad from China", _all(country="China", moods="sad")),
    ("陕西的山歌", _all(region="Shaanxi", kinds="mountain_song")),
    ("欢快的爱尔兰吉格舞曲", _all(country="Ireland", kinds="jig", moods="happy")),
    ("a lively Irish jig", _all(country="Ireland", kinds="jig", moods="energetic")),
    ("Irish reels in D major", _all(country="Ireland", key="D major", kinds="reel")),
    ("a slow waltz", _all(kinds="waltz")),
    ("德国情歌，四三拍", _all(country="Germany", kinds="love_song", metre="3/4")),
    ("German drinking songs", _all(country="Germany", kinds="drinking_song")),
    ("a lullaby", _all(kinds="lullaby")),
    ("给孩子睡觉的摇篮曲", _all(kinds="lullaby")),
    ("songs for children", _all(kinds="children's_song")),
    ("儿歌", _all(kinds="children's_song")),
    ("Bach chorale in A minor", _all(creator="Bach", key="A minor")),
    ("巴赫的众赞歌", _all(creator="Bach", kinds="chorale")),
    ("solemn church music by Palestrina", _all(creator="Palestrina", moods="solemn")),
    ("帕莱斯特里纳的弥撒曲", _all(creator="Palestrina", kinds="mass")),
    ("a string quartet by Mozart", _all(creator="Mozart")),
    ("弦乐四重奏", _all(kinds="string_quartet")),
    ("Scottish strathspey", _all(country="Scotland", kinds="strathspey")),
    ("hornpipes", _all(kinds="hornpipe")),
    ("角笛舞曲", _all(kinds="hornpipe")),
    ("a soldier's song from Germany", _all(country="Germany", kinds="soldier's_song")),
    ("离别的歌", _all(kinds="farewell_song")),
    ("wedding songs", _all(kinds="wedding_song")),
    ("a folk song from Luxembourg in 6/8", _all(country="Luxembourg", metre="6/8")),
    ("a Hungarian folk song", _all(country="Hungary")),
    ("四川民歌", _all(region="Sichuan")),
    ("劳动号子", _all(country="China", kinds="work_song")),
    ("calm German folk song, not sad", _all(country="Germany", moods="calm")),
    ("energetic march", _all(kinds="march", moods="energetic")),
    ("ragtime by Scott Joplin", _all(creator="Joplin")),
    ("a Swedish tune", _all(country="Sweden")),
    ("hunting song", _all(kinds="hunting_song")),
    ("tunes about the sea and sailors", _titled("sea", "sailor", "ship", "ocean", "boat", "wave")),
    ("a song about birds", _titled("bird", "lark", "cuckoo", "nightingale", "robin", "swan",
                                   "blackbird", "goose", "wren", "pigeon", "dove", "thrush",
                                   "linnet", "hawk", "eagle", "crow", "hen", "cock")),
    ("drinking whiskey", _titled("whisk", "drink", "drunk", "ale", "beer", "wine", "punch")),
    ("The Irish Washerwoman", _titled("washerwoman")),
    ("do you know Aloha Oe", _titled("aloha oe")),
    ("茉莉花", _titled("molihua", "moli hua")),
)  # fmt: skip


def main(cache: Path) -> None:
    """Print every figure."""
    for model in (ENGLISH, CHINESE):
        obtain_embedder(model, cache)
    started = time.perf_counter()
    catalogue = open_catalogue(cache)
    print(f"build                {time.perf_counter() - started:8.1f} s")
    started = time.perf_counter()
    again = open_catalogue(cache)
    print(f"second start         {time.perf_counter() - started:8.3f} s")
    print(f"works                {len(again):8}")
    for id, reason in catalogue.skipped().items():
        print(f"  not indexed: {id}: {reason}")
    _words(catalogue)
    _melodies(catalogue)
    _likeness(catalogue)


def _words(catalogue: Catalogue) -> None:
    catalogue.by_words("warm up")
    catalogue.by_words("预热")
    catalogue.by_title("warm up")
    entries = [catalogue.get(id) for id in catalogue.ids()]
    precisions, seconds = [], []
    for request, relevant in REQUESTS:
        found, took = _timed(lambda request=request: catalogue.by_words(request, _AT))  # type: ignore[misc]
        # Where fewer than five works are relevant, finding all of them is all there is.
        wanted = min(_AT, sum(map(relevant, entries)))
        there = sum(relevant(one.entry) for one in found) / wanted
        precisions.append(there)
        seconds.append(took)
        if there < 1:
            print(f"  {there:.1f}  {request}: {[one.entry.title for one in found]}")
    print(f"words: precision@5   {statistics.mean(precisions):8.3f} of {len(REQUESTS)} requests")
    _print_times("words", seconds)


def _melodies(catalogue: Catalogue, sample: int = 200) -> None:
    dice = np.random.default_rng(11)
    ids = list(dice.permutation(sorted(catalogue.ids()))[:sample])
    for fault in ("none", "wrong", "missing", "extra"):
        hits, asked, seconds = 0, 0, []
        for id in ids:
            notes = list(catalogue.song(str(id)).melody())
            if len(notes) < _QUOTED:
                continue
            asked += 1
            quoted = _quote(notes, dice, fault)
            found, took = _timed(lambda quoted=quoted: catalogue.by_melody(quoted, _AT))  # type: ignore[misc]
            hits += id in [one.entry.id for one in found]
            seconds.append(took)
        print(f"melody, fault {fault:7} {hits / asked:7.3f} of {asked} works in the top {_AT}")
        _print_times("melody", seconds)


def _quote(notes: list[Note], dice: np.random.Generator, fault: str) -> list[Note]:
    """Twelve notes from anywhere, transposed, in another tempo, with at most one fault."""
    start, shift = int(dice.integers(len(notes) - _QUOTED + 1)), int(dice.integers(-5, 6))
    tempo, place = float(dice.choice([0.5, 1.0, 2.0])), int(dice.integers(_QUOTED))
    part = [
        Note(n.onset * tempo, n.duration * tempo, n.pitch + shift)
        for n in notes[start : start + _QUOTED]
    ]
    if fault == "wrong":
        part[place] = part[place]._replace(
            pitch=part[place].pitch + int(dice.choice([-2, -1, 1, 2]))
        )
    elif fault == "missing":
        del part[place]
    elif fault == "extra":
        note = part[place]
        part.insert(place, Note(note.onset - 0.01, 0.01, note.pitch + 2))
    return part


def _likeness(catalogue: Catalogue, sample: int = 60) -> None:
    """Tunes that stand in two collections under one title should find each other."""
    places: dict[str, list[str]] = {}
    for id in catalogue.ids():
        entry = catalogue.get(id)
        if entry.collection in ("oneills1850", "ryansMammoth", "airdsAirs"):
            places.setdefault(entry.title.lower(), []).append(id)
    pairs = [ids for ids in places.values() if len({i.split("/")[0] for i in ids}) > 1][:sample]
    hits, seconds = 0, []
    for ids in pairs:
        song = catalogue.song(ids[0]).replace(title="")
        found, took = _timed(lambda song=song: catalogue.like(song, 10))  # type: ignore[misc]
        hits += bool({one.entry.id for one in found} & set(ids[1:]))
        seconds.append(took)
    print(f"likeness: namesakes  {hits / len(pairs):8.3f} of {len(pairs)} in the top 10")
    _print_times("likeness", seconds)


def _timed(call: Callable[[], list[Found]]) -> tuple[list[Found], float]:
    started = time.perf_counter()
    found = call()
    return found, time.perf_counter() - started


def _print_times(what: str, seconds: list[float]) -> None:
    ordered = sorted(1000 * s for s in seconds)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{what}: retrieval  p50 {p50:.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
