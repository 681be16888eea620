"""The fake Slack to write tests with: people say, click and wait; the bot is told over the transport it has chosen.

Verbs of people return at once; what they set off is delivered in the background and waited for by `settle`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal, Self

from .bell import Bell
from .delivery import Retry
from .dispatch import Dispatch
from .events_over_http import EventsOverHttp
from .messages import Json, Message
from .outages import Outage, Outages
from .response_urls import ResponseUrls
from .server import serve
from .socket_mode import SocketMode
from .typing_box import encode
from .web_api import Credentials, WebApi
from .workspace import BOT_USER, Workspace

TransportName = Literal["socket", "http"]
QUIET = 0.05
"""Seconds without a request of the bot that count as silence, after it has answered a later question."""
ANYWHERE = "anywhere"


class FakeSlack:
    """One workspace with one app; open it with `FakeSlack.open(...)`."""

    def __init__(self, transport: TransportName) -> None:
        self.transport_name: TransportName = transport
        self.url = ""
        self.faults: list[str] = []
        """What the bot did that Slack refuses, ignores or does not know. If this is not empty, the test has failed."""
        self.bell = Bell()
        self.credentials = Credentials()
        self.workspace = Workspace(self.bell)
        self.outages = Outages()
        self.socket = SocketMode(self.bell, self.faults)
        self.http = EventsOverHttp(self.credentials.signing_secret, self.faults)
        self.api = WebApi(self.workspace, self.credentials, self.outages, self.faults, self.socket.issue_url)
        self.response_urls = ResponseUrls(self.api)
        self.dispatch = Dispatch(self.socket if transport == "socket" else self.http, self.response_urls)
        self._settled = (0, 0)

    @classmethod
    @asynccontextmanager
    async def open(cls, transport: TransportName = "socket") -> AsyncIterator[Self]:
        slack = cls(transport)
        async with serve(slack.api, slack.response_urls, slack.socket) as slack.url:
            slack.socket.base_url = slack.response_urls.base_url = slack.url
            try:
                yield slack
            finally:
                await slack.dispatch.cancel()
                await slack.http.close()

    # What people do

    def say(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; the bot hears of it if it is a member and subscribed to such messages."""
        place, writer = self.workspace.channel(channel), self.workspace.user_id(user)
        message = self.workspace.post(place, writer, encode(text, self._user_id), thread_ts=thread_ts)
        self.dispatch.tell_of_message(place, message)
        return message

    def mention(self, channel: str, user: str, text: str = "", thread_ts: str | None = None) -> Message:
        return self.say(channel, user, f"@flatcar-faq {text}".strip(), thread_ts)

    def direct_message(self, user: str, text: str, thread_ts: str | None = None) -> Message:
        return self.say(f"@{user}", user, text, thread_ts)

    def edit(self, message: Message, text: str) -> None:
        old_text = message.text
        self.workspace.change(message, encode(text, self._user_id), message.blocks)
        self.dispatch.tell_of_edit(self.workspace.channel(message.channel), message, old_text)

    def delete(self, message: Message) -> None:
        self.workspace.delete(message)
        self.dispatch.tell_of_deletion(self.workspace.channel(message.channel), message)

    def command(self, channel: str, user: str, text: str = "", command: str = "/flatcar-faq") -> None:
        """Type a slash command. It works where the bot is no member, too."""
        self.dispatch.send_command(self.workspace.channel(channel), self.workspace.user_id(user), command, text)

    def click(self, message: Message, button_text: str, user: str, value: str | None = None) -> None:
        """Press a button; `value` sends another value than the button holds, as a forger would."""
        clicker, button = self.workspace.user_id(user), dict(message.button(button_text))
        if message.visible_to not in (None, clicker) or message.deleted:
            raise AssertionError(f"{user} does not see that message")
        button |= {} if value is None else {"value": value}
        self.dispatch.send_click(self.workspace.channel(message.channel), clicker, message, button)

    # What Slack does

    def send_event(self, payload: Json, retry: Retry | None = None) -> None:
        """Deliver an outer event: one made by hand, or one of `dispatch.delivered` for a second time."""
        self.dispatch.send_event(payload, retry)

    def subscribe(self, *kinds: str) -> None:
        """Subscribe the app to further events, such as `message.channels`, until the next reset."""
        self.dispatch.subscriptions.update(kinds)

    def disturb(self, outage: Outage, times: int = 1, method: str = "chat.postMessage") -> None:
        """Let the next calls of a method go wrong."""
        self.outages.plan(outage, times, method)

    # What people see

    def messages(self, channel: str) -> list[Message]:
        """List what everybody sees in a channel, oldest first."""
        place = self.workspace.channel(channel).id
        return [m for m in self.workspace.messages if m.channel == place and not m.deleted and not m.is_ephemeral]

    def replies(self, channel: str, thread_ts: str | None = ANYWHERE) -> list[Message]:
        """List the bot's messages in a channel; in one thread, or outside of threads (None)."""
        written = [message for message in self.messages(channel) if message.bot_id]
        return [message for message in written if thread_ts in (ANYWHERE, message.thread_ts)]

    def ephemerals(self, user: str) -> list[Message]:
        """List what this person alone sees."""
        seen_by = self.workspace.user_id(user)
        return [message for message in self.workspace.messages if message.visible_to == seen_by and not message.deleted]

    # Waiting

    async def wait_for_message(self, channel: str, thread_ts: str | None = ANYWHERE, count: int = 1) -> list[Message]:
        """Wait for that many messages of the bot."""
        return await self._wait(lambda: self.replies(channel, thread_ts), count, f"messages in {channel}")

    async def wait_for_ephemeral(self, user: str, count: int = 1) -> list[Message]:
        return await self._wait(lambda: self.ephemerals(user), count, f"messages for {user} alone")

    async def wait_for_change(self, message: Message, edits: int = 1) -> None:
        """Wait until a message has been replaced or edited that many times."""
        await self.bell.until(
            lambda: message.edits >= edits, lambda: f"{message.edits} edits, not {edits}: {message.text}"
        )

    async def reply_to(self, asked: Message) -> Message:
        """Wait for the reply, let everything settle, and give the one message that the bot wrote there since."""
        place = self.workspace.channel(asked.channel).name
        await self._wait(lambda: self._since(place, asked), 1, f"replies to {asked.text[:80]!r}")
        await self.settle()
        found = self._since(place, asked)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} replies instead of one: {[message.text for message in found]}")
        return found[0]

    async def settle(self, word: str = "hello") -> None:
        """Wait until the bot has done all it is going to do about what happened so far.

        All deliveries are acknowledged; a greeting sent after them has been answered; then no request for a moment.
        """
        if self._settled == self._happened:
            return
        await self.dispatch.done()
        usher = self.direct_message("usher", word)
        await self._wait(lambda: self._since("@usher", usher), 1, f"replies to {word!r} in a direct message")
        await self._quiet()
        await self.dispatch.done()
        self._settled = self._happened

    async def reset(self) -> None:
        """Forget messages, outages and faults between tests; the bot runs on."""
        await self.dispatch.done()
        self.dispatch.reset()
        self.workspace.clear()
        self.outages.clear()
        self.faults.clear()
        self.api.calls.clear()

    @property
    def _happened(self) -> tuple[int, int]:
        """Count what has gone to and fro, to see whether anything happened since things had settled."""
        return self.dispatch.started, self.api.requests

    def _since(self, channel: str, asked: Message) -> list[Message]:
        return [message for message in self.replies(channel) if message.ts > asked.ts]

    async def _wait(self, look: Callable[[], list[Message]], count: int, what: str) -> list[Message]:
        return await self.bell.until(
            lambda: found if len(found := look()) >= count else [],
            lambda: f"{len(look())} {what}, not {count}; faults: {self.faults}",
        )

    async def _quiet(self) -> None:
        seen = -1
        while self.api.under_way or seen != self.api.requests:
            seen = self.api.requests
            await asyncio.sleep(QUIET)

    def _user_id(self, name: str) -> str:
        return BOT_USER if name == "flatcar-faq" else self.workspace.user_id(name)
