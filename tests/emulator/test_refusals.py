"""What Slack refuses around pins, channels, people and messages for later, with its own words for why."""

import time

import pytest

from bot.emulator.app_config import Grants

from .echo_app import client_of, refusal_of
from .fake_slack import FakeSlack

NOW = int(time.time())
REFUSED = {
    "a message that is not there": ("pins.add", {"timestamp": "1.2"}, "message_not_found"),
    "a pin that is not there": ("pins.remove", {"timestamp": "here"}, "no_pin"),
    "a bot of others": ("bots.info", {"bot": "B0OTHER"}, "bot_not_found"),
    "a profile of nobody": ("users.profile.get", {"user": "U0NOBODY"}, "user_not_found"),
    "an address of nobody": ("users.lookupByEmail", {"email": "nobody@example.com"}, "users_not_found"),
    "an address elsewhere": ("users.lookupByEmail", {"email": "alice@example.org"}, "users_not_found"),
    "a channel without a name": ("conversations.create", {}, "invalid_name_required"),
    "a channel with a loud name": ("conversations.create", {"name": "Loud Name!"}, "invalid_name_specials"),
    "a channel with a long name": ("conversations.create", {"name": "x" * 81}, "invalid_name_maxlength"),
    "a channel that is there": ("conversations.create", {"name": "random"}, "name_taken"),
    "a guest whom nobody knows": ("conversations.invite", {"users": "U000000001,U0NOBODY"}, "user_not_found"),
    "a long topic": ("conversations.setTopic", {"topic": "x" * 251}, "too_long"),
    "leaving a direct message": (
        "conversations.leave", {"channel": "@alice"}, "method_not_supported_for_channel_type",
    ),
    "a topic of a direct message": (
        "conversations.setTopic", {"channel": "@alice"}, "method_not_supported_for_channel_type",
    ),
    "a message for the past": ("chat.scheduleMessage", {"text": "hi", "post_at": NOW - 9}, "time_in_past"),
    "a message for next year": ("chat.scheduleMessage", {"text": "hi", "post_at": NOW + 400 * 86400}, "time_too_far"),
    "a message for some time": ("chat.scheduleMessage", {"text": "hi", "post_at": "soon"}, "invalid_time"),
    "a plan that nobody made": (
        "chat.deleteScheduledMessage", {"scheduled_message_id": "Q0"}, "invalid_scheduled_message_id",
    ),
    "blocks of an attachment": (
        "chat.postMessage", {"attachments": [{"blocks": [{"type": "carousel"}]}]}, "invalid_blocks",
    ),
}  # fmt: skip


@pytest.fixture
async def slack():
    async with FakeSlack.open("socket", Grants()) as slack:
        slack.workspace.user_id("alice")
        yield slack


@pytest.mark.parametrize(("method", "arguments", "error"), REFUSED.values(), ids=REFUSED.keys())
async def test_slack_refuses(slack, client, method, arguments, error):
    said = slack.say("general", "alice", "hi")
    channel = slack.workspace.channel(arguments.get("channel", "general")).id
    given = {**arguments, "channel": channel} | ({"timestamp": said.ts} if arguments.get("timestamp") == "here" else {})
    assert (await refusal_of(client.api_call(method, json=given)))["error"] == error


async def test_a_pin_is_put_on_once(slack, client):
    said, general = slack.say("general", "alice", "hi"), slack.workspace.channel("general").id
    await client.pins_add(channel=general, timestamp=said.ts)
    assert (await refusal_of(client.pins_add(channel=general, timestamp=said.ts)))["error"] == "already_pinned"


async def test_a_channel_is_left_once(slack, client):
    general = slack.workspace.channel("general").id
    assert "not_in_channel" not in (await client.conversations_leave(channel=general)).data
    assert (await client.conversations_leave(channel=general))["not_in_channel"] is True


async def test_a_conversation_with_several_people_is_not_played_here_and_a_fault(slack, client):
    both = [slack.workspace.user_id(name) for name in ("alice", "bob")]
    await refusal_of(client.conversations_open(users=both))
    assert slack.faults == ["the bot opened a conversation with several people, which this Slack does not know"]


async def test_a_direct_message_is_opened_by_its_person_or_by_its_id(slack, client):
    opened = await client.conversations_open(users=[slack.workspace.user_id("alice")], return_im=True)
    assert opened["channel"]["is_im"] is True
    assert (await client.conversations_open(channel=opened["channel"]["id"]))["channel"]["id"] == opened["channel"][
        "id"
    ]


async def test_an_email_address_is_told_to_those_who_may_know_it(slack, client):
    alice = slack.workspace.user_id("alice")
    assert (await client.users_info(user=alice))["user"]["profile"]["email"] == "alice@example.com"
    async with FakeSlack.open("socket", Grants(scopes=frozenset({"users:read"}))) as other:
        told = await client_of(other).users_info(user=other.workspace.user_id("alice"))
        assert "email" not in told["user"]["profile"]


async def test_what_was_planned_is_forgotten_with_a_reset(slack, client):
    general = slack.workspace.channel("general").id
    await client.chat_scheduleMessage(channel=general, post_at=int(time.time()) + 600, text="hi")
    await slack.reset()
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []
