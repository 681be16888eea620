"""What the bot must not answer: other bots, itself, edits, notices, and anything a second time."""

import json

import pytest

from bot.emulator.payloads import changed_event, mention_event, message_event
from bot.emulator.workspace import BOT_ID, BOT_USER
from tests.emulator import Retry, wrap_event

from .entries import FUNDING, KINVOLK, assert_answers

SUBTYPES = [
    "bot_message", "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name",
    "channel_archive", "message_changed", "message_deleted", "message_replied", "pinned_item", "reminder_add",
    "bot_add", "tombstone", "assistant_app_thread", "something_new_of_2031",
]  # fmt: skip


def message_of(slack, channel, **changes):
    """A message event in a channel, with changes."""
    place = slack.workspace.channel(channel)
    message = slack.workspace.post(place, slack.workspace.user_id("alice"), f"<@{BOT_USER}> {FUNDING.question}")
    return wrap_event(message_event(message, place) | changes)


async def assert_silence(slack, *channels):
    await slack.settle()
    assert [message.text for channel in channels for message in slack.replies(channel)] == []


@pytest.mark.parametrize("channel", ["general", "@alice"])
async def test_messages_that_are_no_question_of_a_person(slack, channel):
    for subtype in SUBTYPES:
        slack.send_event(message_of(slack, channel, subtype=subtype))
    await assert_silence(slack, channel)


@pytest.mark.parametrize("channel", ["general", "@alice"])
async def test_another_bot(slack, channel):
    profile = {"id": "B0OTHER001", "name": "other", "app_id": "A0OTHER001", "deleted": False, "team_id": "T0FLATCAR"}
    slack.send_event(message_of(slack, channel, bot_id="B0OTHER001", app_id="A0OTHER001", bot_profile=profile))
    slack.send_event(message_of(slack, channel, bot_id="B0OTHER001"))
    await assert_silence(slack, channel)


async def test_another_bot_that_mentions_it(slack):
    mention = message_of(slack, "general", type="app_mention", bot_id="B0OTHER001")
    slack.send_event(mention)
    await assert_silence(slack, "general")


@pytest.mark.parametrize("kind", ["message", "app_mention"])
@pytest.mark.parametrize("channel", ["general", "@alice"])
async def test_itself(slack, channel, kind):
    slack.send_event(message_of(slack, channel, type=kind, user=BOT_USER, bot_id=BOT_ID))
    slack.send_event(message_of(slack, channel, type=kind, user=BOT_USER))
    await assert_silence(slack, channel)


async def test_talk_in_a_channel_that_is_not_addressed_to_it(slack):
    slack.subscribe("message.channels")
    slack.say("general", "alice", FUNDING.question)
    await assert_silence(slack, "general")


async def test_edits_and_deletions_in_a_channel(slack):
    slack.subscribe("message.channels")
    asked = slack.mention("general", "alice", FUNDING.question)
    reply = await slack.reply_to(asked)
    slack.edit(asked, f"@flatcar-faq {KINVOLK.question}")
    await slack.settle()
    slack.delete(asked)
    await slack.settle()
    assert slack.replies("general") == [reply]
    assert reply.edits == 0


async def test_an_edited_or_deleted_direct_message_brings_no_second_reply(slack):
    asked = slack.direct_message("alice", FUNDING.question)
    reply = await slack.reply_to(asked)
    slack.edit(asked, KINVOLK.question)
    await slack.settle()
    assert slack.replies("@alice") == [reply]
    slack.delete(asked)
    await slack.settle()
    assert slack.replies("@alice") in ([reply], [])


async def test_a_message_that_slack_changed_by_itself(slack):
    asked = slack.direct_message("alice", f"{FUNDING.question} https://example.org/")
    reply = await slack.reply_to(asked)
    place = slack.workspace.channel("@alice")
    unfurled = changed_event(asked, place, asked.text, slack.workspace.next_ts())
    del unfurled["message"]["edited"]
    slack.send_event(wrap_event(unfurled))
    await slack.settle()
    assert slack.replies("@alice") == [reply]
    assert reply.edits == 0


