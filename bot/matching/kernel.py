"""Phrasings -> a kernel: how alike two texts are, as a sum of similarities that a linear model can combine.

A further similarity (of meaning, say) is one more positive semi-definite term of the same sum.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.matching.vectors import KernelWeights, Postings, Vectoriser

Floats = NDArray[np.float64]
Words = Sequence[str]

LONGEST_COMPARED = 60
"""Words of a text that the order-free comparison reads."""


class Kernel:
    """The kernel over the phrasings of an FAQ."""

    __slots__ = ("_order_free", "_postings", "_sorted", "_texts", "vectoriser")

    def __init__(self, texts: Sequence[Words], shares: KernelWeights, order_free: float) -> None:
        self.vectoriser = Vectoriser(texts, shares)
        self._texts = texts
        self._order_free = order_free
        self._postings = Postings([self.vectoriser.vector(words) for words in texts], len(self.vectoriser))
        self._sorted = [in_order(words) for words in texts]

    def own(self) -> Floats:
        """Give the phrasings x phrasings kernel."""
        return self.to(self._texts)

    def to(self, questions: Sequence[Words]) -> Floats:
        """Give the questions x phrasings kernel."""
        kernel = np.empty((len(questions), len(self._texts)))
        for row, words in enumerate(questions):
            kernel[row] = self._postings.products(self.vectoriser.vector(words))
        if self._order_free:
            asked = [in_order(words) for words in questions]
            alike = process.cdist(asked, self._sorted, scorer=fuzz.ratio, dtype=np.uint8)
            kernel += self._order_free / 100.0 * alike
        return kernel


def in_order(words: Words) -> str:
    """Give the words in alphabetical order, so that comparing characters ignores the order of words."""
    return " ".join(sorted(words[:LONGEST_COMPARED]))
