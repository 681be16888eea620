"""What an operator relies on for years: lines that are renewed and given up, kills, limits, and signs of life."""

import asyncio
import json
import random
import re
import signal
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.emulator import PATIENCE, Outage
from bot.emulator.delivery import ACK_PATIENCE
from bot.playground.running import find_free_port
from bot.slack.transport.dispatch import ACK_LATEST
from tests.emulator import BotProcess, FakeSlack, Retry, environment_for, rate_limited, running_bot, slow
from tests.emulator.bot_process import CHECKOUT

from .conftest import assert_clean
from .entries import ENTRIES, FUNDING, assert_answers


@asynccontextmanager
async def bot_that_may_end(slack, folder, **changes):
    bot = BotProcess(slack, environment_for(slack, **changes), folder)
    await bot.start()
    try:
        await bot.wait_until_ready()
        yield bot
    finally:
        await bot.kill()


async def get(port, path):
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def is_told(port, path, told):
    """Ask until the bot tells this: it does what it does in its own time."""
    async with asyncio.timeout(PATIENCE):
        while told not in str(found := await get(port, path)):
            await asyncio.sleep(0.05)
    return found


async def die(bot, slack):
    """Kill a bot; Slack waits no longer for what it had not acknowledged."""
    await bot.kill()
    slack.socket.lose_patience()


over_a_socket = pytest.mark.parametrize("running", ["socket"], indirect=True)
"""With the bot that other tests speak with, too."""


async def test_a_line_is_renewed_new_before_old_and_nothing_is_lost_or_said_twice():
    async with FakeSlack.open("socket") as slack:
        slack.dispatch.retry_delays = (0.0,) * 3  # what a line carries no more when it is closed, Slack sends again
        slack.socket.ack_patience = 3.0
        gaps, asked = [], []
        slack.workspace.listeners.append(lambda _: gaps.append(slack.socket.connections == 0))
        async with running_bot(slack, LINE_RENEW_MINUTES="0.015"):
            while len(asked) < 60 or slack.socket.greeted < 4:
                question = ENTRIES[len(asked) % len(ENTRIES)].question
                asked.append(slack.mention("general", f"person{len(asked)}", question))
                await asyncio.sleep(0.06)
            await slack.deliveries.done()
            await slack.settle()
            counts = [len(slack.replies("general", thread_ts=each.ts)) for each in asked]
        assert counts == [1] * len(asked)
        assert not any(gaps), "there was a moment without any line"


async def test_without_a_connection_for_too_long_the_program_ends_with_one_line_and_a_status_of_its_own(tmp_path):
    async with FakeSlack.open("socket") as slack, bot_that_may_end(slack, tmp_path, LINE_LOST_MINUTES="0.02") as bot:
        start = bot.log_size
        slack.socket.refusals = 1000
        slack.socket.drop()
        assert await bot.wait_until_ended() == 3
        assert_clean(bot.log(), slack)
        [last] = [line for line in bot.log(start).splitlines() if not line.startswith("{")]
        assert "no connection to Slack" in last


@over_a_socket
async def test_an_event_is_acknowledged_once_its_reply_is_posted(slack):
    acks_by_reply = {}

    def note(change):
        if change.message is not None and change.message.bot_id:
            acks_by_reply[change.message.thread_ts] = len(slack.socket.acks)

    slack.workspace.listeners.append(note)
    is_acknowledged_after = []
    for number in range(5):  # a busy machine may need more than the time until it is acknowledged anyway
        earlier = len(slack.socket.acks)
        reply = await slack.reply_to(slack.mention("general", f"person{number}", FUNDING.question))
        is_acknowledged_after.append(acks_by_reply[reply.thread_ts] == earlier)
    slack.workspace.listeners.remove(note)
    assert any(is_acknowledged_after)


