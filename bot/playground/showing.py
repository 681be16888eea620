"""The workspace as one person sees it, made ready to be drawn: who looks, at which place, and at what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zlib import crc32

from bot.emulator import BOT_NAME, BOT_USER, SLACKBOT, Channel, Emulator, Message, decode

DIRECT = "direct"
"""The place that is everybody's own: the direct message with the bot."""
FIRST_PERSON, FIRST_CHANNEL = "alice", "general"
LONGEST_NAME = 40
TOGETHER = 300.0
"""Seconds within which messages of the same writer stand together."""
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Look:
    """One person's look at the workspace; its address can be kept, sent and come back to."""

    token: str
    """The access token, which every address of the page carries."""
    person: str = FIRST_PERSON
    place: str = FIRST_CHANNEL
    """The name of a channel, or `DIRECT`."""
    thread: str = ""
    """The `ts` of the first message of the thread that is open."""
    why: str = ""
    """The `ts` of the reply that is explained."""
    tab: str = "messages"
    """`home` or `messages`, in the direct message."""
    panel: str = ""
    """`faults`: those that can be made on purpose."""

    def to(self, **changes: str) -> str:
        """Return the address of another look: same person and place, unless they are changed; panels close."""
        kept = {"token": self.token, "as": self.person, "in": self.place}
        query = {key: value for key, value in (kept | changes).items() if value}
        return f"/?{urlencode(query)}"

    @property
    def here(self) -> str:
        """The address of this look without the explanation."""
        return self.to(thread=self.thread, tab=self.tab if self.tab == "home" else "")

    @property
    def side(self) -> str:
        """What stands at the side: `why`, `faults`, `thread` or nothing."""
        if self.why:
            return "why"
        return self.panel or ("thread" if self.thread else "")


def read_look(query: Mapping[str, str], slack: Emulator) -> Look:
    """Read a query with distrust: what is not there becomes what everybody sees first."""
    person = query.get("as", "").strip().lower()
    if not _is_name(person):
        person = FIRST_PERSON
    tab = "home" if query.get("tab") == "home" else "messages"
    panel = "faults" if query.get("panel") == "faults" else ""
    place = _place(query.get("in", ""), person, slack)
    return Look(slack.access.token, person, place, query.get("thread", ""), query.get("why", ""), tab, panel)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it is drawn."""

    message: Message
    writer: str
    is_bot: bool
    is_mine: bool
    follows: bool
    """Whether it stands below another of the same writer and needs no name of its own."""
    time: str
    """When it was written, on this machine's clock."""
    replies: int = 0
    last_reply: str = ""
    """Who wrote the last reply, and when."""


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
        self._direct = slack.workspace.channel(f"@{look.person}")
        self.channel = self._direct if look.place == DIRECT else slack.workspace.channel(look.place)

    @property
    def doors(self) -> list[Door]:
        """The channels that everybody sees, and the direct message with the bot."""
        public = [c for c in self.slack.workspace.channels.values() if c.kind != "im"]
        return [*(self._door(c, c.name, c.name) for c in public), self._door(self._direct, DIRECT, BOT_NAME)]

    @property
    def messages(self) -> list[Shown]:
        """What stands in the channel itself."""
        visible = self._visible(self.channel)
        roots = [m for m in visible if m.thread_ts in (None, m.ts) or m.arguments.get("reply_broadcast")]
        return self._shown(roots, visible)

    @property
    def thread(self) -> list[Shown]:
        """What stands in the open thread, its first message included."""
        return self._shown([m for m in self._visible(self.channel) if self.look.thread in (m.ts, m.thread_ts)], ())

    def find(self, ts: str) -> Message | None:
        """Find a message of the channel that the person sees."""
        return next((m for m in self._visible(self.channel) if m.ts == ts), None)

    def typed(self, message: Message) -> str:
        """Return a message as its writer typed it, for changing it."""
        return decode(message.text, self.slack.workspace.user_name)

    def _door(self, channel: Channel, place: str, name: str) -> Door:
        others = [m.ts for m in self._visible(channel) if m.user != self.me]
        return Door(name, place, channel.kind, place == self.look.place, others[-1] if others else "")

    def _visible(self, channel: Channel) -> list[Message]:
        here = [m for m in self.slack.workspace.messages if m.channel == channel.id and not m.deleted]
        return [m for m in here if m.visible_to in (None, self.me)]

    def _shown(self, messages: Sequence[Message], visible: Sequence[Message]) -> list[Shown]:
        shown: list[Shown] = []
        for message in messages:
            replies = [m for m in visible if m.thread_ts == message.ts and m.ts != message.ts]
            shown.append(self._show(message, shown[-1] if shown else None, replies))
        return shown

    def _show(self, message: Message, above: Shown | None, replies: Sequence[Message]) -> Shown:
        return Shown(
            message=message,
            writer=self._writer(message),
            is_bot=message.user in (BOT_USER, SLACKBOT),
            is_mine=message.user == self.me,
            follows=above is not None and not above.replies and _stand_together(above.message, message),
            time=_clock(message),
            replies=len(replies),
            last_reply=f"{self._writer(replies[-1])}, {_clock(replies[-1])}" if replies else "",
        )

    def _writer(self, message: Message) -> str:
        return self.slack.workspace.user_name(message.user)


def colour_of(name: str) -> int:
    """Return the number of a name's colour, always the same one."""
    return crc32(name.encode()) % COLOURS


def _clock(message: Message) -> str:
    return datetime.fromtimestamp(message.posted_at).astimezone().strftime("%H:%M")


def _stand_together(above: Message, below: Message) -> bool:
    near = below.posted_at - above.posted_at < TOGETHER
    return near and above.user == below.user and above.is_ephemeral == below.is_ephemeral


def _is_name(name: str) -> bool:
    plain = name.replace("-", "").replace("_", "")
    return plain.isascii() and plain.isalnum() and name[0].isalpha() and len(name) <= LONGEST_NAME and name != BOT_NAME


def _place(named: str, person: str, slack: Emulator) -> str:
    found = next((c for c in slack.workspace.channels.values() if named in (c.name, c.id)), None)
    if named == DIRECT or (found and found.name == f"@{person}"):
        return DIRECT
    return found.name if found and found.kind != "im" else FIRST_CHANNEL
