"""Words -> sparse vectors whose inner product is the lexical kernel: words, word pairs and character n-grams.

Each part is a TF-IDF vector of length one, so its inner product is a cosine; the kernel is their weighted sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from bot.matching.sparse import Floats, Ints, Sparse, from_cells
from bot.matching.weights import WordWeights

GRAM_SIZES: Final = (3, 4)
Text = Sequence[str]


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the parts in the kernel."""

    words: float = 0.35
    pairs: float = 0.15
    grams: float = 0.50


class Vectoriser:
    """Turns words into vectors over the words, pairs and n-grams of the FAQ's own texts."""

    __slots__ = ("_grams", "_pairs", "_shares", "_spellings", "_words", "weights", "width")

    def __init__(self, texts: Sequence[Text], weights: WordWeights, shares: Shares) -> None:
        self.weights = weights
        self._shares = shares
        vocabulary = dict.fromkeys(word for words in texts for word in words)
        pairs = dict.fromkeys(pair for words in texts for pair in pairwise(words))
        found = {word: grams(word) for word in vocabulary}
        distinct = dict.fromkeys(gram for pieces in found.values() for gram in pieces)
        self._words = {word: i for i, word in enumerate(vocabulary)}
        self._pairs = {pair: i for i, pair in enumerate(pairs, len(vocabulary))}
        self._grams = {gram: i for i, gram in enumerate(distinct, len(vocabulary) + len(pairs))}
        self.width = len(vocabulary) + len(pairs) + len(distinct)
        self._spellings: dict[str, tuple[Ints, int]] = {}
        self._spellings = {word: self._spelt(pieces) for word, pieces in found.items()}

    def matrix(self, texts: Sequence[Text]) -> Sparse:
        """Return one vector a text; what the FAQ never saw counts in its length alone."""
        cells = [(row, word) for row, words in enumerate(texts) for word in dict.fromkeys(words)]
        rows = np.array([row for row, _ in cells], dtype=np.int64)
        spoken = [word for _, word in cells]
        weights = np.array([self.weights(word) for word in spoken], dtype=np.float64)
        columns = np.array([self._words.get(word, -1) for word in spoken], dtype=np.int64)
        parts = (
            (_of_length_one(rows, columns, weights, len(texts)), self._shares.words),
            (self._pair_cells(texts), self._shares.pairs),
            (self._gram_cells(rows, spoken, weights, len(texts)), self._shares.grams),
        )
        rows, columns = (np.concatenate([part[i] for part, _ in parts]) for i in (0, 1))
        values = np.concatenate([part[2] * np.sqrt(share) for part, share in parts])
        order = np.argsort(rows, kind="stable")
        starts = np.searchsorted(rows[order], np.arange(len(texts) + 1))
        return Sparse(starts, columns[order], values[order], self.width)

    def _pair_cells(self, texts: Sequence[Text]) -> tuple[Ints, Ints, Floats]:
        cells = [(row, pair) for row, words in enumerate(texts) for pair in dict.fromkeys(pairwise(words))]
        rows = np.array([row for row, _ in cells], dtype=np.int64)
        columns = np.array([self._pairs.get(pair, -1) for _, pair in cells], dtype=np.int64)
        values = np.array([self.weights(a) + self.weights(b) for _, (a, b) in cells], dtype=np.float64)
        return _of_length_one(rows, columns, values, len(texts))

    def _gram_cells(self, rows: Ints, words: Sequence[str], weights: Floats, height: int) -> tuple[Ints, Ints, Floats]:
        """Return each word's n-grams in equal parts, weighted by the word and the root of its length."""
        spellings = [self._spellings.get(word) or self._spelt(grams(word)) for word in words]
        known = np.array([len(columns) for columns, _ in spellings], dtype=np.int64)
        whole = np.array([count for _, count in spellings], dtype=np.float64)
        weights = weights * np.sqrt([len(word) for word in words])
        columns = np.concatenate([columns for columns, _ in spellings]) if spellings else np.empty(0, np.int64)
        values = np.repeat(weights / np.sqrt(whole), known)
        joined = from_cells(np.repeat(rows, known), columns, values, height, self.width)
        unseen = np.bincount(rows, weights**2 * (1.0 - known / whole), height)
        where = joined.rows
        lengths = np.sqrt(np.bincount(where, joined.values**2, height) + unseen)
        return where, joined.columns, joined.values / lengths[where]

    def _spelt(self, pieces: Text) -> tuple[Ints, int]:
        known = [self._grams[gram] for gram in pieces if gram in self._grams]
        return np.array(known, dtype=np.int64), len(pieces)


def grams(word: str) -> tuple[str, ...]:
    """Return a word's distinct character n-grams, its ends marked by spaces."""
    bounded = f" {word} "
    found = (bounded[i : i + size] for size in GRAM_SIZES for i in range(len(bounded) - size + 1))
    return tuple(dict.fromkeys(found))


def _of_length_one(rows: Ints, columns: Ints, values: Floats, height: int) -> tuple[Ints, Ints, Floats]:
    """Scale each row to length one, unknown columns (-1) included, and leave these out."""
    lengths = np.sqrt(np.bincount(rows, values**2, height))
    scaled = values / np.maximum(lengths[rows], 1e-12)
    known = columns >= 0
    return rows[known], columns[known], scaled[known]
