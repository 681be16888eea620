import numpy as np

from bot.matching.exact_model import SMALL, Ridge, inverted
from bot.matching.local_model import solved

RANDOM = np.random.default_rng(7)
POINTS = RANDOM.normal(size=(12, 5))
KERNEL = POINTS @ POINTS.T
OWNERS = np.repeat(np.arange(3), 4)
PENALTIES = RANDOM.uniform(0.3, 2.0, size=12)


def scores_of_a_fit_without(rows: np.ndarray) -> np.ndarray:
    kept = np.setdiff1d(np.arange(12), rows)
    ridge = Ridge(KERNEL[np.ix_(kept, kept)], OWNERS[kept], PENALTIES[kept], 3)
    return KERNEL[np.ix_(rows, kept)] @ ridge.dual


def test_leaving_a_text_out_is_the_same_as_fitting_without_it() -> None:
    scores = Ridge(KERNEL, OWNERS, PENALTIES, 3).without_each_text()
    for row in range(12):
        assert np.allclose(scores[row], scores_of_a_fit_without(np.array([row]))[0])


def test_leaving_a_class_out_is_the_same_as_fitting_without_it() -> None:
    scores = Ridge(KERNEL, OWNERS, PENALTIES, 3).without_each_class()
    for own in range(3):
        rows = np.flatnonzero(own == OWNERS)
        others = np.array([other for other in range(3) if other != own])
        assert np.allclose(scores[np.ix_(rows, others)], scores_of_a_fit_without(rows)[:, others])
        assert np.isnan(scores[rows, own]).all()


def test_conjugate_gradients_solve_the_system() -> None:
    system = KERNEL + np.diag(PENALTIES)
    assert np.allclose(system @ solved(system, POINTS[:, 0]), POINTS[:, 0])
    assert np.allclose(solved(system, np.zeros(12)), 0.0)


def test_a_matrix_that_is_inverted_by_halves_is_inverted() -> None:
    rows = np.random.default_rng(4).normal(size=(3 * SMALL + 7, 40))
    matrix = rows @ rows.T + np.eye(len(rows))
    assert np.allclose(inverted(matrix), np.linalg.inv(matrix), atol=1e-8)
