"""The response_url of commands and clicks: who sees what comes through it, and when it is spent."""

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.emulator import RESPONSE_URL, Outage

from .echo_app import ASK, client_of


@pytest.fixture
def command_url(slack):
    """A response_url as alice's command gets it, in a private channel without the bot."""
    return AsyncWebhookClient(
        slack.response_urls.issue(slack.workspace.channel("secret"), slack.workspace.user_id("alice"))
    )


@pytest.fixture
async def question(slack):
    """A message of the bot with a button."""
    await client_of(slack).chat_postMessage(channel=slack.workspace.channel("general").id, text="?", blocks=ASK)
    return slack.replies("general")[0]


@pytest.fixture
def click_url(slack, question):
    """A response_url as bob's click on that message gets it."""
    channel, bob = slack.workspace.channel("general"), slack.workspace.user_id("bob")
    return AsyncWebhookClient(slack.response_urls.issue(channel, bob, question))


async def test_a_reply_to_a_command_is_seen_by_the_asker_alone(slack, command_url):
    answer = await command_url.send(text="for you", blocks=ASK)
    assert (answer.status_code, answer.body) == (200, '{"ok": true}')
    assert [message.text for message in slack.ephemerals("alice")] == ["for you"]
    assert slack.messages("secret") == slack.ephemerals("bob") == []


async def test_in_channel_is_seen_by_all_even_where_the_bot_is_no_member(slack, command_url):
    await command_url.send(text="for all", response_type="in_channel")
    assert [message.text for message in slack.messages("secret")] == ["for all"]


async def test_a_command_cannot_replace_what_it_posted(slack, command_url):
    await command_url.send(text="one")
    await command_url.send(text="two", replace_original=True)
    assert [message.text for message in slack.ephemerals("alice")] == ["one", "two"]


async def test_a_click_replaces_the_message_it_was_made_on(slack, question, click_url):
    await click_url.send(text="answered", blocks=[], replace_original=True)
    assert slack.replies("general") == [question]
    assert (question.text, question.blocks, question.edits) == ("answered", [], 1)


async def test_a_click_without_flags_adds_a_private_message(slack, question, click_url):
    await click_url.send(text="between us")
    assert [message.text for message in slack.ephemerals("bob")] == ["between us"]
    assert question.edits == 0


async def test_a_click_can_delete_the_message(slack, click_url):
    await click_url.send(delete_original=True)
    assert slack.replies("general") == []


async def test_a_response_url_works_five_times(slack, command_url):
    for _ in range(5):
        assert (await command_url.send(text="again")).status_code == 200
    spent = await command_url.send(text="once more")
    assert (spent.status_code, spent.body) == (404, '{"ok": false, "error": "used_url"}')
    assert len(slack.ephemerals("alice")) == 5


async def test_a_response_url_lives_thirty_minutes(slack):
    now = [1_700_000_000.0]
    slack.response_urls.clock = lambda: now[0]
    url = slack.response_urls.issue(slack.workspace.channel("general"), slack.workspace.user_id("alice"))
    now[0] += 30 * 60 - 1
    assert (await AsyncWebhookClient(url).send(text="in time")).status_code == 200
    now[0] += 1
    late = await AsyncWebhookClient(url).send(text="too late")
    assert (late.status_code, late.body) == (404, '{"ok": false, "error": "expired_url"}')


async def test_an_unknown_response_url_is_refused(slack):
    assert (await AsyncWebhookClient(f"{slack.url}/response/999").send(text="hi")).status_code == 404


async def test_refused_content_is_a_fault(slack, command_url):
    refused = await command_url.send(text="hi", blocks=[{"type": "carousel"}])
    assert (refused.status_code, refused.body) == (400, '{"ok": false, "error": "invalid_blocks"}')
    assert (await command_url.send_dict({"text": ""})).status_code == 400
    assert len(slack.faults) == 2


async def test_a_body_that_is_no_json_object_is_refused(slack, command_url):
    async with aiohttp.ClientSession() as session, session.post(command_url.url, data=b"[]") as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_payload")


async def test_outages_hit_response_urls_too(slack, command_url):
    command_url.retry_handlers.clear()
    slack.disturb(Outage("refuse_blocks"), method=RESPONSE_URL)
    slack.disturb(Outage("rate_limited", 1), method=RESPONSE_URL)
    slack.disturb(Outage("server_error"), method=RESPONSE_URL)
    assert (await command_url.send(text="hi", blocks=ASK)).status_code == 400
    assert (await command_url.send(text="hi")).status_code == 429
    assert (await command_url.send(text="hi")).status_code == 500
    assert (await command_url.send(text="hi")).status_code == 200
    assert slack.faults == []
