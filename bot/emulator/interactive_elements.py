"""What a person can press or fill in: buttons, choices, thumbs, fields; and what Slack sends of them. Pure.

Source: https://docs.slack.dev/changelog/2020-09-full-state-on-view-submisson-and-block-actions (every stateful element
is sent along with every click, also one that nobody has touched).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .block_kit import Json

THUMBS = ("positive_button", "negative_button")
TYPE_AHEAD = "external_select"
FIELDS = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
}
"""The field in which each kind of stateful element holds what was typed or chosen."""


@dataclass(frozen=True, slots=True)
class Press:
    """One thing to press."""

    block_id: str
    element: Json
    label: str
    """What a person reads on it."""
    choice: Json | None = None
    """The option of a menu or select, or the thumb; None for a button, and for a select before something is picked."""

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
        if kind == "button":
            return {key: self.element[key] for key in ("text", "value", "style", "url") if key in self.element}
        return {"selected_option": self.choice}


def list_presses(blocks: list[Json]) -> list[Press]:
    """Return all that can be pressed, in reading order."""
    return [
        Press(block.get("block_id", ""), element, label, choice)
        for block in blocks
        for element in _elements_of(block)
        for label, choice in _choices(element)
    ]


def read_state(blocks: list[Json], chosen: Json) -> Json:
    """Return what all stateful elements hold, by block_id and action_id: what was chosen, else the initial value."""
    values: Json = {}
    for block in blocks:
        for element in _elements_of(block):
            if element["type"] in FIELDS:
                block_id, action_id = block.get("block_id", ""), element["action_id"]
                known = chosen.get(block_id, {}).get(action_id)
                values.setdefault(block_id, {})[action_id] = known or _initial_value(element)
    return values


def press_in(held: Json, press: Press) -> Json:
    """Return the state after something was pressed; buttons and menus hold nothing."""
    kind, action_id = press.element["type"], press.element["action_id"]
    if kind not in FIELDS:
        return held
    return merge_state(held, {press.block_id: {action_id: {"type": kind, FIELDS[kind]: press.choice}}})


def merge_state(held: Json, values: Json) -> Json:
    """Return the state with other values put in their places."""
    return held | {block: {**held.get(block, {}), **actions} for block, actions in values.items()}


def find_unfinished(blocks: list[Json], held: Json) -> Json:
    """Return what Slack itself holds against a form before it sends it: block_id to a sentence."""
    found: Json = {}
    for block in blocks:
        if block["type"] == "input" and (reason := _complaint(block, held)):
            found[block["block_id"]] = reason
    return found


def _complaint(block: Json, held: Json) -> str:
    element = block["element"]
    value = held[block["block_id"]][element["action_id"]].get(FIELDS[element["type"]])
    if value in (None, "", []):
        return "" if block.get("optional") else "Please complete this required field."
    if isinstance(value, str) and len(value) < element.get("min_length", 0):
        return f"Please write at least {element['min_length']} characters."
    if isinstance(value, str) and len(value) > element.get("max_length", len(value)):
        return f"Please write at most {element['max_length']} characters."
    return ""


def _initial_value(element: Json) -> Json:
    kind = element["type"]
    return {
        "type": kind,
        FIELDS[kind]: element.get(FIELDS[kind].replace("selected", "initial").replace("value", "initial_value")),
    }


def _elements_of(block: Json) -> list[Json]:
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
