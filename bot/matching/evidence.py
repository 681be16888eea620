"""What speaks for and against each class as the subject of a question: scores -> a few features a candidate.

All arrays have one row a question (q) and one column a class (c); entries come first, signposts behind them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEATURES: Final = (
    "bias",
    "score",
    "lead",
    "nearest",
    "nearest lead",
    "covered",
    "unknown",
    "signpost",
    "length",
    "answer",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the parts of the matcher measured for some questions."""

    scores: Floats
    """q x c: of the ridge regression."""
    nearest: Floats
    """q x c: the kernel with the most similar phrasing of each class."""
    covered: Floats
    """q x c: the share of the question's word weight that occurs in the class's phrasings."""
    answers: Floats
    """q x c: similarity to the entry's answer; 0 for signposts."""
    unknown: Floats
    """q: the share of the question's word weight that occurs in no phrasing."""
    lengths: Floats
    """q: words in the question."""


def features(evidence: Evidence, entries: int) -> Floats:
    """Give q x c x len(FEATURES) features of every class as a candidate, of which the first `entries` are entries."""
    scores, nearest = evidence.scores, evidence.nearest
    questions, classes = scores.shape
    table = np.empty((questions, classes, len(FEATURES)))
    table[..., 0] = 1.0
    table[..., 1] = scores
    table[..., 2] = scores - best_other(scores)
    table[..., 3] = nearest
    table[..., 4] = nearest - best_other(nearest)
    table[..., 5] = evidence.covered
    table[..., 6] = evidence.unknown[:, None]
    table[..., 7] = scores[:, entries:].max(axis=1, initial=0.0)[:, None]
    table[..., 8] = np.log(np.maximum(evidence.lengths, 1.0))[:, None] - 2.0
    table[..., 9] = evidence.answers
    return table


def best_other(values: Floats) -> Floats:
    """Give, for each cell, the greatest value of its row's other cells, at least 0."""
    if values.shape[1] < 2:
        return np.zeros_like(values)
    top_two = -np.partition(-values, 1, axis=1)[:, :2]
    others = np.where(values == top_two[:, :1], top_two[:, 1:], top_two[:, :1])
    return np.asarray(np.maximum(others, 0.0))
