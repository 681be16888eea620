"""Sparse rows of numbers in compressed form, and the two products that the matcher needs of them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RARE: Final = 48
"""Up to how many rows a column holds its products are summed one by one, above that as a dense matrix: the fastest
split for a thousand rows."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """A matrix by rows: row i has `values[starts[i]:starts[i + 1]]` in `columns[...]`, each column at most once."""

    starts: Ints
    columns: Ints
    values: Floats
    width: int

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1

    @property
    def rows(self) -> Ints:
        """Each value's row."""
        return np.repeat(np.arange(self.height), np.diff(self.starts))

    def turned(self) -> "Sparse":
        """Return the transposed matrix: by columns."""
        order = np.argsort(self.columns, kind="stable")
        starts = np.searchsorted(self.columns[order], np.arange(self.width + 1))
        return Sparse(starts, self.rows[order], self.values[order], self.height)

    def taken(self, rows: Ints) -> "Sparse":
        """Return the matrix of some rows alone, without the columns that then are empty."""
        places, sizes = spread(self.starts, rows)
        held, columns = np.unique(self.columns[places], return_inverse=True)
        return Sparse(_starts(sizes), columns, self.values[places], len(held))

    def products(self, by_columns: "Sparse") -> Floats:
        """Return this matrix times another one that is turned: the inner product of each row with each row of that."""
        places, sizes = spread(by_columns.starts, self.columns)
        values = by_columns.values[places] * np.repeat(self.values, sizes)
        cells = by_columns.columns[places]
        if self.height > 1:
            cells = cells + np.repeat(self.rows * by_columns.width, sizes)
        sums = np.bincount(cells, values, self.height * by_columns.width)
        return np.asarray(sums.reshape(self.height, by_columns.width), dtype=np.float64)

    def squared(self) -> Floats:
        """Return the inner product of each row with each row."""
        held = np.bincount(self.columns, minlength=self.width)
        common = held > RARE
        numbers = np.cumsum(common) - 1
        dense = np.zeros((self.height, int(common.sum())))
        here = common[self.columns]
        dense[self.rows[here], numbers[self.columns[here]]] = self.values[here]
        rest = self._only(~here & (held[self.columns] > 1))
        own = np.bincount(self.rows, np.where(held[self.columns] == 1, self.values**2, 0.0), self.height)
        return np.asarray(dense @ dense.T + rest.products(rest.turned()) + np.diag(own))

    def _only(self, kept: NDArray[np.bool_]) -> "Sparse":
        sizes = np.bincount(self.rows[kept], minlength=self.height)
        return Sparse(_starts(sizes), self.columns[kept], self.values[kept], self.width)


def from_cells(rows: Ints, columns: Ints, values: Floats, height: int, width: int) -> Sparse:
    """Build a matrix from cells in any order; those of the same place are added up."""
    places, where = np.unique(rows * width + columns, return_inverse=True)
    sums = np.bincount(where, values, len(places)).astype(np.float64, copy=False)
    sizes = np.bincount(places // width, minlength=height) if width else np.zeros(height, np.int64)
    return Sparse(_starts(sizes), places % width if width else places, sums, width)


def spread(starts: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Return the places of the chosen rows' values one after the other, and how many each row has."""
    firsts = starts[chosen]
    sizes = starts[chosen + 1] - firsts
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(firsts - ends + sizes, sizes), sizes


def _starts(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
