"""What a screen reader needs of everything the bot shows: labels on all that can be pressed or seen, and a text."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.emulator.messages import Message
from bot.emulator.views import View


def list_barriers(seen: Message | View) -> list[str]:
    """List what somebody who only hears a message or a view would miss."""
    elements = [element for block in seen.blocks for element in _elements(block)]
    spoken = Counter(_spoken(each) for each in elements if each.get("type") == "button")  # only these take a label
    twice = {label for label, count in spoken.items() if count > 1}
    found = [f"two things are called {label!r}" for label in twice if label]
    found += [f"nothing names this: {each}" for each in elements if not _spoken(each)]
    if isinstance(seen, Message) and not seen.text.strip():
        found.append("there is no text for notifications and screen readers")
    return found


def _elements(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """List images and what can be pressed. Slack itself names menus, and inputs by the label of their block."""
    if block["type"] == "image":
        yield block
    inner = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
    for element in inner:
        if element["type"] == "feedback_buttons":
            yield from (element["positive_button"], element["negative_button"])
        elif element["type"] not in ("overflow", "plain_text", "mrkdwn", "rich_text_section"):
            yield element


def _spoken(element: dict[str, Any]) -> str:
    """Give what a screen reader says for it."""
    named = element.get("accessibility_label") or element.get("alt_text")
    text = element.get("text") or element.get("placeholder") or {}
    return str(named or text.get("text", "")).strip()
