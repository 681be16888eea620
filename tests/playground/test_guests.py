"""Two more teams' Bolt apps, started as programs of their own and unchanged: what typical apps need is here."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.playground.bell import PATIENCE
from bot.playground.child import find_free_port
from bot.playground.granted import Grants

from .fake_slack import FakeSlack, find_press

GUESTS = Path(__file__).parent / "guests"


@asynccontextmanager
async def running_guest(name, slack, **more):
    """Run a program with the settings that every Bolt sample reads."""
    keys = slack.credentials
    settings = {"SLACK_API_URL": f"{slack.url}/api/", "SLACK_BOT_TOKEN": keys.bot_token, "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(GUESTS / name), env={"PATH": os.environ["PATH"], **settings, **more}
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@pytest.fixture
async def desk():
    async with (
        FakeSlack.open("socket", Grants()) as slack,
        running_guest("help_desk.py", slack, SLACK_APP_TOKEN=slack.credentials.app_token),
    ):
        await slack.socket.wait_until_connected()
        yield slack


@pytest.fixture
async def census():
    async with FakeSlack.open("http", Grants(events=frozenset({"app_mention"}))) as slack:
        port = str(find_free_port())
        slack.http.bot_url = f"http://127.0.0.1:{port}"
        secret = slack.credentials.signing_secret
        async with running_guest("census.py", slack, SLACK_SIGNING_SECRET=secret, PORT=port), asyncio.timeout(PATIENCE):
            while not await listens(port):
                await asyncio.sleep(0.05)
            yield slack


async def listens(port):
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def test_it_hears_words_says_blocks_and_updates_them_on_a_click(desk):
    desk.say("general", "alice", "hello there")
    [offer] = await desk.wait_for_message("general")
    assert offer.words.startswith("hello to you, <@U")
    desk.click(offer, "Click me", "bob")
    await desk.wait_for_change(offer)
    assert offer.text.endswith("clicked the button")
    await desk.bell.until(lambda: offer.reactions.get("eyes"), lambda: "no reaction")
    assert desk.faults == []


async def test_a_form_with_a_search_is_refused_corrected_and_turned_into_another_window(desk):
    desk.command("general", "alice", "", "/ticket")
    alice = desk.workspace.user_id("alice")
    [form] = await desk.bell.until(lambda: desk.views.modals.get(alice), lambda: "no modal")
    [kernel] = await desk.type_ahead(form, "alice", find_press(form, "Which team?"), "kern")
    filled = {"team": {"team": {"type": "external_select", "selected_option": kernel}}}
    desk.submit(form, {**filled, "title": {"title": {"type": "plain_text_input", "value": "Help"}}})
    await desk.bell.until(lambda: form.errors, lambda: "no errors")
    assert form.errors == {"title": "Say a little more"}
    desk.submit(form, {**filled, "title": {"title": {"type": "plain_text_input", "value": "It does not boot"}}})
    [told] = await desk.wait_for_message("@alice")
    assert told.text == "It does not boot (from the command)"
    await desk.bell.until(lambda: "Ticket for Kernel: It does not boot" in form.words, lambda: form.words)
    assert desk.faults == []


async def test_a_reaction_is_answered_in_the_thread(desk):
    said = desk.say("general", "alice", "Simple is better than complex")
    desk.react(said, "bob", "tada")
    [thanks] = await desk.wait_for_message("general", thread_ts=said.ts)
    assert thanks.text == "Thanks for the :tada:"


async def test_a_method_that_is_not_played_here_is_refused_and_shown_as_a_fault(desk):
    desk.command("general", "alice", "", "/later")
    seen = await desk.wait_for_ephemeral("alice", count=2)
    assert {message.text for message in seen} == {"One moment ...", "Not here: unknown_method"}
    assert desk.faults == ["the bot called chat.scheduleMessage, which this Slack does not know"]


async def test_it_counts_the_workspace_page_by_page(census):
    for name in ("bob", "carol", "dave"):
        census.workspace.user_id(name)
    census.command("general", "alice", "", "/census")
    [told] = await census.wait_for_message("general")
    public = ", ".join(f"#{channel.name}" for channel in census.workspace.channels.values() if channel.kind == "public")
    assert told.text == f"flatcar-faq for alice in #general: {public}; 5 people, 5 here, a member"
    assert census.faults == []


async def test_it_reads_a_thread_page_by_page_and_links_to_it(census):
    root = census.say("general", "alice", "first")
    for number in range(3):
        census.say("general", "bob", f"reply {number}", thread_ts=root.ts)
    asked = census.say("general", "alice", "@flatcar-faq how much is this?", thread_ts=root.ts)
    [told] = await census.wait_for_message("general", thread_ts=root.ts)
    assert told.text.startswith("5 messages at https://flatcar-community.slack.com/archives/")
    assert told.text.endswith("newest: first, and that is all")
    [psst] = await census.wait_for_ephemeral("alice")
    assert (psst.text, psst.thread_ts) == ("That was for you", root.ts)
    assert not any(asked.reactions.values())
    assert census.faults == []


async def test_it_joins_a_public_channel_and_posts_there(census):
    census.command("elsewhere", "alice", "", "/join")
    [told] = await census.wait_for_ephemeral("alice")
    assert told.text == "Joined, and tidied up"
    assert census.workspace.channel("elsewhere").has_bot
    assert census.replies("elsewhere") == []
