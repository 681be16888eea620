"""Phrasings -> a model that gives each class the probability of answering a question.

The kernel ridge regression combines all phrasings of a class; features say how far its verdict can be trusted; a
logistic regression, taught by the FAQ's own phrasings held out in turn, makes probabilities of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.matching import calibration
from bot.matching.evidence import Evidence, features
from bot.matching.kernel import Kernel
from bot.matching.lexicon import Coverage, Lexicon
from bot.matching.phrasings import Phrasings
from bot.matching.ridge import Ridge
from bot.matching.vectors import KernelWeights

Floats = NDArray[np.float64]
Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Constants:
    """The numbers of the model, chosen by measurement: docs/matching.md."""

    shares: KernelWeights = field(default_factory=KernelWeights)
    order_free: float = 0.0
    penalty: float = 0.5
    start: tuple[float, ...] = (-3.2, 6.8, 5.6, -1.5, 0.4, 0.9, -0.3, 0.0, 0.3, 4.0)
    """Coefficients that serve any FAQ, in the order of evidence.FEATURES."""
    trust_in_start: float = 100.0
    candidates: int = 5


class Model:
    """A fitted model; classes are in the order of the phrasings'."""

    def __init__(self, phrasings: Phrasings, answers: Sequence[Words], constants: Constants) -> None:
        self.phrasings = phrasings
        self._constants = constants
        self.kernel = Kernel(phrasings.words, constants.shares, constants.order_free)
        self._own = self.kernel.own()
        self.ridge = Ridge(self._own, phrasings.sizes, constants.penalty)
        self.lexicon = Lexicon(phrasings, self.kernel.vectoriser.weights)
        self._answers = [frozenset(words) for words in answers]
        self.coefficients = self._calibrated()
        del self._own

    def probabilities(self, questions: Sequence[Words]) -> Floats:
        """Give, for each question and class, the probability that the class answers it: q x classes."""
        table = features(self.evidence(questions), self.phrasings.entries)
        return calibration.logistic(table @ self.coefficients)

    def evidence(self, questions: Sequence[Words]) -> Evidence:
        """Measure what speaks for each class."""
        kernel = self.kernel.to(questions)
        coverage = [self.lexicon.coverage(words) for words in questions]
        return self._evidence(self.ridge.scores(kernel), self.phrasings.greatest(kernel), coverage, questions)

    def _evidence(
        self, scores: Floats, nearest: Floats, coverage: Sequence[Coverage], texts: Sequence[Words]
    ) -> Evidence:
        return Evidence(
            scores=scores,
            nearest=nearest,
            covered=np.array([covered for covered, _ in coverage]),
            answers=np.array([self._in_answers(words) for words in texts]),
            unknown=np.array([unknown for _, unknown in coverage]),
            lengths=np.array([len(words) for words in texts], dtype=np.float64),
        )

    def _in_answers(self, words: Words) -> Floats:
        distinct = list(dict.fromkeys(words))
        weights = np.array([self.kernel.vectoriser.weights(word) for word in distinct])
        held = np.zeros((len(self.phrasings.sizes), len(distinct)))
        for row, answer in enumerate(self._answers):
            held[row] = [word in answer for word in distinct]
        return np.asarray(held @ weights / (float(weights.sum()) or 1.0))

    def _calibrated(self) -> Floats:
        start = np.array(self._constants.start)
        if self.phrasings.entries < 2 or len(self.phrasings.words) == self.phrasings.entries:
            return start
        table, truths, shares = self._lessons()
        return calibration.fit(table, truths, shares, start, self._constants.trust_in_start)

    def _lessons(self) -> tuple[Floats, Floats, Floats]:
        """Give features, truths and weights of held-out phrasings: answerable ones, and others, in equal parts."""
        owners, entries = self.phrasings.owners, self.phrasings.entries
        asked = owners < entries
        known, foreign = self._without_each_text(), self._without_each_class()
        lessons = [
            self._lesson(known, asked, owners, 1.0),
            self._lesson(known, ~asked, owners, 0.5),
            self._lesson(foreign, asked, np.full_like(owners, -1), 0.25),
            self._lesson(foreign, ~asked, np.full_like(owners, -1), 0.25),
        ]
        table, truths, shares = (np.concatenate([lesson[i] for lesson in lessons]) for i in range(3))
        return table, truths, shares * (1000.0 * self._constants.candidates / shares.sum())

    def _lesson(
        self, evidence: Evidence, rows: NDArray[np.bool_], owners: NDArray[np.int64], share: float
    ) -> tuple[Floats, Floats, Floats]:
        entries = self.phrasings.entries
        scores = evidence.scores[rows, :entries]
        chosen = np.argsort(-scores, axis=1, kind="stable")[:, : self._constants.candidates]
        table = np.take_along_axis(features(evidence, entries)[rows, :entries], chosen[..., None], axis=1)
        truths = (chosen == owners[rows, None]).astype(np.float64)
        real = np.take_along_axis(scores, chosen, axis=1) > ABSENT / 2
        shares = np.full(truths.shape, share / max(1, int(rows.sum())))
        return table[real], truths[real], shares[real]

    def _without_each_text(self) -> Evidence:
        others = self._own - np.diag(np.diag(self._own))
        coverage = [
            self.lexicon.coverage_without_itself(words, owner)
            for words, owner in zip(self.phrasings.words, self.phrasings.owners, strict=True)
        ]
        nearest = self.phrasings.greatest(others)
        return self._evidence(self.ridge.without_each_text(), nearest, coverage, self.phrasings.words)

    def _without_each_class(self) -> Evidence:
        owners = self.phrasings.owners
        nearest = self.phrasings.greatest(self._own)
        nearest[np.arange(len(owners)), owners] = 0.0
        coverage = [
            self.lexicon.coverage_without_class(words, owner)
            for words, owner in zip(self.phrasings.words, owners, strict=True)
        ]
        scores = np.nan_to_num(self.ridge.without_each_class(), nan=ABSENT)
        return self._evidence(scores, nearest, coverage, self.phrasings.words)


ABSENT = -9.0
"""The score of a class that is held out: below any that occurs."""
