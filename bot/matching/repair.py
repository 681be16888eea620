"""Misspelt words -> the words of the FAQ that were meant. Real words and foreign names stay what they are."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.english import RARITY
from bot.matching.normalise import LONGEST_WORD

SHORTEST: Final = 4
"""Letters of the shortest word that is repaired: shorter ones have too many neighbours."""
LONG: Final = 8
"""Letters from which two slips are forgiven instead of one."""
MOST_REPAIRED: Final = 40
"""Unknown words that are looked at in one text, so that a pasted log costs no more than a question."""


class Repairer:
    """Repairs words against a vocabulary."""

    __slots__ = ("_counts", "_words")

    def __init__(self, counts: dict[str, int]) -> None:
        """Take the vocabulary with the number of texts that hold each word."""
        self._counts = counts
        self._words = [word for word in counts if len(word) >= SHORTEST and word.isalpha()]

    def repairs(self, words: Iterable[str]) -> dict[str, str]:
        """Give the replacement of each word that is neither known nor English but nearly a known one."""
        suspects = [word for word in dict.fromkeys(words) if self._is_suspect(word)][:MOST_REPAIRED]
        found = ((word, self._nearest(word)) for word in suspects)
        return {word: nearest for word, nearest in found if nearest}

    def _is_suspect(self, word: str) -> bool:
        known = word in self._counts or word in RARITY
        return not known and SHORTEST <= len(word) < LONGEST_WORD and word.isalpha()

    def _nearest(self, word: str) -> str | None:
        slips = 1 if len(word) < LONG else 2
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=5)
        if not near:
            return None
        return min(near, key=lambda hit: (hit[1], hit[0][0] != word[0], -self._counts[hit[0]]))[0]
