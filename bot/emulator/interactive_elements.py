"""What a person can press in blocks: buttons, the choices of menus and selects, thumbs; and what Slack sends for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

THUMBS = ("positive_button", "negative_button")
TYPE_AHEAD = {"external_select", "multi_external_select"}


@dataclass(frozen=True, slots=True)
class Press:
    """One thing to press."""

    block_id: str
    element: Json
    label: str
    """What a person reads on it."""
    choice: Json | None = None
    """The option of a menu or select, or the thumb; None for a button, and for a select before something is picked."""
    value: Any = None
    """What is picked where there are no options: a date, the id of a person or a channel, a list of them, a text."""

    def build_action(self, ts: str, held: Json) -> Json:
        """Build the item of `actions` that Slack sends; `held` are the values of all elements after the press."""
        element = self.element
        known = {"action_id": element["action_id"], "block_id": self.block_id, "type": element["type"]}
        what = held.get(self.block_id, {}).get(element["action_id"]) or self._what()
        return {**known, **what, "action_ts": ts}

    def _what(self) -> Json:
        kind = self.element["type"]
        if kind == "feedback_buttons":
            return {key: (self.choice or {})[key] for key in ("text", "value")}
        if kind in ("button", "icon_button"):
            return {key: self.element[key] for key in ("text", "value", "style", "url") if key in self.element}
        return {"selected_option": self.choice}


def list_presses(blocks: list[Json]) -> Iterator[Press]:
    """List all that can be pressed, in reading order."""
    for block in blocks:
        for element in elements_of(block):
            for label, choice in _choices(element):
                yield Press(block.get("block_id", ""), element, label, choice)


def elements_of(block: Json) -> list[Json]:
    """List the interactive elements of a block."""
    found = [*block.get("elements", ()), *(block[key] for key in ("accessory", "element") if key in block)]
    return [each for each in found if "action_id" in each]


def _choices(element: Json) -> Iterator[tuple[str, Json | None]]:
    if element["type"] == "feedback_buttons":
        yield from ((_text(element[thumb]), element[thumb]) for thumb in THUMBS)
    elif "options" in element:
        yield from ((_text(option), option) for option in element["options"])
    else:
        yield _text(element) or str(element.get("placeholder", {}).get("text", "")), None


def _text(holder: Json) -> str:
    text = holder.get("text", "")
    return str(text.get("text", "")) if isinstance(text, dict) else ""
