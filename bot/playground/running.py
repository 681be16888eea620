"""The playground as a program: Slack is served, the bot runs as a child, until one of them is told to end."""

import asyncio
import json
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.emulator.app_config import Grants
from bot.emulator.control import Control
from bot.emulator.emulator import Emulator, TransportName
from bot.emulator.server import Handler
from bot.errors import SettingsError

from .child import Child, settings_for
from .editor import School
from .editor_desk import Bench, FaqTools
from .page import Page

PEOPLE = ("alice", "bob", "maria")
MAINTAINER, MAINTAINERS_CHANNEL = "maria", "maintainers"
FIRST_PORT, MOST_PORTS = 4700, 20

Routes = Callable[[Emulator], list[tuple[str, str, Handler]]]

Say = Callable[[str], None]
"""Tells the person at the terminal something."""


@asynccontextmanager
async def opened(
    transport: TransportName, grants: Grants, port: int | None, school: School | None = None
) -> AsyncIterator[tuple[Emulator, Page]]:
    """Serve a Slack with a few people in it, its control interface, and the page to chat on.

    Without a port it is the first free one from `FIRST_PORT` on.

    Raises:
        SettingsError: the port is taken.
    """
    pages: list[Page] = []

    def routes(slack: Emulator) -> list[tuple[str, str, Handler]]:
        pages.append(Page(slack, school, MAINTAINER))
        return [*Control(slack).routes, *pages[-1].routes]

    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(_on_a_free_port(transport, grants, port, routes))
        for name in PEOPLE:
            slack.workspace.channel(f"@{name}")
        slack.workspace.add_channel(MAINTAINERS_CHANNEL)
        yield slack, pages[-1]


@asynccontextmanager
async def _on_a_free_port(
    transport: TransportName, grants: Grants, port: int | None, routes: Routes
) -> AsyncIterator[Emulator]:
    ports = range(FIRST_PORT, FIRST_PORT + MOST_PORTS) if port is None else range(port, port + 1)
    async with AsyncExitStack() as stack:
        for number in ports:
            try:
                opening = Emulator.open(transport, grants, number, more_routes=routes)
                slack = await stack.enter_async_context(opening)
                break
            except OSError as error:
                reason = error
        else:
            where = f"at port {ports[0]}" if len(ports) == 1 else f"at the ports {ports[0]} to {ports[-1]}"
            raise SettingsError(f"Nothing can listen {where} ({reason}).", "Give another --port.")
        yield slack


async def serve_with_bot(
    transport: TransportName,
    grants: Grants,
    port: int | None,
    environment: Mapping[str, str],
    say: Say,
    tools: FaqTools,
    greet: Callable[[str], None] = lambda _: None,
) -> int:
    """Serve Slack and run the bot; gives an exit status: 0 after a signal, else the bot's, which had ended first.

    `greet` gets the page's address once the bot can be asked.
    """
    stop = _stop_on_signal()
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:
        school = School(Bench(tools), Path(folder) / "taught")
        async with opened(transport, grants, port, school) as (slack, page):
            _tell_address(slack, port, say)
            child = Child(slack, {**environment, **_desk_settings(slack), **settings_for(slack)}, Path(folder))
            school.restart = child.serve_faq
            status = await _run_until(stop, child, page, lambda: _welcome(slack.url, say, greet))
    if status is None:
        say("The playground and the bot have ended.")
        return 0
    say(f"The bot has ended by itself, with exit status {status}; what it said stands above. The playground ends, too.")
    return status or 1


def _desk_settings(slack: Emulator) -> dict[str, str]:
    channel = slack.workspace.channel(MAINTAINERS_CHANNEL).id
    maintainer = slack.workspace.user_id(MAINTAINER)
    return {"MAINTAINERS": maintainer, "MAINTAINERS_CHANNEL": channel, "DIGEST_DAY": "never"}


async def serve_alone(transport: TransportName, grants: Grants, port: int | None, say: Say) -> int:
    """Serve Slack for a bot that somebody starts elsewhere, with the settings that are told here."""
    stop = _stop_on_signal()
    async with opened(transport, grants, port) as (slack, page):
        say(f"Slack: {slack.url}    a page to chat on: the same address")
        say("Start your bot with these settings:")
        for name, value in settings_for(slack).items():
            say(f"  {name}={value}")
        following = asyncio.create_task(page.follow())
        await stop.wait()
        following.cancel()
    return 0


def load_manifest(path: Path) -> Mapping[str, Any]:
    """Read an app's manifest.

    Raises:
        SettingsError: it cannot be read, or is no JSON object.
    """
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read as a manifest ({error}).", "Give a JSON file.") from None
    if not isinstance(manifest, dict):
        raise SettingsError(f"{path} is no manifest.", "Give the JSON that api.slack.com shows as App Manifest.")
    return manifest


async def _run_until(stop: asyncio.Event, child: Child, page: Page, welcome: Callable[[], None]) -> int | None:
    running = asyncio.create_task(child.run())
    stopping = asyncio.create_task(stop.wait())
    others = [asyncio.create_task(page.follow()), asyncio.create_task(_prepare(child, page, welcome))]
    await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    ended = running.done()
    for task in (*others, stopping, running):
        task.cancel()
    await asyncio.gather(*others, stopping, running, return_exceptions=True)
    return running.result() if ended else None


async def _prepare(child: Child, page: Page, welcome: Callable[[], None]) -> None:
    """Find example questions once the bot is there: both at once would keep either from being ready soon."""
    await child.wait_until_reachable()
    welcome()
    await page.prepare()


def _tell_address(slack: Emulator, port: int | None, say: Say) -> None:
    if port is None and not slack.url.endswith(f":{FIRST_PORT}"):
        say(f"Port {FIRST_PORT} is taken, so this is the next free one.")
    say(f"Chat with the bot in your browser: {slack.url}")


def _welcome(url: str, say: Say, greet: Callable[[str], None]) -> None:
    say("The bot is connected. Ctrl-C ends both.")
    greet(url)


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop
