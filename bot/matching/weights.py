"""Words -> how much each says: an inverse document frequency learnt from the FAQ, drawn towards general English."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from bot.matching.english import RARITY

PRIOR_TEXTS: Final = 60.0
"""For how many texts of the FAQ the general-English frequency counts. Measured, see docs/matching.md."""
WORDS_PER_TEXT: Final = 10.0
UNLISTED: Final = 2.0**-19
"""Frequency assumed for a word that the English table does not hold."""


class WordWeights:
    """Inverse document frequencies of the words of an FAQ."""

    __slots__ = ("_prior", "_texts", "counts")

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """Count in how many of the texts, given as words, each word occurs."""
        self.counts: Counter[str] = Counter()
        self._texts = 0
        for words in texts:
            self._texts += 1
            self.counts.update(set(words))
        self._prior = PRIOR_TEXTS

    def __call__(self, word: str) -> float:
        """Give log((N + k) / (df + k p)): of N texts df hold the word; p is its share of k imagined English ones."""
        held = self.counts[word] + self._prior * english_share(word)
        return math.log((self._texts + self._prior + 1) / (held + 0.1))


def english_share(word: str) -> float:
    """Give the share of general English texts, of a question's length, that hold the word: 0 to 1."""
    rarity = RARITY.get(word)
    frequency = UNLISTED if rarity is None else 2.0 ** -(rarity + 0.5)
    return 1.0 - math.exp(-WORDS_PER_TEXT * frequency)
