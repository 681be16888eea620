"""Another team's Bolt app runs here unchanged, with everything granted to it, over both transports."""

import pytest
from slack_bolt.async_app import AsyncApp

from bot.emulator.app_config import Grants

from .echo_app import client_of, running
from .fake_slack import FakeSlack, find_press
from .guest_app import attach

pytestmark = pytest.mark.parametrize("transport", ["socket", "http"])


@pytest.fixture
async def slack(transport):
    async with FakeSlack.open(transport, Grants()) as slack:
        app = AsyncApp(client=client_of(slack), signing_secret=slack.credentials.signing_secret)
        attach(app)
        async with running(app, slack):
            yield slack


async def test_it_hears_a_channel_looks_things_up_reacts_and_answers(slack):
    said = slack.say("general", "alice", "hello there")
    await slack.wait_for_message("general")
    assert slack.replies("general")[0].text == "Hello Alice in general, you said hello there"
    assert list(said.reactions) == ["wave"]


async def test_a_form_is_opened_refused_filled_in_again_and_taken(slack):
    slack.command("general", "alice", "", "/order")
    alice = slack.workspace.user_id("alice")
    [form] = await slack.bell.until(lambda: slack.views.modals.get(alice), lambda: "no modal")
    slack.submit(form, {"name": {"text": {"type": "plain_text_input", "value": "nobody"}}})
    await slack.bell.until(lambda: form.errors, lambda: "no errors")
    assert form.errors == {"name": "Nobody is no name"}
    slack.submit(form, {"name": {"text": {"type": "plain_text_input", "value": "Alice"}}})
    [thanks] = await slack.wait_for_message("@alice")
    await slack.deliveries.done()
    assert (thanks.text, slack.views.modals[alice], slack.faults) == ("Thanks, Alice", [], [])


async def test_an_error_that_belongs_to_no_input_is_a_fault(slack):
    slack.command("general", "alice", "", "/order")
    alice = slack.workspace.user_id("alice")
    [form] = await slack.bell.until(lambda: slack.views.modals.get(alice), lambda: "no modal")
    slack.submit(form, {"name": {"text": {"type": "plain_text_input", "value": "somewhere"}}})
    await slack.deliveries.done()
    assert (form.errors, len(slack.faults)) == ({}, 1)
    assert "no block_id of an input" in slack.faults[0]


async def test_home_has_a_search_that_asks_the_app(slack):
    slack.open_home("alice")
    alice = slack.workspace.user_id("alice")
    home = await slack.bell.until(lambda: slack.views.homes.get(alice), lambda: "no Home")
    select = find_press(home, "Fruit")
    options = await slack.type_ahead(home, "alice", select, "ap")
    assert [option["value"] for option in options] == ["apple", "apricot"]
    slack.press(home, "alice", type(select)(select.block_id, select.element, "", options[1]))
    [said] = await slack.wait_for_message("@alice")
    assert said.text == "apricot"


async def test_a_message_shortcut_is_answered_privately(slack):
    said = slack.say("elsewhere", "alice", "Simple is better than complex")
    slack.use_shortcut("praise", "bob", said)
    [praise] = await slack.wait_for_ephemeral("bob")
    assert praise.text == "Well said: Simple is better than complex"


async def test_a_command_that_the_app_does_not_know_fails_before_the_askers_eyes(slack):
    slack.socket.ack_patience = 0.3
    slack.command("general", "alice", "", "/nothing")
    [told] = await slack.wait_for_ephemeral("alice")
    assert told.text.startswith("/nothing failed with the error")
    assert told.bot_id is None
