"""The workspace as one person sees it, made ready to be drawn: channels, messages with their threads, views."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from bot.emulator.composer import decode
from bot.emulator.emulator import Emulator
from bot.emulator.messages import Json, Message
from bot.emulator.views import View
from bot.emulator.workspace import BOT_NAME, BOT_USER, SLACKBOT, Channel

from .look import DIRECT, Look, channel_of

TOGETHER = 300.0
"""Seconds within which messages of the same writer stand together."""
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it is drawn."""

    message: Message
    writer: str
    is_bot: bool
    is_mine: bool
    follows: bool
    """Whether it stands below another of the same writer and needs no name of its own."""
    replies: int = 0
    last_reply: str = ""
    """Who wrote the last reply, and when."""

    @property
    def key(self) -> str:
        """What tells it from all others on the page."""
        return self.message.ts

    @property
    def time(self) -> str:
        """When it was written, on this machine's clock."""
        return clock(self.message.posted_at)

    @property
    def colour(self) -> int:
        """The number of its writer's colour."""
        return colour_of(self.writer)


@dataclass(frozen=True, slots=True)
class Door:
    """A channel in the sidebar."""

    name: str
    place: str
    kind: str
    is_open: bool
    last: str
    """The `ts` of the last message by somebody else."""


class Showing:
    """Looks at a workspace with one person's eyes."""

    def __init__(self, slack: Emulator, look: Look) -> None:
        self.slack, self.look = slack, look
        self.me = slack.workspace.user_id(look.person)
        self.channel = channel_of(look, slack)

    @property
    def doors(self) -> list[Door]:
        """The channels that everybody sees, and the direct message with the bot."""
        workspace = self.slack.workspace
        direct = workspace.channel(f"@{self.look.person}")
        public = [c for c in workspace.channels.values() if c.kind != "im"]
        return [self._door(c, c.name) for c in public] + [self._door(direct, DIRECT)]

    @property
    def people(self) -> list[str]:
        """The names of all people."""
        return list(self.slack.workspace.people)

    @property
    def messages(self) -> list[Shown]:
        """What stands in the channel itself."""
        visible = self._visible()
        roots = [m for m in visible if m.thread_ts in (None, m.ts) or m.arguments.get("reply_broadcast")]
        return self._shown(roots, visible)

    @property
    def thread(self) -> list[Shown]:
        """What stands in the open thread, its first message included."""
        ts = self.look.thread
        return self._shown([m for m in self._visible() if ts in (m.ts, m.thread_ts)], ())

    @property
    def home(self) -> View | None:
        """The person's Home tab, once the bot has published it."""
        return self.slack.views.homes.get(self.me)

    @property
    def modal(self) -> View | None:
        """The modal that lies on top."""
        return next(reversed(self.slack.views.modals.get(self.me, [])), None)

    def find(self, ts: str) -> Message | None:
        """Find a message of the channel that the person sees."""
        return next((m for m in self._visible() if m.ts == ts), None)

    def typed(self, message: Message) -> str:
        """Give a message as its writer typed it, for changing it."""
        return decode(message.text, self.slack.workspace.user_name)

    def shortcuts(self, kind: str) -> list[Json]:
        """List the app's shortcuts of a kind: `message` or `global`."""
        return [dict(each) for each in self.slack.grants.shortcuts if each.get("type") == kind]

    def _door(self, channel: Channel, place: str) -> Door:
        others = [m.ts for m in self._visible(channel) if m.user != self.me]
        name = BOT_NAME if place == DIRECT else channel.name
        return Door(name, place, channel.kind, place == self.look.place, others[-1] if others else "")

    def _visible(self, channel: Channel | None = None) -> list[Message]:
        place = (channel or self.channel).id
        here = [m for m in self.slack.workspace.messages if m.channel == place and not m.deleted]
        return [m for m in here if m.visible_to in (None, self.me)]

    def _shown(self, messages: Sequence[Message], visible: Sequence[Message]) -> list[Shown]:
        shown: list[Shown] = []
        for message in messages:
            above = shown[-1] if shown else None
            replies = [m for m in visible if m.thread_ts == message.ts and m.ts != message.ts]
            shown.append(self._show(message, above, replies))
        return shown

    def _show(self, message: Message, above: Shown | None, replies: Sequence[Message]) -> Shown:
        last = f"{self._writer(replies[-1])}, {clock(replies[-1].posted_at)}" if replies else ""
        return Shown(
            message=message,
            writer=self._writer(message),
            is_bot=message.user in (BOT_USER, SLACKBOT),
            is_mine=message.user == self.me,
            follows=above is not None and not above.replies and _stand_together(above.message, message),
            replies=len(replies),
            last_reply=last,
        )

    def _writer(self, message: Message) -> str:
        return self.slack.workspace.user_name(message.user)


def clock(at: float) -> str:
    """Write a time of the day as this machine's clock shows it."""
    return datetime.fromtimestamp(at).astimezone().strftime("%H:%M")


def colour_of(name: str) -> int:
    """Give a name its colour, always the same one."""
    return crc32(name.encode()) % COLOURS


def _stand_together(above: Message, below: Message) -> bool:
    near = below.posted_at - above.posted_at < TOGETHER
    return near and above.user == below.user and above.is_ephemeral == below.is_ephemeral
