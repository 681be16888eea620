"""What an FAQ is about -> where a question names something else: a foreign subject in a familiar frame.

"Commercial support for nginx": the FAQ says "support for" before its own subject. Subject and frames are learnt from
the entries' phrasings, other subjects from the signposts'; no names are listed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bot.matching.phrasings import Phrasings
from bot.matching.weights import english_share, english_words

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
ALONE: Final = 0.5
"""Share of its uses without another word of the subject beside it from which a word names the subject by itself; the
`linux` of "Flatcar Linux" does not."""
ELSEWHERE: Final = 0.5
"""How surely a word names another subject that signposts alone use, and English texts rarely."""
UNLISTED: Final = 0.2
"""How surely one does that no list of English words holds."""
LONGEST: Final = 400
"""Words of a text that are looked at."""


class Subject:
    """The words that an FAQ is about, and the frames they stand in: one or two words before or behind."""

    __slots__ = ("_elsewhere", "_names", "_shares", "words")

    def __init__(self, phrasings: Phrasings) -> None:
        """Learn from the entries' phrasings; signposts are about other things."""
        entries = phrasings.entries
        owned = list(zip(phrasings.words, phrasings.owners.tolist(), strict=True))
        said = [(words, owner) for words, owner in owned if owner < entries]
        users = Counter(word for word, _ in {(word, owner) for words, owner in said for word in words})
        held = Counter(word for words, _ in said for word in set(words))
        self.words = frozenset(
            word
            for word, count in users.items()
            if count >= max(2.0, SHARED * entries) and _is_striking(word, held[word] / len(said))
        )
        texts = [words for words, _ in said]
        self._shares = self._learnt(texts) if self.words else {}
        self._names = self._standing_alone(texts)
        own = {word for words in (*texts, *phrasings.answers) for word in words}
        others = {word for words, owner in owned if owner >= entries for word in words}
        self._elsewhere = frozenset(word for word in others - own if english_share(word) < RARE)

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

    def _standing_alone(self, texts: Sequence[Text]) -> frozenset[str]:
        held: Counter[str] = Counter()
        alone: Counter[str] = Counter()
        for words in texts:
            for word, beside in self._uses(words):
                held[word] += 1
                alone[word] += not beside
        return frozenset(word for word, count in held.items() if alone[word] >= ALONE * count)

    def _uses(self, words: Text) -> Iterator[tuple[str, bool]]:
        """Return the subject's words in a text, and whether another one stands beside each."""
        places = [place for place, word in enumerate(words) if word in self.words]
        for place in places:
            yield words[place], place - 1 in places or place + 1 in places

    def _is_named(self, words: Text) -> bool:
        if self.words.isdisjoint(words):
            return False
        return not self._names.isdisjoint(words) or any(beside for _, beside in self._uses(words))

    def _strangeness(self, word: str) -> float:
        """Return how surely a word by itself names something else, 0 to 1."""
        if word in self._elsewhere:
            return ELSEWHERE
        return UNLISTED if word not in english_words() and word not in self.words and not word.isdigit() else 0.0

    def places(self, words: Text) -> dict[str, float]:
        """Return the words that seem another subject, and how surely, 0 to 1; none where a text names the FAQ's."""
        if not self.words or self._is_named(words):
            return {}
        found: dict[str, float] = {}
        shares = self._shares
        for word, frames in _framed(words[:LONGEST]):
            doubt = 1.0 - self._strangeness(word)
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
    """Return each word with its frames: what stands before it, and behind it; the text's ends are marked."""
    ends = ("", "", *words, "", "")
    for place, word in enumerate(words, start=2):
        before, behind = ends[place - 1], ends[place + 1]
        yield word, (("<", before), ("<", ends[place - 2], before), (">", behind), (">", behind, ends[place + 2]))
