"""Kernel ridge regression of classes on texts, and what it would say of each text had it not seen it.

Scores are near 1 for the class a text belongs to and near 0 for the others. See Rasmussen and Williams, "Gaussian
Processes for Machine Learning" (2006), chapters 2 and 5.4.2 for the closed forms (http://gaussianprocess.org/gpml/).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Ridge:
    """A fitted regression. Rows are texts, ordered by class; columns of scores are classes."""

    __slots__ = ("_inverse", "_starts", "_targets", "dual")

    def __init__(self, kernel: Floats, sizes: Sequence[int], penalty: float) -> None:
        """Fit to a kernel of n x n texts, of which the first `sizes[0]` are the first class's, and so on."""
        self._starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
        self._targets = np.repeat(np.eye(len(sizes)), sizes, axis=0)
        inverse: Floats = np.linalg.inv(kernel + penalty * np.eye(len(kernel))).astype(np.float64, copy=False)
        self._inverse = inverse
        self.dual: Floats = inverse @ self._targets

    def scores(self, kernel: Floats) -> Floats:
        """Give q x classes scores for the kernel of q questions with the n texts."""
        return kernel @ self.dual

    def without_each_text(self) -> Floats:
        """Give n x classes scores, each text's from a fit to all the others."""
        return self._targets - self.dual / np.diag(self._inverse)[:, None]

    def without_each_class(self) -> Floats:
        """Give n x classes scores, each text's from a fit to all other classes' texts; NaN for its own class."""
        scores = np.empty_like(self.dual)
        for own, (start, end) in enumerate(zip(self._starts[:-1], self._starts[1:], strict=True)):
            block = slice(start, end)
            scores[block] = -np.linalg.solve(self._inverse[block, block], self.dual[block])
            scores[block, own] = np.nan
        return scores
