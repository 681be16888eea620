"""Events: subscriptions decide what the bot hears, the transport carries it, the unacknowledged is sent again.

Source: https://docs.slack.dev/apis/events-api/#retries
"""

import asyncio

from . import payloads
from .app_config import Grants
from .delivery import Deliveries, Retry, Transport
from .messages import Json, Message
from .objects import thread_fields
from .views import View
from .workspace import BOT_USER, Change, Channel, Workspace

MESSAGES_OF = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
RETRY_DELAYS = (0.0, 60.0, 300.0)
"""Seconds before each repetition of an event that was not acknowledged."""


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

    def tell_of_message(self, place: Channel, message: Message) -> None:
        """Send what a new message of a person sets off: `app_mention` outside of direct messages, `message`."""
        if place.kind != "im" and f"<@{BOT_USER}>" in message.text:
            self._tell("app_mention", place, payloads.mention_event(message) | self._above(message))
        self._tell(MESSAGES_OF[place.kind], place, payloads.message_event(message, place) | self._above(message))

    def tell_of_edit(self, place: Channel, message: Message, old_text: str) -> None:
        """Send `message_changed`."""
        event = payloads.changed_event(message, place, old_text, self.workspace.next_ts())
        self._tell(MESSAGES_OF[place.kind], place, event)

    def tell_of_deletion(self, place: Channel, message: Message) -> None:
        """Send `message_deleted`."""
        self._tell(MESSAGES_OF[place.kind], place, payloads.deleted_event(message, place, self.workspace.next_ts()))

    def tell_of_home(self, place: Channel, user: str, tab: str, view: View | None) -> None:
        """Send `app_home_opened`."""
        shown = view.as_json() if view else None
        event = payloads.home_opened_event(user, place, tab, self.workspace.next_ts(), shown)
        self._tell("app_home_opened", place, event)

    def tell_of_reaction(self, place: Channel, user: str, name: str, message: Message) -> None:
        """Send `reaction_added`."""
        self._tell("reaction_added", place, payloads.reaction_event(user, name, message, self.workspace.next_ts()))

    def send_event(self, payload: Json, retry: Retry | None = None) -> None:
        """Deliver an outer event, which may be one of `delivered` for a second time."""
        self.delivered.append(payload)
        times = 1
        if self.duplicates:
            self.duplicates, times = self.duplicates - 1, 2
        delay = self.delays.pop(0) if self.delays else 0.0
        for _ in range(times):
            self.deliveries.start(lambda: self._run(payload, retry, delay))

    def reset(self) -> None:
        """Forget what was sent, and all faults that are still to come."""
        self.delivered.clear()
        self.delays.clear()
        self.duplicates = 0
        self.subscriptions = set(self.grants.events)

    def _tell(self, kind: str, place: Channel, event: Json) -> None:
        if kind in self.subscriptions and place.has_bot:
            self.send_event(payloads.wrap_event(event))

    def _echo(self, change: Change) -> None:
        """Send the bot its own messages back, as Slack does where it is subscribed to messages."""
        message = change.message
        if message is None or message.user != BOT_USER or message.is_ephemeral:
            return
        place = self.workspace.channel(message.channel)
        if change.what == "posted":
            self._tell(MESSAGES_OF[place.kind], place, payloads.message_event(message, place) | self._above(message))
        elif change.what == "changed":
            self.tell_of_edit(place, message, "(as it was before)")
        elif change.what == "deleted":
            self.tell_of_deletion(place, message)

    def _above(self, message: Message) -> Json:
        """Give what an event says of the thread in which a message was written."""
        is_reply = message.thread_ts not in (None, message.ts)
        return thread_fields(self.workspace, message) if is_reply else {}

    async def _run(self, payload: Json, retry: Retry | None, delay: float) -> None:
        if delay:
            await asyncio.sleep(delay)
        ack = await self.transport.send_event(payload, retry)
        if self.deliveries.check(ack, f"the event {payload['event'].get('type')}") or retry:
            return
        for number, pause in enumerate(self.retry_delays, start=1):
            await asyncio.sleep(pause)
            ack = await self.transport.send_event(payload, Retry(number, ack.reason))
            if ack.ok:
                return
