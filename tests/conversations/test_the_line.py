"""Socket Mode connections are renewed every few hours and break now and then; nobody who asks should notice."""

import asyncio

import pytest

from .entries import FUNDING, assert_answers

pytestmark = pytest.mark.parametrize("running", ["socket"], indirect=True)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_after_slack_asked_for_a_new_connection_questions_are_answered(slack, reason):
    await slack.socket.ask_to_reconnect(reason)
    assert_answers(await slack.reply_to(slack.mention("general", "alice", FUNDING.question)), FUNDING)


async def test_after_a_broken_line_questions_are_answered(slack):
    slack.socket.drop()
    assert_answers(await slack.reply_to(slack.mention("general", "alice", FUNDING.question)), FUNDING)


async def test_a_question_that_a_broken_line_lost_is_answered_when_it_comes_again(slack):
    slack.socket.loses_everything = True
    asked = slack.mention("general", "alice", FUNDING.question)
    await asyncio.sleep(0)
    slack.socket.drop()
    slack.socket.loses_everything = False
    await slack.socket.wait_until_connected()
    await slack.socket.redeliver_unacknowledged()
    assert_answers(await slack.reply_to(asked), FUNDING)


async def test_an_event_that_was_received_but_comes_again_over_a_new_line_is_answered_once(slack):
    asked = slack.mention("general", "alice", FUNDING.question)
    reply = await slack.reply_to(asked)
    await slack.socket.ask_to_reconnect("refresh_requested")
    slack.send_event(slack.dispatch.delivered[0])
    await slack.settle()
    assert slack.replies("general") == [reply]
