"""The texts of each entry as the ranker reads them: its questions, and the passages of its answer.

A passage is read behind its entry's question ("How do I update Loaf? Run `loaf update`."), since alone it rarely says
what it is about.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.encoder import Encoder, Encoding, Vectors
from bot.faq import Entry
from bot.faq.passages import Passage, passages
from bot.matching.follow_up import is_bare
from bot.matching.normalise import plain, stem, words
from bot.matching.sparse import Floats, Ints
from bot.matching.weights import PRIOR_TEXTS, WordWeights, english_share

MOST_READ: Final = 4
"""Questions of an entry that are read piece by piece: its own, and the first of its other phrasings."""
SHORTEST_CODE: Final = 3
SAME_CODE: Final = 0.8
"""Words of a passage, and their share that a line of code must hold, so that it is that passage."""
MOSTLY: Final = 0.4
"""Share of the entries whose questions name the FAQ's subject."""
LEAST_NAMED: Final = 3
"""Entries that do so at least."""
USUAL: Final = 0.005
"""Share of English texts from which a word that they hold is no name."""
PIECE_DOUBT: Final = 7.0
"""For how many entries the general frequency of a word piece counts."""
COMMONEST: Final = 30.0
"""About how many word pieces are in most texts: the vocabulary is ordered by falling frequency."""


@dataclass(frozen=True, slots=True)
class PieceStates:
    """The vectors of the pieces of some entries' texts."""

    columns: Vectors
    """width x pieces, in units of 1/127."""
    starts: Ints
    """Where each text begins."""
    asking: NDArray[np.bool_]
    """For each text whether it is a question, not a passage."""
    owners: Ints
    """For each text the place of its entry among those asked for."""


class EntryTexts:
    """Everything that an FAQ says about each of its entries, encoded."""

    def __init__(self, entries: Sequence[Entry], encoder: Encoder) -> None:
        """Split the answers and encode all texts."""
        self.count = len(entries)
        self._last: tuple[tuple[int, ...], PieceStates] | None = None
        self.questions = [[entry.question, *entry.also_asked][:MOST_READ] for entry in entries]
        self.passages: list[tuple[Passage, ...]] = [passages(entry.answer) for entry in entries]
        texts: list[str] = []
        firsts: list[int] = []
        for entry, questions, told in zip(entries, self.questions, self.passages, strict=True):
            firsts.append(len(texts))
            texts += map(plain, questions)
            texts += (f"{plain(entry.question)} {passage.text}" for passage in told)
        self._firsts = np.array([*firsts, len(texts)], dtype=np.int64)
        encoding = encoder.encode_kept(texts, with_states=True)
        self._vectors = encoding.vectors
        self._states = np.concatenate([*encoding.states, np.zeros((0, encoder.width), np.int8)])
        self._pieces_before = np.concatenate([[0], np.cumsum([len(states) for states in encoding.states])])
        self._entries_with = self._count_pieces(encoding)
        self.question_words = [[tuple(words(plain(text))) for text in questions] for questions in self.questions]
        self.passage_words = [[words(passage.text) for passage in told] for told in self.passages]
        self.passage_stems = [[frozenset(map(stem, said)) for said in told] for told in self.passage_words]
        self.question_stems = [frozenset(stem(word) for said in each for word in said) for each in self.question_words]
        self.answer_stems = [frozenset().union(*each) for each in self.passage_stems]
        self.stems = StemWeights(self)
        self.question_shares = [[self.stems.shares(said) for said in each] for each in self.question_words]
        """For each question of each entry, what its stems say of it: all together 1."""

    @cached_property
    def passage_places(self) -> Ints:
        """The entry of each passage, in the order of `passage_vectors`."""
        return np.repeat(np.arange(self.count), [len(told) for told in self.passages])

    @cached_property
    def passage_vectors(self) -> Vectors:
        """A vector for each passage, behind its entry's question."""
        chosen = [
            row
            for first, last, said in zip(self._firsts[:-1], self._firsts[1:], self.questions, strict=True)
            for row in range(first + len(said), last)
        ]
        return self._vectors[np.array(chosen, dtype=np.int64)]

    def states_of(self, entries: Sequence[int]) -> PieceStates:
        """Return the vectors of the pieces of some entries' texts; of those that were asked for last, at once."""
        key = tuple(entries)
        if self._last is None or self._last[0] != key:
            self._last = key, self._gathered(key)
        return self._last[1]

    def _gathered(self, entries: Sequence[int]) -> PieceStates:
        rows: list[NDArray[np.int8]] = []
        sizes: list[int] = []
        texts: list[int] = []
        asking: list[bool] = []
        for entry in entries:
            first, last = self._firsts[entry], self._firsts[entry + 1]
            before = self._pieces_before[first : last + 1]
            held = np.diff(before)
            rows.append(self._states[before[0] : before[-1]])
            sizes += held[held > 0].tolist()
            asking += (np.arange(len(held)) < len(self.questions[entry]))[held > 0].tolist()
            texts.append(int(np.count_nonzero(held)))
        return PieceStates(
            np.ascontiguousarray(np.concatenate(rows).astype(np.float32).T),
            np.cumsum([0, *sizes])[:-1],
            np.array(asking, dtype=bool),
            np.repeat(np.arange(len(entries)), texts),
        )

    def nearest_passage(self, entry: int, vector: Vectors) -> str:
        """Return the passage of an entry's answer that is nearest to a question; empty where a wording is nearer."""
        likeness = self._vectors[self._firsts[entry] : self._firsts[entry + 1]] @ vector
        passage = int(likeness.argmax()) - len(self.questions[entry])
        return self.passages[entry][passage].text if passage >= 0 else ""

    @cached_property
    def subject(self) -> frozenset[str]:
        """The words that so many entries ask about that they name the FAQ's subject, not one of its entries."""
        asked = [frozenset(word for said in each for word in said) for each in self.question_words]
        held = Counter(word for words in asked for word in words if _may_be_a_name(word))
        return frozenset(word for word, count in held.items() if count >= max(LEAST_NAMED, MOSTLY * self.count))

    def knows(self, line: Sequence[str]) -> bool:
        """Return whether a passage is nearly this line of code, given as words: an error that an answer names."""
        stems = frozenset(map(stem, line))
        passages = (held for told in self.passage_stems for held in told if len(held) >= SHORTEST_CODE)
        return any(len(stems & held) >= SAME_CODE * len(held) for held in passages)

    def piece_weights(self, pieces: Sequence[int]) -> Floats:
        """Return how much each word piece of a question says, all together 1."""
        total = self.count + PIECE_DOUBT + 1.0
        usual = [PIECE_DOUBT * min(1.0, COMMONEST / (piece + 1)) for piece in pieces]
        held = [self._entries_with[piece] for piece in pieces]
        weights = [math.log(total / (h + 0.5 + u)) for h, u in zip(held, usual, strict=True)]
        found = np.maximum(0.1, np.array(weights))
        return np.asarray(found / found.sum())

    def _count_pieces(self, encoding: Encoding) -> Counter[int]:
        held: Counter[int] = Counter()
        for first, last in zip(self._firsts[:-1], self._firsts[1:], strict=True):
            held.update({piece for text in encoding.pieces[first:last] for piece in text.tolist()})
        return held


def _may_be_a_name(word: str) -> bool:
    return english_share(word) < USUAL and not is_bare([word])


class StemWeights:
    """How much a stem says: an inverse document frequency over entries, drawn towards general English."""

    def __init__(self, texts: EntryTexts) -> None:
        self._entries = texts.count
        self._held: Counter[str] = Counter()
        for asked, told in zip(texts.question_stems, texts.answer_stems, strict=True):
            self._held.update(asked | told)
        documents = [
            [*(word for said in asked for word in said), *(word for passage in told for word in passage)]
            for asked, told in zip(texts.question_words, texts.passage_words, strict=True)
        ]
        self._prior = max(1.0, PRIOR_TEXTS * WordWeights(documents).englishness)
        self._english: dict[str, float] = {}
        for word in {word for document in documents for word in document}:
            self._english[stem(word)] = max(self._english.get(stem(word), 0.0), english_share(word))

    def __contains__(self, stemmed: str) -> bool:
        return stemmed in self._held

    def shares(self, said: Sequence[str]) -> dict[str, float]:
        """Return the stems of a text with their shares in all that it says."""
        weights = self.weigh(said)
        total = sum(weights.values()) or 1.0
        return {key: weight / total for key, weight in weights.items()}

    def weigh(self, asked: Sequence[str]) -> dict[str, float]:
        """Return the stems of some words with their weights, 0 or more."""
        found: dict[str, float] = {}
        for word in asked:
            key = stem(word)
            if key not in found:
                usual = self._prior * self._english.get(key, english_share(word))
                weight = math.log((self._entries + self._prior + 1.0) / (self._held[key] + usual + 0.1))
                found[key] = max(0.0, weight)
        return found
