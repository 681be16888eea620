"""The state of a small Slack workspace: people, channels, messages. It knows nothing of the wire.

Names are turned into ids of Slack's form; everything is in memory; every change rings the bell.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from .bell import Bell
from .messages import Json, Message

TEAM_ID, TEAM_DOMAIN = "T0FLATCAR", "flatcar-community"
APP_ID = "A0FAQBOT01"
BOT_ID, BOT_USER, BOT_NAME = "B0FAQBOT01", "U0FAQBOT01", "flatcar-faq"

Kind = Literal["public", "private", "im"]
Change = Literal["posted", "changed", "deleted"]


@dataclass(slots=True)
class Channel:
    """A conversation, and whether the bot takes part in it."""

    id: str
    name: str
    kind: Kind
    has_bot: bool


class Workspace:
    """People and channels by name, messages in the order of their `ts`."""

    def __init__(self, bell: Bell, clock: Callable[[], float] = time.time) -> None:
        self.bell = bell
        self.on_change: Callable[[Change, Message], None] = lambda change, message: None
        self.messages: list[Message] = []
        self._people: dict[str, str] = {}
        self._channels: dict[str, Channel] = {}
        self._ticks = itertools.count(int(clock()) * 10_000 + 1)
        self.add_channel("general")
        self.add_channel("random")
        self.add_channel("elsewhere", has_bot=False)
        self.add_channel("secret", kind="private", has_bot=False)

    def next_ts(self) -> str:
        """Give a `ts` such as 1700000000.000100: later than all before, never the same twice, resets included."""
        seconds, fraction = divmod(next(self._ticks), 10_000)
        return f"{seconds}.{fraction * 100:06d}"

    def user_id(self, name: str) -> str:
        """Give the id of a person, who joins the workspace on first mention."""
        return self._people.setdefault(name, f"U{len(self._people) + 1:09d}")

    def user_name(self, user_id: str) -> str:
        return next((name for name, known in self._people.items() if known == user_id), BOT_NAME)

    def add_channel(self, name: str, kind: Kind = "public", has_bot: bool = True) -> Channel:
        letter = {"public": "C", "private": "C", "im": "D"}[kind]
        channel = Channel(f"{letter}{len(self._channels) + 1:09d}", name, kind, has_bot)
        self._channels[name] = channel
        return channel

    def channel(self, name: str) -> Channel:
        """Find a channel by its name or id; `@alice` is the direct message between alice and the bot."""
        if found := self._channels.get(name) or next((c for c in self._channels.values() if c.id == name), None):
            return found
        if name.startswith("@"):
            return self.add_channel(name, kind="im")
        raise LookupError(f"no channel {name!r}; there are {sorted(self._channels)}")

    def post(self, channel: Channel, user: str, text: str, **details: Any) -> Message:
        message = Message(channel.id, self.next_ts(), user, text, **details)
        self.messages.append(message)
        self._announce("posted", message)
        return message

    def change(self, message: Message, text: str, blocks: list[Json]) -> None:
        message.text, message.blocks, message.edits = text, blocks, message.edits + 1
        self._announce("changed", message)

    def delete(self, message: Message) -> None:
        message.deleted = True
        self._announce("deleted", message)

    def find(self, channel_id: str, ts: str | None) -> Message | None:
        """Find a message that everybody sees and nobody deleted."""
        for message in self.messages:
            if message.channel == channel_id and message.ts == ts and not message.deleted:
                return None if message.is_ephemeral else message
        return None

    def clear(self) -> None:
        """Forget all messages. Ids and `ts` go on counting: the bot remembers what it has seen."""
        self.messages.clear()

    def _announce(self, change: Change, message: Message) -> None:
        self.bell.ring()
        if not message.is_ephemeral:
            self.on_change(change, message)


def bot_message(message: Message) -> Json:
    """Build the message object of answers, events and clicks."""
    known = {"type": "message", "user": BOT_USER, "bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM_ID}
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    profile = {"id": BOT_ID, "app_id": APP_ID, "name": BOT_NAME, "team_id": TEAM_ID, "deleted": False}
    shown = {"text": message.text, "ts": message.ts, "blocks": message.blocks, "bot_profile": profile}
    return {**known, **shown, **thread}
