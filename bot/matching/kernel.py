"""Texts -> a kernel: how alike two texts are, as a sum of similarities that a linear model can combine.

The terms are likeness of words, pairs and characters; and of meaning, where there are sentence vectors.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from bot.encoder import Vectors
from bot.matching.sparse import Floats, Ints, Sparse
from bot.matching.vectors import Shares, Vectoriser
from bot.matching.weights import WordWeights

Text = Sequence[str]

ORDER_FREE: Final = 0.3
"""Weight of the order-free comparison of characters (RapidFuzz's token_sort_ratio, from 0 to 1)."""
LONGEST_COMPARED: Final = 20
"""Words of a text that the order-free comparison reads."""
AT_ONCE: Final = 128
"""Texts whose comparisons with all later ones run at once."""
GREATEST: Final = 1.0 + ORDER_FREE
"""The lexical part of the kernel of a text with itself, conjoined or not."""
CONJUNCTION: Final = 0.8
"""Share of the squared kernel, whose features are pairs of features: this frame and that subject, not one of them."""

MOST_MEANING: Final = 4.0
"""Weight of the term in the kernel: the greatest value that it takes."""
ELSEWHERE: Final = 0.25
"""Share of the weight that is left in another language than English, which is what the vectors were learnt from."""
ENGLISH: Final = 0.5
"""Englishness of an FAQ from which it is English: the names of its subject are in no list of words."""
SHARPNESS: Final = 3.0
"""How fast likeness falls with the angle between two vectors; the plain cosine gained much less."""


class Kernel:
    """The kernel over the texts of an FAQ."""

    __slots__ = ("_by_columns", "_by_rows", "_meaning", "_sorted", "vectoriser")

    def __init__(
        self,
        texts: Sequence[Text],
        vectors: Vectors,
        weights: WordWeights,
        shares: Shares | None = None,
    ) -> None:
        """Take the texts as words, and their sentence vectors."""
        self.vectoriser = Vectoriser(texts, weights, shares or Shares())
        self._by_columns = self.vectoriser.matrix(texts).turned()
        self._by_rows: Sparse | None = None  # a large FAQ needs them for each question, others when they learn
        self._sorted = [in_order(words) for words in texts]
        self._meaning = Meaning(vectors, weights.englishness)

    @property
    def greatest(self) -> float:
        """The kernel of a text with itself."""
        return GREATEST + self._meaning.weight

    def own(self) -> Floats:
        """Return the texts x texts kernel."""
        lexical = conjoined(self._by_columns.turned().squared() + order_free_among(self._sorted))
        return lexical + self._meaning.own()

    def to(self, questions: Sequence[Text], vectors: Vectors, shared: Floats | None = None) -> Floats:
        """Return the questions x texts kernel; the questions as words, and their sentence vectors.

        `shared` is what `shared_words` gives for them, where that is known.
        """
        asked = [in_order(words) for words in questions]
        shared = self.shared_words(questions) if shared is None else shared
        lexical = conjoined(shared + order_free(asked, self._sorted))
        return lexical + self._meaning.to(vectors)

    def shared_words(self, questions: Sequence[Text]) -> Floats:
        """Return what an inverted index finds of two texts' likeness, before conjunction: 0 where nothing is shared."""
        return self.vectoriser.matrix(questions).products(self._by_columns)

    def own_of(self, chosen: Ints) -> Floats:
        """Return the kernel among some texts."""
        if self._by_rows is None:
            self._by_rows = self._by_columns.turned()
        texts = [self._sorted[i] for i in chosen]
        lexical = conjoined(self._by_rows.taken(chosen).squared() + order_free_among(texts))
        return lexical + self._meaning.own(chosen)

    def to_some(self, question: Text, vector: Vectors, shared: Floats, chosen: Ints) -> Floats:
        """Return the kernel of a question, of which `shared_words` is known, with some texts."""
        texts = [self._sorted[i] for i in chosen]
        lexical = conjoined(shared[chosen] + order_free([in_order(question)], texts)[0])
        return np.asarray(lexical + self._meaning.to(vector[None], chosen)[0])


def conjoined(kernel: Floats) -> Floats:
    """Mix a kernel with its square, which again is a kernel (Rasmussen and Williams 2006, chapter 4.2.4)."""
    return np.asarray(kernel * (1.0 - CONJUNCTION + CONJUNCTION / GREATEST * kernel))


def order_free(texts: Sequence[str], others: Sequence[str]) -> Floats:
    """Return the weighted similarity of characters for texts whose words are in order."""
    alike = process.cdist(texts, others, scorer=fuzz.ratio, dtype=np.uint8)
    return np.asarray(ORDER_FREE / 100.0 * alike)


def order_free_among(texts: Sequence[str]) -> Floats:
    """Return the same for all pairs of some texts; each pair is compared about once."""
    found = np.empty((len(texts), len(texts)))
    for start in range(0, len(texts), AT_ONCE):
        here = slice(start, start + AT_ONCE)
        alike = order_free(texts[here], texts[start:])
        found[here, start:] = alike
        found[start:, here] = alike.T
    return found


def in_order(words: Text) -> str:
    """Return the words in alphabetical order, so that comparing characters ignores the order of words."""
    return " ".join(sorted(words[:LONGEST_COMPARED]))


class Meaning:
    """The meanings of an FAQ's texts."""

    __slots__ = ("_vectors", "weight")

    def __init__(self, vectors: Vectors, englishness: float) -> None:
        self.weight = MOST_MEANING * max(ELSEWHERE, min(1.0, englishness / ENGLISH))
        self._vectors = vectors

    def own(self, chosen: Ints | None = None) -> Floats:
        """Return the term among all texts, or among some."""
        vectors = self._vectors if chosen is None else self._vectors[chosen]
        return self.weight * alike(vectors, vectors)

    def to(self, questions: Vectors, chosen: Ints | None = None) -> Floats:
        """Return the term between questions, given as vectors, and all texts, or some."""
        return self.weight * alike(questions, self._vectors if chosen is None else self._vectors[chosen])


def alike(vectors: Vectors, others: Vectors) -> Floats:
    """Return the exponential of the cosines, which is a kernel as the cosine is: 0 to 1.

    A text that could not be read, whose vector is zero, is like no other.
    """
    cosines = (vectors @ others.T).astype(np.float64)
    found = np.exp(SHARPNESS * (cosines - 1.0))
    found[~vectors.any(axis=1)] = 0.0
    found[:, ~others.any(axis=1)] = 0.0
    return np.asarray(found)
