"""A message as it stands in the workspace, and what a person who looks at it can read and press."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .interactive_elements import Press, list_presses

Json = dict[str, Any]


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
    is_pinned: bool = False
    posted_at: float = 0.0
    """Seconds since 1970; `ts` is a running number that looks like a time."""

    @property
    def is_ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return self.visible_to is not None

    @property
    def words(self) -> str:
        """All that can be read: the blocks' texts, or the text where there are no blocks; still in Slack's markup."""
        attached = read_words(self.attachments)
        return "\n".join(filter(None, [read_words(self.blocks) if self.blocks else self.text, attached]))

    @property
    def everything(self) -> str:
        """The words, the notification text and every link behind a button."""
        links = (button["url"] for button in self.buttons if "url" in button)
        return "\n".join([self.text, self.words, *links])

    @property
    def presses(self) -> list[Press]:
        """All that can be pressed or chosen."""
        return list(list_presses(self.all_blocks))

    @property
    def all_blocks(self) -> list[Json]:
        """The blocks, and those of its attachments."""
        attached = [each for each in self.attachments if isinstance(each, dict)]
        return [*self.blocks, *(block for each in attached for block in each.get("blocks") or ())]

    @property
    def attachments(self) -> list[Any]:
        """The attachments of older apps."""
        return list(self.arguments.get("attachments") or [])

    @property
    def buttons(self) -> list[Json]:
        """The buttons proper."""
        return [press.element for press in self.presses if press.element["type"] == "button"]

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button["text"]["text"] for button in self.buttons]


def read_words(blocks: list[Json]) -> str:
    """Give all texts of blocks, each on a line."""
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
