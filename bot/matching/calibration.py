"""Features -> probabilities: a logistic regression that stays near coefficients which serve any FAQ.

Minimises sum_i w_i log(1 + exp(-y_i x_i b)) + strength/2 |b - b0|^2 by Newton's method.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_STEPS = 12


def logistic(values: Floats) -> Floats:
    """Give 1 / (1 + exp(-values)) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)))


def fit(features: Floats, truths: Floats, shares: Floats, start: Floats, strength: float) -> Floats:
    """Give coefficients for n x f features, n truths (0 or 1) and n weights, drawn towards `start`."""
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
