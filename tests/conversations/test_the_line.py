"""Socket Mode connections break now and then; nobody who asks should notice. See bad-days.txt, too."""

import pytest

from .entries import FUNDING, assert_answers

pytestmark = pytest.mark.parametrize("running", ["socket"], indirect=True)


async def test_a_question_that_a_broken_line_lost_is_answered_when_it_comes_again(slack):
    slack.socket.loses_everything = True
    before, asked = slack.socket.lost, slack.mention("general", "alice", FUNDING.question)
    await slack.notifier.until(lambda: slack.socket.lost > before, lambda: "it was not lost")
    slack.socket.drop()
    slack.socket.loses_everything = False
    await slack.socket.wait_until_connected()
    await slack.socket.redeliver_lost()
    assert_answers(await slack.reply_to(asked), FUNDING)


async def test_an_event_that_was_received_but_comes_again_over_a_new_line_is_answered_once(slack):
    asked = slack.mention("general", "alice", FUNDING.question)
    reply = await slack.reply_to(asked)
    await slack.socket.ask_to_reconnect("refresh_requested")
    slack.send_event(slack.dispatch.delivered[0])
    await slack.settle()
    assert slack.replies("general") == [reply]


async def test_a_line_that_is_refused_again_and_again_comes_back_with_fresh_addresses(slack):
    slack.socket.refusals = 4
    slack.socket.drop()
    await slack.socket.wait_until_connected()
    asked = slack.mention("general", "alice", FUNDING.question)
    assert_answers(await slack.reply_to(asked), FUNDING)
