"""An operator starts the bot with wrong tokens, restarts it, and changes its FAQ meanwhile."""

import shutil
from pathlib import Path

import pytest

from bot.store import open_store
from tests.emulator import BotProcess, FakeSlack, environment_for, rate_limited, running_bot, slow
from tests.emulator.bot_process import OUR_FAQ
from tests.store.builders import sent

from .conftest import assert_clean
from .entries import FULL_FAQ, FUNDING
from .test_suggestions import chosen_by

BOT, APP, SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
WRONG_BOT, WRONG_APP = "xoxb-999-888-wrongbottoken", "xapp-1-A9-888-wrongapptoken"

WRONG_SETTINGS = {
    "a wrong bot token": ("socket", {BOT: WRONG_BOT}, BOT),
    "a wrong app token": ("socket", {APP: WRONG_APP}, APP),
    "a bot token over HTTP that is wrong": ("http", {BOT: WRONG_BOT}, BOT),
    "the tokens swapped": ("socket", {BOT: WRONG_APP, APP: WRONG_BOT}, BOT),
    "the bot token in both places": ("socket", {APP: WRONG_BOT}, APP),
    "the app token in both places": ("socket", {BOT: WRONG_APP}, BOT),
    "no bot token": ("socket", {BOT: None}, BOT),
    "an empty bot token": ("socket", {BOT: ""}, BOT),
    "neither app token nor signing secret": ("socket", {APP: None}, APP),
    "a signing secret alone": ("http", {BOT: None}, BOT),
    "no Slack settings at all": ("socket", {BOT: None, APP: None}, BOT),
    "a token that is none": ("socket", {BOT: "hunter2hunter2"}, BOT),
}


@pytest.mark.parametrize(("transport", "changes", "named"), WRONG_SETTINGS.values(), ids=WRONG_SETTINGS.keys())
async def test_wrong_tokens_end_the_start_in_one_paragraph(tmp_path: Path, transport, changes, named):
    async with FakeSlack.open(transport) as slack:
        bot = BotProcess(slack, environment_for(slack, **changes), tmp_path)
        await bot.start()
        assert await bot.wait_until_ended() == 2
        log = bot.log()
        assert_clean(log, slack)
        assert named in log
        assert "\n\n" not in log.strip()
        assert len(log) < 1200
        assert not any(value and value in log for value in changes.values()), log


async def test_a_port_that_is_taken_ends_the_start_in_one_paragraph(tmp_path: Path):
    async with FakeSlack.open("http") as slack, running_bot(slack):
        second = BotProcess(slack, environment_for(slack), tmp_path)
        await second.start()
        assert await second.wait_until_ended() != 0
        assert_clean(second.log(), slack)


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_a_button_whose_entry_is_gone_says_so(tmp_path: Path, transport, doubtful_question):
    faq = shutil.copytree(OUR_FAQ, tmp_path / "faq")
    async with FakeSlack.open(transport) as slack:
        async with running_bot(slack, faq, FAQ_URL=FULL_FAQ) as bot:
            offer = await slack.reply_to(slack.mention("general", "alice", doubtful_question))
        assert "warning" not in bot.log()
        label = offer.labels[0]
        (faq / f"{chosen_by(label).anchor}.md").unlink()
        async with running_bot(slack, faq, FAQ_URL=FULL_FAQ):
            slack.click(offer, label, "alice")
            await slack.notifier.until(lambda: offer.edits or slack.ephemerals("alice"), lambda: "nothing was said")
            await slack.settle()
            said = offer if offer.edits else slack.ephemerals("alice")[0]
            assert said.text.strip()
            assert f"{FULL_FAQ}#" not in said.everything
        assert slack.faults == []


@pytest.mark.parametrize("transport", ["socket", "http"])
@pytest.mark.parametrize("ask", ["mention", "command"])
async def test_a_bot_that_is_stopped_in_the_middle_of_a_reply_ends_in_order(transport, ask):
    async with FakeSlack.open(transport) as slack:
        async with running_bot(slack):
            slack.disturb(slow(1.0), method="chat.postMessage" if ask == "mention" else "response_url")
            if ask == "mention":
                slack.mention("general", "alice", FUNDING.question)
            else:
                slack.command("general", "alice", FUNDING.question)
            await slack.notifier.until(lambda: slack.outages.left == 0, lambda: "the bot did not begin to reply")
        assert len(slack.replies("general")) + len(slack.ephemerals("alice")) <= 1


async def test_a_bot_that_is_stopped_while_commands_pour_in_ends_in_order_and_everybody_is_told_once():
    async with FakeSlack.open("socket") as slack:
        async with running_bot(slack):
            for number in range(300):
                slack.command("general", f"person{number}", FUNDING.question)
            await slack.notifier.until(lambda: len(slack.socket.acks) > 10, lambda: "no command was acknowledged")
        slack.socket.ack_patience = 0.1
        await slack.deliveries.done()
        told = [len(slack.ephemerals(f"person{number}")) for number in range(300)]
        assert told == [1] * 300, "by the bot, or by Slack that the command failed"


async def test_messages_that_slack_limits_when_the_bot_stops_come_from_the_next_bot(tmp_path):
    database = str(tmp_path / "bot.db")
    async with FakeSlack.open("socket") as slack:
        store = open_store(database)
        asked = {"asker": slack.workspace.user_id("alice"), "thread": "", "surface": "command"}
        item, _ = store.inbox.add(sent(**asked))
        async with running_bot(slack, DATABASE_URL=database):
            await slack.wait_for_message("maintainers")
            slack.disturb(rate_limited(100), 2, method="chat.postMessage")
            store.inbox.handle(item.id, "answered", "command line", entry=FUNDING.anchor)
            store.inbox.add(sent("And another?", source="2", **asked))
            await slack.notifier.until(lambda: slack.outages.left == 0, lambda: "the bot did not try to post")
        assert slack.replies("@alice") == []
        async with running_bot(slack, DATABASE_URL=database):
            [told] = await slack.wait_for_message("@alice")
            cards = await slack.wait_for_message("maintainers", count=2)
            await slack.settle()
        assert FUNDING.anchor in told.everything
        assert "And another?" in cards[1].everything
        assert (len(slack.replies("@alice")), len(slack.replies("maintainers"))) == (1, 2)
        assert [each.told for each in store.inbox.items(("answered",))] == [True]
        store.close()
