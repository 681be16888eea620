"""How the bot hears of things: subscriptions decide what, a transport carries it, the unacknowledged is sent again.

Source: https://docs.slack.dev/apis/events-api/#retries
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from . import payloads
from .app_config import Grants
from .block_kit import Json
from .messages import Message
from .workspace import BOT_USER, PATIENCE, Change, Channel, Workspace

PayloadKind = Literal["events_api", "slash_commands", "interactive"]
ACK_PATIENCE = 3.0
"""Seconds that Slack waits for an acknowledgement."""
MESSAGES_OF = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
RETRY_DELAYS = (0.0, 60.0, 300.0)
"""Seconds before each repetition of an event that was not acknowledged."""


@dataclass(frozen=True, slots=True)
class Ack:
    """The bot's answer to one delivery."""

    ok: bool
    payload: Json | None = None
    """What came with it: a message to the asker, options, errors of a modal."""
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

    async def send(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Deliver an outer event, marked as a repetition if it is one; the form of a command; or an interaction."""


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
        """Return whether there was an acknowledgement; note a fault where there was none."""
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


class Dispatch:
    """Sends events to the bot."""

    def __init__(self, transport: Transport, deliveries: Deliveries, workspace: Workspace, grants: Grants) -> None:
        self.transport, self.deliveries, self.workspace, self.grants = transport, deliveries, workspace, grants
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.duplicates = 0
        """How many of the next events come twice."""
        self.delays: list[float] = []
        """Seconds by which the next events come late."""
        self.subscriptions = set(grants.events)
        self.delivered: list[Json] = []
        """All outer events so far, for sending one again."""
        workspace.listeners.append(self._echo)

    def tell(self, kind: str, place: Channel, event: Json) -> None:
        """Send an event where the app has subscribed to its kind and takes part in the place."""
        if kind in self.subscriptions and place.has_bot:
            self.send_event(payloads.wrap_event(event))

    def tell_of_message(self, place: Channel, message: Message) -> None:
        """Send what a new message sets off: `app_mention` outside of direct messages, `message`."""
        above = payloads.thread_fields(self.workspace, message)
        if place.kind != "im" and f"<@{BOT_USER}>" in message.text and message.user != BOT_USER:
            self.tell("app_mention", place, payloads.mention_event(message) | above)
        self.tell(MESSAGES_OF[place.kind], place, payloads.message_event(message, place) | above)

    def tell_of_edit(self, place: Channel, message: Message, old_text: str) -> None:
        """Send `message_changed`."""
        event = payloads.changed_event(message, place, old_text, self.workspace.next_ts())
        self.tell(MESSAGES_OF[place.kind], place, event)

    def tell_of_deletion(self, place: Channel, message: Message) -> None:
        """Send `message_deleted`."""
        self.tell(MESSAGES_OF[place.kind], place, payloads.deleted_event(message, place, self.workspace.next_ts()))

    def send_event(self, payload: Json, retry: Retry | None = None) -> None:
        """Deliver an outer event, which may be one of `delivered` for a second time."""
        self.delivered.append(payload)
        times = 1
        if self.duplicates:
            self.duplicates, times = self.duplicates - 1, 2
        delay = self.delays.pop(0) if self.delays else 0.0
        for _ in range(times):
            self.deliveries.start(lambda: self._run(payload, retry, delay))

    def end_faults(self) -> None:
        """Let the events to come arrive once and in time."""
        self.delays.clear()
        self.duplicates = 0

    def reset(self) -> None:
        """Forget what was sent, and all faults that are still to come."""
        self.end_faults()
        self.delivered.clear()
        self.subscriptions = set(self.grants.events)

    def _echo(self, change: Change) -> None:
        """Send the bot its own messages back, as Slack does where it is subscribed to messages."""
        message = change.message
        if message is None or message.user != BOT_USER or message.is_ephemeral:
            return
        place = self.workspace.channel(message.channel)
        if change.what == "posted":
            self.tell_of_message(place, message)
        elif change.what == "changed":
            self.tell_of_edit(place, message, "(as it was before)")
        elif change.what == "deleted":
            self.tell_of_deletion(place, message)

    async def _run(self, payload: Json, retry: Retry | None, delay: float) -> None:
        await asyncio.sleep(delay)
        ack = await self.transport.send("events_api", payload, retry)
        if self.deliveries.check(ack, f"the event {payload['event'].get('type')}") or retry:
            return
        for number, pause in enumerate(self.retry_delays, start=1):
            await asyncio.sleep(pause)
            ack = await self.transport.send("events_api", payload, Retry(number, ack.reason))
            if ack.ok:
                return
