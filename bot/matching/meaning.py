"""Texts -> how alike they are in meaning, by sentence vectors: a term of the kernel, nothing where there are none."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.matching.sparse import Floats, Ints
from bot.matching.weights import WordWeights
from bot.semantic.embedder import Embedder, Vectors

Text = Sequence[str]

BY_WORDS: Final = 1.5
"""Weight of the term in the kernel, the greatest value that it takes, where vectors add up words."""
BY_SENTENCES: Final = 4.0
"""The same where they read sentences."""
ELSEWHERE: Final = 0.25
"""Share of the weight that is left in another language than English, which is what the vectors were learnt from."""
ENGLISH: Final = 0.5
"""Englishness of an FAQ from which it is English: the names of its subject are in no list of words."""
SHARPNESS: Final = 3.0
"""How fast likeness falls with the angle between two vectors; the plain cosine gained much less."""


class Meaning:
    """The meanings of an FAQ's texts."""

    __slots__ = ("_embedder", "_vectors", "_weight", "_weights")

    def __init__(self, texts: Sequence[Text], weights: WordWeights, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._weights = weights
        most = BY_SENTENCES if embedder and embedder.reads_sentences else BY_WORDS
        self._weight = most * max(ELSEWHERE, min(1.0, weights.englishness / ENGLISH))
        self._vectors = embedder.embed_index(_joined(texts), weights) if embedder else None

    def own(self, chosen: Ints | None = None) -> Floats | float:
        """Give the term among all texts, or among some."""
        if self._vectors is None:
            return 0.0
        vectors = self._vectors if chosen is None else self._vectors[chosen]
        return self._weight * alike(vectors, vectors)

    def to(self, questions: Sequence[Text], chosen: Ints | None = None) -> Floats | float:
        """Give the term between questions and all texts, or some."""
        if self._vectors is None or self._embedder is None:
            return 0.0
        asked = self._embedder.embed(_joined(questions), self._weights)
        return self._weight * alike(asked, self._vectors if chosen is None else self._vectors[chosen])


def alike(vectors: Vectors, others: Vectors) -> Floats:
    """Give the exponential of the cosines, which is a kernel as the cosine is: at most 1."""
    cosines = (vectors @ others.T).astype(np.float64)
    return np.asarray(np.exp(SHARPNESS * (cosines - 1.0)))


def _joined(texts: Sequence[Text]) -> list[str]:
    return [" ".join(words) for words in texts]
