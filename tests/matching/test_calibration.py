import numpy as np

from bot.matching.calibration import MEAN_OF_FOREIGN, levelled, levelled_by_foreign, logistic

RANDOM = np.random.default_rng(3)
START = np.array([-1.0, 2.0, 0.5])
FEATURES = np.column_stack([np.ones(200), RANDOM.normal(size=(200, 2))])


def test_levelling_never_reorders() -> None:
    truths = (RANDOM.random(200) < logistic(FEATURES @ START - 2.0)).astype(np.float64)
    found = levelled(START, FEATURES, truths, np.full(200, 10.0))
    assert np.array_equal(np.argsort(FEATURES @ found), np.argsort(FEATURES @ START))


def test_levelling_brings_chances_to_the_share_of_truths() -> None:
    truths = (RANDOM.random(200) < logistic(FEATURES @ START - 2.0)).astype(np.float64)
    chances = logistic(FEATURES @ levelled(START, FEATURES, truths, np.full(200, 100.0)))
    assert abs(chances.mean() - truths.mean()) < 0.02
    assert abs(logistic(FEATURES @ START).mean() - truths.mean()) > 0.1


def test_without_phrasings_foreign_questions_set_the_level() -> None:
    shy = np.array([-4.0, 2.0, 0.5])
    found = levelled_by_foreign(shy, FEATURES @ shy)
    assert abs(logistic(FEATURES @ found).mean() - MEAN_OF_FOREIGN) < 1e-6
    assert np.array_equal(found[1:], shy[1:])


def test_an_faq_that_asks_the_same_twice_does_not_silence_the_bot() -> None:
    assert logistic(FEATURES @ START).mean() > MEAN_OF_FOREIGN
    assert np.allclose(levelled_by_foreign(START, FEATURES @ START), START)
