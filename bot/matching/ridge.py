"""Kernel ridge regression of classes on texts, and what it would say of each text had it not seen it.

Scores are near 1 for the class a text belongs to and near 0 for the others. See Rasmussen and Williams, "Gaussian
Processes for Machine Learning" (2006), chapters 2 and 5.4.2 for the closed forms (http://gaussianprocess.org/gpml/).
"""

import numpy as np

from bot.matching.sparse import Floats, Ints


class Ridge:
    """A fitted regression: texts are rows, classes the columns of scores."""

    __slots__ = ("_inverse", "_owners", "_targets", "dual")

    def __init__(self, kernel: Floats, owners: Ints, penalties: Floats, classes: int) -> None:
        """Fit to the kernel of n x n texts, each one's class and each one's penalty (its assumed noise)."""
        self._owners = owners
        self._targets = np.eye(classes)[owners]
        inverse: Floats = np.linalg.inv(kernel + np.diag(penalties)).astype(np.float64, copy=False)
        self._inverse = inverse
        self.dual: Floats = inverse @ self._targets

    def scores(self, kernel: Floats) -> Floats:
        """Give q x classes scores for the kernel of q questions with the n texts."""
        return np.asarray(kernel @ self.dual)

    def without_each_text(self) -> Floats:
        """Give n x classes scores, each text's from a fit to all the others."""
        return np.asarray(self._targets - self.dual / np.diag(self._inverse)[:, None])

    def without_each_class(self) -> Floats:
        """Give n x classes scores, each text's from a fit to all other classes' texts; NaN for its own class."""
        scores = np.empty_like(self.dual)
        for own in range(self.dual.shape[1]):
            rows = np.flatnonzero(self._owners == own)
            scores[rows] = -np.linalg.solve(self._inverse[np.ix_(rows, rows)], self.dual[rows])
            scores[rows, own] = np.nan
        return scores
