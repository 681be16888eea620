"""The bot as a real child process: started with a clean environment, watched until ready, stopped, its log kept."""

import asyncio
import atexit
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import aiohttp

from bot.emulator import PATIENCE
from bot.playground.running import find_free_port, is_healthy
from bot.store import open_store

from .fake_slack import FakeSlack

CHECKOUT = Path(__file__).resolve().parents[2]
OUR_FAQ = CHECKOUT / "faq"
STOP_PATIENCE = PATIENCE


def environment_for(slack: FakeSlack, faq: Path = OUR_FAQ, **changes: str | None) -> dict[str, str]:
    """Build the whole environment of a bot for this Slack; a change to None leaves the variable out."""
    keys = slack.credentials
    variables: dict[str, str | None] = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUNBUFFERED": "1",
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": keys.bot_token,
        "FAQ_PATH": str(faq),
        "MAINTAINERS": ",".join(slack.workspace.user_id(name) for name in ("maria", "martin")),
        "MAINTAINERS_CHANNEL": slack.workspace.channel("maintainers").id,
        "DIGEST_DAY": "never",
        "QUESTIONS_PER_MINUTE": "100000",  # one alice asks in the name of all tests
        "SSL_CERT_FILE": os.devnull,  # nobody speaks TLS, and to read all certificates takes a twentieth of a start
    }
    if slack.transport_name == "socket":
        variables |= {"SLACK_APP_TOKEN": keys.app_token}
    else:
        port = slack.http.bot_url.rpartition(":")[2] or str(find_free_port())
        slack.http.bot_url = f"http://127.0.0.1:{port}"
        variables |= {
            "SLACK_SIGNING_SECRET": keys.signing_secret,
            "HOST": "127.0.0.1",
            "PORT": port,
            "DRAIN_SECONDS": "0",
        }
    return {name: value for name, value in (variables | changes).items() if value is not None}


class BotProcess:
    """`python -m bot run` in an empty folder of its own; the log holds standard output and standard error."""

    def __init__(self, slack: FakeSlack, environment: dict[str, str], folder: Path) -> None:
        self.slack, self.environment, self.folder = slack, environment, folder
        self.log_file = folder / "bot.log"
        self.process: asyncio.subprocess.Process | None = None
        self.lines_before = 0
        """How many lines Slack had greeted when it was started; one of its predecessor may look alive for a moment."""

    async def start(self) -> None:
        environment = {"HOME": str(self.folder), **self.environment}
        self.lines_before = self.slack.socket.greeted
        with self.log_file.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self.folder, env=environment, stdout=log, stderr=log
            )

    async def wait_until_ready(self) -> None:
        """Wait for its own WebSocket or for a healthy GET /healthz; fail at once if the bot ends instead."""
        assert self.process is not None
        is_socket = self.slack.transport_name == "socket"
        ready = asyncio.ensure_future(self._wait_for_a_line() if is_socket else self._wait_for_health())
        ended = asyncio.ensure_future(self.process.wait())
        await asyncio.wait((ready, ended), return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            raise AssertionError(
                f"the bot ended with status {ended.result()} instead of getting ready:\n{self.log()[-4000:]}"
            )
        ended.cancel()
        await ready

    async def wait_until_ended(self, patience: float = STOP_PATIENCE) -> int:
        """Give the exit status of a bot that ends on its own."""
        assert self.process is not None
        try:
            return await asyncio.wait_for(self.process.wait(), patience)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
            raise AssertionError(f"the bot still runs after {patience:g} s:\n{self.log()[-4000:]}") from None

    async def stop(self) -> None:
        """Ask it to end, as an operator's supervisor does; it must do so in order and without a traceback."""
        assert self.process is not None
        if self.process.returncode is not None:
            raise AssertionError(f"the bot had ended with status {self.process.returncode}:\n{self.log()[-4000:]}")
        self.process.send_signal(signal.SIGTERM)
        status = await self.wait_until_ended()
        assert status == 0, f"exit status {status} after SIGTERM:\n{self.log()[-4000:]}"
        if tracebacks := [line for line in self.log().splitlines() if "Traceback" in line]:
            raise AssertionError("the bot stopped, but its log holds tracebacks:\n" + "\n".join(tracebacks))

    async def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    def log(self, since: int = 0) -> str:
        """Read the log from a byte position on."""
        return self.log_file.read_bytes()[since:].decode(errors="replace") if self.log_file.exists() else ""

    async def wait_for_log(self, *words: str, since: int = 0) -> None:
        """Wait until the log holds one of the words behind a byte position."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not any(word in self.log(since) for word in words):
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"the log never said any of {words}:\n{self.log(since)[-4000:]}") from None

    @property
    def log_size(self) -> int:
        return self.log_file.stat().st_size if self.log_file.exists() else 0

    async def _wait_for_a_line(self) -> None:
        line = self.slack.socket
        await self.slack.notifier.until(lambda: line.greeted > self.lines_before, lambda: "the bot has not connected")

    async def _wait_for_health(self) -> None:
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
            while not await is_healthy(session, self.slack.http.bot_url):
                await asyncio.sleep(0.05)


@asynccontextmanager
async def running_bot(slack: FakeSlack, faq: Path = OUR_FAQ, **changes: str | None) -> AsyncIterator[BotProcess]:
    """Run a bot for as long as the block lasts and stop it in order; whatever happens, no process is left behind."""
    with tempfile.TemporaryDirectory(prefix="faq-bot-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "data" / "fits").symlink_to(_kept() / "fits")
        vectors = _kept() / "vectors" / faq.name  # the store keeps one FAQ's; copies of ours differ by a text or two
        vectors.mkdir(parents=True, exist_ok=True)
        (folder / "data" / "vectors").symlink_to(vectors)
        shutil.copy(_kept() / "empty.db", folder / "data" / "flatcar-faq.db")
        bot = BotProcess(slack, environment_for(slack, faq, **changes), folder)
        await bot.start()
        try:
            await bot.wait_until_ready()
            yield bot
            await bot.stop()
        finally:
            await bot.kill()


@cache
def _kept() -> Path:
    """Give a folder with what not each bot of a run makes anew: what it learns of an FAQ, and an empty database."""
    folder = tempfile.TemporaryDirectory(prefix="faq-kept-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    kept = Path(folder.name)
    (kept / "fits").mkdir()
    open_store(str(kept / "empty.db")).close()
    return kept
