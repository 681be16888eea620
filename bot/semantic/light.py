"""Texts -> vectors by a table of word vectors: the weighted sum of the words' vectors, needing numpy alone."""

import math
from collections.abc import Sequence

import numpy as np

from bot.semantic.embedder import MOST_CHARACTERS, Vectors, Weigh, unit_rows
from bot.semantic.table import Table
from bot.semantic.wordpiece import WordPiece, words


class Light:
    """The light embedder: for each distinct word, its own vector or the sum of its pieces' vectors."""

    name = "light-1"
    reads_sentences = False

    def __init__(self, table: Table) -> None:
        self._table = table
        self._pieces = WordPiece(table.tokens)
        first = len(table.tokens)
        self._words = {word: first + place for place, word in enumerate(table.words)}

    @property
    def tokens(self) -> tuple[str, ...]:
        """The vocabulary of the model that the table comes from, in its numbering."""
        return self._table.tokens

    def embed(self, texts: Sequence[str], weigh: Weigh | None = None) -> Vectors:
        """Give n x d vectors; without `weigh`, a word counts the more the rarer it is in general English."""
        vectors = np.zeros((len(texts), self._table.values.shape[1]), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._sum(text, weigh)
        return unit_rows(vectors)

    def embed_index(self, texts: Sequence[str], weigh: Weigh | None = None) -> Vectors:
        """Do the same: there is nothing worth keeping."""
        return self.embed(texts, weigh)

    def _sum(self, text: str, weigh: Weigh | None) -> Vectors:
        numbers: list[int] = []
        weights: list[float] = []
        for word in dict.fromkeys(words(text[:MOST_CHARACTERS])):
            pieces = self._numbers(word)
            weight = weigh(word) if weigh else rarity(pieces[0])
            numbers += pieces
            weights += [weight] * len(pieces)
        rows = self._table.rows[numbers] if numbers else np.empty(0, np.int32)
        known = rows >= 0
        shares = np.array(weights, np.float32)[known] * self._table.scales[rows[known]]
        total: Vectors = shares @ self._table.values[rows[known]].astype(np.float32)
        return total

    def _numbers(self, word: str) -> list[int]:
        number = self._words.get(word)
        return self._pieces.pieces(word) if number is None else [number]


def rarity(number: int) -> float:
    """Give a weight for a token: the vocabulary is ordered by falling frequency, which follows Zipf's law.

    After model2vec, https://github.com/MinishLab/model2vec (MIT).
    """
    return math.log(1.0 + number)
