"""Measures questions against all phrasings at once: one ridge regression, fitted when the index is built."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.matching.constants import Constants
from bot.matching.evidence import ABSENT, Evidence
from bot.matching.kernel import Kernel
from bot.matching.lexicon import Coverage, Lexicon
from bot.matching.phrasings import Phrasings
from bot.matching.ridge import Ridge
from bot.matching.sparse import Floats, Ints

Text = Sequence[str]


class Whole:
    """The measures of an FAQ of usual size."""

    def __init__(self, phrasings: Phrasings, kernel: Kernel, lexicon: Lexicon, constants: Constants) -> None:
        self._phrasings = phrasings
        self._kernel = kernel
        self._lexicon = lexicon
        own = kernel.own()
        owners = row_owners(phrasings)
        self.ridge = Ridge(own, owners, noise(phrasings, constants), phrasings.classes)
        said = len(phrasings.words)
        self._own = own[:said, :said]

    def evidence(self, questions: Sequence[Text]) -> Evidence:
        """Measure what speaks for each class."""
        kernel = self._kernel.to(questions)
        nearest = self._nearest(kernel[:, : len(self._phrasings.words)])
        return self._evidence(self.ridge.scores(kernel), nearest, self._lexicon.coverage(questions), questions)

    def lessons(self) -> Iterator[tuple[Evidence, Evidence, Ints]]:
        """Give the evidence for each phrasing without itself and without its class, and its place."""
        words, owners = self._phrasings.words, self._phrasings.owners
        rows = np.arange(len(words))
        nearest = self._nearest(self._own - np.diag(np.diag(self._own)))
        coverage = self._lexicon.coverage(words, owners)
        scores = self.ridge.without_each_text()[: len(words)]
        foreign = nearest.copy()
        foreign[rows, owners] = 0.0
        bare = self._lexicon.coverage(words, owners, whole_class=True)
        strange = np.nan_to_num(self.ridge.without_each_class()[: len(words)], nan=ABSENT)
        yield (
            self._evidence(scores, nearest, coverage, words),
            self._evidence(strange, foreign, bare, words),
            rows,
        )

    def _nearest(self, kernel: Floats) -> Floats:
        starts = np.concatenate([[0], np.cumsum(self._phrasings.sizes)[:-1]])
        return np.asarray(np.maximum.reduceat(kernel, starts, axis=1))

    def _evidence(self, scores: Floats, nearest: Floats, coverage: Coverage, texts: Sequence[Text]) -> Evidence:
        return Evidence(scores, nearest, coverage, np.array([len(words) for words in texts], dtype=np.float64))


def row_owners(phrasings: Phrasings) -> Ints:
    """Give the class of each row of the kernel: the phrasings', then the answers'."""
    return np.concatenate([phrasings.owners, np.arange(phrasings.entries)])


def noise(phrasings: Phrasings, constants: Constants) -> Floats:
    """Give the ridge penalty of each row of the kernel."""
    sizes = phrasings.sizes
    said = constants.phrasing_noise * sizes[phrasings.owners] / (np.median(sizes) if len(sizes) else 1.0)
    return np.concatenate([said, np.full(phrasings.entries, constants.answer_noise)])
