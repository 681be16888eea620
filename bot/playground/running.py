"""The playground as a program: Slack is served, the bot runs as a child, until one of them is told to end."""

import asyncio
import json
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from random import SystemRandom
from typing import Any

import aiohttp

from bot.emulator import Control, Emulator, Grants, Route, TransportName
from bot.errors import SettingsError

from .editor import Editor, FaqTools
from .page import Page

PEOPLE = ("alice", "bob", "maria")
MAINTAINER, MAINTAINERS_CHANNEL = "maria", "maintainers"
FIRST_PORT, MOST_PORTS = 4700, 20
PORTS = range(20_000, 32_000)
"""Below those that Linux (from 32768 on), macOS and Windows (from 49152 on) hand out."""
POLL = 0.1
COMMAND = (sys.executable, "-m", "bot.playground.parent_watch", sys.executable, "-m", "bot", "run")

Say = Callable[[str], None]
"""Tells the person at the terminal something."""


@asynccontextmanager
async def opened(
    transport: TransportName, grants: Grants, port: int | None, editor: Editor | None = None
) -> AsyncIterator[tuple[Emulator, Page]]:
    """Serve a Slack with a few people in it, its control interface, and the page to chat on.

    Without a port it is the first free one from `FIRST_PORT` on.

    Raises:
        SettingsError: the port is taken.
    """
    pages: list[Page] = []

    def routes(slack: Emulator) -> list[Route]:
        pages.append(Page(slack, editor, MAINTAINER))
        return [*Control(slack).routes, *pages[-1].routes]

    number = _first_free_port() if port is None else port
    async with AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(Emulator.open(transport, grants, number, more_routes=routes))
        except OSError as error:
            raise SettingsError(f"Nothing can listen at port {number} ({error}).", "Choose another --port.") from None
        for name in PEOPLE:
            slack.workspace.channel(f"@{name}")
        slack.workspace.add_channel(MAINTAINERS_CHANNEL)
        yield slack, pages[-1]


def settings_for(slack: Emulator) -> dict[str, str]:
    """Return the Slack settings of a bot for this Slack; over HTTP, at a free port of this machine."""
    keys = slack.credentials
    settings = {"SLACK_API_URL": f"{slack.url}/api/", "SLACK_BOT_TOKEN": keys.bot_token}
    if slack.transport_name == "socket":
        return settings | {"SLACK_APP_TOKEN": keys.app_token}
    port = slack.http.bot_url.rpartition(":")[2] or str(find_free_port())
    slack.http.bot_url = f"http://127.0.0.1:{port}"
    return settings | {"SLACK_SIGNING_SECRET": keys.signing_secret, "HOST": "127.0.0.1", "PORT": port}


class Child:
    """`python -m bot run` in a folder of its own, so that neither `.env` nor its data are those of a real bot."""

    def __init__(self, slack: Emulator, environment: Mapping[str, str], folder: Path) -> None:
        self.slack, self.environment, self.folder = slack, dict(environment), folder
        self._first, self._others = dict(environment), 0
        self._moving = asyncio.Event()

    async def run(self) -> int:
        """Run it until it ends by itself; returns its exit status. When cancelled, ask it to end, and wait."""
        while (status := await self._run_once()) is None:
            self._moving.clear()
        return status

    async def serve_faq(self, path: Path, origin: Path) -> None:
        """Start it anew on another FAQ, a copy of `origin` or that itself, and wait until it can be asked."""
        self.choose_faq(path, origin)
        greeted = self.slack.socket.greeted
        self._moving.set()
        while self._moving.is_set() or (self.slack.transport_name == "socket" and self.slack.socket.greeted == greeted):
            await asyncio.sleep(POLL)
        await self.wait_until_reachable()

    def choose_faq(self, path: Path, origin: Path) -> None:
        """Serve another FAQ from the next start on. Its signposts are those beside the entries.

        What is no copy of the first FAQ has neither the address where that is published nor its numbers: its own go
        with the playground.
        """
        self.environment = {**self._first, "FAQ_PATH": str(path.resolve())}
        self.environment.pop("FAQ_SIGNPOSTS", None)
        if str(origin.resolve()) != self._first.get("FAQ_PATH"):
            self._others += 1
            self.environment.pop("FAQ_URL", None)
            self.environment["DATABASE_URL"] = str((self.folder / f"faq-{self._others}.db").resolve())

    async def wait_until_reachable(self) -> None:
        """Wait until it has opened its WebSocket, or answers at its address."""
        if self.slack.transport_name == "socket":
            while not self.slack.socket.is_connected:
                await asyncio.sleep(POLL)
            return
        async with aiohttp.ClientSession() as session:
            while not await is_healthy(session, self.slack.http.bot_url):
                await asyncio.sleep(POLL)

    async def _run_once(self) -> int | None:
        """Return the exit status, or None where it was ended to be started anew."""
        process = await asyncio.create_subprocess_exec(
            *COMMAND, cwd=self.folder, env=self.environment, stdin=asyncio.subprocess.PIPE
        )
        ended, moving = asyncio.create_task(process.wait()), asyncio.create_task(self._moving.wait())
        try:
            await asyncio.wait((ended, moving), return_when=asyncio.FIRST_COMPLETED)
            return None if self._moving.is_set() else ended.result()
        finally:
            moving.cancel()
            process.stdin.close()  # type: ignore[union-attr]  # tells the watch to end it
            await ended


