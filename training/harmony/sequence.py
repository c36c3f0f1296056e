"""Train the chord-sequence model: `python -m training.harmony.sequence DATA`.

Deterministic. Songs are split by a checksum of their group: fold 0 is never trained on, fold 1
fits the mixture, and the shipped counts and networks come from folds 1 to 9. With `--without-jazz`
no jazz charts are learned from, which shows how well the model does in a corpus it never saw.
"""

from __future__ import annotations

import argparse
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from tools.harmony._network import Network
from tools.harmony._ngrams import NGrams
from tools.harmony._place import Place
from tools.harmony._recurrence import recurrences
from tools.harmony._repeats import RUNS, runs
from tools.harmony._vocabulary import SIZE, frame, token
from tools.harmony.sequence import (
    BUCKETS,
    DOMAINS,
    UNKNOWN,
    WEIGHTS,
    ChordModel,
    bucket,
    to_arrays,
    without_repeats,
)
from training.harmony import network
from training.harmony.corpora import Work, billboard, christmas, openewld, wjd
from training.harmony.examples import Example, example, variants

ORDER = 4
MEMBERS = 2
OTHER_VERSIONS = 0.5  # weight of further solos over the same tune
TARGET = Path("tools/harmony/weights") / WEIGHTS


def fold_of(group: str) -> int:
    """0-9; versions of one song fall into the same fold."""
    return zlib.crc32(group.encode()) % 10


def fold(work: Work) -> int:
    """0-9; versions of one song fall into the same fold."""
    return fold_of(work.group)


def tokens(work: Work) -> list[int]:
    """The song's chord changes in its key's frame."""
    origin = frame(work.key)
    return without_repeats(token(chord, origin) for chord in work.changes())


def corpora(data: Path) -> tuple[list[Work], list[Work]]:
    """Pop and standards that are in the public domain or free of conditions."""
    return list(billboard(data)), [*openewld(data, public_domain=True), *christmas(data)]


def songs(data: Path) -> list[Example]:
    """All that the shipped model is learned from (jazz: ODbL, which the card says)."""
    pop = [example(work, 0) for work in billboard(data, modulating=True)]
    standards = [example(work, 1) for work in corpora(data)[1]]
    first = {work.chords for work in wjd(data)}
    jazz = [
        example(work, 2, 1.0 if work.chords in first else OTHER_VERSIONS)
        for work in wjd(data, versions=True)
    ]
    return [song for song in (*pop, *standards, *jazz) if len(song.tokens) > 3]


def count(known: Sequence[Example]) -> list[NGrams]:
    """The n-gram models: every domain by key, then every domain by motion."""
    found = []
    for moving in (False, True):
        for domain in range(len(DOMAINS)):
            own = [song.tokens for song in known if song.domain == domain and song.weight == 1]
            if own:
                found.append(NGrams.count(own, ORDER, moving))
    return found


def learned(known: Sequence[Example]) -> dict[str, np.ndarray]:
    """The arrays of networks trained on these songs and their variants."""
    coloured = [*known, *(other for song in known for other in variants(song))]
    return network.exported([network.train(coloured, seed) for seed in range(MEMBERS)])


def fit(
    models: Sequence[NGrams], arrays: Mapping[str, np.ndarray], apart: Iterable[Example]
) -> tuple[np.ndarray, np.ndarray]:
    """`mixtures` and `fresh` of `ChordModel` by expectation-maximisation on songs kept apart.
    A domain without songs takes those of the one before."""
    reader = Network(arrays)
    rows: dict[tuple[int, int], list[list[float]]] = {}
    for song in apart:
        for domain, share in _domains(song):
            for at in range(1, len(song.tokens)):
                parts = _parts(models, reader, song, at, domain)
                rows.setdefault((domain, bucket(recurrences(song.tokens[:at]))), []).append(
                    [share, *parts]
                )
    mixtures = np.zeros((UNKNOWN + 1, BUCKETS, len(models) + 2))
    fresh = np.zeros((UNKNOWN + 1, len(models) + 1))
    for domain in range(UNKNOWN + 1):
        own = domain if (domain, 0) in rows else domain - 1
        tables = [np.array(rows[own, level]) for level in range(BUCKETS)]
        mixtures[domain] = [_em(table[:, 1:], table[:, 0]) for table in tables]
        fresh[domain] = _em(tables[0][:, 2:], tables[0][:, 0])
    return mixtures, fresh