@over_a_socket
async def test_an_event_is_acknowledged_before_slack_sends_it_again_even_where_no_reply_can_be_posted(slack):
    slack.mention("general", "bob", FUNDING.question)
    held = await slack.hold()
    await slack.deliveries.done()
    assert slack.replies("general") == []
    assert slack.faults == []
    held.let_go()
    await slack.wait_for_message("general")
    assert ACK_LATEST < ACK_PATIENCE


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_what_a_killed_bot_had_begun_is_answered_by_the_next_one(transport, tmp_path):
    """Killed while it waits for Slack's own limit: the event is not acknowledged, nothing was posted."""
    async with FakeSlack.open(transport) as slack:
        async with bot_that_may_end(slack, tmp_path) as bot:
            first = await slack.reply_to(slack.mention("general", "alice", FUNDING.question))
            again = slack.mention("general", "alice", FUNDING.question, thread_ts=first.thread_ts)
            held = await slack.hold("chat.getPermalink")
            await die(bot, slack)
            held.lose()
        async with bot_that_may_end(slack, tmp_path):
            slack.send_event(slack.dispatch.delivered[-1], Retry())
            replies = await slack.wait_for_message("general", thread_ts=first.thread_ts, count=2)
            await slack.deliveries.done()
            await slack.settle()
            assert again.ts < replies[1].ts
            assert len(slack.replies("general", thread_ts=first.thread_ts)) == 2


WINDOWS = {"before Slack has the reply": 0, "when Slack has the reply": 1}
"""How many replies stand in Slack in the end, by the moment of the kill within the first window: never two."""


@pytest.mark.parametrize(("moment", "replies"), WINDOWS.items(), ids=WINDOWS.keys())
async def test_a_reply_that_was_being_posted_when_the_bot_was_killed_is_not_posted_again(moment, replies, tmp_path):
    """The first window: nobody can tell whether Slack took it, so it is silence or once, never twice."""
    async with FakeSlack.open("socket") as slack:
        async with bot_that_may_end(slack, tmp_path) as bot:
            asked = slack.mention("general", "alice", FUNDING.question)
            held = await slack.hold()
            await die(bot, slack)
            held.let_go() if replies else held.lose()
            await slack.notifier.until(lambda: not slack.api.under_way, lambda: "the call is still held")
        async with bot_that_may_end(slack, tmp_path):
            slack.send_event(slack.dispatch.delivered[-1], Retry())
            await slack.settle()
            assert len(slack.replies("general", thread_ts=asked.ts)) == replies


async def test_a_question_acknowledged_before_its_reply_goes_with_a_kill_and_can_be_asked_again(tmp_path):
    """The second window: Slack limits the channel for longer than an acknowledgement can wait."""
    async with FakeSlack.open("socket") as slack:
        async with bot_that_may_end(slack, tmp_path) as bot:
            slack.disturb(rate_limited(60))
            asked = slack.mention("general", "alice", FUNDING.question)
            await slack.deliveries.done()
            await bot.kill()
        async with bot_that_may_end(slack, tmp_path):
            again = slack.mention("general", "alice", FUNDING.question)
            assert_answers(await slack.reply_to(again), FUNDING)
            assert slack.replies("general", thread_ts=asked.ts) == []


@pytest.mark.parametrize("seed", range(3))
async def test_kills_at_any_moment_leave_nobody_with_two_answers(seed, tmp_path):
    chance = random.Random(seed)
    async with FakeSlack.open("socket") as slack:
        asked = []
        for _ in range(2):
            async with bot_that_may_end(slack, tmp_path) as bot:
                for number in range(15):
                    asked.append(slack.mention("general", f"p{len(asked)}", ENTRIES[number % 12].question))
                    await asyncio.sleep(chance.uniform(0, 0.03))
                await asyncio.sleep(chance.uniform(0, 0.3))
                await die(bot, slack)
        async with bot_that_may_end(slack, tmp_path):
            await slack.deliveries.done()
            for event in list(slack.dispatch.delivered):
                slack.send_event(event, Retry())
            await slack.settle()
        counts = [len(slack.replies("general", thread_ts=each.ts)) for each in asked]
        assert max(counts) == 1
        assert counts.count(0) <= 16, "only what was being posted at a kill may be lost: eight in a channel, twice"


