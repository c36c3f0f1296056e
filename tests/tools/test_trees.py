"""Trees answer as they were grown."""

import numpy as np

from tools.harmony._reading import WIDTH
from tools.harmony._slots import CLASSES
from tools.harmony._trees import Trees, columns


def one_tree(column: int, kind: int) -> Trees:
    """Votes for a class where a column is above a half, and against it elsewhere."""
    flat = np.zeros(CLASSES)
    nodes = {
        "column": [column, -1, -1],
        "threshold": [0.5, 0, 0],
        "low": [1, 0, 0],
        "high": [2, 0, 0],
        "value": [0.0, -3.0, 3.0],
        "roots": [0],
        "classes": [kind],
        "baseline": flat,
        "prior": flat,
        "steps": np.zeros((CLASSES, CLASSES)),
        "start": flat,
    }
    return Trees.read({f"trees.{name}": np.array(value) for name, value in nodes.items()})


def test_a_tree_splits_and_its_leaf_votes_for_its_class() -> None:
    rows = np.zeros((3, WIDTH))
    rows[1, 7] = 1.0
    p = one_tree(7, 5).probabilities(rows)
    assert np.allclose(p.sum(axis=1), 1.0)
    assert p[1].argmax() == 5
    assert p[0, 5] == p[2, 5] == p[0].min()


def test_trees_see_the_bars_around() -> None:
    rows = np.zeros((4, WIDTH))
    rows[2, 0] = 1.0
    seen = columns(rows)
    start = seen.shape[1] - 4 * 36
    assert [seen[at, start + 36 * place] for at, place in ((0, 3), (1, 2), (3, 1))] == [1, 1, 1]
    assert seen[2, start : start + 4 * 36].sum() == 0
