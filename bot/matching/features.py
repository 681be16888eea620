"""What speaks for and against each class as the subject of a question: measurements -> a few features a candidate.

All arrays have one row a question (q) and one column a class (c); entries come first, signposts behind them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.matching.lexicon import Fitness
from bot.matching.sparse import Floats

FEATURES: Final = (
    "bias",
    "score",
    "lead over the next",
    "unknown words",
    "length",
    "usual words",
    "missing word",
    "foreign subject",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the parts of the matcher measured for some questions."""

    scores: Floats
    """q x c: of the ridge regression; `ABSENT` for a class that is held out."""
    fitness: Fitness
    lengths: Floats
    """q: words in the question."""


HEAVY: Final = 10.0
"""About the weight of a word that the FAQ does not hold."""
ABSENT: Final = -9.0
"""The score of a class that is held out: below any that occurs."""


def features(evidence: Evidence) -> Floats:
    """Return q x c x len(FEATURES) features of every class as a candidate."""
    scores, fitness = evidence.scores, evidence.fitness
    table = np.empty((*scores.shape, len(FEATURES)))
    table[..., 0] = 1.0
    table[..., 1] = scores
    table[..., 2] = lead(scores)
    table[..., 3] = fitness.unknown[:, None]
    table[..., 4] = np.log(np.maximum(evidence.lengths, 1.0))[:, None] - 2.0
    table[..., 5] = fitness.usual
    table[..., 6] = fitness.missing / HEAVY
    table[..., 7] = fitness.foreign / HEAVY
    return table


def lead(values: Floats) -> Floats:
    """Return by how much each cell exceeds the greatest of its row's other cells, or 0 where these are below it."""
    if values.shape[1] < 2:
        return values.copy()
    top_two = -np.partition(-values, 1, axis=1)[:, :2]
    others = np.where(values == top_two[:, :1], top_two[:, 1:], top_two[:, :1])
    return np.asarray(values - np.maximum(others, 0.0))
