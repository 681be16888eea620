"""Words -> sparse vectors whose inner product is the lexical kernel: words, word pairs and character n-grams.

Each part is a TF-IDF vector of length one, so its inner product is a cosine; the kernel is their weighted sum.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.matching.weights import WordWeights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHORTEST_GRAM: Final = 2
LONGEST_GRAM: Final = 5


@dataclass(frozen=True, slots=True)
class KernelWeights:
    """Shares of the parts in the kernel."""

    words: float = 0.40
    pairs: float = 0.10
    grams: float = 0.50


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector: features' numbers, ascending and distinct, and their values."""

    ids: Ints
    values: Floats


class Vectoriser:
    """Turns words into vectors, over the features that the FAQ's own texts have."""

    def __init__(self, texts: Sequence[Sequence[str]], shares: KernelWeights | None = None) -> None:
        self.shares = shares or KernelWeights()
        self.weights = WordWeights(texts)
        self._ids: dict[str, int] = {}
        self._gram_rarity: dict[str, float] = {}
        self._pieces: dict[str, tuple[Ints, Floats, float]] = {}
        self._learn(texts)

    def __len__(self) -> int:
        """Count the features."""
        return len(self._ids)

    def knows(self, word: str) -> bool:
        """Tell whether a text of the FAQ holds the word."""
        return word in self.weights.counts

    def _learn(self, texts: Sequence[Sequence[str]]) -> None:
        vocabulary = list(self.weights.counts)
        pairs = dict.fromkeys(f"{a} {b}" for words in texts for a, b in pairwise(words))
        held: Counter[str] = Counter()
        for word in vocabulary:
            held.update(set(grams(word)))
        for feature in (*vocabulary, *pairs, *(f"#{gram}" for gram in held)):
            self._ids[feature] = len(self._ids)
        scale = np.log(len(vocabulary) + 2.0)
        self._gram_rarity = {gram: float(scale - np.log(count + 1.0)) for gram, count in held.items()}
        self._unseen_gram = float(scale)
        self._pieces = {word: self._spell(word) for word in vocabulary}

    def vector(self, words: Sequence[str]) -> Vector:
        """Give the vector of a text; what the FAQ never saw counts in its length alone."""
        distinct = list(dict.fromkeys(words))
        weights = np.array([self.weights(word) for word in distinct])
        parts = (
            (self._word_part(distinct, weights), self.shares.words),
            (self._pair_part(words), self.shares.pairs),
            (self._gram_part(distinct, weights), self.shares.grams),
        )
        ids = np.concatenate([part.ids for part, _ in parts])
        values = np.concatenate([part.values * np.sqrt(share) for part, share in parts])
        return Vector(ids, values)

    def _word_part(self, distinct: Sequence[str], weights: Floats) -> Vector:
        known = [i for i, word in enumerate(distinct) if word in self.weights.counts]
        ids = np.array([self._ids[distinct[i]] for i in known], dtype=np.int64)
        return Vector(ids, weights[known] / _length(weights))

    def _pair_part(self, words: Sequence[str]) -> Vector:
        pairs = dict.fromkeys(pairwise(words))
        weights = {f"{a} {b}": self.weights(a) + self.weights(b) for a, b in pairs}
        known = [pair for pair in weights if pair in self._ids]
        ids = np.array([self._ids[pair] for pair in known], dtype=np.int64)
        values = np.array([weights[pair] for pair in known], dtype=np.float64)
        return Vector(ids, values / _length(np.array(list(weights.values()))))

    def _gram_part(self, distinct: Sequence[str], weights: Floats) -> Vector:
        pieces = [self._pieces.get(word) or self._spell(word) for word in distinct]
        if not pieces:
            return Vector(np.empty(0, np.int64), np.empty(0))
        all_ids = np.concatenate([ids for ids, _, _ in pieces])
        all_values = np.concatenate([values * w for (_, values, _), w in zip(pieces, weights, strict=True)])
        ids, places = np.unique(all_ids, return_inverse=True)
        values = np.bincount(places, all_values, len(ids))
        unseen = sum((rest * w) ** 2 for (_, _, rest), w in zip(pieces, weights, strict=True))
        length = float(np.sqrt(values @ values + unseen))
        return Vector(ids.astype(np.int64), values / (length or 1.0))

    def _spell(self, word: str) -> tuple[Ints, Floats, float]:
        """Give a word's n-grams as a vector of length one: the known ones, and the length of the unknown rest."""
        found = list(dict.fromkeys(grams(word)))
        rarity = np.array([self._gram_rarity.get(gram, self._unseen_gram) for gram in found])
        known = [i for i, gram in enumerate(found) if gram in self._gram_rarity]
        length = _length(rarity)
        ids = np.array([self._ids[f"#{found[i]}"] for i in known], dtype=np.int64)
        rest = float(np.sqrt(max(0.0, length**2 - float(rarity[known] @ rarity[known]))))
        return ids, rarity[known] / length, rest / length


def grams(word: str) -> Iterable[str]:
    """Give a word's character n-grams, its ends marked by spaces."""
    bounded = f" {word} "
    for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
        for start in range(len(bounded) - size + 1):
            yield bounded[start : start + size]


def _length(weights: Floats) -> float:
    return float(np.sqrt(weights @ weights)) or 1.0


class Postings:
    """Vectors turned round: for each feature, which rows hold it and with what value (an inverted index)."""

    __slots__ = ("_rows", "_starts", "_values", "count")

    def __init__(self, vectors: Sequence[Vector], features: int) -> None:
        self.count = len(vectors)
        ids = np.concatenate([v.ids for v in vectors]) if vectors else np.empty(0, np.int64)
        rows = np.repeat(np.arange(self.count), [len(v.ids) for v in vectors])
        order = np.argsort(ids, kind="stable")
        self._rows = rows[order].astype(np.int32)
        self._values = np.concatenate([v.values for v in vectors])[order] if vectors else np.empty(0)
        self._starts = np.searchsorted(ids[order], np.arange(features + 1))

    def products(self, vector: Vector) -> Floats:
        """Give the inner product of the vector with every row."""
        starts = self._starts[vector.ids]
        sizes = self._starts[vector.ids + 1] - starts
        ends = np.cumsum(sizes)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(starts - ends + sizes, sizes)
        values = self._values[places] * np.repeat(vector.values, sizes)
        return np.bincount(self._rows[places], values, self.count).astype(np.float64, copy=False)
