"""Phrasings -> a model that gives each class the probability of answering a question.

The kernel ridge regression combines all phrasings of a class; features say how far its verdict can be trusted; a
logistic regression, taught by the FAQ's own phrasings held out in turn, makes probabilities of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.encoder import Encoder, Vectors
from bot.matching import calibration
from bot.matching.exact_model import ExactModel
from bot.matching.features import ABSENT, FEATURES, Evidence, features
from bot.matching.hyperparameters import Hyperparameters
from bot.matching.kernel import Kernel
from bot.matching.lexicon import Lexicon
from bot.matching.local_model import LocalModel
from bot.matching.normalise import plain
from bot.matching.phrasings import Phrasings
from bot.matching.sparse import Floats, Ints
from bot.matching.weights import WordWeights

Text = Sequence[str]
Lesson = tuple[Floats, Floats, Floats]
"""Features, truths and weights of some candidates."""

LESSON_WEIGHT = 1000.0


@dataclass(frozen=True, slots=True)
class Fit:
    """What a model has learnt of its phrasings: the same phrasings, embedder and code learn the same."""

    dual: Floats
    """Of the ridge regression: texts x classes; empty where it is solved for each question."""
    coefficients: Floats
    """Of the logistic regression."""


class Model:
    """A fitted model; classes are in the order of the phrasings'."""

    def __init__(
        self, phrasings: Phrasings, hyperparameters: Hyperparameters, encoder: Encoder, fit: Fit | None = None
    ) -> None:
        """Fit the model, or take a fit that was learnt of the same before."""
        self.phrasings = phrasings
        self.encoder = encoder
        self.hyperparameters = hyperparameters
        self.weights = WordWeights(phrasings.words)
        texts = [*map(plain, phrasings.texts), *(" ".join(told) for told in phrasings.answers)]
        vectors = encoder.encode_kept(texts).vectors
        self.vectors: Vectors = vectors[: len(phrasings.words)]
        """Of the phrasings."""
        self.kernel = Kernel((*phrasings.words, *phrasings.answers), vectors, self.weights, hyperparameters.shares)
        self.lexicon = Lexicon(phrasings, self.weights)
        large = len(phrasings.words) > hyperparameters.most_phrasings
        self.measures = (
            LocalModel(phrasings, self.vectors, self.kernel, self.lexicon, hyperparameters)
            if large
            else ExactModel(phrasings, self.kernel, self.lexicon, hyperparameters, fit.dual if fit else None)
        )
        self._general = np.array([hyperparameters.coefficients[name] for name in FEATURES])
        self.coefficients = fit.coefficients if fit else self._calibrated(self._general)
        self.measures.release()

    @property
    def fit(self) -> Fit:
        """What was learnt."""
        return Fit(self.measures.dual, self.coefficients)

    def log_odds(self, questions: Sequence[Text], vectors: Vectors, shared: Floats) -> tuple[Floats, Floats]:
        """Return the log odds of each class for each question, q x classes: of this FAQ, and as for any FAQ.

        Questions are given as words and as sentence vectors, `shared` is the kernel's likeness of words.
        """
        table = features(self.measures.evidence(questions, vectors, shared))
        return table @ self.coefficients, table @ self._general

    def held_out(self) -> Iterator[tuple[int, Floats]]:
        """Yield phrasings' places, each with the classes' probabilities if the FAQ did not hold that phrasing.

        All phrasings where the FAQ is of usual size, else a sample.
        """
        for known, _, places in self.measures.lessons():
            chances = calibration.logistic(features(known) @ self.coefficients)
            yield from zip(places.tolist(), chances, strict=True)

    def _calibrated(self, start: Floats) -> Floats:
        """Return the coefficients at the level that the FAQ's phrasings, held out in turn, teach."""
        if self.phrasings.entries < 2:
            return start
        owners = self.phrasings.owners
        taught = [self._taught(known, foreign, owners[places]) for known, foreign, places in self.measures.lessons()]
        parts = [_joined([lesson[i] for lesson in taught]) for i in range(4)]
        if len(self.phrasings.words) < 2 * self.phrasings.classes:
            candidates = min(self.hyperparameters.candidates, self.phrasings.entries - 1)
            verdicts = (parts[2][0] @ start).reshape(-1, candidates)
            return calibration.levelled_by_foreign(start, verdicts.max(axis=1))
        return calibration.levelled(start, *_joined(_shared_out(parts)))

    def _taught(self, known: Evidence, foreign: Evidence, owners: Ints) -> tuple[Lesson, Lesson, Lesson, Lesson]:
        """Return lessons of phrasings: an entry's, a signpost's; and both where their class is held out."""
        asked = owners < self.phrasings.entries
        nobody = np.full_like(owners, -1)
        return (
            self._lesson(known, asked, owners),
            self._lesson(known, ~asked, owners),
            self._lesson(foreign, asked, nobody),
            self._lesson(foreign, ~asked, nobody),
        )

    def _lesson(self, evidence: Evidence, rows: NDArray[np.bool_], owners: Ints) -> Lesson:
        entries = self.phrasings.entries
        scores = evidence.scores[rows, :entries]
        chosen = np.argsort(-scores, axis=1, kind="stable")[:, : self.hyperparameters.candidates]
        table = np.take_along_axis(features(evidence)[rows, :entries], chosen[..., None], axis=1)
        truths = (chosen == owners[rows, None]).astype(np.float64)
        real = np.take_along_axis(scores, chosen, axis=1) > ABSENT / 2
        weights = np.full(truths.shape, 1.0 / self.hyperparameters.candidates)
        return table[real], truths[real], weights[real]


def _joined(lessons: Sequence[Lesson]) -> Lesson:
    table, truths, weights = (np.concatenate([lesson[i] for lesson in lessons]) for i in range(3))
    return table, truths, weights


def _shared_out(parts: Sequence[Lesson]) -> list[Lesson]:
    """Weigh the parts: questions that an entry answers as much as all others, of which there are three sorts."""
    shares = np.array([0.0, 0.5, 0.25, 0.25]) * [len(truths) > 0 for _, truths, _ in parts]
    shares /= max(1e-12, float(shares.sum()))
    shares[0] = 1.0
    return [
        (table, truths, weights * (LESSON_WEIGHT * share / (float(weights.sum()) or 1.0) * _per_question(weights)))
        for share, (table, truths, weights) in zip(shares, parts, strict=True)
    ]


def _per_question(weights: Floats) -> float:
    return 1.0 / float(weights[0]) if len(weights) else 1.0
