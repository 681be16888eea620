"""The bot is in doubt and offers entries to pick from: what clicks.txt cannot say."""

import pytest
import pytest_asyncio

from .entries import ENTRIES, FULL_FAQ, assert_answers

NONE = "None of these"
BY_QUESTION = {entry.question: entry for entry in ENTRIES}

OUR_KEYS = ['{"e": "gone"}', '{"e": 7}', '{"e": "gone", "o": "x"}', '{"e": "<!channel>", "p": -1}', "[" * 1999]
FORGED_VALUES = [
    *OUR_KEYS,
    "",
    "gone",
    "null",
    "[]",
    "{}",
    '{"entry": "gone"}',
    '{"entry": 7}',
    "{",
    "\x00",
    "<!channel>",
    "v" * 2000,
]


def chosen_by(label):
    """The entry behind a button, whose text may be shortened."""
    beginning = label.rstrip("…").rstrip()
    return next(entry for question, entry in BY_QUESTION.items() if question.startswith(beginning))


@pytest_asyncio.fixture(loop_scope="session")
async def offer(slack, doubtful_question):
    """A message with suggestions, in a thread of #general."""
    return await slack.reply_to(slack.mention("general", "alice", doubtful_question))


async def test_a_doubtful_question_gets_up_to_three_entries_and_a_way_out(slack, offer):
    *choices, way_out = offer.labels
    assert way_out == NONE
    assert 1 <= len(choices) <= 3
    assert len({chosen_by(label).anchor for label in choices}) == len(choices)
    assert all(chosen_by(label).question in offer.text for label in choices)
    assert f"{FULL_FAQ}#" not in offer.everything


async def test_a_click_turns_the_same_message_into_the_answer(slack, offer):
    label = offer.labels[0]
    slack.click(offer, label, "alice")
    await slack.wait_for_change(offer)
    await slack.settle()
    assert_answers(offer, chosen_by(label))
    assert offer.labels.count(NONE) == 0
    assert slack.replies("general") == [offer]
    assert offer.edits == 1
    assert slack.ephemerals("alice") == []


async def test_two_clicks_at_once_leave_one_answer(slack, offer):
    slack.click(offer, offer.labels[0], "alice")
    slack.click(offer, NONE, "bob")
    await slack.wait_for_change(offer, edits=2)
    await slack.settle()
    assert slack.replies("general") == [offer]
    assert offer.labels.count(NONE) == 0


@pytest.mark.parametrize("value", FORGED_VALUES, ids=repr)
async def test_a_click_that_makes_no_sense_gets_a_sentence(slack, offer, value):
    slack.click(offer, offer.labels[0], "mallory", value=value)
    await slack.notifier.until(
        lambda: offer.edits or slack.ephemerals("mallory"), lambda: "the click was left without a word"
    )
    await slack.settle()
    said = [*slack.ephemerals("mallory"), *([offer] if offer.edits else [])]
    assert len(said) == 1
    assert said[0].text.strip()
    assert "<!" not in said[0].everything
    assert f"{FULL_FAQ}#" not in said[0].everything
