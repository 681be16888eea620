"""What an FAQ is about -> where a question names something else: a foreign subject in a familiar frame.

"Commercial support for nginx": the FAQ says "support for" before its own subject. Subject and frames are learnt from
the entries' phrasings; no names are listed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bot.matching.phrasings import Phrasings
from bot.matching.weights import english_share

Text = Sequence[str]
Frame = tuple[str, ...]

SHARED: Final = 0.4
"""Share of the entries that use a word of the subject."""
HELD: Final = 0.05
"""Share of the phrasings that hold one."""
RARE: Final = 0.0065
"""Share of English texts below which a word can name a subject; `what` and `get` are above it."""
STRIKING: Final = 12.0
"""How much more often than English texts the phrasings hold such a word."""
DOUBT: Final = 2.0
"""For how many words in a frame it counts that others may stand there, too."""
LONGEST: Final = 400
"""Words of a text that are looked at."""


class Subject:
    """The words that an FAQ is about, and the frames they stand in: one or two words before or behind."""

    __slots__ = ("_shares", "words")

    def __init__(self, phrasings: Phrasings) -> None:
        """Learn from the entries' phrasings; signposts are about other things."""
        entries = phrasings.entries
        said = [
            (words, owner)
            for words, owner in zip(phrasings.words, phrasings.owners.tolist(), strict=True)
            if owner < entries
        ]
        users = Counter(word for word, _ in {(word, owner) for words, owner in said for word in words})
        held = Counter(word for words, _ in said for word in set(words))
        self.words = frozenset(
            word
            for word, count in users.items()
            if count >= max(2.0, SHARED * entries) and _is_striking(word, held[word] / len(said))
        )
        self._shares = self._learnt([words for words, _ in said]) if self.words else {}

    def _learnt(self, texts: Sequence[Text]) -> dict[Frame, float]:
        """Give, for each frame that the subject stands in, the share of words there that are the subject's."""
        counts: Counter[Frame] = Counter()
        hits: Counter[Frame] = Counter()
        for words in texts:
            for word, frames in _framed(words):
                counts.update(frames)
                if word in self.words:
                    hits.update(frames)
        return {frame: count / (counts[frame] + DOUBT) for frame, count in hits.items()}

    def places(self, words: Text) -> dict[str, float]:
        """Give the words that stand where the subject does, and how surely, 0 to 1; none where a text names it."""
        if not self.words or not self.words.isdisjoint(words):
            return {}
        found: dict[str, float] = {}
        shares = self._shares
        for word, frames in _framed(words[:LONGEST]):
            doubt = 1.0
            for frame in frames:
                if frame in shares:
                    doubt *= 1.0 - shares[frame]
            if doubt < 1.0:
                found[word] = max(found.get(word, 0.0), 1.0 - doubt)
        return found


def _is_striking(word: str, share: float) -> bool:
    usual = english_share(word)
    return word.isalpha() and usual < RARE and share >= max(HELD, STRIKING * usual)


def _framed(words: Text) -> Iterator[tuple[str, tuple[Frame, ...]]]:
    """Give each word with its frames: what stands before it, and behind it; the text's ends are marked."""
    ends = ("", "", *words, "", "")
    for place, word in enumerate(words, start=2):
        before, behind = ends[place - 1], ends[place + 1]
        yield word, (("<", before), ("<", ends[place - 2], before), (">", behind), (">", behind, ends[place + 2]))
