"""The bot as a child process of the playground: the very command that operators run, with settings for this Slack."""

import asyncio
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

import aiohttp

from bot.emulator.emulator import Emulator

POLL = 0.1
PORTS = range(20_000, 32_000)
"""Below those that Linux (from 32768 on), macOS and Windows (from 49152 on) hand out."""
COMMAND = (sys.executable, "-m", "bot.playground.parent_watch", sys.executable, "-m", "bot", "run")


def settings_for(slack: Emulator) -> dict[str, str]:
    """Give the Slack settings of a bot that is to connect to this Slack; over HTTP, at a free port of this machine."""
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
        """Run it until it ends by itself; gives its exit status. When cancelled, it is asked to end, and waited for."""
        while (status := await self._run_once()) is None:
            self._moving.clear()
        return status

    async def serve_faq(self, path: Path, origin: Path) -> None:
        """Start it anew on another FAQ, a copy of `origin` or that itself, and wait until it can be asked."""
        self.choose_faq(path, origin)
        lines = self.slack.socket.greeted
        self._moving.set()
        while self._moving.is_set() or (self.slack.transport_name == "socket" and self.slack.socket.greeted == lines):
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

    async def _run_once(self) -> int | None:
        """Give the exit status, or None where it was ended to be started anew."""
        process = await asyncio.create_subprocess_exec(
            *COMMAND, cwd=self.folder, env=self.environment, stdin=asyncio.subprocess.PIPE
        )
        ended, moving = asyncio.create_task(process.wait()), asyncio.create_task(self._moving.wait())
        try:
            await asyncio.wait((ended, moving), return_when=asyncio.FIRST_COMPLETED)
            return None if self._moving.is_set() else ended.result()
        finally:
            moving.cancel()
            process.stdin.close()  # type: ignore[union-attr]  # lets go of the leash
            await ended

    async def wait_until_reachable(self) -> None:
        """Wait until it has opened its WebSocket, or answers at its address."""
        if self.slack.transport_name == "socket":
            while not self.slack.socket.is_connected:
                await asyncio.sleep(POLL)
            return
        async with aiohttp.ClientSession() as session:
            while not await is_healthy(session, self.slack.http.bot_url):
                await asyncio.sleep(POLL)


async def is_healthy(session: aiohttp.ClientSession, url: str) -> bool:
    """Ask once whether a bot answers there."""
    try:
        async with session.get(f"{url}/healthz") as response:
            return response.status == 200
    except aiohttp.ClientConnectionError:
        return False


def find_free_port() -> int:
    """Give a port of this machine at which nothing listens now.

    It is none of those that systems hand out by themselves: such a one could be taken by any connection that somebody
    opens before the bot listens at it.
    """
    for port in SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
