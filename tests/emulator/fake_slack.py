"""The playground to write tests with: people say, click and wait; what they see can be counted.

Verbs of people return at once; what they set off is delivered in the background and waited for by `settle`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.emulator import POSTING, Emulator, Grants, Message, Outage, Press, TransportName
from bot.emulator.delivery import Retry
from bot.slack.setup.manifest import build_manifest

from .holding import Hold

PATIENCE_FOR_ACKS = 40.0
"""Seconds. Slack waits 3; a slow machine is no fault of the bot."""
QUIET = 0.02
"""Seconds without a request of the bot that count as silence, after it has answered a later question."""
ANYWHERE = "anywhere"


class FakeSlack(Emulator):
    """One workspace in which the bot is installed from its own manifest; open it with `FakeSlack.open(...)`."""

    def __init__(self, transport: TransportName = "socket", grants: Grants | None = None) -> None:
        super().__init__(transport, grants or Grants.from_manifest(build_manifest()))
        self.socket.ack_patience = self.http.ack_patience = self.views.trigger_lifetime = PATIENCE_FOR_ACKS
        self.dispatch.retry_delays = ()
        self._settled = (0, 0)
        self.workspace.add_channel("maintainers")

    # What people do

    def mention(self, channel: str, user: str, text: str = "", thread_ts: str | None = None) -> Message:
        return self.say(channel, user, f"@flatcar-faq {text}".strip(), thread_ts)

    def direct_message(self, user: str, text: str, thread_ts: str | None = None) -> Message:
        return self.say(f"@{user}", user, text, thread_ts)

    def click(self, message: Message, label: str, user: str, value: str | None = None) -> None:
        """Press what has this label; `value` sends another value than the button holds, as a forger would."""
        press = find_press(message, label)
        if message.visible_to not in (None, self.workspace.user_id(user)) or message.deleted:
            raise AssertionError(f"{user} does not see that message")
        if value is not None:
            press = replace(press, element={**press.element, "value": value})
        self.press(message, user, press)

    # What Slack does

    def disturb(self, outage: Outage, times: int = 1, method: str = POSTING) -> None:
        """Let the next calls of a method go wrong."""
        self.outages.plan(outage, times, method)

    def send_event(self, payload: dict[str, Any], retry: Retry | None = None) -> None:
        """Deliver an outer event: one made by hand, or one of `dispatch.delivered` for a second time."""
        self.dispatch.send_event(payload, retry)

    async def hold(self, method: str = POSTING) -> Hold:
        """Wait for the next call of a method, and keep it waiting."""
        self.disturb(held := Hold("slow"), method=method)
        await self.notifier.until(lambda: self.outages.left == 0, lambda: f"nobody calls {method}")
        return held

    def subscribe(self, *kinds: str) -> None:
        """Subscribe the app to further events, such as `message.channels`, until the next reset."""
        self.dispatch.subscriptions.update(kinds)

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
        await self.notifier.until(
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
        await self.deliveries.done()
        usher = self.direct_message("usher", word)
        await self._wait(lambda: self._since("@usher", usher), 1, f"replies to {word!r} in a direct message")
        await self._quiet()
        await self.deliveries.done()
        self._settled = self._happened

    @property
    def _happened(self) -> tuple[int, int]:
        """Count what has gone to and fro, to see whether anything happened since things had settled."""
        return self.deliveries.started, self.api.requests

    def _since(self, channel: str, asked: Message) -> list[Message]:
        return [message for message in self.replies(channel) if message.ts > asked.ts]

    async def _wait(self, look: Callable[[], list[Message]], count: int, what: str) -> list[Message]:
        return await self.notifier.until(
            lambda: found if len(found := look()) >= count else [],
            lambda: f"{len(look())} {what}, not {count}; faults: {self.faults}",
        )

    async def _quiet(self) -> None:
        seen = -1
        while self.api.under_way or seen != self.api.requests:
            seen = self.api.requests
            await asyncio.sleep(QUIET)


def find_press(place: Any, label: str) -> Press:
    """Find the one thing in a message or a view that has this label."""
    found = [press for press in place.presses if press.label == label]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} things say {label!r}; there are {[press.label for press in place.presses]}")
    return found[0]
