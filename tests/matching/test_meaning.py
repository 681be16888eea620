import numpy as np
import pytest

from bot.encoder import shared_encoder
from bot.matching.kernel import ELSEWHERE, MOST_MEANING, Meaning, alike
from bot.matching.weights import WordWeights

ENGLISH = ["who pays the people that work on it", "where can I get help with my order"]
NAMES = ["askubuntu xenial unity launcher", "ubuntu upgrade from trusty to xenial with apt", *ENGLISH]
GERMAN = ["wer bezahlt die leute die daran arbeiten", "wo bekomme ich hilfe mit meiner bestellung"]


@pytest.mark.parametrize(("texts", "share"), [(ENGLISH, 1.0), (NAMES, 1.0), (GERMAN, ELSEWHERE)])
def test_likeness_of_meaning_counts_less_where_it_was_not_learnt(texts: list[str], share: float) -> None:
    englishness = WordWeights([text.split() for text in texts]).englishness
    own = Meaning(shared_encoder().encode(texts).vectors, englishness).own()
    assert np.allclose(np.diag(own), share * MOST_MEANING, rtol=1e-3)


def test_texts_that_cannot_be_read_are_like_no_other_and_not_like_each_other() -> None:
    vectors = shared_encoder().encode(["\u4f60\u597d\u5417", "\u591a\u5c11\u94b1", "who pays"]).vectors
    assert np.allclose(alike(vectors, vectors), [[0, 0, 0], [0, 0, 0], [0, 0, 1]], atol=1e-5)
