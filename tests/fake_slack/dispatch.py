"""How the bot gets to know: subscriptions decide, the transport carries, missing acknowledgements become faults.

Deliveries run in the background, as Slack's do; `done` waits for them.
"""

import asyncio
from collections.abc import Awaitable, Callable

from . import payloads
from .acceptance import SlackError, accept
from .bell import PATIENCE
from .delivery import Ack, Retry, Transport
from .messages import Json, Message
from .response_urls import ResponseUrls
from .typing_box import escape
from .workspace import BOT_USER, Change, Channel

MESSAGES_OF = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
DEFAULT_SUBSCRIPTIONS = frozenset({"app_mention", "message.im"})
"""The events that the bot's manifest asks for. Tests add others to see that the bot bears them."""


class Dispatch:
    """Sends events, commands and clicks to the bot."""

    def __init__(self, transport: Transport, response_urls: ResponseUrls) -> None:
        self.transport, self.response_urls = transport, response_urls
        self.api, self.workspace, self.faults = response_urls.api, response_urls.api.workspace, response_urls.api.faults
        self.subscriptions = set(DEFAULT_SUBSCRIPTIONS)
        self.delivered: list[Json] = []
        """All outer events so far, for sending one again."""
        self.started = 0
        """How many deliveries there have been."""
        self._under_way: set[asyncio.Task[None]] = set()
        self.workspace.on_change = self._echo

    def tell_of_message(self, place: Channel, message: Message) -> None:
        """Send what a new message of a person sets off: `app_mention` outside of direct messages, `message`."""
        if place.kind != "im" and f"<@{BOT_USER}>" in message.text:
            self._tell("app_mention", place, payloads.mention_event(message))
        self._tell(MESSAGES_OF[place.kind], place, payloads.message_event(message, place))

    def tell_of_edit(self, place: Channel, message: Message, old_text: str) -> None:
        event = payloads.changed_event(message, place, old_text, self.workspace.next_ts())
        self._tell(MESSAGES_OF[place.kind], place, event)

    def tell_of_deletion(self, place: Channel, message: Message) -> None:
        self._tell(MESSAGES_OF[place.kind], place, payloads.deleted_event(message, place, self.workspace.next_ts()))

    def send_event(self, payload: Json, retry: Retry | None = None) -> None:
        self.delivered.append(payload)
        self._start(lambda: self._run_event(payload, retry))

    def send_command(self, place: Channel, asker: str, command: str, typed: str) -> None:
        url = self.response_urls.issue(place, asker)
        form = payloads.command_form(self.workspace, place, asker, command, escape(typed), url)
        self._start(lambda: self._run_command(place, asker, form))

    def send_click(self, place: Channel, clicker: str, message: Message, button: Json) -> None:
        url = self.response_urls.issue(place, clicker, message)
        payload = payloads.click(self.workspace, place, clicker, message, button, url)
        self._start(lambda: self._run_click(payload))

    async def done(self) -> None:
        """Wait until everything sent so far is acknowledged or given up."""
        while self._under_way:
            await asyncio.wait(self._under_way, timeout=PATIENCE)

    async def cancel(self) -> None:
        """Give up what is under way: the bot has gone."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def reset(self) -> None:
        self.delivered.clear()
        self.subscriptions = set(DEFAULT_SUBSCRIPTIONS)

    def _tell(self, kind: str, place: Channel, event: Json) -> None:
        if kind in self.subscriptions and place.has_bot:
            self.send_event(payloads.wrap_event(event))

    def _echo(self, change: Change, message: Message) -> None:
        """Send the bot its own messages back, as Slack does where it is subscribed to messages."""
        if message.user != BOT_USER:
            return
        place = self.workspace.channel(message.channel)
        if change == "posted":
            self._tell(MESSAGES_OF[place.kind], place, payloads.message_event(message, place))
        elif change == "changed":
            self.tell_of_edit(place, message, "(as it was before)")
        else:
            self.tell_of_deletion(place, message)

    def _start(self, deliver: Callable[[], Awaitable[None]]) -> None:
        self.started += 1
        task = asyncio.ensure_future(deliver())
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _run_event(self, payload: Json, retry: Retry | None) -> None:
        self._check(await self.transport.send_event(payload, retry), f"the event {payload['event'].get('type')}")

    async def _run_command(self, place: Channel, asker: str, form: Json) -> None:
        ack = await self.transport.send_command(form)
        if self._check(ack, form["command"]) and ack.payload:
            self._show(place, asker, ack.payload)

    async def _run_click(self, payload: Json) -> None:
        ack = await self.transport.send_interaction(payload)
        if self._check(ack, "a click") and ack.payload:
            self.faults.append(f"Slack ignores what comes with the acknowledgement of a click: {ack.payload}")

    def _show(self, place: Channel, asker: str, reply: Json) -> None:
        """Show the message that came with the acknowledgement of a command."""
        try:
            draft = accept(reply)
        except SlackError as refusal:
            self.faults.append(f"Slack refused the reply in an acknowledgement: {refusal.answer}")
        else:
            visible_to = None if reply.get("response_type") == "in_channel" else asker
            self.api.post_as_bot(place, draft, via="acknowledgement", visible_to=visible_to)

    def _check(self, ack: Ack, what: str) -> bool:
        if not ack.ok:
            self.faults.append(f"{what} was not acknowledged: {ack.complaint}")
        return ack.ok
