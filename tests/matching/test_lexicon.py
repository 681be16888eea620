import numpy as np
import pytest

from bot.matching.lexicon import Lexicon
from bot.matching.normalise import stem
from bot.matching.phrasings import collect
from bot.matching.weights import WordWeights
from tests.matching.builders import bakery

PHRASINGS = collect(*bakery())
LEXICON = Lexicon(PHRASINGS, WordWeights(PHRASINGS.words))
OPENING, DELIVERY, GLUTEN = range(3)


@pytest.mark.parametrize(
    "words", ["fund funds funded funding", "deliver delivers delivered delivering", "baker bakers"]
)
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize("word", ["bus", "mattress", "k8s", "資金", "the"])
def test_short_and_foreign_words_stay_whole(word: str) -> None:
    assert stem(word) == word


def test_a_word_that_a_class_holds_in_another_form_is_not_missing() -> None:
    fitness = LEXICON.fitness([("delivered",)])
    assert fitness.missing[0, DELIVERY] == 0.0
    assert fitness.missing[0, OPENING] > 0.0


def test_words_usual_in_a_class_speak_for_it() -> None:
    usual = LEXICON.fitness([("anything", "without", "gluten")]).usual[0]
    assert usual.argmax() == GLUTEN


def test_unknown_words_weigh_against_every_class_alike() -> None:
    fitness = LEXICON.fitness([("rocket", "bread"), ("bread",)])
    assert fitness.unknown[0] > 0.3
    assert fitness.unknown[1] == 0.0
    assert np.all(fitness.missing[0] > 0.0)


def test_a_phrasing_held_out_teaches_its_class_nothing() -> None:
    text = ("i", "have", "coeliac", "disease", "what", "can", "i", "eat")
    held, _ = LEXICON.lessons([text], np.array([GLUTEN]))
    assert held.missing[0, GLUTEN] > 0.0
    assert LEXICON.fitness([text]).missing[0, GLUTEN] == 0.0
    assert held.usual[0, GLUTEN] < LEXICON.fitness([text]).usual[0, GLUTEN]


def test_a_text_without_words_has_a_fitness_of_nothing() -> None:
    fitness = LEXICON.fitness([()])
    assert fitness.unknown[0] == 0.0
    assert not fitness.missing.any()
