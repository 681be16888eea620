"""Block Kit as Slack checks it: blocks and the surface they are for in, the reasons for a refusal out.

Source of the limits: https://docs.slack.dev/reference/block-kit/blocks/ . A block that is not known here is refused,
never waved through.
"""

from collections.abc import Callable
from typing import Any, Literal

from .checks import PLAIN, Complain, Json, check_count, check_keys, check_string, check_text, check_unique
from .composition import check_url
from .elements import IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION, WEB, check_element

Surface = Literal["message", "modal", "home"]

MAX_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MAX_MARKDOWN = 12_000
_KEYS = {
    "section": {"text", "fields", "accessory", "expand"},
    "header": {"text", "level"},
    "divider": set(),
    "context": {"elements"},
    "actions": {"elements"},
    "markdown": {"text"},
    "context_actions": {"elements"},
    "image": {"image_url", "alt_text", "title", "slack_file"},
    "input": {"label", "element", "hint", "optional", "dispatch_action"},
    "rich_text": {"elements"},
}
RICH_TEXT = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
MESSAGES_ONLY = {"markdown", "context_actions"}


def find_problems(blocks: list[Any], surface: Surface = "message", root: str = "/blocks") -> list[str]:
    """List what Slack would refuse, each as `reason [json-pointer:/blocks/...]`; empty if it would take them."""
    problems: list[str] = []

    def complain(reason: str, pointer: str) -> None:
        problems.append(f"{reason} [json-pointer:{pointer}]")

    most = MAX_BLOCKS[surface]
    if len(blocks) > most:
        complain(f"no more than {most} items allowed", root)
    for number, block in enumerate(blocks):
        _check_block(block, f"{root}/{number}", complain, surface)
    whole = [block for block in blocks if isinstance(block, dict)]
    check_unique([block.get("block_id") for block in whole], "block_id", root, complain)
    markdown = [block.get("text") for block in whole if block.get("type") == "markdown"]
    if sum(len(text) for text in markdown if isinstance(text, str)) > MAX_MARKDOWN:
        complain(f"must be less than {MAX_MARKDOWN + 1} characters in all markdown blocks", root)
    return problems


def _check_block(block: Any, at: str, complain: Complain, surface: Surface) -> None:
    kind = block.get("type") if isinstance(block, dict) else None
    if kind not in _KEYS or (kind in MESSAGES_ONLY and surface != "message"):
        return complain(f"unsupported type: {kind}", f"{at}/type")
    check_keys(block, _KEYS[kind] | {"type", "block_id"}, at, complain)
    check_string(block.get("block_id", "x"), f"{at}/block_id", complain, 1, 255)
    return _CHECKS[kind](block, at, complain)


def _check_section(block: Json, at: str, complain: Complain) -> None:
    if "text" not in block and "fields" not in block:
        complain("must define either `text` or `fields`", at)
    if "text" in block:
        check_text(block["text"], f"{at}/text", complain, 3000)
    if "fields" in block and check_count(block["fields"], f"{at}/fields", complain, 10):
        for number, field in enumerate(block["fields"]):
            check_text(field, f"{at}/fields/{number}", complain, 2000)
    if "accessory" in block:
        check_element(block["accessory"], f"{at}/accessory", complain, IN_SECTION)


def _check_header(block: Json, at: str, complain: Complain) -> None:
    check_text(block.get("text"), f"{at}/text", complain, 150, PLAIN)


def _check_context(block: Json, at: str, complain: Complain) -> None:
    if check_count(block.get("elements"), f"{at}/elements", complain, 10):
        for number, element in enumerate(block["elements"]):
            place = f"{at}/elements/{number}"
            if isinstance(element, dict) and element.get("type") == "image":
                check_element(element, place, complain, {"image"})
            else:
                check_text(element, place, complain, 3000)


def _check_row(most: int, allowed: Any) -> Callable[[Json, str, Complain], None]:
    def check(block: Json, at: str, complain: Complain) -> None:
        if check_count(block.get("elements"), f"{at}/elements", complain, most):
            for number, element in enumerate(block["elements"]):
                check_element(element, f"{at}/elements/{number}", complain, allowed)
            ids = [element.get("action_id") for element in block["elements"] if isinstance(element, dict)]
            check_unique(ids, "action_id", f"{at}/elements", complain)

    return check


def _check_markdown(block: Json, at: str, complain: Complain) -> None:
    check_string(block.get("text"), f"{at}/text", complain, 1, MAX_MARKDOWN)


def _check_image(block: Json, at: str, complain: Complain) -> None:
    check_string(block.get("alt_text"), f"{at}/alt_text", complain, 1, 2000)
    if "slack_file" not in block:
        check_url(block.get("image_url"), f"{at}/image_url", complain, WEB)
    if "title" in block:
        check_text(block["title"], f"{at}/title", complain, 2000, PLAIN)


def _check_input(block: Json, at: str, complain: Complain) -> None:
    check_text(block.get("label"), f"{at}/label", complain, 2000, PLAIN)
    if "hint" in block:
        check_text(block["hint"], f"{at}/hint", complain, 2000, PLAIN)
    check_element(block.get("element"), f"{at}/element", complain, IN_INPUT)


def _check_rich_text(block: Json, at: str, complain: Complain) -> None:
    if not check_count(block.get("elements"), f"{at}/elements", complain, 100):
        return
    for number, element in enumerate(block["elements"]):
        kind = element.get("type") if isinstance(element, dict) else None
        if kind not in RICH_TEXT:
            complain(f"unsupported type: {kind}", f"{at}/elements/{number}/type")
        elif not isinstance(element.get("elements"), list):
            complain("must provide an array", f"{at}/elements/{number}/elements")


_CHECKS: dict[str, Callable[[Json, str, Complain], None]] = {
    "section": _check_section,
    "header": _check_header,
    "divider": lambda *_: None,
    "context": _check_context,
    "actions": _check_row(25, IN_ACTIONS),
    "markdown": _check_markdown,
    "context_actions": _check_row(5, IN_CONTEXT_ACTIONS),
    "image": _check_image,
    "input": _check_input,
    "rich_text": _check_rich_text,
}
