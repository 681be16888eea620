"""More teams' Bolt apps, started as programs of their own and unchanged: what typical apps need is here."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.emulator.app_config import Grants
from bot.emulator.notifier import PATIENCE
from bot.playground.child import find_free_port

from .fake_slack import FakeSlack, find_press

GUESTS = Path(__file__).parent / "guests"
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("guests")]


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


@pytest_asyncio.fixture(loop_scope="module")
async def desk():
    async with (
        FakeSlack.open("socket", Grants()) as slack,
        running_guest("help_desk.py", slack, SLACK_APP_TOKEN=slack.credentials.app_token),
    ):
        await slack.socket.wait_until_connected()
        yield slack


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_standup():
    async with (
        FakeSlack.open("socket", Grants()) as slack,
        running_guest("standup.py", slack, SLACK_APP_TOKEN=slack.credentials.app_token),
    ):
        await slack.socket.wait_until_connected()
        yield slack


@pytest_asyncio.fixture(loop_scope="module")
async def standup(running_standup):
    """One app for all of its tests, in an empty workspace."""
    await running_standup.reset()
    return running_standup


@asynccontextmanager
async def guest_over_http(name):
    async with FakeSlack.open("http", Grants(events=frozenset({"app_mention"}))) as slack:
        port = str(find_free_port())
        slack.http.bot_url = f"http://127.0.0.1:{port}"
        async with running_guest(name, slack, SLACK_SIGNING_SECRET=slack.credentials.signing_secret, PORT=port):
            async with asyncio.timeout(PATIENCE):
                while not await listens(port):
                    await asyncio.sleep(0.05)
            yield slack


@pytest_asyncio.fixture(loop_scope="module")
async def census():
    async with guest_over_http("census.py") as slack:
        yield slack


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_archivist():
    async with guest_over_http("archivist.py") as slack:
        yield slack


@pytest_asyncio.fixture(loop_scope="module")
async def archivist(running_archivist):
    """One app for all of its tests, in an empty workspace."""
    await running_archivist.reset()
    return running_archivist


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
    desk.command("general", "alice", "", "/bookmark")
    seen = await desk.wait_for_ephemeral("alice", count=2)
    assert {message.text for message in seen} == {"One moment ...", "Not here: unknown_method"}
    assert desk.faults == ["the bot called bookmarks.add, which this Slack does not know"]


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


PICKED = {
    "day": ("2026-02-03", "2026-02-03"),
    "hour": ("10:30", "10:30"),
    "lead": ("U000000001", "U000000001"),
    "place": ("C000000001", "C000000001"),
    "channel": ("C000000002", "C000000002"),
    "people": (["U000000001", "U000000002"], "['U000000001', 'U000000002']"),
}


@pytest.mark.parametrize(("action_id", "value", "told"), [(each, *known) for each, known in PICKED.items()])
async def test_what_is_picked_in_a_message_is_told_and_held(standup, action_id, value, told):
    standup.command("general", "alice", "", "/standup")
    [plan] = await standup.wait_for_message("general")
    [picker] = [press for press in plan.presses if press.element["action_id"] == action_id]
    standup.press(plan, "bob", replace(picker, value=value))
    _, answer = await standup.wait_for_message("general", count=2)
    assert answer.text == f"{action_id}: {told} as held"
    assert standup.faults == []


async def test_boxes_are_ticked_and_unticked_and_one_of_several_is_chosen(standup):
    standup.command("general", "alice", "", "/standup")
    [plan] = await standup.wait_for_message("general")
    expected = []
    for label, ticked in (("Monday", ["monday"]), ("Friday", ["monday", "friday"]), ("Monday", ["friday"])):
        standup.press(plan, "bob", find_press(plan, label))
        expected.append(ticked)
        *_, answer = await standup.wait_for_message("general", count=1 + len(expected))
        assert [day in answer.text for day in ("'monday'", "'friday'")] == [
            day in ticked for day in ("monday", "friday")
        ]
        assert answer.text.endswith("as held")
    for count, label in enumerate(("Written", "Spoken", "Code", "Stop"), start=5):
        standup.press(plan, "bob", find_press(plan, label))
        *_, answer = await standup.wait_for_message("general", count=count)
        assert f"'value': '{label.lower()}'" in answer.text
    assert standup.faults == []


@pytest_asyncio.fixture(loop_scope="module")
async def form(standup):
    standup.use_shortcut("setup", "bob")
    bob = standup.workspace.user_id("bob")
    [form] = await standup.bell.until(lambda: standup.views.modals.get(bob), lambda: "no window")
    return form


def pick(form, block_id):
    return next(press for press in form.presses if press.block_id == block_id)


def text_value(text, kind="plain_text_input"):
    return {"answer": {"type": kind, "value": text}}


async def test_a_long_form_is_held_back_until_it_is_complete_and_sent_with_all_that_it_holds(standup, form):
    standup.press(form, "bob", pick(form, "kind"))
    await standup.bell.until(lambda: "It is daily" in form.words, lambda: form.words)
    asked = len(standup.deliveries.faults), standup.deliveries.started
    standup.submit(form, {"name": text_value("ab")})
    assert form.errors == {
        "name": "Please write at least 3 characters.",
        "report": "Please complete this required field.",
    }
    standup.submit(form, {"name": text_value("x" * 21)})
    assert form.errors["name"] == "Please write at most 20 characters."
    assert (len(standup.faults), standup.deliveries.started) == asked, "Slack itself says so, the app hears nothing"
    general = standup.workspace.channel("general").id
    report = {"answer": {"type": "conversations_select", "selected_conversation": general}}
    standup.submit(form, {"name": text_value("team"), "report": report})
    [told] = await standup.wait_for_message("general")
    assert told.text == f"team None 2026-05-05 a daily for <@{standup.workspace.user_id('bob')}>"
    assert standup.faults == []


async def test_an_input_tells_the_app_only_where_it_wishes_to_be_told(standup, form):
    before = standup.deliveries.started
    standup.press(form, "bob", replace(pick(form, "start"), value="2026-06-06"))
    assert standup.deliveries.started == before
    assert form.state["start"]["answer"]["selected_date"] == "2026-06-06"


async def test_a_window_on_a_window_is_corrected_and_leads_back(standup, form):
    bob = standup.workspace.user_id("bob")
    standup.press(form, "bob", find_press(form, "Deeper"))
    await standup.bell.until(lambda: len(standup.views.modals[bob]) == 2, lambda: "no second window")
    deep = standup.views.modals[bob][-1]
    standup.submit(deep, {"count": text_value("0", "number_input")})
    await standup.bell.until(lambda: deep.errors == {"count": "More than none"}, lambda: str(deep.errors))
    standup.submit(deep, {"count": text_value("1", "number_input")})
    await standup.bell.until(lambda: standup.views.modals[bob] == [form], lambda: "it stays open")
    standup.close_modal(form)
    [told] = await standup.wait_for_message("@bob")
    assert told.text == "Another time, then"
    assert standup.faults == []


WISHES = {
    "me": ["Alice True alice ['general', 'random', 'maintainers'] Flatcar flatcar-faq"],
    "pin": ["1 pinned, pushpin"],
    "later": ["2 planned, It is later", "It is later"],
}


@pytest.mark.parametrize(("wish", "told"), WISHES.items(), ids=WISHES.keys())
async def test_it_looks_up_pins_and_schedules(archivist, wish, told):
    archivist.mention("general", "alice", wish)
    replies = await archivist.wait_for_message("general", count=len(told))
    assert [reply.text for reply in replies] == told
    assert archivist.faults == []


async def test_it_reads_threads_with_their_replies_and_reactions(archivist):
    root = archivist.say("general", "alice", "Lunch?")
    archivist.say("general", "bob", "Yes", thread_ts=root.ts)
    archivist.say("general", "carol", "No", thread_ts=root.ts)
    archivist.react(root, "bob", "tada")
    archivist.mention("general", "alice", "threads")
    [told] = await archivist.wait_for_message("general")
    assert told.text == "Lunch?: 2 replies, 1 cheers, {True}"


async def test_it_opens_a_channel_names_it_and_leaves(archivist):
    archivist.mention("general", "alice", "open")
    await archivist.deliveries.done()
    await archivist.bell.until(lambda: "incident-1" in archivist.workspace.channels, lambda: "no channel")
    opened = archivist.workspace.channel("incident-1")
    await archivist.bell.until(lambda: not opened.has_bot, lambda: "it is still there")
    assert [message.text for message in archivist.replies("incident-1")] == ["It burns: To put it out"]
    assert archivist.faults == []


async def test_a_button_in_an_attachment_can_be_pressed(archivist):
    archivist.mention("general", "alice", "attach")
    [note] = await archivist.wait_for_message("general")
    archivist.click(note, "Put away", "bob")
    await archivist.bell.until(lambda: note.deleted, lambda: "it is still there")
    assert archivist.faults == []
