"""The state of a small Slack workspace: people, channels, messages; and who waits for it to change. Knows no wire.

Names are turned into ids of Slack's form; everything is in memory; every change is announced.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from .block_kit import Json
from .messages import Message

T = TypeVar("T")

TEAM_ID, TEAM_DOMAIN, TEAM_NAME = "T0FLATCAR", "flatcar-community", "Flatcar"
APP_ID = "A0FAQBOT01"
BOT_ID, BOT_USER, BOT_NAME = "B0FAQBOT01", "U0FAQBOT01", "flatcar-faq"
SLACKBOT = "USLACKBOT"
PATIENCE = 60.0
"""Seconds before a wait is given up. Generous on purpose: nobody measures time by it."""

Kind = Literal["public", "private", "im"]
What = Literal["posted", "changed", "deleted", "reacted", "home", "modal", "objection", "reset", "fault", "connection"]


@dataclass(slots=True)
class Channel:
    """A conversation, and whether the bot takes part in it."""

    id: str
    name: str
    """Without `#`; the direct message between alice and the bot is `@alice`."""
    kind: Kind
    has_bot: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a person may see happened."""

    what: What
    message: Message | None = None
    user: str | None = None
    """The person whose Home or modal it is."""


class Workspace:
    """People and channels by name, messages in the order of their `ts`."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.notifier = Notifier()
        self.faults = Faults(self)
        self.listeners: list[Callable[[Change], None]] = []
        self.messages: list[Message] = []
        self.people: dict[str, str] = {}
        """Name to id."""
        self.channels: dict[str, Channel] = {}
        self._numbers = itertools.count(1)
        self._ticks = int(clock()) * 10_000
        self.add_channel("general")
        self.add_channel("random")
        self.add_channel("elsewhere", has_bot=False)
        self.add_channel("secret", kind="private", has_bot=False)

    def next_ts(self) -> str:
        """Return a `ts` such as 1700000000.000100: later than all before, never the same twice, resets included."""
        self._ticks = max(self._ticks + 1, int(self.clock() * 10_000))
        seconds, fraction = divmod(self._ticks, 10_000)
        return f"{seconds}.{fraction * 100:06d}"

    def user_id(self, name: str) -> str:
        """Return the id of a person, who joins the workspace on first mention."""
        return self.people.setdefault(name, f"U{len(self.people) + 1:09d}")

    def user_name(self, user_id: str) -> str:
        """Return the name behind an id."""
        if user_id == SLACKBOT:
            return "slackbot"
        return next((name for name, known in self.people.items() if known == user_id), BOT_NAME)

    def add_channel(self, name: str, kind: Kind = "public", has_bot: bool = True) -> Channel:
        """Open a channel."""
        letter = {"public": "C", "private": "C", "im": "D"}[kind]
        channel = Channel(f"{letter}{next(self._numbers):09d}", name, kind, has_bot)
        self.channels[name] = channel
        return channel

    def channel(self, name: str) -> Channel:
        """Find a channel by its name or id; `@alice` is the direct message between alice and the bot."""
        if found := self.channels.get(name) or next((c for c in self.channels.values() if c.id == name), None):
            return found
        if name.startswith("@"):
            self.user_id(name[1:])
            return self.add_channel(name, kind="im")
        raise LookupError(f"no channel {name!r}; there are {sorted(self.channels)}")

    def members(self, channel: Channel) -> list[str]:
        """Return the ids of those who take part: everybody, but for direct messages."""
        people = [self.user_id(channel.name[1:])] if channel.kind == "im" else list(self.people.values())
        return [*people, BOT_USER] if channel.has_bot else people

    def post(self, channel: Channel, user: str, text: str, **details: Any) -> Message:
        """Put a message into a channel."""
        message = Message(channel.id, self.next_ts(), user, text, posted_at=self.clock(), **details)
        self.messages.append(message)
        self.announce(Change("posted", message))
        return message

    def tell_as_slackbot(self, channel: Channel, user: str, text: str) -> None:
        """Tell one person something that Slack itself says."""
        self.post(channel, SLACKBOT, text, visible_to=user, via="Slack")

    def change(self, message: Message, text: str, blocks: list[Json]) -> None:
        """Give a message new content."""
        message.text, message.blocks, message.edits = text, blocks, message.edits + 1
        self.announce(Change("changed", message))

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        self.announce(Change("deleted", message))

    def find(self, channel_id: str, ts: str | None) -> Message | None:
        """Find a message that everybody sees and nobody deleted."""
        found = self.find_any(channel_id, ts)
        return None if found is None or found.is_ephemeral else found

    def find_any(self, channel_id: str, ts: str | None) -> Message | None:
        """Find a message that nobody deleted, ephemeral ones included."""
        for message in self.messages:
            if message.channel == channel_id and message.ts == ts and not message.deleted:
                return message
        return None

    def clear(self) -> None:
        """Forget all messages. Ids and `ts` go on counting: the bot remembers what it has seen."""
        self.messages.clear()
        self.announce(Change("reset"))

    def announce(self, change: Change) -> None:
        """Tell all who listen, and wake all who wait."""
        self.notifier.notify()
        for listener in self.listeners:
            listener(change)


class Faults(list[str]):
    """What the app did that Slack refuses, ignores or does not know, in order; each is announced."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def append(self, fault: str) -> None:
        """Note a fault."""
        super().append(fault)
        self._workspace.announce(Change("objection"))


class Notifier:
    """Wakes everybody who waits in the same event loop, whenever something changes."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Wake everybody who waits."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], T], complaint: Callable[[], str], patience: float = PATIENCE) -> T:
        """Return the first truthy value of `look`, tried now and at every change.

        Raises:
            TimeoutError: there was none in time; says the complaint.
        """
        try:
            async with asyncio.timeout(patience):
                while not (found := look()):
                    await self.next_change()
        except TimeoutError:
            raise TimeoutError(f"after {patience:g} s: {complaint()}") from None
        return found

    async def next_change(self) -> None:
        """Wait for the next change."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
