"""Words -> how much each says: an inverse document frequency learnt from the FAQ, drawn towards general English."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

PRIOR_TEXTS: Final = 60.0
"""For how many texts of an English FAQ the general frequencies count."""
WORDS_PER_TEXT: Final = 10.0
UNLISTED: Final = 2.0**-19
"""Frequency assumed for a word that the English table does not hold."""
LISTED_IN_ENGLISH: Final = 0.9
LISTED_ELSEWHERE: Final = 0.5
"""Shares of running words that the table holds in English text, and at most in another language's."""


class WordWeights:
    """Inverse document frequencies of the words of an FAQ."""

    __slots__ = ("_known", "_prior", "_texts", "counts", "englishness")

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """Count in how many of the texts, given as words, each word occurs."""
        self.counts: Counter[str] = Counter()
        self._texts = 0
        for words in texts:
            self._texts += 1
            self.counts.update(set(words))
        self.englishness = _englishness(self.counts)
        """How English the texts are: 0 to 1."""
        self._prior = max(1.0, PRIOR_TEXTS * self.englishness)
        self._known = {word: self._weight(word) for word in self.counts}

    def __call__(self, word: str) -> float:
        """Return log((N + k) / (df + k p)): of N texts df hold the word; p is its share of k imagined English ones."""
        known = self._known.get(word)
        return self._weight(word) if known is None else known

    def _weight(self, word: str) -> float:
        held = self.counts[word] + self._prior * english_share(word)
        return math.log((self._texts + self._prior + 1) / (held + 0.1))


@cache
def english_words() -> dict[str, int]:
    """Return the most frequent English words: for each, b where one in 2^b to 2^(b+1) words of running text is it."""
    lines = files("bot.matching").joinpath("english.txt").read_text("utf-8").splitlines()
    groups = (line.split() for line in lines if not line.startswith("#"))
    return {word: int(group) for group, *words in groups for word in words}


@lru_cache(maxsize=32768)
def english_share(word: str) -> float:
    """Return the share of general English texts, of a question's length, that hold the word: 0 to 1."""
    rarity = english_words().get(word)
    frequency = UNLISTED if rarity is None else 2.0 ** -(rarity + 0.5)
    return 1.0 - math.exp(-WORDS_PER_TEXT * frequency)


def _englishness(counts: Counter[str]) -> float:
    listed = sum(count for word, count in counts.items() if word in english_words())
    share = listed / (counts.total() or 1)
    return min(1.0, max(0.0, (share - LISTED_ELSEWHERE) / (LISTED_IN_ENGLISH - LISTED_ELSEWHERE)))
