"""A message as it stands in the workspace, what a person can read and press in it, and what was asked with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .block_kit import Json
from .interactive_elements import Press, list_presses


@dataclass(slots=True, eq=False)
class Message:
    """One message; it changes in place when somebody edits, replaces or deletes it, as it does on a screen."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    visible_to: str | None = None
    """The only person who sees it (an ephemeral message), or None for everybody in the channel."""
    via: str = "a person"
    """Which door it came through: a Web API method, `response_url`, `acknowledgement`."""
    arguments: Json = field(default_factory=dict)
    """What the app sent besides text and blocks: unfurl_links, reply_broadcast, ..."""
    edits: int = 0
    deleted: bool = False
    state: Json = field(default_factory=dict)
    """What was chosen in it: block_id to action_id to the value object."""
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Emoji name to the ids of those who reacted with it."""
    posted_at: float = 0.0
    """Seconds since 1970; `ts` is a running number that looks like a time."""

    @property
    def is_ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return self.visible_to is not None

    @property
    def is_edited(self) -> bool:
        """Whether people are told that it was changed."""
        return self.edits > 0 and not self.is_ephemeral

    @property
    def words(self) -> str:
        """All that can be read: the blocks' texts, or the text where there are no blocks; still in Slack's markup."""
        return read_words(self.blocks) if self.blocks else self.text

    @property
    def everything(self) -> str:
        """The words, the notification text and every link behind a button."""
        return "\n".join([self.text, self.words, *(button["url"] for button in self._buttons if "url" in button)])

    @property
    def presses(self) -> list[Press]:
        """All that can be pressed or chosen."""
        return list_presses(self.blocks)

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons proper."""
        return [button["text"]["text"] for button in self._buttons]

    @property
    def _buttons(self) -> list[Json]:
        return [press.element for press in self.presses if press.element["type"] == "button"]

    def as_json(self, writer: str) -> Json:
        """Build what the control interface shows; `thread_ts` is null outside of threads."""
        kept = {name: getattr(self, name) for name in ("channel", "ts", "user", "text", "blocks", "thread_ts", "via")}
        flags = {"is_bot": self.bot_id is not None, "only_you": self.is_ephemeral, "edited": self.is_edited}
        return {**kept, **flags, "name": writer, "reactions": self.reactions}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the bot, where and when, or what may be a question, still in Slack's markup."""

    channel: str
    user: str
    text: str
    at: float
    """Seconds since 1970."""
    root: str | None = None
    """The `ts` of the thread that a reply to it belongs to; None for a command or a shortcut, replied to in private."""


def question_behind(reply: Message, log: Sequence[Asked]) -> Asked | None:
    """Return what a message of the bot replies to: the last question before it at the same place."""
    for asked in reversed(log):
        if asked.at <= reply.posted_at and asked.channel == reply.channel and _belongs(asked, reply):
            return asked
    return None


def _belongs(asked: Asked, reply: Message) -> bool:
    if reply.is_ephemeral:
        return asked.user == reply.visible_to
    if asked.root is None:
        return reply.via == "response_url"
    return reply.thread_ts in (None, asked.root)


def read_words(blocks: list[Json]) -> str:
    """Return all texts of blocks, each on a line."""
    return "\n".join(_texts(blocks))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _texts(child)
    elif isinstance(node, dict):
        for key, child in node.items():
            if key == "text" and isinstance(child, str):
                yield child
            else:
                yield from _texts(child)