async def test_a_mention_that_comes_again_because_it_was_edited(slack):
    asked = slack.mention("general", "alice", FUNDING.question)
    reply = await slack.reply_to(asked)
    edited = {"edited": {"user": asked.user, "ts": slack.workspace.next_ts()}}
    slack.send_event(wrap_event(mention_event(asked) | edited))
    await slack.settle()
    assert slack.replies("general") == [reply]


@pytest.mark.parametrize("ask", ["mention", "direct message"])
async def test_the_same_event_a_second_time(slack, ask):
    is_mention = ask == "mention"
    asked = (
        slack.mention("general", "alice", FUNDING.question)
        if is_mention
        else slack.direct_message("alice", FUNDING.question)
    )
    reply = await slack.reply_to(asked)
    slack.send_event(slack.dispatch.delivered[0], Retry(1, "http_timeout"))
    slack.send_event(slack.dispatch.delivered[0], Retry(2, "http_error"))
    await slack.settle()
    assert slack.replies("general" if is_mention else "@alice") == [reply]


async def test_the_same_event_twice_at_the_same_moment(slack):
    asked = slack.mention("general", "alice", FUNDING.question)
    slack.send_event(slack.dispatch.delivered[0])
    slack.send_event(slack.dispatch.delivered[0], Retry())
    assert_answers(await slack.reply_to(asked), FUNDING)


async def test_a_mention_that_is_delivered_as_a_message_too(slack):
    slack.subscribe("message.channels")
    asked = slack.mention("general", "alice", FUNDING.question)
    assert_answers(await slack.reply_to(asked), FUNDING)
    assert [body["event"]["type"] for body in slack.dispatch.delivered[:2]] == ["app_mention", "message"]


async def test_a_mention_whose_message_event_comes_first(slack):
    asked = slack.workspace.post(
        slack.workspace.channel("general"), slack.workspace.user_id("alice"), f"<@{BOT_USER}> {FUNDING.question}"
    )
    slack.send_event(wrap_event(message_event(asked, slack.workspace.channel("general"))))
    await slack.settle()
    slack.send_event(wrap_event(mention_event(asked)))
    assert_answers(await slack.reply_to(asked), FUNDING)


async def test_the_same_words_a_second_time_are_a_new_question(slack):
    await slack.reply_to(slack.mention("general", "alice", FUNDING.question))
    again = slack.mention("general", "alice", FUNDING.question)
    assert (await slack.reply_to(again)).thread_ts == again.ts


async def test_a_person_who_joins_is_an_object_not_an_id(slack):
    person = {"id": "U7", "team_id": "T1", "name": "new", "profile": {}}
    ack = await send(slack, wrap_event({"type": "team_join", "user": person, "event_ts": "1700000000.000100"}))
    assert ack.ok


DEEP = json.loads('{"a":' * 400 + "[]" + "}" * 400)
STRANGE = [None, 7, True, "", "a_word", [], [[]], [None], {}, {"id": None}, DEEP]


async def test_every_payload_is_acknowledged_whatever_its_shape(slack):
    """Whatever takes the place of any part of a mention."""
    asked = slack.workspace.post(slack.workspace.channel("general"), "U0STRANGE", f"<@{BOT_USER}> hello")
    mention = wrap_event(mention_event(asked) | {"type": "something_new", "blocks": [], "edited": {}})
    for strange in STRANGE:
        assert (await send(slack, strange)).ok, strange
        for name in mention:
            assert (await send(slack, mention | {name: strange})).ok, (name, strange)
        for name in mention["event"]:
            assert (await send(slack, mention | {"event": mention["event"] | {name: strange}})).ok, (name, strange)
        assert (await send(slack, {"type": strange, "event": strange, "actions": strange, "user": strange})).ok, strange
    await assert_silence(slack, "general")


async def send(slack, payload):
    """Deliver anything as an event; gives the acknowledgement."""
    return await (slack.socket if slack.transport_name == "socket" else slack.http).send("events_api", payload)


@pytest.mark.parametrize("kind", ["reaction_added", "app_home_opened", "member_joined_channel", "team_join"])
async def test_events_that_it_has_no_use_for(slack, kind):
    event = {"type": kind, "user": slack.workspace.user_id("alice"), "event_ts": slack.workspace.next_ts()}
    slack.send_event(wrap_event(event | {"channel": slack.workspace.channel("general").id, "tab": "messages"}))
    await assert_silence(slack, "general", "@alice")
