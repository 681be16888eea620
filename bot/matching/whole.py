"""Measures questions against all phrasings at once: one ridge regression, fitted when the index is built."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from bot.encoder import Vectors
from bot.matching.constants import Constants
from bot.matching.evidence import ABSENT, Evidence
from bot.matching.kernel import Kernel
from bot.matching.lexicon import Fitness, Lexicon
from bot.matching.phrasings import Phrasings
from bot.matching.ridge import Ridge
from bot.matching.sparse import Floats, Ints

Text = Sequence[str]


class Whole:
    """The measures of an FAQ of usual size."""

    def __init__(
        self,
        phrasings: Phrasings,
        kernel: Kernel,
        lexicon: Lexicon,
        constants: Constants,
        dual: Floats | None = None,
    ) -> None:
        """Fit the regression, unless its solution is known."""
        self._phrasings = phrasings
        self._kernel = kernel
        self._lexicon = lexicon
        self._constants = constants
        self.dual: Floats = self._ridge.dual if dual is None else dual

    @cached_property
    def _ridge(self) -> Ridge:
        phrasings = self._phrasings
        penalties = noise(phrasings, self._constants)
        return Ridge(self._kernel.own(), row_owners(phrasings), penalties, phrasings.classes)

    def release(self) -> None:
        """Free what only learning needs, several matrices of all texts: it is made anew when asked for again."""
        self.__dict__.pop("_ridge", None)

    def evidence(self, questions: Sequence[Text], vectors: Vectors, shared: Floats) -> Evidence:
        """Measure what speaks for each class; `shared` is the kernel's likeness of words."""
        kernel = self._kernel.to(questions, vectors, shared)
        return _evidence(kernel @ self.dual, self._lexicon.fitness(questions), questions)

    def lessons(self) -> Iterator[tuple[Evidence, Evidence, Ints]]:
        """Give the evidence for each phrasing without itself and without its class, and its place."""
        words, owners = self._phrasings.words, self._phrasings.owners
        fitness, bare = self._lexicon.lessons(words, owners)
        scores = self._ridge.without_each_text()[: len(words)]
        strange = np.nan_to_num(self._ridge.without_each_class()[: len(words)], nan=ABSENT)
        yield (
            _evidence(scores, fitness, words),
            _evidence(strange, bare, words),
            np.arange(len(words)),
        )


def row_owners(phrasings: Phrasings) -> Ints:
    """Give the class of each row of the kernel: the phrasings', then the answers'."""
    return np.concatenate([phrasings.owners, np.arange(phrasings.entries)])


def noise(phrasings: Phrasings, constants: Constants) -> Floats:
    """Give the ridge penalty of each row of the kernel."""
    sizes = phrasings.sizes
    said = constants.phrasing_noise * sizes[phrasings.owners] / (np.median(sizes) if len(sizes) else 1.0)
    return np.concatenate([said, np.full(phrasings.entries, constants.answer_noise)])


def _evidence(scores: Floats, fitness: Fitness, texts: Sequence[Text]) -> Evidence:
    return Evidence(scores, fitness, np.array([len(words) for words in texts], dtype=np.float64))
