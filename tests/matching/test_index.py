import pytest

from bot.matching import Index
from tests.matching.builders import bakery, entry


def test_a_question_finds_its_entry() -> None:
    index = Index(*bakery())
    assert index.search("until when are you open today?")[0].entry.question == "When is the bakery open?"
    assert index.search("can the cake be brought to our house")[0].entry.question == "Do you deliver?"


def test_a_published_question_is_sure_of_itself() -> None:
    entries, signposts = bakery()
    index = Index(entries, signposts)
    for each in entries:
        ranking = index.search(each.question)
        assert ranking[0].entry is each
        assert ranking[0].confidence > 0.5


def test_misspelt_words_are_understood() -> None:
    ranking = Index(*bakery()).search("glutten freee optoins")
    assert ranking[0].entry.question == "Which breads are free of gluten?"


def test_a_greeting_never_gets_an_entry() -> None:
    ranking = Index(*bakery()).search("hi, good morning!")
    assert ranking[0].confidence < 0.2
    assert ranking.signposts[0].signpost.topic == "Greetings"


def test_rankings_are_probabilities_in_falling_order() -> None:
    ranking = Index(*bakery()).search("when do you deliver bread on sunday")
    confidences = [match.confidence for match in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0.0 <= confidence <= 1.0 and confidence == round(confidence, 4) for confidence in confidences)


@pytest.mark.parametrize("typed", ["", " ", "👍👍", "<@U1>", "???", "\u200b"])
def test_a_message_that_says_nothing_matches_nothing(typed: str) -> None:
    assert len(Index(*bakery()).search(typed)) == 0


def test_an_empty_faq_matches_nothing() -> None:
    assert len(Index([]).search("when are you open")) == 0


def test_an_faq_of_one_entry_knows_its_question_from_others() -> None:
    index = Index([entry("How is the project funded?")])
    assert index.search("how is the project funded?")[0].confidence > 0.6
    assert index.search("which printers work with it")[0].confidence < 0.2


def test_the_limit_is_kept() -> None:
    assert len(Index(*bakery()).search("bread", limit=2)) == 2


def test_the_same_faq_and_question_give_the_same_ranking() -> None:
    question = "can I eat the bread with coeliac disease on sunday"
    assert Index(*bakery()).search(question) == Index(*bakery()).search(question)


def test_several_texts_are_ranked_together_as_each_alone() -> None:
    entries, signposts = bakery()
    texts = [
        "when do you open",
        "",
        "hi there",
        "glutten free optoins",
        "do you deliver, and when are you open?",
        "???",
    ]
    texts += [each.question for each in entries] + [example for each in signposts for example in each.also_asked]
    index = Index(entries, signposts)
    for together, text in zip(index.search_all(texts), texts, strict=True):
        alone = index.search(text)
        assert [match.entry for match in together] == [match.entry for match in alone], text
        assert [match.confidence for match in together] == pytest.approx([m.confidence for m in alone], abs=2e-3)
        assert len(together.parts) == len(alone.parts)
        near, far = ({d.signpost.topic: d.confidence for d in r.signposts} for r in (together, alone))
        assert near == pytest.approx(far, abs=2e-4)


def test_an_index_of_nothing_ranks_nothing() -> None:
    assert [len(ranking) for ranking in Index(()).search_all(["who", ""])] == [0, 0]
