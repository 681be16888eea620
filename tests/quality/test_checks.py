"""What authors of an FAQ are advised."""

import pytest

from bot.faq import Entry, Faq
from bot.matching import Index
from bot.quality.checks import advise
from bot.quality.collisions import Collisions, find_collisions
from tests.builders import entry, signpost

NONE = Collisions((), ())
URL = "https://example.org/faq/"


def advice_for(*entries: Entry) -> str:
    return "\n".join(map(str, advise(Faq(entries, (signpost(),)), NONE, URL)))


def test_a_good_entry_needs_no_advice() -> None:
    asked = [f"another way {number}" for number in range(5)]
    assert advice_for(entry("What is it?", "See [there](https://example.org/x).", also_asked=asked)) == ""


@pytest.mark.parametrize("question", ["Introduction", "Getting started"])
def test_a_heading_that_is_no_question_is_named(question: str) -> None:
    assert "does not read like a question" in advice_for(entry(question))


@pytest.mark.parametrize("question", ["Why?", "Warum nicht?", "I was told it does not scale.", "为什么？"])
def test_short_questions_and_long_statements_are_left_alone(question: str) -> None:
    assert "does not read like" not in advice_for(entry(question))


@pytest.mark.parametrize("answer", ["See above.", "As explained in the previous question.", "Siehe oben."])
def test_an_answer_that_only_points_elsewhere_is_named(answer: str) -> None:
    assert "only points to another place" in advice_for(entry(answer=answer))


def test_a_whole_answer_may_point_elsewhere() -> None:
    assert "only points" not in advice_for(entry(answer="It is a thing that works. " * 5 + "See above."))


@pytest.mark.parametrize("link", ["#gone", f"{URL}#gone", "https://example.org/faq#gone"])
def test_a_link_to_an_anchor_that_is_gone_is_named(link: str) -> None:
    assert "#gone, which is no entry's anchor" in advice_for(entry(answer=f"[there]({link})"))


def test_links_to_entries_and_other_sites_are_left_alone() -> None:
    first = entry("What is it?", "[that](#how-is-it) [x](https://a.example/#y) [m](mailto:a@b.example)", entry_id="a")
    assert "links to" not in advice_for(first, entry("How is it?", entry_id="how-is-it"))


def test_a_relative_link_without_an_address_is_named() -> None:
    assert "leads nowhere" in advice_for(entry(answer="[the guide](../guide.md)"))


def test_long_questions_and_answers_are_named() -> None:
    told = advice_for(entry("Q" * 80 + "?", "A" * 3001))
    assert "a button shows 75" in told
    assert "beyond 1200 a reply shows its beginning" in told


def test_an_faq_without_signposts_is_told_what_they_are_for() -> None:
    assert "No signposts" in str(advise(Faq((entry(),)), NONE)[-1])


def test_a_phrasing_in_the_wrong_entry_is_named_and_a_question_never_is() -> None:
    paint = entry(
        "How do I paint a widget?", also_asked=["brush for widgets", "which colour to paint it", "paint types"]
    )
    price = entry("What does a widget cost?", also_asked=["widget price", "how much is it", "what colour to paint it"])
    found = find_collisions(Index((paint, price), (signpost(),)), least=0.0)
    told = "\n".join(map(str, advise(Faq((paint, price), (signpost(),)), found)))
    assert "Were it not listed" in told
    assert ": What does a widget cost?" not in told.replace("by: What does a widget cost?", "")
