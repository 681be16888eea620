"""Scores questions against all phrasings at once: one kernel ridge regression, fitted when the index is built.

Scores are near 1 for the class a text belongs to and near 0 for the others. See Rasmussen and Williams, "Gaussian
Processes for Machine Learning" (2006), chapters 2 and 5.4.2 for the closed forms (http://gaussianprocess.org/gpml/).
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from bot.encoder import Vectors
from bot.matching.features import ABSENT, Evidence
from bot.matching.hyperparameters import Hyperparameters
from bot.matching.kernel import Kernel
from bot.matching.lexicon import Fitness, Lexicon
from bot.matching.phrasings import Phrasings
from bot.matching.sparse import Floats, Ints

Text = Sequence[str]

SMALL: Final = 128
"""Rows of a matrix that is inverted as a whole."""


class Ridge:
    """A fitted regression: texts are rows, classes the columns of scores."""

    __slots__ = ("_inverse", "_owners", "_targets", "dual")

    def __init__(self, kernel: Floats, owners: Ints, penalties: Floats, classes: int) -> None:
        """Fit to the kernel of n x n texts, each one's class and each one's penalty (its assumed noise)."""
        self._owners = owners
        self._targets = np.eye(classes)[owners]
        self._inverse = inverted(kernel + np.diag(penalties))
        self.dual: Floats = self._inverse @ self._targets
        """n x classes: the kernel of questions with the n texts, q x n, times this gives q x classes scores."""

    def without_each_text(self) -> Floats:
        """Return n x classes scores, each text's from a fit to all the others."""
        return np.asarray(self._targets - self.dual / np.diag(self._inverse)[:, None])

    def without_each_class(self) -> Floats:
        """Return n x classes scores, each text's from a fit to all other classes' texts; NaN for its own class."""
        scores = np.empty_like(self.dual)
        for own in range(self.dual.shape[1]):
            rows = np.flatnonzero(self._owners == own)
            scores[rows] = -np.linalg.solve(self._inverse[np.ix_(rows, rows)], self.dual[rows])
            scores[rows, own] = np.nan
        return scores


class ExactModel:
    """The measures of an FAQ of usual size."""

    def __init__(
        self,
        phrasings: Phrasings,
        kernel: Kernel,
        lexicon: Lexicon,
        hyperparameters: Hyperparameters,
        dual: Floats | None = None,
    ) -> None:
        """Fit the regression, unless its solution is known."""
        self._phrasings = phrasings
        self._kernel = kernel
        self._lexicon = lexicon
        self._hyperparameters = hyperparameters
        self.dual: Floats = self._ridge.dual if dual is None else dual

    @cached_property
    def _ridge(self) -> Ridge:
        phrasings = self._phrasings
        penalties = noise(phrasings, self._hyperparameters)
        return Ridge(self._kernel.own(), row_owners(phrasings), penalties, phrasings.classes)

    def release(self) -> None:
        """Free what only learning needs, several matrices of all texts: it is made anew when asked for again."""
        self.__dict__.pop("_ridge", None)

    def evidence(self, questions: Sequence[Text], vectors: Vectors, shared: Floats) -> Evidence:
        """Measure what speaks for each class; `shared` is the kernel's likeness of words."""
        kernel = self._kernel.to(questions, vectors, shared)
        return _evidence(kernel @ self.dual, self._lexicon.fitness(questions), questions)

    def lessons(self) -> Iterator[tuple[Evidence, Evidence, Ints]]:
        """Return the evidence for each phrasing without itself and without its class, and its place."""
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
    """Return the class of each row of the kernel: the phrasings', then the answers'."""
    return np.concatenate([phrasings.owners, np.arange(phrasings.entries)])


def noise(phrasings: Phrasings, hyperparameters: Hyperparameters) -> Floats:
    """Return the ridge penalty of each row of the kernel."""
    sizes = phrasings.sizes
    said = hyperparameters.phrasing_noise * sizes[phrasings.owners] / (np.median(sizes) if len(sizes) else 1.0)
    return np.concatenate([said, np.full(phrasings.entries, hyperparameters.answer_noise)])


def _evidence(scores: Floats, fitness: Fitness, texts: Sequence[Text]) -> Evidence:
    return Evidence(scores, fitness, np.array([len(words) for words in texts], dtype=np.float64))


def inverted(matrix: Floats) -> Floats:
    """Invert a symmetric, positive definite matrix by halves, which takes 0.4 of the time of `numpy.linalg.inv`.

    See Boyd and Vandenberghe, "Convex Optimization" (2004), appendix A.5.5, on Schur complements.
    """
    if len(matrix) <= SMALL:
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    half = len(matrix) // 2
    across = matrix[:half, half:]
    first = inverted(matrix[:half, :half])
    drawn = first @ across
    second = inverted(matrix[half:, half:] - across.T @ drawn)
    both = drawn @ second
    return np.block([[first + both @ drawn.T, -both], [-both.T, second]])
