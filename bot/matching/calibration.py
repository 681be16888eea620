"""Features -> probabilities: a logistic regression whose coefficients serve any FAQ, brought to the level of one.

An FAQ's own lessons move and stretch the whole, so that confidence means probability; they never reorder, since a few
lessons teach the single coefficients worse than all public sets did.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_STEPS: Final = 12
TRUST: Final = 50.0
"""How strongly level and stretch are held, where answerable and other lessons weigh 1000 each."""
MEAN_OF_FOREIGN: Final = 0.2
"""Mean probability of the best entry for a question whose own entry is left out, measured on public sets."""


def logistic(values: Floats) -> Floats:
    """Return 1 / (1 + exp(-values)) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)))


def fit(features: Floats, truths: Floats, shares: Floats, start: Floats, strength: float) -> Floats:
    """Minimise sum_i shares_i log(1 + exp(-y_i x_i b)) + strength/2 |b - start|^2 over b by Newton's method."""
    coefficients = start.copy()
    for _ in range(MOST_STEPS):
        chances = logistic(features @ coefficients)
        slope = features.T @ (shares * (chances - truths)) + strength * (coefficients - start)
        curvature = (features.T * (shares * chances * (1.0 - chances))) @ features
        step = np.linalg.solve(curvature + strength * np.eye(len(start)), slope)
        coefficients -= np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < 1e-9:
            break
    return coefficients


def levelled(start: Floats, features: Floats, truths: Floats, shares: Floats) -> Floats:
    """Return the coefficients moved and stretched as n lessons teach (Platt 1999); the first feature is constant."""
    verdicts = features @ start
    level, stretch = fit(
        np.stack([np.ones_like(verdicts), verdicts], axis=1), truths, shares, np.array([0.0, 1.0]), TRUST
    )
    return _moved(start * stretch, level)


def levelled_by_foreign(start: Floats, verdicts: Floats) -> Floats:
    """Return the coefficients moved so that questions that no entry answers get what they usually get.

    `verdicts` are the best entry's log odds for each question without its own entry: all that an FAQ can teach which
    has no phrasings besides its questions. Never moved down: where they get more, the FAQ asks the same twice.
    """
    low, high = 0.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if logistic(verdicts + middle).mean() < MEAN_OF_FOREIGN else (low, middle)
    return _moved(start, (low + high) / 2)


def _moved(coefficients: Floats, level: float) -> Floats:
    moved = coefficients.copy()
    moved[0] += level
    return moved
