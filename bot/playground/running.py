"""The playground as a program: Slack is served, the bot runs as a child, until one of them is told to end."""

import asyncio
import json
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

from .child import Child, settings_for
from .control import Control
from .granted import Grants
from .playground import Playground, TransportName

PEOPLE = ("alice", "bob", "maria")
MAINTAINER = "maria"

Say = Callable[[str], None]
"""Tells the person at the terminal something."""


@asynccontextmanager
async def opened(transport: TransportName, grants: Grants, port: int) -> AsyncIterator[Playground]:
    """Serve a Slack with a few people in it, and its control interface.

    Raises:
        SettingsError: the port is taken.
    """
    opening = Playground.open(transport, grants, port, more_routes=lambda slack: Control(slack).routes)
    try:
        slack = await opening.__aenter__()
    except OSError as error:
        raise SettingsError(f"Nothing can listen at port {port} ({error}).", "Give another --port.") from None
    try:
        for name in PEOPLE:
            slack.workspace.channel(f"@{name}")
        yield slack
    finally:
        await opening.__aexit__(None, None, None)


async def serve_with_bot(
    transport: TransportName, grants: Grants, port: int, environment: Mapping[str, str], say: Say
) -> int:
    """Serve Slack and run the bot; gives an exit status: 0 after a signal, else the bot's, which had ended first."""
    stop = _stop_on_signal()
    async with opened(transport, grants, port) as slack:
        say(f"Slack: {slack.url}    to act and to look: {slack.url}/control/state?as=alice")
        maintainer = slack.workspace.user_id(MAINTAINER)
        with tempfile.TemporaryDirectory(prefix="playground-") as folder:
            variables = {**environment, "MAINTAINERS": maintainer, **settings_for(slack)}
            child = Child(slack, variables, Path(folder))
            status = await _run_until(stop, child, say)
    if status is None:
        say("The playground and the bot have ended.")
        return 0
    say(f"The bot has ended by itself, with exit status {status}; what it said stands above. The playground ends, too.")
    return status or 1


async def serve_alone(transport: TransportName, grants: Grants, port: int, say: Say) -> int:
    """Serve Slack for a bot that somebody starts elsewhere, with the settings that are told here."""
    stop = _stop_on_signal()
    async with opened(transport, grants, port) as slack:
        say(f"Slack: {slack.url}    to act and to look: {slack.url}/control/state?as=alice")
        say("Start your bot with these settings:")
        for name, value in settings_for(slack).items():
            say(f"  {name}={value}")
        await stop.wait()
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


async def _run_until(stop: asyncio.Event, child: Child, say: Say) -> int | None:
    running = asyncio.create_task(child.run())
    stopping = asyncio.create_task(stop.wait())
    greeting = asyncio.create_task(_greet(child, say))
    await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    ended = running.done()
    for task in (greeting, stopping, running):
        task.cancel()
    await asyncio.gather(greeting, stopping, running, return_exceptions=True)
    return running.result() if ended else None


async def _greet(child: Child, say: Say) -> None:
    await child.wait_until_reachable()
    say("The bot is connected. Ctrl-C ends both.")


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop
