"""Which class's phrasings use which word: how much of a question a class covers, and how much no class knows."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.matching.phrasings import Phrasings

Floats = NDArray[np.float64]
Coverage = tuple[Floats, float]
"""For each class, the share of a text's word weight that it covers; and the share that no class knows."""


class Lexicon:
    """Counts of phrasings by word and class."""

    __slots__ = ("_counts", "_places", "_weight", "classes")

    def __init__(self, phrasings: Phrasings, weight: Callable[[str], float]) -> None:
        self.classes: Final = len(phrasings.sizes)
        self._weight = weight
        self._places: dict[str, int] = {}
        for said in phrasings.words:
            for word in said:
                self._places.setdefault(word, len(self._places))
        self._counts = np.zeros((len(self._places), self.classes), dtype=np.int32)
        for said, owner in zip(phrasings.words, phrasings.owners, strict=True):
            self._counts[[self._places[word] for word in set(said)], owner] += 1

    def coverage(self, words: Sequence[str]) -> Coverage:
        """Give the coverage of a question."""
        distinct = list(dict.fromkeys(words))
        return self._shares(distinct, self._held(distinct))

    def coverage_without_itself(self, words: Sequence[str], owner: int) -> Coverage:
        """Give the coverage of a phrasing of class `owner` as if it were not in the FAQ."""
        distinct = list(dict.fromkeys(words))
        held = self._held(distinct)
        held[:, owner] -= 1
        return self._shares(distinct, held)

    def coverage_without_class(self, words: Sequence[str], owner: int) -> Coverage:
        """Give the coverage of a phrasing as if its class were not in the FAQ."""
        distinct = list(dict.fromkeys(words))
        held = self._held(distinct)
        held[:, owner] = 0
        return self._shares(distinct, held)

    def _held(self, distinct: Sequence[str]) -> NDArray[np.int32]:
        held = np.zeros((len(distinct), self.classes), dtype=np.int32)
        for row, word in enumerate(distinct):
            if (place := self._places.get(word)) is not None:
                held[row] = self._counts[place]
        return held

    def _shares(self, distinct: Sequence[str], held: NDArray[np.int32]) -> Coverage:
        weights = np.array([self._weight(word) for word in distinct], dtype=np.float64)
        shares = weights / (float(weights.sum()) or 1.0)
        known = held > 0
        return shares @ known, float(shares @ ~known.any(axis=1))
