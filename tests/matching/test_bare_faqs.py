"""An FAQ for which nobody has written phrasings: what the bot makes of its answers, versions, symbols and opposites."""

import pytest

from bot.dialogue import Answer, NoAnswer
from bot.faq import Faq
from bot.matching import Index, Thresholds, reply_to
from tests.matching.builders import entry

LOAF = Faq(
    (
        entry("What is Loaf?", answer="Loaf is a baking robot."),
        entry("How do I update Loaf?", answer="Run `loaf update`."),
        entry("How do I stop Loaf from updating itself?", answer="Set `updates: off`."),
        entry("Is Loaf 3.5 still supported?", answer="No, its support ended in May."),
        entry("Is Loaf 3.6 still supported?", answer="Yes, until next May."),
        entry("Can I write plugins in C++?", answer="Yes, link against `libloaf`."),
        entry("Can I write plugins in C#?", answer="No, there are no bindings."),
        entry(
            "The dough stays flat", answer="See the log:\n\n```\nE42 yeast is too old to rise\n```\n\nBuy fresh yeast."
        ),
        entry("Why can't I log in?", answer="Your account was locked; ask an admin."),
        entry(
            "What can I plug in?", answer="It sends its numbers to Grafana, and alerts to a pager through Alertmanager."
        ),
    )
)
INDEX = Index(LOAF.entries)


def best(text: str) -> str:
    return INDEX.search(text)[0].entry.question


@pytest.mark.parametrize("text", ["grafana", "does it work with alertmanager"])
def test_a_word_that_stands_in_an_answer_alone_finds_it(text: str) -> None:
    assert best(text) == "What can I plug in?"
    assert not isinstance(reply_to(INDEX, text, public=False), NoAnswer)


@pytest.mark.parametrize("name", ["3.5", "3.6"])
def test_versions_tell_entries_apart(name: str) -> None:
    assert best(f"is loaf {name} supported?") == f"Is Loaf {name} still supported?"


@pytest.mark.parametrize("name", ["C++", "C#"])
def test_symbols_tell_entries_apart(name: str) -> None:
    assert best(f"can plugins be written in {name}?") == f"Can I write plugins in {name}?"


@pytest.mark.parametrize(
    "text", ["why can't I log in", "why cant i log in", "why can’t I log in?", "why cannot I log in"]
)
def test_contractions_in_all_their_spellings_are_one(text: str) -> None:
    [match, *_] = INDEX.search(text)
    assert match.entry.question == "Why can't I log in?"
    assert match.confidence >= 0.98


def test_the_opposite_is_not_its_twin() -> None:
    assert best("how do I stop it from updating") == "How do I stop Loaf from updating itself?"


@pytest.mark.parametrize(
    "said", ["what does this mean?\n```\nE42 yeast is too old to rise\n```", "E42 yeast is too old to rise"]
)
def test_an_error_that_an_answer_names_finds_it_fenced_or_not(said: str) -> None:
    assert best(said) == "The dough stays flat"


def test_a_quote_of_three_marks_reaches_to_the_end_of_the_message() -> None:
    assert (
        best("why can't I log in?\n&gt;&gt;&gt; is loaf 3.5 supported?\nis loaf 3.6 supported?")
        == "Why can't I log in?"
    )


def test_the_bare_name_of_what_the_faq_is_about_gets_no_answer() -> None:
    assert not any(isinstance(reply_to(INDEX, text, public=False), Answer) for text in ("loaf", "Loaf?", "<@U1> loaf"))
    assert isinstance(reply_to(INDEX, "how do I update loaf"), Answer)


def test_the_probabilities_of_a_question_add_up_to_no_more_than_one() -> None:
    for text in ("loaf", "updates", "is it supported", "plugins", "what is this robot"):
        assert sum(match.confidence for match in INDEX.search(text, limit=20)) <= 1.001


def test_in_private_the_bot_offers_sooner() -> None:
    thresholds = Thresholds()
    assert thresholds.suggestion(public=False) < thresholds.suggestion(public=True)
    assert Thresholds(min_suggestion=0.1).suggestion(public=False) == 0.1


def test_a_question_in_another_script_gets_the_same_no_every_time() -> None:
    replies = [reply_to(INDEX, text) for text in ("你好吗，这个怎么用？", "多少钱", "Как это обновить?")]
    assert all(isinstance(reply, NoAnswer) for reply in replies)