async def test_two_bots_on_one_database_answer_one_event_once(tmp_path):
    url = f"sqlite:///{tmp_path}/shared.db"
    async with (
        FakeSlack.open("socket") as slack,
        running_bot(slack, DATABASE_URL=url),
        running_bot(slack, DATABASE_URL=url),
    ):
        await slack.notifier.until(lambda: slack.socket.connections == 2, lambda: "not both bots are connected")
        slack.dispatch.duplicates = 20
        asked = [slack.mention("general", f"person{number}", FUNDING.question) for number in range(20)]
        await asyncio.gather(*(slack.wait_for_message("general", thread_ts=each.ts) for each in asked))
        await slack.settle()
        assert [len(slack.replies("general", thread_ts=each.ts)) for each in asked] == [1] * 20


@dataclass(frozen=True, slots=True)
class LimitedIn(Outage):
    """Limits the rate in one channel."""

    channel: str = ""

    def fits(self, arguments):
        return arguments.get("channel") == self.channel


@over_a_socket
async def test_a_limited_channel_waits_in_order_and_others_go_on(slack):
    busy = slack.workspace.channel("random")
    slack.outages.stand(LimitedIn("rate_limited", 1, busy.id), share=1.0, method="chat.postMessage")
    first = []
    for number in range(6):
        first.append(slack.mention("random", f"person{number}", ENTRIES[number].question))
        await asyncio.sleep(0.05)
    elsewhere = slack.mention("general", "bob", FUNDING.question)
    await slack.wait_for_message("general", thread_ts=elsewhere.ts)
    assert slack.replies("random") == []
    slack.outages.clear()
    replies = await slack.wait_for_message("random", count=6)
    assert [reply.thread_ts for reply in replies] == [each.ts for each in first]


async def test_who_asks_too_often_is_told_once_in_private_and_others_are_answered():
    async with FakeSlack.open("socket") as slack, running_bot(slack, QUESTIONS_PER_MINUTE="3"):
        for _ in range(6):
            await asyncio.sleep(0.02)
            slack.mention("general", "mallory", FUNDING.question)
        [notice] = await slack.wait_for_ephemeral("mallory")
        assert "more than I answer" in notice.text
        await slack.wait_for_message("general", count=3)
        slack.command("general", "mallory", FUNDING.question)
        await slack.wait_for_ephemeral("mallory", count=2)
        assert_answers(await slack.reply_to(slack.mention("general", "alice", FUNDING.question)), FUNDING)
        assert len(slack.replies("general")) == 4
        assert slack.faults == []


@over_a_socket
async def test_a_channel_that_shut_the_bot_out_meanwhile_gets_silence_and_the_asker_gets_the_answer(slack):
    random = slack.workspace.channel("random")
    slack.mention("random", "alice", FUNDING.question)
    held = await slack.hold()
    random.has_bot = False
    held.let_go()
    [reply] = await slack.wait_for_message("@alice")
    random.has_bot = True
    assert_answers(reply, FUNDING)
    assert "did not let me reply where you asked" in reply.text
    assert slack.replies("random") == []


async def test_a_revoked_token_is_told_once_turns_readiness_and_heals():
    port = find_free_port()
    async with FakeSlack.open("socket") as slack, running_bot(slack, METRICS_PORT=str(port)) as bot:
        assert (await get(port, "/readyz"))[0] == 200
        good, slack.api.credentials = slack.api.credentials, replace(slack.credentials, bot_token="xoxb-another")
        for person in ("alice", "bob"):
            slack.mention("general", person, FUNDING.question)
        status, told = await is_told(port, "/readyz", "503")
        assert (status, json.loads(told)["ready"]) == (503, False)
        await slack.deliveries.done()
        assert (await get(port, "/healthz"))[0] == 200
        slack.api.credentials = good
        assert_answers(await slack.reply_to(slack.mention("general", "alice", FUNDING.question)), FUNDING)
        assert (await get(port, "/readyz"))[0] == 200
        assert bot.log().count("refuses the bot token") == 1
        assert_clean(bot.log(), slack)


