"""Slack is slow, limits, fails or refuses blocks: the reply still arrives, and once."""

import pytest

from tests.playground import connection_reset, rate_limited, refuses_blocks, server_error, slow

from .entries import FULL_FAQ, FUNDING, assert_answers

OUTAGES = pytest.mark.parametrize(
    ("outage", "times"),
    [(rate_limited(1), 1), (rate_limited(1), 2), (server_error(), 1), (connection_reset(), 1), (slow(1.0), 1)],
    ids=["limited", "limited twice", "500", "reset", "slow"],
)


@OUTAGES
@pytest.mark.parametrize("ask", ["mention", "direct message"])
async def test_a_reply_arrives_once(slack, ask, outage, times):
    slack.disturb(outage, times)
    if ask == "mention":
        asked = slack.mention("general", "alice", FUNDING.question)
    else:
        asked = slack.direct_message("alice", FUNDING.question)
    assert_answers(await slack.reply_to(asked), FUNDING)
    assert slack.outages.left == 0


@OUTAGES
async def test_a_reply_to_a_command_arrives_once(slack, outage, times):
    slack.disturb(outage, times, method="response_url")
    slack.command("general", "alice", FUNDING.question)
    [reply] = await slack.wait_for_ephemeral("alice")
    await slack.settle()
    assert_answers(reply, FUNDING)
    assert slack.ephemerals("alice") == [reply]
    assert slack.outages.left == 0


async def test_when_slack_refuses_blocks_plain_text_is_posted(slack):
    slack.disturb(refuses_blocks())
    asked = slack.mention("general", "alice", FUNDING.question)
    reply = await slack.reply_to(asked)
    assert reply.blocks == []
    assert reply.thread_ts == asked.ts
    assert reply.arguments["unfurl_links"] is False
    assert_answers(reply, FUNDING)


async def test_when_slack_refuses_blocks_a_command_gets_plain_text(slack):
    slack.disturb(refuses_blocks(), method="response_url")
    slack.command("general", "alice", FUNDING.question)
    [reply] = await slack.wait_for_ephemeral("alice")
    assert reply.blocks == []
    assert_answers(reply, FUNDING)


async def test_when_slack_refuses_blocks_a_click_gets_plain_text(slack, doubtful_question):
    offer = await slack.reply_to(slack.mention("general", "alice", doubtful_question))
    slack.disturb(refuses_blocks(), method="response_url")
    slack.click(offer, offer.labels[0], "alice")
    await slack.wait_for_change(offer)
    assert offer.blocks == []
    assert f"{FULL_FAQ}#" in offer.text


async def test_when_slack_refuses_the_suggestions_their_questions_are_still_readable(slack, doubtful_question):
    slack.disturb(refuses_blocks())
    reply = await slack.reply_to(slack.mention("general", "alice", doubtful_question))
    assert reply.blocks == []
    assert "?" in reply.text
