"""What clients without the signing secret, or with a wrong one, can do to a bot that listens for HTTP."""

import asyncio
import contextlib
import json
import resource
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.config import Settings
from bot.emulator import PATIENCE
from bot.slack.setup.doctor import examine_slack
from tests.emulator import BotProcess, FakeSlack, running_bot

from .conftest import assert_clean
from .entries import ENTRIES, FUNDING, assert_answers

HEAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


async def test_a_thousand_half_open_connections_with_few_file_descriptors_silence_nobody():
    async with FakeSlack.open("http") as slack, bot_with_descriptors(300, slack) as bot:
        before = bot.log_size
        async with connections(slack, 1000) as writers:
            for writer in writers:
                writer.write(WHOLE + HEAD)
            asked = [slack.mention("general", "alice", entry.question) for entry in ENTRIES]
            for question in asked:
                await slack.wait_for_message("general", thread_ts=question.ts)
            told = (await slack.http.get("/metrics")).text
            await slack.settle()
        assert 'flatcar_faq_refused_requests_total{reason="too_many_connections"}' in told
        assert slack.faults == []
        assert_clean(bot.log(), slack)
        assert bot.log_size - before < 100_000


async def test_large_bodies_that_nobody_finishes_do_not_fill_the_memory():
    async with FakeSlack.open("http") as slack, running_bot(slack) as bot:
        await slack.reply_to(slack.mention("general", "alice", FUNDING.question))
        before = megabytes(bot)
        async with connections(slack, 300) as writers:
            head = f"X-Slack-Request-Timestamp: {time.time():.0f}\r\nX-Slack-Signature: v0={'0' * 64}\r\n"
            begun = HEAD + head.encode() + b"Content-Length: 790000\r\n\r\n" + b"x" * 780_000
            sending = [asyncio.create_task(send(writer, begun)) for writer in writers]
            asked = slack.mention("general", "bob", FUNDING.question)
            assert_answers(await slack.reply_to(asked), FUNDING)
            await asyncio.wait(sending)
            assert megabytes(bot) - before < 100, "300 bodies of 780 kB are 234 MB"
        told = (await slack.http.get("/metrics")).text
        assert 'flatcar_faq_refused_requests_total{reason="busy"}' in told


async def test_a_wrong_signing_secret_is_told_in_the_log_at_readyz_and_in_the_numbers_until_it_is_right():
    async with FakeSlack.open("http") as slack, running_bot(slack, SLACK_SIGNING_SECRET="0" * 32) as bot:
        right, body = slack.http.secret, json.dumps({"type": "something"}).encode()
        assert [(await slack.http.post(body)).status for _ in range(3)] == [401] * 3
        ready = await slack.http.get("/readyz")
        assert "is SLACK_SIGNING_SECRET the one of this app?" in json.loads(ready.text)["requests"]
        assert ready.status == 200, "anybody can send wrong signatures: they must not take the bot away from Slack"
        told = (await slack.http.get("/metrics")).text
        assert 'flatcar_faq_refused_requests_total{reason="wrong_signature"} 3.0' in told
        assert "flatcar_faq_refused 1.0" in told
        assert bot.log().count("all requests over HTTP are refused") == 1
        examined = await examine_slack(settings_of(bot), datetime.now(UTC))
        [secret] = [finding for finding in examined if finding.name == "signing secret"]
        assert (secret.status, "have wrong signatures" in secret.text) == ("problem", True)
        slack.http.secret = "0" * 32
        assert (await slack.http.post(body)).status == 200
        slack.http.secret = right
        assert json.loads((await slack.http.get("/readyz")).text)["requests"] == "no trouble"


async def test_commands_that_come_while_the_bot_stops_are_answered_and_readyz_says_so_first():
    async with FakeSlack.open("http") as slack, running_bot(slack, DRAIN_SECONDS="3") as bot:
        stopping = asyncio.create_task(bot.stop())
        while (await slack.http.get("/readyz")).status == 200:
            await asyncio.sleep(0.01)
        for number in range(20):
            slack.command("general", f"person{number}", FUNDING.question)
        await stopping
        await slack.deliveries.done()
        told = [[message.bot_id for message in slack.ephemerals(f"person{number}")] for number in range(20)]
        assert all(len(each) == 1 and each[0] for each in told), told
        await running_again(bot)


async def running_again(bot: BotProcess) -> None:
    """Start what was stopped, so that it can be stopped in order."""
    await bot.start()
    await bot.wait_until_ready()


@contextlib.asynccontextmanager
async def bot_with_descriptors(most: int, slack: FakeSlack) -> AsyncIterator[BotProcess]:
    async with contextlib.AsyncExitStack() as stack:
        with descriptors(most):
            bot = await stack.enter_async_context(running_bot(slack))
        yield bot


@contextlib.contextmanager
def descriptors(soft: int) -> Iterator[None]:
    """Let children inherit another limit of file descriptors."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@contextlib.asynccontextmanager
async def connections(slack: FakeSlack, number: int) -> AsyncIterator[list[asyncio.StreamWriter]]:
    where = urlsplit(slack.http.bot_url)
    with descriptors(resource.getrlimit(resource.RLIMIT_NOFILE)[1]):
        opening = (asyncio.open_connection(where.hostname, where.port) for _ in range(number))
        async with asyncio.timeout(PATIENCE):
            writers = [writer for _, writer in await asyncio.gather(*opening)]
        try:
            yield writers
        finally:
            for writer in writers:
                writer.close()


async def send(writer: asyncio.StreamWriter, data: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        writer.write(data)
        await writer.drain()


def settings_of(bot: BotProcess) -> Settings:
    given = {name.lower(): value for name, value in bot.environment.items()}
    return Settings(_env_file=None, **{name: given[name] for name in Settings.model_fields.keys() & given.keys()})


def megabytes(bot: BotProcess) -> float:
    """The memory that the bot needed at most so far."""
    status = Path(f"/proc/{bot.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
