"""Entries and signposts -> an index that ranks them for a question: the same ranking on every machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from bot.dialogue import Match
from bot.faq.entry import Entry, Signpost
from bot.matching.constants import Constants
from bot.matching.model import Model
from bot.matching.normalise import plain, words
from bot.matching.phrasings import collect
from bot.matching.repair import Repairer


@dataclass(frozen=True, slots=True)
class Direction:
    """A signpost and the probability that the question is on its subject."""

    signpost: Signpost
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranking(Sequence[Match]):
    """The entries that a question may be about, best first; and the signposts."""

    matches: tuple[Match, ...]
    signposts: tuple[Direction, ...] = ()
    """Best first."""

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
        self, entries: Sequence[Entry], signposts: Sequence[Signpost] = (), constants: Constants | None = None
    ) -> None:
        self.entries = tuple(entries)
        self.signposts = tuple(signposts)
        phrasings = collect(self.entries, self.signposts)
        self._model = Model(phrasings, constants or Constants()) if self.entries else None
        self._repairer = Repairer(self._model.weights.counts) if self._model else None

    def search(self, text: str, limit: int = 5) -> Ranking:
        """Rank the entries, at most `limit` of them, and the signposts by the probability that they answer the text."""
        asked = words(plain(text))
        if not self._model or not self._repairer or not asked:
            return Ranking(())
        repaired = self._repairer.repairs(asked)
        chances = self._model.probabilities([[repaired.get(word, word) for word in asked]])[0].round(4)
        split = len(self.entries)
        best = np.argsort(-chances[:split], kind="stable")[:limit]
        near = np.argsort(-chances[split:], kind="stable")[:limit]
        return Ranking(
            tuple(Match(self.entries[i], float(chances[i])) for i in best),
            tuple(Direction(self.signposts[i], float(chances[split + i])) for i in near),
        )
