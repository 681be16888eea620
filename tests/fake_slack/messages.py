"""A message as it stands in the workspace, and what a person who looks at it can read and press."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

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
    """What the bot sent besides text and blocks: unfurl_links, reply_broadcast, ..."""
    edits: int = 0
    deleted: bool = False

    @property
    def is_ephemeral(self) -> bool:
        return self.visible_to is not None

    @property
    def words(self) -> str:
        """All that can be read: the blocks' texts, or the text where there are no blocks; still in Slack's markup."""
        return "\n".join(_texts(self.blocks)) if self.blocks else self.text

    @property
    def everything(self) -> str:
        """The words, the notification text and every link behind a button."""
        links = (button["url"] for button in self.buttons if "url" in button)
        return "\n".join([self.text, self.words, *links])

    @property
    def buttons(self) -> list[Json]:
        return [element for element in _elements(self.blocks) if element.get("type") == "button"]

    @property
    def labels(self) -> list[str]:
        return [button["text"]["text"] for button in self.buttons]

    def button(self, label: str) -> Json:
        """Find the one button with that text."""
        found = [button for button in self.buttons if button["text"]["text"] == label]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} buttons say {label!r}; there are {self.labels}")
        return found[0]

    def block_of(self, button: Json) -> Json:
        """Find the block that holds a button."""
        return next(block for block in self.blocks if any(element is button for element in _elements([block])))


def _elements(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield from block.get("elements", ())
        if "accessory" in block:
            yield block["accessory"]


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
