"""Misspelt words -> the words of the FAQ that were meant. Real words and foreign names stay what they are."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import LONGEST_WORD
from bot.matching.weights import english_words

SHORTEST: Final = 3
"""Letters of the shortest word that is repaired."""
SHORT: Final = 4
"""Below so many letters only swapped ones are repaired: there are too many neighbours."""
LONG: Final = 8
"""Letters from which two slips are forgiven instead of one."""
FREQUENT: Final = 0.03
"""Share of the FAQ's texts from which a word of six letters is forgiven two slips, too: it is often meant."""
MOST_REPAIRED: Final = 24
"""Unknown words that are looked at in one text, so that a pasted log costs no more than a question."""


class SpellingCorrector:
    """Repairs words against a vocabulary."""

    __slots__ = ("_by_length", "_counts", "_frequent", "_near_lengths")

    def __init__(self, counts: dict[str, int], texts: int) -> None:
        """Take the vocabulary with the number of texts that hold each word, and the number of all texts."""
        self._counts = counts
        self._frequent = max(3.0, FREQUENT * texts)
        self._by_length: dict[int, list[str]] = {}
        self._near_lengths: dict[tuple[int, int], list[str]] = {}
        for word in counts:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)

    def corrections(self, words: Iterable[str]) -> dict[str, str]:
        """Return the replacement of each word that is neither known nor English but nearly a known one."""
        suspects = [word for word in dict.fromkeys(words) if self._is_suspect(word)][:MOST_REPAIRED]
        found = ((word, self._nearest(word)) for word in suspects)
        return {word: nearest for word, nearest in found if nearest}

    def _is_suspect(self, word: str) -> bool:
        known = word in self._counts or word in english_words()
        return not known and SHORTEST <= len(word) < LONGEST_WORD and word.isalpha()

    def _nearest(self, word: str) -> str | None:
        slips = 1 if len(word) < LONG - 2 else 2
        near = process.extract(
            word, self._of_length(len(word), slips), scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        fitting = [(choice, slipped) for choice, slipped, _ in near if self._is_likely(word, choice, slipped)]
        return min(fitting, key=lambda hit: self._unlikeliness(word, *hit))[0] if fitting else None

    def _of_length(self, length: int, slips: int) -> list[str]:
        found = self._near_lengths.get((length, slips))
        if found is None:
            lengths = range(length - slips, length + slips + 1)
            found = [choice for near in lengths for choice in self._by_length.get(near, ())]
            self._near_lengths[length, slips] = found
        return found

    def _is_likely(self, word: str, meant: str, slips: float) -> bool:
        if len(word) < SHORT:
            return sorted(word) == sorted(meant)
        return slips < 2 or len(word) >= LONG or self._counts[meant] >= self._frequent

    def _unlikeliness(self, word: str, meant: str, slips: float) -> tuple[float, bool, bool, bool, int]:
        """Order by slips; of these, swapped letters are the likeliest, then dropped or doubled ones, then others."""
        swapped = sorted(word) == sorted(meant)
        left_out = _lies_in(word, meant) or _lies_in(meant, word)
        return slips, not swapped, not left_out, word[0] != meant[0], -self._counts[meant]


def _lies_in(shorter: str, longer: str) -> bool:
    """Whether `longer` is `shorter` with letters put in."""
    rest = iter(longer)
    return all(letter in rest for letter in shorter)
