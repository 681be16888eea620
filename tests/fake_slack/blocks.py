"""Block Kit as Slack checks it: blocks in, the reasons for a refusal out, worded as Slack words them.

Source of the limits: https://docs.slack.dev/reference/block-kit/ . Reasons seen in the wild: "must be less than 3001
characters", "no more than 50 items allowed", "invalid additional property: disabled" (grafana/oncall#5121,
slackapi/bolt-js#1891). Only what the bot may use is known here; any other type is refused, never waved through.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
Complain = Callable[[str, str], None]
"""Takes a reason and a JSON pointer."""

MAX_BLOCKS = 50
MAX_MARKDOWN = 12_000
_KEYS = {
    "section": {"text", "fields", "accessory", "expand"},
    "header": {"text"},
    "divider": set(),
    "context": {"elements"},
    "actions": {"elements"},
    "markdown": {"text"},
    "context_actions": {"elements"},
    "feedback_buttons": {"action_id", "positive_button", "negative_button"},
    "external_select": {"action_id", "placeholder", "min_query_length", "initial_option", "focus_on_load", "confirm"},
    "button": {"text", "action_id", "url", "value", "style", "accessibility_label"},
    "overflow": {"action_id", "options"},
    "plain_text": {"text", "emoji"},
    "mrkdwn": {"text", "verbatim"},
    "option": {"text", "value"},
}
_BLOCKS = ("section", "header", "divider", "context", "actions", "markdown", "context_actions")


def find_problems(blocks: list[Any]) -> list[str]:
    """List what Slack would refuse, each as `reason [json-pointer:/blocks/...]`; empty if it would take them."""
    problems: list[str] = []

    def complain(reason: str, pointer: str) -> None:
        problems.append(f"{reason} [json-pointer:{pointer}]")

    if len(blocks) > MAX_BLOCKS:
        complain(f"no more than {MAX_BLOCKS} items allowed", "/blocks")
    for number, block in enumerate(blocks):
        _check_block(block, f"/blocks/{number}", complain)
    _check_unique(
        [block.get("block_id") for block in blocks if isinstance(block, dict)], "block_id", "/blocks", complain
    )
    markdown = [block["text"] for block in blocks if isinstance(block, dict) and block.get("type") == "markdown"]
    if sum(len(text) for text in markdown if isinstance(text, str)) > MAX_MARKDOWN:
        complain(f"must be less than {MAX_MARKDOWN + 1} characters in all markdown blocks", "/blocks")
    return problems


def _check_block(block: Any, at: str, complain: Complain) -> None:
    kind = block.get("type") if isinstance(block, dict) else None
    if kind not in _BLOCKS:
        return complain(f"unsupported type: {kind}", f"{at}/type")
    _check_keys(block, kind, at, complain, always={"type", "block_id"})
    _check_string(block.get("block_id", "x"), f"{at}/block_id", complain, 1, 255)
    return _CHECKS[kind](block, at, complain)


def _check_section(block: Json, at: str, complain: Complain) -> None:
    if "text" not in block and "fields" not in block:
        complain("must define either `text` or `fields`", at)
    if "text" in block:
        _check_text(block["text"], f"{at}/text", complain, 3000)
    if "fields" in block and _check_count(block["fields"], f"{at}/fields", complain, 10):
        for number, field in enumerate(block["fields"]):
            _check_text(field, f"{at}/fields/{number}", complain, 2000)
    if "accessory" in block:
        _check_element(block["accessory"], f"{at}/accessory", complain)


def _check_header(block: Json, at: str, complain: Complain) -> None:
    _check_text(block.get("text"), f"{at}/text", complain, 150, kinds=("plain_text",))


def _check_context(block: Json, at: str, complain: Complain) -> None:
    if _check_count(block.get("elements"), f"{at}/elements", complain, 10):
        for number, element in enumerate(block["elements"]):
            _check_text(element, f"{at}/elements/{number}", complain, 3000)


def _check_actions(block: Json, at: str, complain: Complain) -> None:
    if _check_count(block.get("elements"), f"{at}/elements", complain, 25):
        for number, element in enumerate(block["elements"]):
            _check_element(element, f"{at}/elements/{number}", complain)
        ids = [element.get("action_id") for element in block["elements"] if isinstance(element, dict)]
        _check_unique(ids, "action_id", f"{at}/elements", complain)


def _check_context_actions(block: Json, at: str, complain: Complain) -> None:
    if _check_count(block.get("elements"), f"{at}/elements", complain, 5):
        for number, element in enumerate(block["elements"]):
            _check_feedback_buttons(element, f"{at}/elements/{number}", complain)


def _check_feedback_buttons(element: Any, at: str, complain: Complain) -> None:
    if not isinstance(element, dict) or element.get("type") != "feedback_buttons":
        return complain("unsupported type", f"{at}/type")
    _check_keys(element, "feedback_buttons", at, complain, always={"type"})
    for name in ("positive_button", "negative_button"):
        thumb = element.get(name)
        if not isinstance(thumb, dict):
            complain(f"missing required field: {name}", at)
            continue
        _check_text(thumb.get("text"), f"{at}/{name}/text", complain, 75, kinds=("plain_text",))
        _check_string(thumb.get("value"), f"{at}/{name}/value", complain, 1, 2000)
        _check_string(thumb.get("accessibility_label", "x"), f"{at}/{name}/accessibility_label", complain, 1, 75)
    return None


def _check_select(select: Json, at: str, complain: Complain) -> None:
    if "placeholder" in select:
        _check_text(select["placeholder"], f"{at}/placeholder", complain, 150, kinds=("plain_text",))


def _check_markdown(block: Json, at: str, complain: Complain) -> None:
    _check_string(block.get("text"), f"{at}/text", complain, 1, MAX_MARKDOWN)


def _check_element(element: Any, at: str, complain: Complain) -> None:
    kind = element.get("type") if isinstance(element, dict) else None
    check = _ELEMENT_CHECKS.get(kind)
    if check is None:
        return complain(f"unsupported type: {kind}", f"{at}/type")
    _check_keys(element, kind, at, complain, always={"type"})
    _check_string(element.get("action_id", "x"), f"{at}/action_id", complain, 1, 255)
    return check(element, at, complain)


def _check_button(button: Json, at: str, complain: Complain) -> None:
    _check_text(button.get("text"), f"{at}/text", complain, 75, kinds=("plain_text",))
    _check_string(button.get("value", "x"), f"{at}/value", complain, 0, 2000)
    _check_string(button.get("accessibility_label", "x"), f"{at}/accessibility_label", complain, 1, 75)
    if button.get("style", "primary") not in ("primary", "danger"):
        complain("must be one of: primary, danger", f"{at}/style")
    if "url" in button and (urlsplit(button["url"]).scheme == "" or len(button["url"]) > 3000):
        complain("invalid_url", f"{at}/url")


def _check_overflow(overflow: Json, at: str, complain: Complain) -> None:
    if _check_count(overflow.get("options"), f"{at}/options", complain, 5):
        for number, option in enumerate(overflow["options"]):
            place = f"{at}/options/{number}"
            _check_keys(option, "option", place, complain)
            _check_text(option.get("text"), f"{place}/text", complain, 75, kinds=("plain_text",))
            _check_string(option.get("value"), f"{place}/value", complain, 1, 150)


def _check_text(
    text: Any, at: str, complain: Complain, longest: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")
) -> None:
    found: list[tuple[str, str]] = []
    if not isinstance(text, dict) or text.get("type") not in kinds:
        found.append((f"must be a text object of type {' or '.join(kinds)}", at))
    else:
        _check_keys(text, text["type"], at, lambda *problem: found.append(problem), always={"type"})
        _check_string(text.get("text"), f"{at}/text", lambda *problem: found.append(problem), 1, longest)
    if found and len(kinds) > 1:
        complain("failed to match all allowed schemas", at)
    for reason, pointer in found:
        complain(reason, pointer)


def _check_string(value: Any, at: str, complain: Complain, shortest: int, longest: int) -> None:
    if not isinstance(value, str):
        complain("must provide a string", at)
    elif len(value) < shortest:
        complain(f"must be more than {shortest - 1} characters", at)
    elif len(value) > longest:
        complain(f"must be less than {longest + 1} characters", at)


def _check_count(items: Any, at: str, complain: Complain, most: int) -> bool:
    if not isinstance(items, list) or not items:
        complain("no fewer than 1 items allowed", at)
        return False
    if len(items) > most:
        complain(f"no more than {most} items allowed", at)
    return True


def _check_keys(value: Json, kind: str, at: str, complain: Complain, always: set[str] = frozenset()) -> None:
    for key in value.keys() - _KEYS[kind] - always:
        complain(f"invalid additional property: {key}", at)


def _check_unique(ids: list[Any], what: str, at: str, complain: Complain) -> None:
    given = [each for each in ids if each is not None]
    for number, each in enumerate(given):
        if each in given[:number]:
            complain(f"`{what}` already exists: {each}", at)


_CHECKS: dict[str, Callable[[Json, str, Complain], None]] = {
    "section": _check_section,
    "header": _check_header,
    "divider": lambda block, at, complain: None,
    "context": _check_context,
    "actions": _check_actions,
    "markdown": _check_markdown,
    "context_actions": _check_context_actions,
}
_ELEMENT_CHECKS: dict[Any, Callable[[Json, str, Complain], None]] = {
    "button": _check_button,
    "overflow": _check_overflow,
    "external_select": _check_select,
}
