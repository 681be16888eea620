"""An FAQ made ready for questions: it ranks entries and signposts, the same way on every machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np

from bot.dialogue import Match
from bot.encoder import Encoder, Encoding, shared_encoder
from bot.faq.entry import Entry, Signpost
from bot.matching.calibration import logistic
from bot.matching.entry_texts import EntryTexts
from bot.matching.explain import Explanation, explain
from bot.matching.follow_up import is_bare
from bot.matching.hyperparameters import Hyperparameters
from bot.matching.kernel import Kernel
from bot.matching.message import Message, Part, read
from bot.matching.model import Fit, Model
from bot.matching.phrasings import Phrasings, collect
from bot.matching.ranker import Asked, Ranker
from bot.matching.sparse import Floats
from bot.matching.spelling import SpellingCorrector
from bot.matching.thresholds import Thresholds

VERBATIM: Final = 0.98
"""The least probability of a class one of whose texts is the very question that was asked, and of no other's."""


LEAST_ODDS: Final = 8.0
"""Log odds beyond which a signpost's make no more difference."""


UNLIKELY: Final = -3.0
"""Log odds of the likeliest entry up to which a part of a message is no question of its own."""


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
    is_bare: bool = False
    """Whether the message says nothing by itself."""
    is_subject: bool = False
    """Whether the message does no more than name the FAQ's subject, which any entry may be about."""

    @overload
    def __getitem__(self, place: int) -> Match: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Match, ...]: ...
    def __getitem__(self, place: int | slice) -> Match | tuple[Match, ...]:
        """Return the match at a place, the best at 0."""
        return self.matches[place]

    def __len__(self) -> int:
        return len(self.matches)

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A phrasing, and what the FAQ would make of it if it did not hold it."""

    text: str
    owner: int
    """The place of its entry; from `len(entries)` on, of its signpost."""
    chances: Floats
    """The probability of each entry, then of each signpost."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was found out about some parts of messages, a row each."""

    rows: dict[Part, int]
    encoding: Encoding
    levelled: Floats
    regression: Floats
    shared_words: Floats


class Index:
    """An FAQ made ready for questions."""

    def __init__(
        self,
        entries: Sequence[Entry],
        signposts: Sequence[Signpost] = (),
        *,
        encoder: Encoder | None = None,
        hyperparameters: Hyperparameters | None = None,
        fit: Fit | None = None,
    ) -> None:
        """Build the index, with the encoder that ships with the bot unless another one is given.

        `fit` is that of an index of the very same, which saves much of the time.
        """
        self.entries = tuple(entries)
        self.signposts = tuple(signposts)
        self.encoder = encoder or shared_encoder()
        phrasings = collect(self.entries, self.signposts)
        self._model = Model(phrasings, hyperparameters or Hyperparameters(), self.encoder, fit)
        self._texts = EntryTexts(self.entries, self.encoder)
        self.ranker = Ranker(self._texts, phrasings, self._model.vectors)
        self._spelling = SpellingCorrector(self._model.weights.counts, len(phrasings.words))
        self._verbatim = _owners_of_whole_texts(phrasings)

    @property
    def fit(self) -> Fit:
        """What was learnt of the phrasings."""
        return self._model.fit

    def search(self, text: str, limit: int = 5) -> Ranking:
        """Rank the entries, at most `limit` of them, and the signposts by the probability that they answer the text."""
        [ranking] = self.search_all([text], limit)
        return ranking

    def search_all(self, texts: Sequence[str], limit: int = 5) -> list[Ranking]:
        """Return the ranking of each of several texts, in less time than one after the other."""
        messages = [self._understand(read(text)) for text in texts]
        if not self.entries and not self.signposts:
            return [Ranking(()) for _ in messages]
        measured = self._measure([part for message in messages for part in message.parts if part.words])
        return [self._ranked(each, measured, limit) if each.whole.words else Ranking(()) for each in messages]

    def features(self, text: str) -> Asked | None:
        """Return what the ranker is given for a text; None where it asks nothing. For learning its coefficients."""
        message = self._understand(read(text))
        if not message.whole.words:
            return None
        return self._asked(message.readings, self._measure(message.parts))

    def held_out(self) -> Iterator[HeldOut]:
        """Yield what would become of each phrasing if the FAQ did not hold it; of a sample where there are many."""
        phrasings = self._model.phrasings
        for place, chances in self._model.held_out():
            yield HeldOut(phrasings.texts[place], int(phrasings.owners[place]), chances)

    def likeness(self, texts: Sequence[str]) -> Floats:
        """Return how alike texts are to this FAQ, n x n: 1 for a text with itself, about 0 for strangers."""
        said = [read(text).whole for text in texts]
        vectors = self.encoder.encode([part.text for part in said]).vectors
        kernel = Kernel([part.words for part in said], vectors, self._model.weights).own()
        lengths = np.sqrt(np.maximum(np.diag(kernel), 1e-9))
        return np.asarray(kernel / np.outer(lengths, lengths))

    def explain(self, text: str, thresholds: Thresholds | None = None) -> Explanation:
        """Explain how the ranking of a text comes about; the thresholds are repeated in the explanation."""
        asked = read(text).whole
        repairs = self._spelling.corrections(asked.words)
        asked = asked.repaired(repairs)
        matches = self.search(text).matches
        passage = ""
        if matches:
            [vector] = self.encoder.encode([asked.text]).vectors
            passage = self._texts.nearest_passage(self.entries.index(matches[0].entry), vector)
        return explain(self._model, asked.words, repairs, matches, passage, self._best_without, thresholds)

    def _best_without(self, texts: Sequence[Sequence[str]], entry: Entry) -> list[float]:
        """Return the confidence in an entry for each of some texts, given as words."""
        rankings = self.search_all([" ".join(words) for words in texts], limit=len(self.entries))
        return [next((m.confidence for m in ranking if m.entry is entry), 0.0) for ranking in rankings]

    def _understand(self, message: Message) -> Message:
        if message.code:
            message = message.with_code([line for line in message.code if self._texts.knows(line.words)])
        repairs = self._spelling.corrections(message.whole.words)
        return message.repaired(repairs) if repairs else message

    def _measure(self, parts: Sequence[Part]) -> _Measured:
        distinct = list(dict.fromkeys(parts))
        encoding = self.encoder.encode([part.text for part in distinct], with_states=True)
        said = [part.words for part in distinct]
        shared = self._model.kernel.shared_words(said)
        levelled, regression = self._model.log_odds(said, encoding.vectors, shared) if said else (shared, shared)
        return _Measured({part: row for row, part in enumerate(distinct)}, encoding, levelled, regression, shared)

    def _asked(self, parts: Sequence[Part], measured: _Measured) -> Asked:
        rows = [measured.rows[part] for part in parts]
        encoding, entries = measured.encoding, len(self.entries)
        return Asked(
            parts,
            Encoding(
                encoding.vectors[rows],
                tuple(encoding.pieces[row] for row in rows),
                tuple(encoding.states[row] for row in rows),
            ),
            measured.regression[rows, :entries].max(axis=0),
            measured.levelled[rows, :entries].max(axis=0),
            measured.shared_words[rows[0]],
            float(measured.levelled[rows[0], entries:].max(initial=-LEAST_ODDS).clip(-LEAST_ODDS, LEAST_ODDS)),
        )

    def _ranked(self, message: Message, measured: _Measured, limit: int) -> Ranking:
        chances = self._chances(message.readings, measured)
        directions = logistic(measured.levelled[measured.rows[message.whole], len(self.entries) :]).round(4)
        owner = self._verbatim.get(message.whole.words)
        if owner is not None and owner >= len(self.entries):
            directions[owner - len(self.entries)] = max(directions[owner - len(self.entries)], VERBATIM)
        near = np.argsort(-directions, kind="stable")[:limit]
        return Ranking(
            self._matches(chances, limit),
            tuple(Direction(self.signposts[i], float(directions[i])) for i in near),
            tuple(self._matches(self._chances((part,), measured), limit) for part in self._likely(message, measured)),
            is_bare(message.whole.words),
            is_subject=self._texts.subject.issuperset(message.whole.words),
        )

    def _likely(self, message: Message, measured: _Measured) -> list[Part]:
        """Return the parts that could be questions of their own, by the regression: others need no closer look."""
        rows = [measured.rows[part] for part in message.questions]
        odds = measured.regression[rows, : len(self.entries)].max(axis=1, initial=UNLIKELY)
        return [part for part, likeliest in zip(message.questions, odds, strict=True) if likeliest > UNLIKELY]

    def _chances(self, parts: Sequence[Part], measured: _Measured) -> Floats:
        """Return each entry's probability for a text with its sentences."""
        if not self.entries:
            return np.zeros(0)
        chances = self.ranker.probabilities(self._asked(parts, measured)).round(4)
        owner = self._verbatim.get(parts[0].words)
        if owner is not None and owner < len(self.entries):
            chances[owner] = max(chances[owner], VERBATIM)
        return chances

    def _matches(self, chances: Floats, limit: int) -> tuple[Match, ...]:
        best = np.argsort(-chances, kind="stable")[:limit]
        return tuple(Match(self.entries[i], float(chances[i])) for i in best)


def _owners_of_whole_texts(phrasings: Phrasings) -> dict[tuple[str, ...], int | None]:
    """Return the class that alone owns a text, by its words; None where several do."""
    owners: dict[tuple[str, ...], int | None] = {}
    for words, owner in zip(phrasings.words, phrasings.owners.tolist(), strict=True):
        key = tuple(words)
        owners[key] = owner if owners.get(key, owner) == owner else None
    return owners
