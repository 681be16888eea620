"""Somebody else's Bolt app, unchanged, on the fake: the same conversation over Socket Mode and over signed HTTP."""

import asyncio

import pytest

from bot.emulator.delivery import Retry
from bot.emulator.payloads import wrap_event
from bot.emulator.workspace import BOT_USER

from .echo_app import running_echo_app
from .fake_slack import FakeSlack

pytestmark = pytest.mark.parametrize("transport", ["socket", "http"])


@pytest.fixture
async def slack(transport):
    async with FakeSlack.open(transport) as slack, running_echo_app(slack):
        yield slack


async def test_a_mention_reaches_the_app_and_its_reply_the_thread(slack):
    asked = slack.mention("general", "alice", "hi & <you> @channel")
    reply = await slack.reply_to(asked)
    assert reply.thread_ts == asked.ts
    assert reply.text == f"<@{BOT_USER}> hi &amp; &lt;you&gt; <!channel>"
    assert reply.arguments["unfurl_links"] is False
    assert slack.faults == []


async def test_a_mention_in_a_thread_names_the_thread(slack):
    first = slack.say("general", "alice", "does anybody know?")
    asked = slack.mention("general", "bob", "hi", thread_ts=first.ts)
    assert (await slack.reply_to(asked)).thread_ts == first.ts


async def test_where_the_bot_is_no_member_it_hears_nothing(slack):
    slack.mention("elsewhere", "alice", "hi")
    slack.say("general", "alice", "no mention")
    await slack.settle()
    assert slack.replies("elsewhere") == slack.replies("general") == []


async def test_a_direct_message_reaches_the_app_and_its_own_reply_comes_back_to_it(slack):
    asked = slack.direct_message("alice", "hi")
    reply = await slack.reply_to(asked)
    assert (reply.text, reply.thread_ts) == ("hello yourself", None)
    echoes = [body["event"] for body in slack.dispatch.delivered if body["event"].get("bot_id")]
    assert echoes[0]["text"] == "hello yourself"
    assert slack.faults == []


async def test_a_command_is_answered_through_its_response_url(slack):
    slack.command("secret", "alice", "")
    [offer] = await slack.wait_for_ephemeral("alice")
    assert (offer.text, offer.via, offer.labels) == ("Press the button", "response_url", ["Press me"])
    assert slack.messages("secret") == []


async def test_what_comes_with_the_acknowledgement_of_a_command_is_shown(slack):
    slack.command("general", "alice", "slow")
    first, second = await slack.wait_for_ephemeral("alice", count=2)
    assert {first.text, second.text} == {"one moment", "Press the button"}
    assert {first.via, second.via} == {"acknowledgement", "response_url"}


async def test_a_click_replaces_an_ephemeral_message(slack):
    slack.command("general", "alice", "")
    [offer] = await slack.wait_for_ephemeral("alice")
    with pytest.raises(AssertionError, match="bob does not see"):
        slack.click(offer, "Press me", "bob")
    slack.click(offer, "Press me", "alice", value="forged")
    await slack.wait_for_change(offer)
    assert offer.text == "you sent forged"
    assert slack.faults == []


async def test_events_can_come_twice(slack):
    asked = slack.mention("general", "alice", "hi")
    await slack.reply_to(asked)
    slack.send_event(slack.dispatch.delivered[0], Retry(1, "http_timeout"))
    await slack.wait_for_message("general", thread_ts=asked.ts, count=2)


async def test_edits_deletions_and_messages_come_to_those_who_subscribe(slack):
    slack.subscribe("message.channels")
    message = slack.say("general", "alice", "one")
    slack.edit(message, "two")
    slack.delete(message)
    await slack.settle()
    events = [body["event"] for body in slack.dispatch.delivered if body["event"]["channel"] == message.channel]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert (events[1]["previous_message"]["text"], events[1]["message"]["text"]) == ("one", "two")


async def test_an_event_that_nobody_handles_is_a_fault(slack):
    slack.send_event(wrap_event({"type": "reaction_added", "event_ts": "1700000000.000100"}))
    slack.socket.ack_patience = 0.2
    await slack.settle()
    assert "the event reaction_added was not acknowledged" in slack.faults[0]


async def test_a_hundred_at_once_are_kept_apart(slack):
    asked = [slack.mention("general", f"person{number}", f"question {number}") for number in range(100)]
    await asyncio.gather(*(slack.wait_for_message("general", thread_ts=each.ts) for each in asked))
    assert len(slack.replies("general")) == 100
    assert slack.faults == []


async def test_a_reset_forgets_everything_but_the_clock(slack):
    asked = slack.mention("general", "alice", "hi")
    await slack.reply_to(asked)
    slack.faults.append("something")
    await slack.reset()
    assert slack.messages("general") == slack.faults == slack.dispatch.delivered == []
    assert slack.say("random", "alice", "later").ts > asked.ts
