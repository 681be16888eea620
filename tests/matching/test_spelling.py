import pytest

from bot.matching.spelling import SpellingCorrector

COUNTS = {"flatcar": 40, "funded": 5, "fork": 3, "from": 9, "found": 2, "independently": 2, "the": 50, "you": 30}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fuhnded", "funded"),
        ("indepedentyl", "independently"),
        ("falcar", "flatcar"),
        ("frok", "fork"),
        ("teh", "the"),
        ("yuo", "you"),
    ],
)
def test_misspelt_words_are_repaired(typed: str, meant: str) -> None:
    assert SpellingCorrector(COUNTS, 100).corrections([typed]) == {typed: meant}


@pytest.mark.parametrize("word", ["fund", "form", "nvidia", "k8s", "v1855", "thy", "railcar", "x" * 40, "fi"])
def test_real_words_names_and_numbers_stay(word: str) -> None:
    assert SpellingCorrector(COUNTS, 100).corrections([word]) == {}


@pytest.mark.parametrize(("typed", "meant"), [("mony", "money"), ("wher", "where"), ("diference", "difference")])
def test_a_letter_left_out_is_likelier_than_a_wrong_one(typed: str, meant: str) -> None:
    counts = {"many": 9, "money": 2, "when": 9, "where": 2, "difference": 1}
    assert SpellingCorrector(counts, 100).corrections([typed]) == {typed: meant}
