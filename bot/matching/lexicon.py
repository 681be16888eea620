"""Which class uses which word: how much of a question each class covers, and how much of it no class knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.phrasings import Phrasings
from bot.matching.sparse import Floats, Ints, spread

Text = Sequence[str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of the word weight of some questions (q) that classes (c) hold, 0 to 1."""

    covered: Floats
    """q x c: in the class's phrasings or its answer."""
    answered: Floats
    """q x c: in its answer."""
    unknown: Floats
    """q: in no class's phrasings."""


class Lexicon:
    """For each word, the classes that use it, and in how many phrasings."""

    __slots__ = ("_answered", "_classes", "_counts", "_owners", "_places", "_starts", "_weight")

    def __init__(self, phrasings: Phrasings, weight: Callable[[str], float]) -> None:
        self._weight = weight
        self._classes = phrasings.classes
        self._places: dict[str, int] = {}
        said = self._cells(phrasings.words, phrasings.owners)
        told = self._cells(phrasings.answers, np.arange(phrasings.entries))
        cells, where = np.unique(np.concatenate([said, told]), return_inverse=True)
        self._counts = np.bincount(where[: len(said)], minlength=len(cells))
        self._answered = np.bincount(where[len(said) :], minlength=len(cells)) > 0
        self._owners = cells % max(1, self._classes)
        self._starts = np.searchsorted(cells // max(1, self._classes), np.arange(len(self._places) + 2))

    def _cells(self, texts: Sequence[Text], owners: Ints) -> Ints:
        cells: list[int] = []
        for words, owner in zip(texts, owners.tolist(), strict=True):
            places = (self._places.setdefault(word, len(self._places)) for word in dict.fromkeys(words))
            cells.extend(place * self._classes + owner for place in places)
        return np.array(cells, dtype=np.int64)

    def coverage(self, texts: Sequence[Text], held_out: Ints | None = None, whole_class: bool = False) -> Coverage:
        """Give the coverage of some texts.

        With `held_out`, each text's class: as if the text (or, with `whole_class`, its class) were not in the FAQ.
        """
        rows, places, weights = self._bag(texts)
        cells, sizes = spread(self._starts, places)
        word = np.repeat(np.arange(len(places)), sizes)
        counts, answered, owners = self._counts[cells], self._answered[cells], self._owners[cells]
        if held_out is not None:
            own = owners == held_out[rows[word]]
            counts = np.where(own, 0 if whole_class else counts - 1, counts)
            answered &= ~(own & whole_class)
        known = np.bincount(word, counts > 0, len(places)) > 0
        where = rows[word] * self._classes + owners
        return Coverage(
            covered=self._sums(where, weights[word], (counts > 0) | answered, len(texts)),
            answered=self._sums(where, weights[word], answered, len(texts)),
            unknown=np.bincount(rows, np.where(known, 0.0, weights), len(texts)).astype(np.float64, copy=False),
        )

    def _bag(self, texts: Sequence[Text]) -> tuple[Ints, Ints, Floats]:
        """Give, for each distinct word of each text: the text, the word's place, its share of the text's weight."""
        found = [(row, word) for row, words in enumerate(texts) for word in dict.fromkeys(words)]
        rows = np.array([row for row, _ in found], dtype=np.int64)
        unseen = len(self._places)
        places = np.array([self._places.get(word, unseen) for _, word in found], dtype=np.int64)
        weights = np.array([self._weight(word) for _, word in found], dtype=np.float64)
        return rows, places, weights / np.maximum(np.bincount(rows, weights, len(texts))[rows], 1e-12)

    def _sums(self, where: Ints, weights: Floats, kept: NDArray[np.bool_], height: int) -> Floats:
        sums = np.bincount(where[kept], weights[kept], height * self._classes)
        return np.asarray(sums.reshape(height, self._classes), dtype=np.float64)
