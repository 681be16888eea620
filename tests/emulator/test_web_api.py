"""Slack's Web API as its own client meets it."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.emulator import BOT_ID, BOT_USER, Grants, Outage

from .echo_app import ASK, refusal_of
from .fake_slack import FakeSlack


@pytest.fixture
def general(slack):
    return slack.workspace.channel("general").id


async def test_the_bot_learns_who_it_is(client):
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == (BOT_USER, BOT_ID)
    assert answer.headers["x-oauth-scopes"] == "app_mentions:read,chat:write,commands,im:history"


@pytest.mark.parametrize(("token", "error"), [("xoxb-wrong", "invalid_auth"), ("", "not_authed")])
async def test_a_wrong_or_missing_token_is_refused(slack, token, error):
    client = AsyncWebClient(token=token, base_url=f"{slack.url}/api/")
    assert (await refusal_of(client.auth_test()))["error"] == error
    assert (await refusal_of(client.apps_connections_open(app_token=token)))["error"] == error


async def test_swapped_tokens_are_refused(slack):
    client = AsyncWebClient(token=slack.credentials.app_token, base_url=f"{slack.url}/api/")
    assert (await refusal_of(client.auth_test()))["error"] == "not_allowed_token_type"
    opening = client.apps_connections_open(app_token=slack.credentials.bot_token)
    assert (await refusal_of(opening))["error"] == "not_allowed_token_type"


async def test_a_token_is_taken_from_a_form_but_not_from_json(slack):
    token = {"token": slack.credentials.bot_token}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{slack.url}/api/auth.test", data=token) as answer:
            assert (await answer.json())["ok"] is True
        async with session.post(f"{slack.url}/api/auth.test", json=token) as answer:
            assert (answer.status, (await answer.json())["error"]) == (200, "not_authed")


async def test_the_app_token_opens_a_connection(slack, client):
    answer = await client.apps_connections_open(app_token=slack.credentials.app_token)
    assert answer["url"].startswith(f"ws://127.0.0.1:{slack.url.rpartition(':')[2]}/link/?ticket=")


async def test_a_message_is_posted_and_seen(slack, client, general):
    answer = await client.chat_postMessage(channel=general, text="hi", blocks=ASK, unfurl_links=False)
    [message] = slack.replies("general")
    assert (answer["ts"], answer["channel"], answer["message"]["text"]) == (message.ts, general, "hi")
    assert message.words == "Press the button\nPress me"
    assert message.labels == ["Press me"]
    assert message.arguments["unfurl_links"] is False
    assert slack.faults == []


async def test_timestamps_look_like_slacks_and_grow(client, general):
    stamps = [(await client.chat_postMessage(channel=general, text="hi"))["ts"] for _ in range(3)]
    assert stamps == sorted(set(stamps))
    assert all(len(ts) == 17 and ts[10] == "." for ts in stamps)


async def test_blocks_in_a_form_are_json(slack, client, general):
    await client.api_call(
        "chat.postMessage", data={"channel": general, "text": "hi", "blocks": '[{"type": "divider"}]'}
    )
    assert slack.replies("general")[0].blocks[0]["type"] == "divider"


async def test_refused_blocks_are_explained_and_remembered(slack, client, general):
    answer = await refusal_of(client.chat_postMessage(channel=general, text="hi", blocks=[{"type": "section"}]))
    assert answer.status_code == 200
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0]"
    ]
    assert len(slack.faults) == 1
    assert slack.messages("general") == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": " \n"}, "no_text"),
        ({"text": 7}, "invalid_arguments"),
        ({"text": "hi", "blocks": "not json"}, "invalid_blocks_format"),
        ({"text": "hi", "blocks": '{"type": "divider"}'}, "invalid_blocks_format"),
        (
            {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2700}}] * 5},
            "msg_blocks_too_long",
        ),
        ({"text": "hi", "thread_ts": "1600000000.000100"}, "thread_not_found"),
    ],
)
async def test_messages_that_slack_refuses(client, general, arguments, error):
    assert (await refusal_of(client.api_call("chat.postMessage", json={"channel": general, **arguments})))[
        "error"
    ] == error


async def test_text_over_40000_characters_is_cut_and_that_is_a_fault(slack, client, general):
    await client.chat_postMessage(channel=general, text="x" * 40_001)
    assert len(slack.replies("general")[0].text) == 40_000
    assert len(slack.faults) == 1


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("elsewhere", "not_in_channel"),
        ("secret", "channel_not_found"),
        ("C999", "channel_not_found"),
        (None, "channel_not_found"),
    ],
)
async def test_the_bot_posts_only_where_it_is_a_member(slack, client, channel, error):
    known = channel in ("elsewhere", "secret")
    address = slack.workspace.channel(channel).id if known else channel
    assert (await refusal_of(client.chat_postMessage(channel=address, text="hi")))["error"] == error


async def test_answering_a_reply_instead_of_its_thread_is_a_fault(slack, client, general):
    first = slack.say("general", "alice", "first")
    reply = slack.say("general", "bob", "reply", thread_ts=first.ts)
    await client.chat_postMessage(channel=general, text="hi", thread_ts=first.ts)
    assert slack.faults == []
    await client.chat_postMessage(channel=general, text="hi", thread_ts=reply.ts)
    assert len(slack.faults) == 1


async def test_an_update_changes_the_message_in_place(slack, client, general):
    ts = (await client.chat_postMessage(channel=general, text="old", blocks=ASK))["ts"]
    await client.chat_update(channel=general, ts=ts, text="new", blocks=[])
    [message] = slack.replies("general")
    assert (message.text, message.blocks, message.edits) == ("new", [], 1)


async def test_an_update_without_blocks_keeps_those_there_are(slack, client, general):
    ts = (await client.chat_postMessage(channel=general, text="old", blocks=ASK))["ts"]
    await client.chat_update(channel=general, ts=ts, text="new")
    assert slack.replies("general")[0].labels == ["Press me"]


async def test_only_own_and_existing_messages_can_be_changed(slack, client, general):
    other = slack.say("general", "alice", "mine")
    assert (await refusal_of(client.chat_update(channel=general, ts=other.ts, text="x")))[
        "error"
    ] == "cant_update_message"
    assert (await refusal_of(client.chat_delete(channel=general, ts=other.ts)))["error"] == "cant_delete_message"
    assert (await refusal_of(client.chat_update(channel=general, ts="1.2", text="x")))["error"] == "message_not_found"


async def test_an_update_takes_only_4000_characters(client, general):
    ts = (await client.chat_postMessage(channel=general, text="x"))["ts"]
    assert (await refusal_of(client.chat_update(channel=general, ts=ts, text="x" * 4001)))["error"] == "msg_too_long"


async def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_updated(slack, client, general):
    alice = slack.workspace.user_id("alice")
    ts = (await client.chat_postEphemeral(channel=general, user=alice, text="psst"))["message_ts"]
    assert [message.text for message in slack.ephemerals("alice")] == ["psst"]
    assert slack.messages("general") == slack.ephemerals("bob") == []
    assert (await refusal_of(client.chat_update(channel=general, ts=ts, text="x")))["error"] == "message_not_found"


async def test_a_message_has_an_address_that_names_its_thread(slack, client, general):
    first = slack.say("general", "alice", "first")
    reply = slack.say("general", "bob", "reply", thread_ts=first.ts)
    told = await client.chat_getPermalink(channel=general, message_ts=reply.ts)
    place = f"/archives/{general}/p{reply.ts.replace('.', '')}?thread_ts={first.ts}&cid={general}"
    assert told["permalink"].endswith(place)
    refusal = await refusal_of(client.chat_getPermalink(channel=general, message_ts="1.2"))
    assert refusal["error"] == "message_not_found"


async def test_a_reply_to_a_message_that_was_deleted_lands_in_the_channel(slack, client, general):
    first = slack.say("general", "alice", "first")
    slack.delete(first)
    await client.chat_postMessage(channel=general, text="hi", thread_ts=first.ts)
    assert [message.thread_ts for message in slack.replies("general")] == [None]


async def test_who_is_not_in_a_channel_sees_no_message_for_one_person(slack, client, general):
    refusal = await refusal_of(client.chat_postEphemeral(channel=general, user="U0NOBODY", text="psst"))
    assert refusal["error"] == "user_not_in_channel"


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
async def test_a_body_that_is_no_json_object_is_refused(slack, body, error):
    keys = {"Authorization": f"Bearer {slack.credentials.bot_token}", "Content-Type": "application/json"}
    address = f"{slack.url}/api/auth.test"
    async with aiohttp.ClientSession() as session, session.post(address, headers=keys, data=body) as answer:
        assert (await answer.json())["error"] == error


async def test_no_two_emulators_take_each_others_tokens(slack):
    async with FakeSlack.open() as other:
        client = AsyncWebClient(token=other.credentials.bot_token, base_url=f"{slack.url}/api/")
        assert (await refusal_of(client.auth_test()))["error"] == "invalid_auth"
        assert other.credentials.signing_secret != slack.credentials.signing_secret


async def test_an_unknown_method_is_a_fault(slack, client):
    assert (await refusal_of(client.bookmarks_list(channel_id="C1")))["error"] == "unknown_method"
    assert slack.faults == ["the bot called bookmarks.list, which this Slack does not know"]


async def test_planned_outages_hit_the_next_calls_in_order(slack, client, general):
    client.retry_handlers.clear()
    slack.disturb(Outage("rate_limited", 1))
    slack.disturb(Outage("server_error"))
    limited = await refusal_of(client.chat_postMessage(channel=general, text="hi"))
    assert (limited.status_code, limited.headers["Retry-After"], limited["error"]) == (429, "1", "ratelimited")
    assert (await refusal_of(client.chat_postMessage(channel=general, text="hi"))).status_code == 500
    await client.chat_postMessage(channel=general, text="hi")
    assert len(slack.replies("general")) == 1
    assert slack.outages.left == 0


async def test_a_reset_connection_posts_nothing(slack, client, general):
    client.retry_handlers.clear()
    slack.disturb(Outage("reset"))
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=general, text="hi")
    assert slack.replies("general") == []


async def test_a_slow_answer_still_posts(slack, client, general):
    slack.disturb(Outage("slow", 0.05))
    await client.chat_postMessage(channel=general, text="hi")
    assert len(slack.replies("general")) == 1


async def test_planned_refusals_of_blocks_spare_plain_text(slack, client, general):
    slack.disturb(Outage("refuse_blocks"))
    await client.chat_postMessage(channel=general, text="plain")
    assert (await refusal_of(client.chat_postMessage(channel=general, text="x", blocks=ASK)))[
        "error"
    ] == "invalid_blocks"
    assert slack.faults == []


async def test_a_method_without_its_scope_is_a_fault(slack, client):
    slack.api.grants = Grants(scopes=frozenset({"commands"}))
    refusal = await refusal_of(client.chat_postMessage(channel="general", text="hi"))
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "chat:write")
    assert slack.faults == ["the bot called chat.postMessage without the scope chat:write"]


async def test_a_call_without_a_body_is_taken_even_where_it_announces_json(slack):
    keys = {"Authorization": f"Bearer {slack.credentials.bot_token}", "Content-Type": "application/json"}
    address = f"{slack.url}/api/auth.test"
    async with aiohttp.ClientSession() as session, session.post(address, headers=keys) as answer:
        assert (await answer.json())["ok"] is True


async def test_a_token_in_the_address_is_not_taken(slack):
    address = f"{slack.url}/api/auth.test?token={slack.credentials.bot_token}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert (await answer.json())["error"] == "not_authed"
