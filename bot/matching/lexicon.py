"""Which class uses which word: how well a question's words suit each class, and what none of them knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.matching.normalise import stem
from bot.matching.phrasings import Phrasings
from bot.matching.sparse import Floats, Ints, spread
from bot.matching.subject import Subject
from bot.matching.weights import WORDS_PER_TEXT, english_share

Text = Sequence[str]

TOLD: Final = 0.3
"""What a word of an entry's answer counts, where one of a phrasing counts 1."""
DOUBT: Final = 10.0
"""For how many words of a class what is usual in the whole FAQ counts."""
ENGLISH: Final = 20.0
"""For how many words of the FAQ general English counts."""
PLENTY: Final = 16.0
"""Phrasings an entry from which the words it usually comes with count in full; with a single one they tell nothing."""


@dataclass(frozen=True, slots=True)
class Fitness:
    """How some questions (q) suit classes (c), word by word."""

    usual: Floats
    """q x c: mean log of how much more often the class uses a word of the question than the FAQ does; the nearer to 0,
    the fewer phrasings an entry has."""
    missing: Floats
    """q x c: weight of the weightiest word that no phrasing of the class holds."""
    foreign: Floats
    """q x c: the same among words that stand where the FAQ names its own subject, times how surely they stand there."""
    unknown: Floats
    """q: share of the word weight that is in no class's phrasings, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bags:
    """The distinct stems of some texts, one after the other."""

    height: int
    """How many texts."""
    rows: Ints
    """Each stem's text."""
    places: Ints
    """Its place in the lexicon."""
    weights: Floats
    stands: Floats
    """How surely it stands where the FAQ names its subject, 0 to 1."""


class Lexicon:
    """For each word, the classes that use it, and in how many phrasings."""

    __slots__ = (
        "_answered",
        "_classes",
        "_counts",
        "_owners",
        "_places",
        "_starts",
        "_subject",
        "_totals",
        "_trust",
        "_usual",
        "_weight",
    )

    def __init__(self, phrasings: Phrasings, weight: Callable[[str], float]) -> None:
        self._weight = weight
        self._subject = Subject(phrasings)
        self._classes = max(1, phrasings.classes)
        few = float(np.median(phrasings.sizes)) if phrasings.classes else 1.0
        self._trust = min(1.0, np.log2(max(1.0, few)) / np.log2(PLENTY))
        self._places: dict[str, int] = {}
        said = self._cells(phrasings.words, phrasings.owners)
        told = self._cells(phrasings.answers, np.arange(phrasings.entries))
        cells, where = np.unique(np.concatenate([said, told]), return_inverse=True)
        self._counts = np.bincount(where[: len(said)], minlength=len(cells))
        self._answered = np.bincount(where[len(said) :], minlength=len(cells)) > 0
        self._owners = cells % self._classes
        words = cells // self._classes
        self._starts = np.searchsorted(words, np.arange(len(self._places) + 2))
        uses = self._counts + TOLD * self._answered
        self._totals = np.bincount(self._owners, uses, self._classes).astype(np.float64, copy=False)
        english = np.zeros(len(self._places))
        for word in {word for words in (*phrasings.words, *phrasings.answers) for word in words}:
            english[self._places[stem(word)]] += english_share(word) / WORDS_PER_TEXT
        held = np.bincount(words, uses, len(self._places)) + ENGLISH * english
        self._usual = held / (float(uses.sum()) + ENGLISH) + 1e-6

    def _cells(self, texts: Sequence[Text], owners: Ints) -> Ints:
        cells: list[int] = []
        for words, owner in zip(texts, owners.tolist(), strict=True):
            places = (self._places.setdefault(word, len(self._places)) for word in dict.fromkeys(map(stem, words)))
            cells.extend(place * self._classes + owner for place in places)
        return np.array(cells, dtype=np.int64)

    def fitness(self, texts: Sequence[Text]) -> Fitness:
        """Return the fitness of some texts."""
        return self._fitness(self._bags(texts))

    def lessons(self, texts: Sequence[Text], owners: Ints) -> tuple[Fitness, Fitness]:
        """Return the fitness of the FAQ's own texts: as if each were not in the FAQ, and as if its class were not."""
        bags = self._bags(texts)
        return self._fitness(bags, owners), self._fitness(bags, owners, whole_class=True)

    def _fitness(self, bags: Bags, held_out: Ints | None = None, whole_class: bool = False) -> Fitness:
        rows, places, weights, stands = bags.rows, bags.places, bags.weights, bags.stands
        cells, sizes = spread(self._starts, places)
        words = np.repeat(np.arange(len(places)), sizes)
        counts, owners = self._counts[cells], self._owners[cells]
        if held_out is not None:
            own = owners == held_out[rows[words]]
            counts = np.where(own, 0 if whole_class else counts - 1, counts)
        uses = counts + TOLD * self._answered[cells]
        gains = np.log1p(uses / (DOUBT * self._usual[places[words]]))
        known = counts > 0
        height, lengths = bags.height, np.bincount(rows, minlength=bags.height)
        sums = np.bincount(rows[words] * self._classes + owners, gains, height * self._classes)
        means = sums.reshape(height, self._classes) / np.maximum(lengths, 1)[:, None]
        anywhere = np.bincount(words, known, len(places)) > 0
        lost = np.bincount(rows, np.where(anywhere, 0.0, weights), height)
        return Fitness(
            usual=self._trust * (means - np.log1p(self._totals_without(lengths, held_out) / DOUBT)),
            missing=self._missing(weights, lengths, words[known], owners[known]),
            foreign=self._missing(weights * stands, lengths, words[known], owners[known]),
            unknown=lost / np.maximum(np.bincount(rows, weights, height), 1e-12),
        )

    def _bags(self, texts: Sequence[Text]) -> Bags:
        rows: list[int] = []
        stems: list[str] = []
        values: list[tuple[float, float]] = []
        for row, words in enumerate(texts):
            stands = self._subject.places(words)
            bag: dict[str, tuple[float, float]] = {}
            for word in dict.fromkeys(words):
                key = stem(word)
                here = self._weight(word), stands.get(word, 0.0)
                bag[key] = tuple(map(max, bag[key], here)) if key in bag else here  # type: ignore[assignment]
            rows += [row] * len(bag)
            stems += bag
            values += bag.values()
        unseen = len(self._places)
        places = np.array([self._places.get(each, unseen) for each in stems], dtype=np.int64)
        weights, surely_there = np.array(values, dtype=np.float64).reshape(-1, 2).T
        return Bags(len(texts), np.array(rows, dtype=np.int64), places, weights, surely_there)

    def _totals_without(self, lengths: Ints, held_out: Ints | None) -> Floats:
        if held_out is None:
            return self._totals
        totals: Floats = np.tile(self._totals, (len(lengths), 1)).astype(np.float64)
        totals[np.arange(len(lengths)), held_out] -= lengths
        return totals

    def _missing(self, weights: Floats, lengths: Ints, words: Ints, owners: Ints) -> Floats:
        """Return each text's weightiest word that a class lacks; `words` and `owners` are the cells that are held."""
        lacked = np.repeat(weights[:, None], self._classes, axis=1)
        lacked[words, owners] = 0.0
        greatest = np.zeros((len(lengths), self._classes))
        some = np.flatnonzero(lengths)
        if len(some):
            starts = (np.cumsum(lengths) - lengths)[some]
            greatest[some] = np.maximum.reduceat(lacked, starts, axis=0)
        return greatest
