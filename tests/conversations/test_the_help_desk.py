"""The whole circle of a question that the FAQ does not answer, and what is stored of questions, with real processes."""

import asyncio
import shutil
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count

import pytest
import pytest_asyncio

from bot.emulator import Outage
from bot.emulator.interactive_elements import Press
from bot.slack.views.inbox_card import item_of
from bot.store import open_store
from tests.emulator import FakeSlack, running_bot
from tests.emulator.bot_process import OUR_FAQ, BotProcess, environment_for
from tests.emulator.fake_slack import find_press

from .conftest import assert_clean
from .entries import FULL_FAQ

VAIN = "Does the penguin dispense fresh lemonade on thursdays?"
ALIKE = "does the penguin dispense fresh lemonade on a thursday"
MARK = "zyxwquestionmark"
NUMBERS = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bot.db'}"
    return request.getfixturevalue("postgres").create_database(f"circle_{next(NUMBERS)}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running_desk():
    """A Slack and a bot for all tests here that need no settings of their own; its inbox goes on filling."""
    async with FakeSlack.open("socket") as slack, running_bot(slack) as bot:
        yield slack, bot


@pytest_asyncio.fixture(loop_scope="session")
async def desk(running_desk):
    slack, bot = running_desk
    await slack.reset()
    yield slack, bot
    await slack.settle()
    assert slack.faults == []


async def send_on(slack, asked, who):
    reply = await slack.reply_to(asked)
    slack.click(reply, "Send my question to the maintainers", who)
    await slack.wait_for_change(reply)


async def answer_with(slack, card, maintainer, typed, question):
    search = find_press(card, "Answered by ...")
    options = await slack.type_ahead(card, maintainer, search, typed)
    [choice] = [option for option in options if option["text"]["text"] == question]
    slack.press(card, maintainer, Press(search.block_id, search.element, question, choice))


def number_of(card):
    """Give the number under which the command line knows the question of a message to the maintainers."""
    return str(item_of(find_press(card, "Dismiss").block_id.partition("~")[0]))


async def run_command(bot, *arguments, **changes):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=bot.folder,
        env={"HOME": str(bot.folder), **bot.environment, **changes},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode, out.decode()


async def test_what_was_asked_in_vain_is_answered_after_a_maintainer_has_taught_the_faq(database, tmp_path):
    faq = shutil.copytree(OUR_FAQ, tmp_path / "faq")
    async with (
        FakeSlack.open("socket") as slack,
        running_bot(slack, faq, FAQ_URL=FULL_FAQ, DATABASE_URL=database) as bot,
    ):
        asked = slack.mention("general", "alice", VAIN)
        await send_on(slack, asked, "alice")
        [card] = await slack.wait_for_message("maintainers")
        await answer_with(slack, card, "maria", "kin", "Who is Kinvolk?")
        _, told = await slack.wait_for_message("general", thread_ts=asked.ts, count=2)
        assert "have an answer to your question" in told.words
        assert "#who-is-kinvolk" in told.everything

        before = (faq / "who-is-kinvolk.md").read_text().splitlines()
        status, said = await run_command(bot, "phrasings", "--write")
        assert status == 0, said
        after = (faq / "who-is-kinvolk.md").read_text().splitlines()
        assert [line.replace('"', "") for line in after if line not in before] == [f"  - {VAIN}"]
        assert [line for line in before if line not in after] == []
        await bot.wait_for_log('"reloaded"')
        reply = await slack.reply_to(slack.mention("random", "bob", ALIKE))
        assert "#who-is-kinvolk" in reply.everything
        assert slack.faults == []


async def test_a_decision_on_the_command_line_is_told_to_the_asker(desk):
    slack, bot = desk
    asked = slack.direct_message("alice", VAIN)
    await send_on(slack, asked, "alice")
    [card] = await slack.wait_for_message("maintainers")
    status, said = await run_command(bot, "inbox", number_of(card), "--answered-by", "who-is-kinvolk")
    assert status == 0, said
    _, told = await slack.wait_for_message("@alice", count=2)
    assert "consulting company" in told.words


async def test_what_needs_an_entry_is_answered_to_its_asker_once_the_entry_is_written(database, tmp_path):
    faq = shutil.copytree(OUR_FAQ, tmp_path / "faq")
    async with (
        FakeSlack.open("socket") as slack,
        running_bot(slack, faq, FAQ_URL=FULL_FAQ, DATABASE_URL=database) as bot,
    ):
        asked = slack.mention("general", "alice", VAIN)
        await send_on(slack, asked, "alice")
        [card] = await slack.wait_for_message("maintainers")
        slack.click(card, "Needs a new entry", "maria")
        await slack.wait_for_change(card)
        status, said = await run_command(bot, "phrasings", "--write")
        assert status == 0, said
        [draft] = faq.glob("does-the-penguin*.md")
        draft.write_text(draft.read_text().replace("draft: true\n", "") + "On thursdays only.\n")
        _, told = await slack.wait_for_message("general", thread_ts=asked.ts, count=2)
        assert "have an answer to your question" in told.words
        assert "On thursdays only." in told.words
        await slack.settle()
        assert len(slack.replies("general", thread_ts=asked.ts)) == 2


async def test_a_decision_on_the_command_line_is_shown_in_the_maintainers_channel(desk):
    slack, bot = desk
    await send_on(slack, slack.mention("general", "alice", VAIN), "alice")
    [card] = await slack.wait_for_message("maintainers")
    status, said = await run_command(bot, "inbox", number_of(card), "--dismiss")
    assert status == 0, said
    await slack.wait_for_change(card)
    assert "dismissed (command line)" in card.words


async def test_where_the_bot_may_write_no_more_the_asker_is_told_directly(desk):
    slack, _ = desk
    await send_on(slack, slack.mention("general", "alice", VAIN), "alice")
    [card] = await slack.wait_for_message("maintainers")
    slack.workspace.channel("general").has_bot = False
    await answer_with(slack, card, "maria", "kin", "Who is Kinvolk?")
    [told] = await slack.wait_for_message("@alice")
    slack.workspace.channel("general").has_bot = True
    assert "have an answer to your question" in told.words


async def test_an_asker_whom_slack_did_not_let_be_told_is_told_later(desk):
    slack, bot = desk
    start = bot.log_size
    asked = slack.mention("general", "alice", VAIN)
    await send_on(slack, asked, "alice")
    [card] = await slack.wait_for_message("maintainers")
    slack.outages.stand(Outage("server_error"), 1.0, "chat.postMessage")
    await answer_with(slack, card, "maria", "kin", "Who is Kinvolk?")
    await bot.wait_for_log("will try again", since=start)
    slack.outages.clear()
    _, told = await slack.wait_for_message("general", thread_ts=asked.ts, count=2)
    assert "have an answer to your question" in told.words


async def test_a_forgotten_persons_questions_are_gone_from_the_maintainers_channel_too(database):
    async with FakeSlack.open("socket") as slack, running_bot(slack, DATABASE_URL=database) as bot:
        await send_on(slack, slack.mention("general", "alice", VAIN), "alice")
        await slack.wait_for_message("maintainers")
        await slack.settle()
        alice = slack.workspace.user_id("alice")
        status, said = await run_command(bot, "forget", alice)
        assert status == 0, said
        assert "questions: 1" in said
        assert "Messages deleted from the maintainers' channel: 1" in said
        assert ("log (WAL)" in said) == database.startswith("postgres")
        assert slack.replies("maintainers") == []
        assert alice.encode() not in bytes_of(bot.folder)


async def test_messages_that_slack_does_not_delete_are_named(desk):
    slack, bot = desk
    await send_on(slack, slack.mention("general", "alice", VAIN), "alice")
    [card] = await slack.wait_for_message("maintainers")
    await slack.settle()
    status, said = await run_command(bot, "forget", slack.workspace.user_id("alice"), SLACK_BOT_TOKEN="")
    assert status == 1
    assert f"/{card.ts}" in said


async def test_an_asker_who_is_not_to_be_told_is_not(tmp_path):
    changes = {"TELL_ASKERS": "false", "DATABASE_URL": str(tmp_path / "bot.db")}
    async with FakeSlack.open("socket") as slack, running_bot(slack, **changes):
        asked = slack.mention("general", "alice", VAIN)
        await send_on(slack, asked, "alice")
        [card] = await slack.wait_for_message("maintainers")
        await answer_with(slack, card, "maria", "kin", "Who is Kinvolk?")
        await slack.wait_for_change(card)
        await slack.settle()
        assert len(slack.replies("general", thread_ts=asked.ts)) == 1


@pytest.mark.parametrize("who", ["bob", "maria"])
async def test_a_forged_press_decides_nothing(desk, who):
    slack, bot = desk
    await send_on(slack, slack.mention("general", "alice", VAIN), "alice")
    [card] = await slack.wait_for_message("maintainers")
    press = find_press(card, "Dismiss")
    for block_id in ["inbox_999", "inbox_-1", f"{press.block_id}; DROP TABLE inbox", "inbox_", ""]:
        slack.press(card, who, replace(press, block_id=block_id))
    forged = {"text": {"type": "plain_text", "text": "x"}, "value": "no-such-entry"}
    search = find_press(card, "Answered by ...")
    slack.press(card, who, replace(search, choice=forged))
    refusals = await slack.wait_for_ephemeral(who, count=6)
    expected = ("could not make sense", "Only the FAQ's maintainers" if who == "bob" else "could not make sense")
    assert all(any(said in each.words for said in expected) for each in refusals)
    assert find_press(card, "Dismiss"), "it waits on"
    store = open_store(str(bot.folder / "data" / "flatcar-faq.db"))
    assert store.inbox.find(item_of(press.block_id.partition("~")[0])).status == "open"
    store.close()


async def test_a_lost_server_is_lived_through_and_found_again(postgres):
    database = postgres.create_database(f"lost_{next(NUMBERS)}")
    async with FakeSlack.open("socket") as slack, running_bot(slack, DATABASE_URL=database) as bot:
        answer = await slack.reply_to(slack.mention("general", "alice", "Who is Kinvolk?"))
        await asyncio.to_thread(postgres.stop)
        try:
            again = await slack.reply_to(slack.mention("general", "bob", "Who is Kinvolk?"))
            assert "#who-is-kinvolk" in again.everything
            slack.click(again, "This helped", "bob")
            [said] = await slack.wait_for_ephemeral("bob")
            assert "could not save that" in said.words
        finally:
            await asyncio.to_thread(postgres.start)
        await bot.wait_for_log("saving works again")
        slack.click(answer, "This helped", "alice")
        [thanks] = await slack.wait_for_ephemeral("alice")
        assert "Thank you" in thanks.words
        assert bot.log().count("nothing can be saved") == 1


@asynccontextmanager
async def two_bots(slack, database, tmp_path):
    """Two processes that Slack reaches over HTTP at addresses of their own, on one database."""
    async with running_bot(slack, DATABASE_URL=database) as first:
        first_url, slack.http.bot_url = slack.http.bot_url, ""
        (tmp_path / "second").mkdir()
        second = BotProcess(slack, environment_for(slack, DATABASE_URL=database), tmp_path / "second")
        await second.start()
        await second.wait_until_ready()
        second_url, slack.http.bot_url = slack.http.bot_url, first_url
        try:
            yield first, second, second_url
            await second.stop()
        finally:
            await second.kill()


async def test_the_same_event_to_two_processes_on_one_database_is_answered_once(database, tmp_path):
    async with FakeSlack.open("http") as slack, two_bots(slack, database, tmp_path) as (first, second, second_url):
        asked = [slack.mention("general", f"person{number}", "Who is Kinvolk?") for number in range(10)]
        other = type(slack.http)(slack.credentials.signing_secret)
        other.bot_url = second_url
        events = [body for body in slack.dispatch.delivered if body["event"].get("ts") in {each.ts for each in asked}]
        await asyncio.gather(*(other.send("events_api", event) for event in events))
        for each in asked:
            await slack.wait_for_message("general", thread_ts=each.ts)
        await slack.settle()
        await other.close()
        assert len(events) == 10
        assert [len(slack.replies("general", thread_ts=each.ts)) for each in asked] == [1] * 10
        for bot in (first, second):
            assert_clean(bot.log(), slack)


async def ask_everywhere(slack):
    """Ask with a mark in every way, click what there is to click, and send nothing on."""
    public = await slack.reply_to(slack.mention("general", "alice", f"Does the penguin dispense {MARK}?"))
    await slack.reply_to(slack.direct_message("alice", f"And does it dispense {MARK} again?"))
    slack.command("general", "bob", f"Does the penguin dispense {MARK}?")
    await slack.wait_for_ephemeral("bob")
    answer = await slack.reply_to(slack.mention("random", "carol", f"Who is Kinvolk? {MARK}"))
    labels = [press.label for press in answer.presses]
    if "This did not help" in labels:
        slack.click(answer, "This did not help", "carol")
        await slack.wait_for_ephemeral("carol")
    return public


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_no_question_is_found_in_any_file_unless_its_asker_sent_it_on(transport):
    async with FakeSlack.open(transport) as slack, running_bot(slack, LOG_LEVEL="DEBUG") as bot:
        public = await ask_everywhere(slack)
        await slack.settle()
        if transport == "http":
            assert MARK not in str(await slack.http.get("/metrics"))
        assert MARK.encode() not in bytes_of(bot.folder)
        slack.click(public, "Send my question to the maintainers", "alice")
        await slack.wait_for_change(public)
        await slack.settle()
        assert MARK.encode() in bytes_of(bot.folder / "data")
        assert MARK not in bot.log()


async def test_every_question_without_an_answer_is_kept_if_the_operator_wants_so(tmp_path):
    changes = {"KEEP_UNANSWERED": "true", "DATABASE_URL": str(tmp_path / "bot.db")}
    async with FakeSlack.open("socket") as slack, running_bot(slack, **changes):
        await slack.reply_to(slack.mention("general", "alice", VAIN))
        await slack.reply_to(slack.mention("general", "alice", "Who is Kinvolk?"))
    store = open_store(str(tmp_path / "bot.db"))
    [item] = store.inbox.items(kept=True)
    assert (VAIN in item.sent.text, item.sent_on) == (True, False)
    store.close()


async def test_a_killed_bot_has_lost_nothing_that_it_confirmed(tmp_path):
    async with FakeSlack.open("socket") as slack:
        bot = BotProcess(slack, environment_for(slack), tmp_path)
        await bot.start()
        await bot.wait_until_ready()
        try:
            reply = await slack.reply_to(slack.mention("general", "alice", "Who is Kinvolk?"))
            slack.click(reply, "This helped", "bob")
            await slack.wait_for_ephemeral("bob")
        finally:
            await bot.kill()
    store = open_store(str(tmp_path / "data" / "flatcar-faq.db"))
    assert [(each.entry, each.up) for each in store.feedback.by_entry()] == [("who-is-kinvolk", 1)]
    store.close()


async def test_a_file_that_is_no_database_is_said_and_left_while_the_bot_answers(tmp_path):
    file = tmp_path / "bot.db"
    file.write_bytes(b"This is no database. " * 500)
    before = file.read_bytes()
    async with FakeSlack.open("socket") as slack, running_bot(slack, DATABASE_URL=str(file)) as bot:
        reply = await slack.reply_to(slack.mention("general", "alice", "Who is Kinvolk?"))
        slack.click(reply, "This helped", "alice")
        [said] = await slack.wait_for_ephemeral("alice")
        assert "could not save that" in said.words
        assert bot.log().count("nothing can be saved") == 1
        assert "it is not a database" in bot.log()
        await slack.settle()
    assert file.read_bytes() == before


async def test_an_address_of_no_database_ends_the_bot_with_a_sentence_that_holds_no_password(tmp_path):
    async with FakeSlack.open("socket") as slack:
        bot = BotProcess(slack, environment_for(slack, DATABASE_URL="mysql://bot:secret@host/db"), tmp_path)
        await bot.start()
        assert await bot.wait_until_ended(patience=60) == 2
        assert "DATABASE_URL" in bot.log()
        assert "secret" not in bot.log()
