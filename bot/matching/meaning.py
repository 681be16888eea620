"""Sentence vectors -> how alike texts are in meaning: a term of the kernel."""

from typing import Final

import numpy as np

from bot.encoder import Vectors
from bot.matching.sparse import Floats, Ints

MOST: Final = 4.0
"""Weight of the term in the kernel: the greatest value that it takes."""
ELSEWHERE: Final = 0.25
"""Share of the weight that is left in another language than English, which is what the vectors were learnt from."""
ENGLISH: Final = 0.5
"""Englishness of an FAQ from which it is English: the names of its subject are in no list of words."""
SHARPNESS: Final = 3.0
"""How fast likeness falls with the angle between two vectors; the plain cosine gained much less."""


class Meaning:
    """The meanings of an FAQ's texts."""

    __slots__ = ("_vectors", "_weight")

    def __init__(self, vectors: Vectors, englishness: float) -> None:
        self._weight = MOST * max(ELSEWHERE, min(1.0, englishness / ENGLISH))
        self._vectors = vectors

    def own(self, chosen: Ints | None = None) -> Floats:
        """Return the term among all texts, or among some."""
        vectors = self._vectors if chosen is None else self._vectors[chosen]
        return self._weight * alike(vectors, vectors)

    def to(self, questions: Vectors, chosen: Ints | None = None) -> Floats:
        """Return the term between questions, given as vectors, and all texts, or some."""
        return self._weight * alike(questions, self._vectors if chosen is None else self._vectors[chosen])


def alike(vectors: Vectors, others: Vectors) -> Floats:
    """Return the exponential of the cosines, which is a kernel as the cosine is: 0 to 1.

    A text that could not be read, whose vector is zero, is like no other.
    """
    cosines = (vectors @ others.T).astype(np.float64)
    found = np.exp(SHARPNESS * (cosines - 1.0))
    found[~vectors.any(axis=1)] = 0.0
    found[:, ~others.any(axis=1)] = 0.0
    return np.asarray(found)