async def serve_with_bot(
    transport: TransportName,
    grants: Grants,
    port: int | None,
    environment: Mapping[str, str],
    say: Say,
    tools: FaqTools,
    greet: Callable[[str], None] = lambda _: None,
) -> int:
    """Serve Slack and run the bot; returns an exit status: 0 after a signal, else the bot's, which had ended first.

    `greet` gets an address that opens the page once, when the bot can be asked.
    """
    stop = _stop_on_signal()
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:
        editor = Editor(tools, Path(folder) / "taught")
        async with opened(transport, grants, port, editor) as (slack, page):
            if port is None and not slack.url.endswith(f":{FIRST_PORT}"):
                say(f"Port {FIRST_PORT} is taken, so this is the next free one.")
            say(f"Chat with the bot in your browser: {address_of(slack)}")
            desk = {"MAINTAINERS": slack.workspace.user_id(MAINTAINER), "DIGEST_DAY": "never"}
            desk["MAINTAINERS_CHANNEL"] = slack.workspace.channel(MAINTAINERS_CHANNEL).id
            child = Child(slack, {**environment, **desk, **settings_for(slack)}, Path(folder))
            editor.restart = child.serve_faq

            async def prepare() -> None:
                # One after the other: both at once would keep either from being ready soon.
                await child.wait_until_reachable()
                say("The bot is connected. Ctrl-C ends both.")
                greet(f"{slack.url}/?token={slack.access.issue_code()}")
                await page.prepare()

            status = await _run_until(stop, child.run(), page.follow(), prepare())
    if status is None:
        say("The playground and the bot have ended.")
        return 0
    say(f"The bot has ended by itself, with exit status {status}; what it said stands above. The playground ends, too.")
    return status or 1


async def serve_alone(transport: TransportName, grants: Grants, port: int | None, say: Say) -> int:
    """Serve Slack for a bot that somebody starts elsewhere, with the settings that are told here."""
    stop = _stop_on_signal()
    async with opened(transport, grants, port) as (slack, page):
        say(f"Slack: {slack.url}    a page to chat on: {address_of(slack)}")
        say("Start your bot with these settings:")
        for name, value in settings_for(slack).items():
            say(f"  {name}={value}")
        await _run_until(stop, page.follow())
    return 0


def address_of(slack: Emulator) -> str:
    """Return the address of the page, with the token that keeps other users of this machine out."""
    return f"{slack.url}/?token={slack.access.token}"


def load_manifest(path: Path) -> Mapping[str, Any]:
    """Read an app's manifest.

    Raises:
        SettingsError: it cannot be read, or is not a JSON object.
    """
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read as a manifest ({error}).", "Choose a JSON file.") from None
    if not isinstance(manifest, dict):
        raise SettingsError(f"{path} is not a manifest.", "Choose the JSON that api.slack.com shows as App Manifest.")
    return manifest


async def is_healthy(session: aiohttp.ClientSession, url: str) -> bool:
    """Ask once whether a bot answers there."""
    try:
        async with session.get(f"{url}/healthz") as response:
            return response.status == 200
    except aiohttp.ClientConnectionError:
        return False


def find_free_port() -> int:
    """Return a port of this machine at which nothing listens now.

    It is none of those that systems hand out by themselves: such a one could be taken by any connection that somebody
    opens before the bot listens at it.
    """
    for port in SystemRandom().sample(PORTS, len(PORTS)):
        if _is_free(port):
            return port
    raise OSError("no port is free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return True
    return False


def _first_free_port() -> int:
    ports = range(FIRST_PORT, FIRST_PORT + MOST_PORTS)
    return next((port for port in ports if _is_free(port)), FIRST_PORT)


async def _run_until(stop: asyncio.Event, *work: Any) -> Any:
    """Run all until the first piece of work ends by itself, and return its result; None where it is stopped before."""
    stopping, tasks = asyncio.create_task(stop.wait()), [asyncio.ensure_future(each) for each in work]
    await asyncio.wait((tasks[0], stopping), return_when=asyncio.FIRST_COMPLETED)
    ended = tasks[0].done()
    for task in (*tasks, stopping):
        task.cancel()
    await asyncio.gather(*tasks, stopping, return_exceptions=True)
    return tasks[0].result() if ended else None


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop
