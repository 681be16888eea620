"""Entries and signposts -> an index that ranks them for a question: the same ranking on every machine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np

from bot.dialogue import Match
from bot.faq.entry import Entry, Signpost
from bot.matching.constants import Constants
from bot.matching.explain import Explanation, explain
from bot.matching.message import Message, read
from bot.matching.model import Fit, Model
from bot.matching.phrasings import Phrasings, collect
from bot.matching.repair import Repairer
from bot.matching.sparse import Floats
from bot.matching.thresholds import Thresholds
from bot.semantic.embedder import Embedder

VERBATIM: Final = 0.98
"""The least probability of a class one of whose texts is the very question that was asked, and of no other's."""


@dataclass(frozen=True, slots=True)
class Direction:
    """A signpost and the probability that the question is on its subject."""

    signpost: Signpost
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranking(Sequence[Match]):
    """The entries that a message may be about, best first; and the signposts."""

    matches: tuple[Match, ...]
    signposts: tuple[Direction, ...] = ()
    """Best first."""
    parts: tuple[tuple[Match, ...], ...] = ()
    """The matches of each part of the message, where it has several that may be questions."""

    @overload
    def __getitem__(self, place: int) -> Match: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Match, ...]: ...
    def __getitem__(self, place: int | slice) -> Match | tuple[Match, ...]:
        """Give the match at a place, the best at 0."""
        return self.matches[place]

    def __len__(self) -> int:
        return len(self.matches)

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)


class Index:
    """An FAQ made ready for questions."""

    def __init__(
        self,
        entries: Sequence[Entry],
        signposts: Sequence[Signpost] = (),
        *,
        embedder: Embedder | None = None,
        constants: Constants | None = None,
        fit: Fit | None = None,
    ) -> None:
        """Build the index; with an embedder, likeness of meaning counts beside that of words.

        `fit` is that of an index of the very same, which saves two thirds of the time.
        """
        self.entries = tuple(entries)
        self.signposts = tuple(signposts)
        self.model = Model(collect(self.entries, self.signposts), constants or Constants(), embedder, fit)
        self._reads_sentences = bool(embedder and embedder.reads_sentences)
        self._repairer = Repairer(self.model.weights.counts, len(self.model.phrasings.words))
        self._verbatim = _owners_of_whole_texts(self.model.phrasings)

    @property
    def fit(self) -> Fit:
        """What was learnt of the phrasings."""
        return self.model.fit

    def search(self, text: str, limit: int = 5) -> Ranking:
        """Rank the entries, at most `limit` of them, and the signposts by the probability that they answer the text."""
        [ranking] = self.search_all([text], limit)
        return ranking

    def search_all(self, texts: Sequence[str], limit: int = 5) -> list[Ranking]:
        """Give the ranking of each of several texts: in less time than one after the other, where words are added up.

        What a transformer makes of a text depends a little on the texts that run with it: there each has its own run.
        """
        if self._reads_sentences and len(texts) > 1:
            return [self.search(text, limit) for text in texts]
        messages = [self._understand(read(text)) for text in texts]
        asked = dict.fromkeys(words for message in messages for words in message.texts) if self.entries else {}
        found = dict(zip(asked, self.model.probabilities(list(asked)).round(4), strict=True)) if asked else {}
        return [self._ranked(message, found, limit) if message.whole and found else Ranking(()) for message in messages]

    def explain(self, text: str, thresholds: Thresholds | None = None) -> Explanation:
        """Tell how the ranking of a text comes about; the thresholds are repeated in the explanation."""
        asked = read(text).whole
        repairs = self._repairer.repairs(asked)
        understood = tuple(repairs.get(word, word) for word in asked)
        return explain(self.model, understood, repairs, self.search(text).matches, thresholds or Thresholds())

    def _understand(self, message: Message) -> Message:
        repairs = self._repairer.repairs(message.whole)
        return message.repaired(repairs) if repairs else message

    def _ranked(self, message: Message, found: Mapping[tuple[str, ...], Floats], limit: int) -> Ranking:
        chances, parts = self._chances(message, found)
        split = len(self.entries)
        near = np.argsort(-chances[split:], kind="stable")[:limit]
        return Ranking(
            self._matches(chances, limit),
            tuple(Direction(self.signposts[i], float(chances[split + i])) for i in near),
            tuple(self._matches(part, limit) for part in parts),
        )

    def _chances(self, message: Message, found: Mapping[tuple[str, ...], Floats]) -> tuple[Floats, Floats]:
        """Give each class's probability for the message, and for each of its parts, from those of its texts.

        A message is about an entry if as a whole it is, or one of its sentences: a story does not drown a question.
        """
        chances = np.array([found[words] for words in message.texts])
        owner = self._verbatim.get(message.whole)
        if owner is not None:
            chances[0, owner] = max(chances[0, owner], VERBATIM)
        whole = chances[0].copy()
        split, asked = len(self.entries), 1 + len(message.sentences)
        whole[:split] = chances[:asked, :split].max(axis=0)
        return whole, chances[1:]

    def _matches(self, chances: Floats, limit: int) -> tuple[Match, ...]:
        best = np.argsort(-chances[: len(self.entries)], kind="stable")[:limit]
        return tuple(Match(self.entries[i], float(chances[i])) for i in best)


def _owners_of_whole_texts(phrasings: Phrasings) -> dict[tuple[str, ...], int | None]:
    """Give the class that alone owns a text, by its words; None where several do."""
    owners: dict[tuple[str, ...], int | None] = {}
    for words, owner in zip(phrasings.words, phrasings.owners.tolist(), strict=True):
        key = tuple(words)
        owners[key] = owner if owners.get(key, owner) == owner else None
    return owners
