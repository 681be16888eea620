import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.sparse import RARE, Sparse, from_cells


def random_matrix(seed: int, height: int = 60, width: int = 40) -> tuple[np.ndarray, Sparse]:
    random = np.random.default_rng(seed)
    dense = np.where(random.random((height, width)) < random.random(width), random.normal(size=(height, width)), 0.0)
    rows, columns = np.nonzero(dense)
    return dense, from_cells(rows, columns, dense[rows, columns], height, width)


@given(st.integers(0, 1000))
def test_products_are_those_of_the_dense_matrices(seed: int) -> None:
    dense, sparse = random_matrix(seed)
    other_dense, other = random_matrix(seed + 1, height=7)
    assert np.allclose(other.products(sparse.turned()), other_dense @ dense.T)
    assert np.allclose(sparse.squared(), dense @ dense.T)
    chosen = np.array([3, 5, 50])
    assert np.allclose(sparse.taken(chosen).squared(), dense[chosen] @ dense[chosen].T)


def test_the_example_has_rare_and_common_columns() -> None:
    dense, _ = random_matrix(0)
    held = (dense != 0).sum(axis=0)
    assert (held > RARE).any()
    assert ((held > 1) & (held <= RARE)).any()
