"""Train the chord-sequence model: `python -m training.harmony.sequence DATA`.

Deterministic. Songs are split by a checksum of their group: fold 0 is never trained on, fold 1
fits the mixture, and the shipped counts come from folds 1 to 9.
"""

from __future__ import annotations

import argparse
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from tools.harmony._ngrams import NGrams
from tools.harmony._vocabulary import SIZE, frame, token
from tools.harmony.sequence import (
    BUCKETS,
    DOMAINS,
    WEIGHTS,
    bucket,
    recurrence,
    to_arrays,
    without_repeats,
)
from training.harmony.corpora import Work, billboard, christmas, openewld

ORDER = 4
TARGET = Path("tools/harmony/weights") / WEIGHTS


def fold(work: Work) -> int:
    """0-9; versions of one song fall into the same fold."""
    return zlib.crc32(work.group.encode()) % 10


def tokens(work: Work) -> list[int]:
    """The song's chord changes in its key's frame."""
    origin = frame(work.key)
    return without_repeats(token(chord, origin) for chord in work.changes())


def count(pop: Iterable[Work], standards: Iterable[Work]) -> list[NGrams]:
    """The four n-gram models: both domains, by key and by motion."""
    songs = [[tokens(work) for work in pop], [tokens(work) for work in standards]]
    return [NGrams.count(domain, ORDER, moving) for moving in (False, True) for domain in songs]


def fit(models: Sequence[NGrams], works: Iterable[Work]) -> np.ndarray:
    """Mixture weights [bucket, component] by expectation-maximisation on these songs."""
    rows: list[list[list[float]]] = [[] for _ in range(BUCKETS)]
    for work in works:
        song = tokens(work)
        for at in range(len(song)):
            history = song[:at]
            found = recurrence(history)
            parts = [model.distribution(history)[song[at]] for model in models]
            parts += [found.following.get(song[at], 0.0), 1 / SIZE]
            rows[bucket(found)].append(parts)
    width = len(models) + 2
    return np.array([_em(np.array(row).reshape(-1, width)) for row in rows])


def _em(parts: np.ndarray, rounds: int = 80, prior: float = 0.5) -> np.ndarray:
    components = parts.shape[-1]
    weights = np.full(components, 1 / components)
    for _ in range(rounds):
        shares = parts * weights
        shares /= shares.sum(axis=1, keepdims=True)
        weights = (shares.sum(axis=0) + prior) / (len(parts) + prior * components)
    return weights


def corpora(data: Path) -> tuple[list[Work], list[Work]]:
    """The songs whose terms allow shipping what is learned from them: pop and standards."""
    return list(billboard(data)), [*openewld(data, public_domain=True), *christmas(data)]


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
    """Read, count, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    domains = corpora(arguments.data)
    early = count(*([w for w in works if fold(w) > 1] for works in domains))
    mixtures = [fit(early, [w for w in works if fold(w) == 1]) for works in domains]
    final = count(*([w for w in works if fold(w) > 0] for works in domains))
    save(arguments.out, to_arrays(final, np.stack(mixtures)))
    size = arguments.out.stat().st_size
    songs = [sum(fold(w) > 0 for w in works) for works in domains]
    print(f"{dict(zip(DOMAINS, songs, strict=True))} songs -> {arguments.out}: {size:,} bytes")


if __name__ == "__main__":
    main()