async def test_numbers_of_a_running_bot_can_be_scraped():
    port = find_free_port()
    async with FakeSlack.open("socket") as slack, running_bot(slack, METRICS_PORT=str(port)) as bot:
        slack.disturb(rate_limited(1))
        await slack.reply_to(slack.mention("general", "alice", FUNDING.question))
        bot.process.send_signal(signal.SIGHUP)
        await bot.wait_for_log('"reloaded"')
        await slack.settle()
        told = (await is_told(port, "/metrics", "flatcar_faq_queue 0.0"))[1]
        assert 'flatcar_faq_questions_total{kind="answer",surface="mention"} 1.0' in told
        assert 'flatcar_faq_slack_errors_total{error="http_429",method="chat.postMessage"} 1.0' in told
        assert "flatcar_faq_line_up 1.0" in told
        assert "flatcar_faq_queue 0.0" in told
        assert_shown_in_grafana(told)


def assert_shown_in_grafana(told):
    """Check that the dashboard asks for numbers that the bot tells, and for all of its own."""
    panels = json.loads((CHECKOUT / "docs/grafana-dashboard.json").read_text())["panels"]
    asked = " ".join(target["expr"] for panel in panels for target in panel["targets"])
    names = set(re.findall(r"\b(?:flatcar_faq|process)_\w+", asked))
    families = {family.name: family for family in text_string_to_metric_families(told)}
    samples = {name + ending for name in families for ending in ("", "_total", "_bucket")}
    assert names <= samples, names - samples
    ours = {name for name in families if name.startswith("flatcar_faq_") and not name.endswith("_created")}
    assert not [name for name in ours if not any(each.startswith(name) for each in names)]


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_at_debug_the_log_holds_no_text_no_name_and_no_secret(transport, tmp_path):
    (tmp_path / "no-folder").touch()
    url = f"sqlite:///{tmp_path}/no-folder/faq.db"
    async with FakeSlack.open(transport) as slack:
        async with running_bot(slack, LOG_LEVEL="DEBUG", DATABASE_URL=url) as bot:
            slack.disturb(slow(0.1))
            await slack.reply_to(slack.mention("general", "alice", "tell me of zanzibar please"))
            slack.command("general", "alice", "and of zanzibar")
            await slack.wait_for_ephemeral("alice")
            log = bot.log()
        assert_clean(log, slack)
        assert "zanzibar" not in log
        assert slack.workspace.user_id("alice") not in log
        assert "nothing can be saved" in log


@over_a_socket
async def test_a_thousand_questions_in_many_channels_at_once_are_all_answered_in_bounded_memory(slack, bot):
    names = [f"channel{number}" for number in range(40)]
    for name in names:
        slack.workspace.add_channel(name)
    before = most_megabytes_of(bot)
    asked = [
        slack.mention(names[number % 40], f"person{number}", ENTRIES[number % 12].question) for number in range(1000)
    ]
    await slack.notifier.until(
        lambda: sum(1 for m in slack.workspace.messages if m.bot_id) >= len(asked), lambda: "not all answered", 120
    )
    await slack.settle()
    for name in names:
        del slack.workspace.channels[name]
    threads = [m.thread_ts for m in slack.workspace.messages if m.bot_id and m.thread_ts]
    assert sorted(threads) == sorted(message.ts for message in asked)
    assert most_megabytes_of(bot) - before < 100, "a question that waits needs some 30 kB; Python keeps some of it"


def most_megabytes_of(bot):
    """Give the most memory that the bot has ever held."""
    status = Path(f"/proc/{bot.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
