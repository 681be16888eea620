"""What Slack does not take, and where private replies appear: the real Bolt app, the real handlers."""

import json

import pytest

from bot import wording
from bot.desk import Policy
from bot.slack.views import action_ids
from bot.slack.views.button_state import Carried, encode
from tests.slack.door import IGNITION, UPDATE, Door, Json, direct, mention, open_door

QUESTION = mention(f"<@UBOT> {UPDATE.question}")
THREAD = "1700000000.000100"
NEVER_THERE = ["not_in_channel", "channel_not_found", "user_not_in_channel"]


@pytest.fixture
async def door(tmp_path):
    async with open_door(tmp_path) as door:
        yield door


@pytest.mark.parametrize(
    "reason",
    [
        "cannot_reply_to_message",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "restricted_action_of_2031",
        "thread_locked",
        "is_archived",
    ],
)
async def test_an_asker_in_whose_thread_slack_takes_no_reply_gets_it_directly(door, reason):
    door.slack.refuse("chat.postMessage", reason)
    _, told = await door.ask(QUESTION)
    assert told.arguments["channel"] == "U1"
    assert "thread_ts" not in told.arguments
    assert wording.COULD_NOT_POST_THERE in told.text
    assert "<https://example.org/faq/#update|Read it in the full FAQ>" in told.text
    assert UPDATE.answer in json.dumps(told.arguments["blocks"])


@pytest.mark.parametrize("times", [1, 2])
async def test_a_reply_that_slack_finds_too_long_is_shortened_and_sent_again(door, times):
    door.slack.refuse("chat.postMessage", *["msg_too_long"] * times)
    shown = await door.ask(mention(f"<@UBOT> {IGNITION.question}"))
    assert len(shown) == times + 1
    assert all(call.text.endswith("|Read it in the full FAQ>") for call in shown)
    lengths = [len(call.text) for call in shown]
    assert lengths == sorted(set(lengths), reverse=True)
    assert not shown[-1].arguments.get("blocks")
    assert shown[-1].arguments["thread_ts"] == QUESTION["ts"]


async def test_what_slack_finds_too_long_whatever_its_length_is_not_sent_for_ever(door):
    door.slack.refuse("chat.postMessage", *["msg_too_long"] * 50)
    assert len(await door.ask(QUESTION)) < 10


@pytest.mark.parametrize("ask", [QUESTION, direct(UPDATE.question, thread_ts=THREAD)])
async def test_a_reply_whose_question_was_deleted_meanwhile_is_taken_back(door, ask):
    stray = {"ok": True, "ts": "1700000111.000100", "channel": ask["channel"], "message": {"ts": "1700000111.000100"}}
    door.slack.planned["chat.postMessage"] = [stray]
    assert len(await door.ask(ask)) == 1
    [taken_back] = door.slack.made("chat.delete")
    assert (taken_back.arguments["channel"], taken_back.arguments["ts"]) == (ask["channel"], stray["ts"])


async def test_a_reply_in_its_thread_stays(door):
    await door.ask(QUESTION)
    await door.ask(direct(UPDATE.question))
    assert door.slack.made("chat.delete") == []


@pytest.mark.parametrize(("event", "thread"), [(mention(), None), (mention(thread_ts="1699.1"), "1699.1")])
async def test_who_asks_too_often_is_told_where_they_look(tmp_path, event, thread):
    async with open_door(tmp_path, Policy(questions_per_minute=1)) as door:
        await door.ask(mention(ts="1700000009.1"))
        [told] = await door.ask(event)
        assert told.text == wording.TOO_MANY
        assert (told.method, told.arguments.get("thread_ts")) == ("chat.postEphemeral", thread)


async def test_an_asker_whose_question_was_deleted_learns_directly_what_became_of_it(tmp_path):
    async with open_door(tmp_path, Policy(maintainers=frozenset({"U2"}))) as door:
        asked = Carried(text="Why?", source="s", asker="U1", channel="C1", thread=THREAD, surface="mention")
        await door.send(click(door, action_ids.SEND_ON, asked))
        door.slack.planned["chat.postMessage"] = [{"ok": True, "ts": "1.9", "channel": "C1", "message": {"ts": "1.9"}}]
        picked = {"block_id": "inbox_1", "selected_option": {"value": "update"}}
        await door.send(click(door, action_ids.ASSIGN, Carried(), user="U2", thread=None, **picked))
        stray, told = door.slack.made("chat.postMessage")
        assert (stray.arguments["channel"], told.arguments["channel"]) == ("C1", "U1")
        assert UPDATE.answer in told.text
        assert len(door.slack.made("chat.delete")) == 1


def click(door: Door, action_id: str, value: Carried, *, thread: str | None = THREAD, user: str = "U1", **more) -> Json:
    container = {"type": "message", "message_ts": "1700000001.000100", "channel_id": "C1", "is_ephemeral": False}
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": encode(value)} | more
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": "T1"},
        "team": {"id": "T1", "domain": "acme"},
        "channel": {"id": "C1", "name": "general"},
        "container": container | ({"thread_ts": thread} if thread else {}),
        "response_url": door.response_url,
        "trigger_id": "1.2",
        "actions": [action],
    }


PRIVATE_REPLIES = {
    "thumbs up": (action_ids.FEEDBACK, Carried(entry="update", thumb="up"), {}),
    "thumbs down": (action_ids.FEEDBACK, Carried(entry="update", thumb="down"), {}),
    "an entry that has gone": (action_ids.FEEDBACK, Carried(entry="gone", thumb="up"), {}),
    "somebody else's question": (action_ids.SEND_ON, Carried(text="Why?", source="s", asker="U9"), {}),
    "nothing close": (action_ids.CLOSEST, Carried(), {}),
    "somebody else's reply": (action_ids.MENU, Carried(), {"selected_option": {"value": f"{action_ids.REMOVE}:U9"}}),
    "a maintainers' button": (action_ids.DISMISS, Carried(), {}),
    "an entry of a list": (f"{action_ids.SHOW}1", Carried(entry="update"), {}),
}


@pytest.mark.parametrize("kind", PRIVATE_REPLIES)
async def test_a_private_reply_to_a_click_in_a_thread_appears_in_that_thread(door, kind):
    action_id, value, more = PRIVATE_REPLIES[kind]
    await door.send(click(door, action_id, value, **more))
    [told] = door.slack.made()
    assert told.method == "chat.postEphemeral"
    assert (told.arguments["channel"], told.arguments["user"], told.arguments["thread_ts"]) == ("C1", "U1", THREAD)


@pytest.mark.parametrize("reason", NEVER_THERE)
async def test_where_the_bot_is_no_member_a_private_reply_takes_the_response_url(door, reason):
    door.slack.refuse("chat.postEphemeral", reason)
    await door.send(click(door, *PRIVATE_REPLIES["thumbs up"][:2]))
    tried, told = door.slack.made()
    assert (tried.method, told.method) == ("chat.postEphemeral", "response_url")
    assert told.arguments["response_type"] == "ephemeral"


@pytest.mark.parametrize("thread", [None, "1700000001.000100"])
async def test_outside_of_threads_a_private_reply_appears_where_the_click_was(door, thread):
    await door.send(click(door, *PRIVATE_REPLIES["thumbs up"][:2], thread=thread))
    assert [call.method for call in door.slack.made()] == ["response_url"]
