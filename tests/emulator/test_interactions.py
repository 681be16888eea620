"""What people do beyond writing, with a Bolt app at the other end: searches, forms, shortcuts, and what goes wrong."""

from dataclasses import replace

import pytest

from bot.emulator import Grants

from .echo_app import running_echo_app
from .fake_slack import FakeSlack, find_press

pytestmark = pytest.mark.parametrize("transport", ["socket", "http"])


@pytest.fixture
async def slack(transport):
    async with FakeSlack.open(transport) as slack, running_echo_app(slack):
        yield slack


@pytest.fixture
async def home(slack):
    """Alice's Home, with a search in it."""
    slack.open_home("alice")
    alice = slack.workspace.user_id("alice")
    return await slack.notifier.until(lambda: slack.views.homes.get(alice), lambda: "no Home")


@pytest.fixture
async def form(slack, home):
    """The form that opens once alice has chosen a fruit."""
    search = find_press(home, "Fruit")
    [apple, _] = await slack.type_ahead(home, "alice", search, "ap")
    slack.press(home, "alice", replace(search, choice=apple))
    alice = slack.workspace.user_id("alice")
    [form] = await slack.notifier.until(lambda: slack.views.modals.get(alice), lambda: "no form")
    return form


async def fill_in(slack, form, name):
    slack.submit(form, {"name": {"text": {"type": "plain_text_input", "value": name}}})
    await slack.deliveries.done()


async def test_a_search_offers_what_the_app_finds_and_remembers_the_choice(slack, home, form):
    options = await slack.type_ahead(home, "alice", find_press(home, "Fruit"), "apr")
    assert [option["value"] for option in options] == ["apricot"]
    [held] = home.state.values()
    assert held["fruit"]["selected_option"]["value"] == "apple"


async def test_options_that_slack_refuses_are_a_fault_and_offer_nothing(slack, home):
    assert await slack.type_ahead(home, "alice", find_press(home, "Fruit"), "xx") == []
    assert "refused the options" in slack.faults[0]


async def test_a_form_is_refused_by_the_app_filled_in_again_and_taken(slack, form):
    await fill_in(slack, form, "nobody")
    assert form.errors == {"name": "Nobody is no name"}
    await fill_in(slack, form, "Alice")
    assert (slack.views.modals[form.user], slack.faults) == ([], [])


@pytest.mark.parametrize(("name", "told"), [("", "required field"), ("x", "at least 2"), ("x" * 21, "at most 20")])
async def test_what_slack_itself_finds_unfinished_never_reaches_the_app(slack, form, name, told):
    before = slack.deliveries.started
    await fill_in(slack, form, name)
    assert told in form.errors["name"]
    assert slack.deliveries.started == before


async def test_an_error_that_belongs_to_no_input_is_a_fault(slack, form):
    await fill_in(slack, form, "somewhere")
    assert (form.errors, len(slack.faults)) == ({}, 1)
    assert "no block_id of an input" in slack.faults[0]


async def test_a_message_shortcut_is_answered_privately(slack):
    said = slack.say("elsewhere", "alice", "Simple is better than complex")
    slack.use_shortcut("praise", "bob", said)
    [praise] = await slack.wait_for_ephemeral("bob")
    assert praise.text == "Well said: Simple is better than complex"


async def test_a_shortcut_and_a_command_that_nobody_takes_fail_before_the_askers_eyes(slack):
    slack.socket.ack_patience = 0.2
    slack.use_shortcut("nothing", "alice")
    [told] = await slack.wait_for_ephemeral("alice")
    assert (told.text[:38], told.bot_id) == ("The app did not respond to a shortcut ", None)
    slack.grants = Grants()
    slack.command("general", "bob", "", "/nothing")
    [told] = await slack.wait_for_ephemeral("bob")
    assert told.text.startswith("/nothing failed with the error")
    assert len(slack.faults) == 2


async def test_a_command_that_the_app_has_not_registered_never_reaches_it(slack):
    slack.command("general", "alice", "", "/nothing")
    [told] = slack.ephemerals("alice")
    assert (told.text, slack.faults) == ("/nothing is not a valid command.", [])


async def test_reactions_reach_those_who_subscribe_once_a_person(slack):
    slack.subscribe("reaction_added")
    said = slack.say("general", "alice", "cake in the kitchen")
    for _ in range(2):
        slack.react(said, "bob", "tada")
    events = [body["event"] for body in slack.dispatch.delivered]
    assert [event["type"] for event in events] == ["reaction_added"]
    assert said.reactions == {"tada": [slack.workspace.user_id("bob")]}
