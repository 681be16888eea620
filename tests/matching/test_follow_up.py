"""Short messages that mean nothing alone never get a confident answer, and are read with what was said before."""

from datetime import timedelta

import pytest

from bot.desk import Answerer, Publication
from bot.desk.conversations import Conversations
from bot.dialogue import Answer, NoAnswer, Question, Reply, Suggestions, Surface
from bot.faq import Faq
from bot.matching import Index, Thresholds, choice_of, is_follow_up, reply_to
from tests.matching.builders import bakery, entry

BARE = ("why?", "since when?", "how much?", "how?", "really?", "no", "+1", "2", "the second one", "yes please", "ok")
CLOUDS = (
    entry("How do I run Loaf on AWS?", answer="Use the image in the marketplace."),
    entry("How do I run Loaf on Azure?", answer="Upload the disk image."),
    entry("What do the exit codes mean?", answer="One: the oven is cold."),
)


@pytest.fixture
def answerer() -> Answerer:
    return Answerer(Faq(CLOUDS), Publication("https://example.org/faq/", "", timedelta(days=730)), Thresholds())


def ask(answerer: Answerer, text: str, conversation: str = "C1 1.0") -> Reply:
    return answerer.reply_to(Question(text, Surface.DIRECT_MESSAGE, conversation))


@pytest.mark.parametrize("text", BARE)
def test_bare_words_get_neither_an_answer_nor_small_talk(text: str) -> None:
    reply = reply_to(Index(*bakery()), text)
    assert isinstance(reply, NoAnswer)
    assert reply.unclear


@pytest.mark.parametrize("text", [*BARE, "and on AWS?", "what about azure", "how about on AWS?"])
def test_a_follow_up_is_known_by_its_words(text: str) -> None:
    assert is_follow_up(text)


@pytest.mark.parametrize(
    "text", ["how do I update it", "who funds flatcar", "hello", "thanks", "and so I went and bought a new disk", ""]
)
def test_a_question_of_its_own_is_no_follow_up(text: str) -> None:
    assert not is_follow_up(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0),
        ("2", 1),
        ("the second one", 1),
        ("number 3 please", 2),
        ("I mean the first", 0),
        ("4", None),
        ("no", -1),
    ]
    + [("none of these", -1), ("2 days ago it broke", None), ("why", None), ("", None)],
)
def test_a_typed_choice_is_understood(text: str, place: int | None) -> None:
    assert choice_of(text, 3) == place


def test_a_choice_that_was_not_offered_is_none() -> None:
    assert choice_of("3", 2) is None


def test_the_place_alone_is_read_with_the_question_before_it(answerer: Answerer) -> None:
    assert isinstance(ask(answerer, "How do I run Loaf on Azure?"), Answer)
    reply = ask(answerer, "and on AWS?")
    assert reply.matches[0].entry is CLOUDS[0]
    assert CLOUDS[1] not in [match.entry for match in reply.matches]
    assert isinstance(reply, Suggestions)
    assert reply.choices == 1


def test_why_after_an_answer_gets_no_confident_answer(answerer: Answerer) -> None:
    ask(answerer, "How do I run Loaf on Azure?")
    assert not isinstance(ask(answerer, "why?"), Answer)


def test_a_typed_number_picks_from_what_was_offered(answerer: Answerer) -> None:
    offered = ask(answerer, "run loaf")
    assert isinstance(offered, Suggestions)
    picked = ask(answerer, "the second one")
    assert isinstance(picked, Answer)
    assert picked.matches[0].entry == offered.matches[1].entry


def test_no_refuses_what_was_offered(answerer: Answerer) -> None:
    ask(answerer, "run loaf")
    reply = ask(answerer, "no")
    assert isinstance(reply, NoAnswer)
    assert not reply.unclear


def test_what_was_said_elsewhere_is_not_followed_up(answerer: Answerer) -> None:
    ask(answerer, "run loaf")
    reply = ask(answerer, "2", conversation="C2 2.0")
    assert isinstance(reply, NoAnswer)
    assert reply.unclear


def test_an_entry_that_was_clicked_can_be_followed_up(answerer: Answerer) -> None:
    answerer.record_given("C1 1.0", CLOUDS[1].id)
    assert ask(answerer, "and on AWS?").matches[0].entry is CLOUDS[0]


def test_only_the_latest_conversations_are_remembered() -> None:
    held = Conversations(most=2)
    for name in ("a", "b", "c"):
        held.record_given(name, "x")
    assert held.before(Question("2", Surface.MENTION, "a")) is None
    assert held.before(Question("2", Surface.MENTION, "c")) is not None
    assert held.before(Question("2", Surface.MENTION)) is None