def _domains(song: Example) -> Iterator[tuple[int, float]]:
    """The domains whose mixtures a song has a say in, and how much. For the unknown one every
    corpus counts alike, however many chords it has; standards are also played as jazz."""
    yield song.domain, song.weight
    yield UNKNOWN, song.weight if song.domain else song.weight / 6
    if song.domain == network.STANDARDS:
        yield network.JAZZ, song.weight * network.PLAYED


def _parts(
    models: Sequence[NGrams], reader: Network, song: Example, at: int, domain: int
) -> list[float]:
    """What every component gave the chord that came: the network with the song's past, the n-gram
    models, the uniform share. None may spend probability on the chord before."""
    history, target = song.tokens[:at], song.tokens[at]
    found = recurrences(history)
    opinion = reader.opinion(history, (0,), domain, Place(), found, True)
    trust = opinion.trust[0]
    whole = float(trust[0] * opinion.chords[0, target])
    for share, source in zip(trust[1:].tolist(), found, strict=True):
        whole += share * source.following.get(target, 0.0)
    counts = [model.distribution(history) for model in models]
    last = history[-1]
    return [whole, *(float(p[target] / (1 - p[last])) for p in counts), 1 / (SIZE - 1)]


def _em(parts: np.ndarray, weights: np.ndarray, rounds: int = 80, prior: float = 0.5) -> np.ndarray:
    components = parts.shape[-1]
    shares = np.full(components, 1 / components)
    for _ in range(rounds):
        owed = parts * shares
        owed *= (weights / owed.sum(axis=1))[:, None]
        shares = (owed.sum(axis=0) + prior) / (weights.sum() + prior * components)
    return shares


def staying(data: Path, last: int) -> np.ndarray:
    """[domain or unknown, RUNS]: how often a chord that has stood so many times in a chart by the
    bar stands once more; domains after `last` take its row, the unknown one the mean."""
    sets = (billboard(data), openewld(data, public_domain=True), wjd(data))
    rows = []
    for works in sets[: last + 1]:
        counts = np.zeros((2, RUNS))
        for work in works:
            if fold(work) > 0:
                for run in runs([token(chord, 0) for chord in work.by_bar()]):
                    for stood in range(1, run + 1):
                        counts[:, min(stood, RUNS) - 1] += (stood < run, 1)
        rows.append(counts[0] / counts[1])
    rows += [rows[-1]] * (len(DOMAINS) - len(rows))
    return np.array([*rows, np.mean(rows, axis=0)])


def save(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write an `.npz` whose bytes depend on nothing but the arrays."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.getvalue())


def main() -> None:
    """Read, count, train, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--without-jazz", action="store_true")
    arguments = parser.parse_args()
    known = songs(arguments.data)
    if arguments.without_jazz:
        known = [song for song in known if song.domain < DOMAINS.index("jazz")]
    early = [song for song in known if fold_of(song.group) > 1]
    apart = [song for song in known if fold_of(song.group) == 1]
    apart += [other for song in apart for other in variants(song)]
    mixtures, fresh = fit(count(early), learned(early), apart)
    print("mixture fitted", mixtures.round(2).tolist(), flush=True)
    final = [song for song in known if fold_of(song.group) > 0]
    arrays = learned(final)
    stay = staying(arguments.data, 1 if arguments.without_jazz else 2)
    model = ChordModel(count(final), Network(arrays), mixtures, fresh, stay)
    save(arguments.out, to_arrays(model, arrays))
    size = arguments.out.stat().st_size
    numbers = {name: sum(s.domain == at for s in final) for at, name in enumerate(DOMAINS)}
    print(f"{numbers} songs -> {arguments.out}: {size:,} bytes")


if __name__ == "__main__":
    main()
