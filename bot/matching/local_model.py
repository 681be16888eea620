"""Measures questions against a large FAQ: the nearest phrasings first, then a ridge regression over these alone."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.encoder import Vectors
from bot.matching.exact_model import noise, row_owners
from bot.matching.features import ABSENT, Evidence
from bot.matching.hyperparameters import Hyperparameters
from bot.matching.kernel import Kernel
from bot.matching.lexicon import Lexicon
from bot.matching.phrasings import Phrasings
from bot.matching.sparse import Floats, Ints

Text = Sequence[str]


class LocalModel:
    """The measures of an FAQ too large for one regression, which costs the cube of its phrasings."""

    def __init__(
        self, phrasings: Phrasings, vectors: Vectors, kernel: Kernel, lexicon: Lexicon, hyperparameters: Hyperparameters
    ) -> None:
        """Take the phrasings with their sentence vectors."""
        self._phrasings = phrasings
        self._vectors = vectors
        self._kernel = kernel
        self._lexicon = lexicon
        self._hyperparameters = hyperparameters
        self._owners = row_owners(phrasings)
        self._noise = noise(phrasings, hyperparameters)
        self.dual: Floats = np.empty((0, 0))

    def release(self) -> None:
        """Free what only learning needs: nothing."""

    def evidence(self, questions: Sequence[Text], vectors: Vectors, shared: Floats) -> Evidence:
        """Measure what speaks for each class; `shared` is the kernel's likeness of words."""
        scores = np.array([self._scores(*each) for each in zip(questions, vectors, shared, strict=True)])
        return Evidence(scores, self._lexicon.fitness(questions), _lengths(questions))

    def lessons(self) -> Iterator[tuple[Evidence, Evidence, Ints]]:
        """Return the evidence for a sample of phrasings, each without itself and without its class; and its place."""
        count = len(self._phrasings.words)
        for place in np.unique(np.linspace(0, count - 1, self._hyperparameters.sample).astype(np.int64)):
            yield self._lesson(int(place))

    def _lesson(self, place: int) -> tuple[Evidence, Evidence, Ints]:
        words = self._phrasings.words[place]
        owner = self._phrasings.owners[place : place + 1]
        shared = self._kernel.shared_words([words])[0]
        shared[place] = -1.0
        scores = self._scores(words, self._vectors[place], shared)
        fitness, bare = self._lexicon.lessons([words], owner)
        known = Evidence(scores[None], fitness, _lengths([words]))
        shared[self._owners == owner[0]] = -1.0
        scores = self._scores(words, self._vectors[place], shared)
        scores[owner] = ABSENT
        return known, Evidence(scores[None], bare, _lengths([words])), np.array([place])

    def _scores(self, words: Text, vector: Vectors, shared: Floats) -> Floats:
        """Return each class's score, 0 without a phrasing near the question.

        That of a kernel ridge regression, solved for the one question: k' (K + noise)^-1 targets.
        """
        scores = np.zeros(self._phrasings.classes)
        chosen = self._neighbours(shared)
        if not len(chosen):
            return scores
        kernel = self._kernel.own_of(chosen) + np.diag(self._noise[chosen])
        weights = solved(kernel, self._kernel.to_some(words, vector, shared, chosen))
        np.add.at(scores, self._owners[chosen], weights)
        return scores

    def _neighbours(self, shared: Floats) -> Ints:
        most = min(self._hyperparameters.neighbours, len(shared))
        nearest = np.argpartition(-shared, most - 1)[:most]
        return np.sort(nearest[shared[nearest] > 0.0])


def _lengths(texts: Sequence[Text]) -> Floats:
    return np.array([len(words) for words in texts], dtype=np.float64)


def solved(matrix: Floats, right: Floats) -> Floats:
    """Solve a small, well-conditioned, positive definite system by conjugate gradients.

    See Golub and Van Loan, "Matrix Computations" (2013), 11.3. Some twenty products of a matrix with a vector, which no
    BLAS hands to other threads: waking these costs more than the work.
    """
    found = np.zeros_like(right)
    rest = right.copy()
    direction = rest.copy()
    length = start = float(rest @ rest)
    for _ in range(len(right)):
        if length <= 1e-18 * start:
            break
        image = matrix @ direction
        step = length / float(direction @ image)
        found += step * direction
        rest -= step * image
        shorter = float(rest @ rest)
        direction = rest + (shorter / length) * direction
        length = shorter
    return found
