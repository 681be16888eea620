"""Texts and values in, single blocks and elements of Block Kit out, each within Slack's limits. Posts nothing.

Limits: https://docs.slack.dev/reference/block-kit/blocks/
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import wording
from bot.slack.views.button_state import Carried, encode
from bot.slack.views.mrkdwn import to_mrkdwn
from bot.slack.views.truncate import cut

SECTION_LIMIT = 3000
BUTTON_LIMIT = 75
TEXT_LIMIT = 3900
"""Characters of a message's text: chat.update refuses more than 4,000."""

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to Slack: blocks for eyes, and text for notifications, screen readers and as a fallback."""

    text: str
    """mrkdwn; says on its own what the blocks say."""
    blocks: tuple[Block, ...]

    def __add__(self, further: "Message") -> "Message":
        """Put one message below the other."""
        return Message(cut(f"{self.text}\n\n{further.text}", TEXT_LIMIT), self.blocks + further.blocks)


def section(mrkdwn: str, accessory: Block | None = None) -> Block:
    """Build a section of text with, at its right, one element."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(mrkdwn, SECTION_LIMIT)}}
    return block | {"accessory": accessory} if accessory else block


def context(markdown: str) -> Block:
    """Build a quiet line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": to_mrkdwn(markdown)}]}


def header(text: str) -> Block:
    """Build a heading."""
    return {"type": "header", "text": {"type": "plain_text", "text": cut(text, 150), "emoji": False}}


def actions(elements: Iterable[Block]) -> Block:
    """Build a row of elements."""
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action_id: str, carried: Carried | None = None, label: str | None = None) -> Block:
    """Build a button; `label` is what a screen reader says instead of its text."""
    element = {
        "type": "button",
        "text": _plain(text),
        "action_id": action_id,
        "value": encode(carried or Carried()),
    }
    return element | {"accessibility_label": cut(label, BUTTON_LIMIT)} if label else element


def type_ahead(action_id: str, placeholder: str = wording.SEARCH) -> Block:
    """Build a select over all entries that asks the bot while somebody types."""
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": _plain(placeholder),
        "min_query_length": 1,
    }


def select(action_id: str, placeholder: str, options: Sequence[Block]) -> Block:
    """Build a select over a few options: Slack takes 100."""
    chosen = list(options)[:100]
    return {"type": "static_select", "action_id": action_id, "placeholder": _plain(placeholder), "options": chosen}


def text_input(action_id: str, label: str, most: int) -> Block:
    """Build a line to type into, for a modal; its block has the same name."""
    element = {"type": "plain_text_input", "action_id": action_id, "max_length": most}
    return {"type": "input", "block_id": action_id, "label": _plain(label), "element": element}


def modal(title: str, blocks: Iterable[Block], **further: Any) -> Block:
    """Build a modal view."""
    close = _plain(wording.CLOSE)
    return {"type": "modal", "title": _plain(title), "close": close, "blocks": list(blocks), **further}


def option(text: str, value: str) -> Block:
    """Build one choice of a select or a menu; its value holds at most 150 characters."""
    return {"text": _plain(text), "value": value}


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """Build the menu behind three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def thumbs(action_id: str, up: Carried, down: Carried) -> Block:
    """Build the row that asks whether an answer helped."""

    def thumb(text: str, carried: Carried) -> Block:
        return {"text": _plain(text), "value": encode(carried), "accessibility_label": text}

    element = {
        "type": "feedback_buttons",
        "action_id": action_id,
        "positive_button": thumb(wording.HELPFUL, up),
        "negative_button": thumb(wording.NOT_HELPFUL, down),
    }
    return {"type": "context_actions", "elements": [element]}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": cut(text, BUTTON_LIMIT), "emoji": False}
