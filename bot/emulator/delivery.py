"""What both transports share: how a delivery is acknowledged, how it is repeated, and the tasks that carry it out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from .messages import Json
from .notifier import PATIENCE

ACK_PATIENCE = 3.0
"""Seconds that Slack waits for an acknowledgement."""


@dataclass(frozen=True, slots=True)
class Ack:
    """The bot's answer to one delivery."""

    ok: bool
    payload: Json | None = None
    """What came with it: a message to the asker, options, errors of a modal."""
    seconds: float = 0.0
    """How long it took."""
    complaint: str = ""
    reason: str = "http_timeout"
    """Slack's word for what went wrong, for X-Slack-Retry-Reason."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Marks a repetition of an event that Slack believes was not received."""

    number: int = 1
    reason: str = "http_timeout"


class Transport(Protocol):
    """Carries payloads to the bot."""

    async def send_event(self, payload: Json, retry: Retry | None = None) -> Ack:
        """Deliver an outer event."""

    async def send_command(self, form: Json) -> Ack:
        """Deliver a slash command."""

    async def send_interaction(self, payload: Json) -> Ack:
        """Deliver a click, a shortcut, a submission or a request for options."""

    async def close(self) -> None:
        """End what is open."""


class Deliveries:
    """Carries deliveries out in the background, as Slack does."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        self.started = 0
        """How many there have been."""
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self, deliver: Callable[[], Awaitable[None]]) -> None:
        """Carry one out."""
        self.started += 1
        task = asyncio.ensure_future(deliver())
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def check(self, ack: Ack, what: str) -> bool:
        """Note a fault where there was no acknowledgement; tell whether there was one."""
        if not ack.ok:
            self.faults.append(f"{what} was not acknowledged: {ack.complaint}")
        return ack.ok

    async def done(self) -> None:
        """Wait until everything sent so far is acknowledged or given up."""
        while self._under_way:
            await asyncio.wait(self._under_way, timeout=PATIENCE)

    async def cancel(self) -> None:
        """Give up what is under way: the bot has gone."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
