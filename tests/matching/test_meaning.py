import numpy as np
import pytest

from bot.matching.meaning import BY_WORDS, ELSEWHERE, Meaning
from bot.matching.weights import WordWeights
from bot.semantic import open_embedder

ENGLISH = ["who pays the people that work on it", "where can I get help with my order"]
NAMES = ["askubuntu xenial unity launcher", "ubuntu upgrade from trusty to xenial with apt", *ENGLISH]
GERMAN = ["wer bezahlt die leute die daran arbeiten", "wo bekomme ich hilfe mit meiner bestellung"]


@pytest.mark.parametrize(("texts", "share"), [(ENGLISH, 1.0), (NAMES, 1.0), (GERMAN, ELSEWHERE)])
def test_likeness_of_meaning_counts_less_where_it_was_not_learnt(texts: list[str], share: float) -> None:
    words = [tuple(text.split()) for text in texts]
    embedder, _ = open_embedder("light")
    own = Meaning(words, WordWeights(words), embedder).own()
    assert np.allclose(np.diag(own), share * BY_WORDS, rtol=1e-3)
