"""Block Kit as Slack checks it, as far as the bot uses it: what the tables lack is refused, never waved through.

Sources: https://docs.slack.dev/reference/block-kit/ (limits); grafana/oncall#5121 and slackapi/bolt-js#1891 (wording).
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

Json = dict[str, Any]
Surface = Literal["message", "modal", "home"]
Complain = Callable[[str, str], None]
"""Takes a reason and a JSON pointer."""
Check = Callable[[Any, str, Complain], None]
"""Takes a value, its place as a JSON pointer, and whom to complain to."""

MAX_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MAX_MARKDOWN = 12_000
MAX_OPTIONS = 100


def find_problems(blocks: list[Any], surface: Surface = "message", root: str = "/blocks") -> list[str]:
    """Return what Slack would refuse, each as `reason [json-pointer:/blocks/...]`; empty if it would take them."""
    return find_all(BLOCKS_OF[surface], blocks, root)


def find_all(check: Check, value: Any, root: str) -> list[str]:
    """Return the complaints of a check, worded as Slack words them."""
    problems: list[str] = []
    check(value, root, lambda reason, pointer: problems.append(f"{reason} [json-pointer:{pointer}]"))
    return problems


def anything(_value: Any, _at: str, _complain: Complain) -> None:
    """Take any value."""


def string(most: int, least: int = 1) -> Check:
    """Build a check for a string of so many characters."""

    def check(value: Any, at: str, complain: Complain) -> None:
        if not isinstance(value, str):
            complain("must provide a string", at)
        elif len(value) < least:
            complain(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            complain(f"must be less than {most + 1} characters", at)

    return check


def shape(needed: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Build a check for an object with these properties and no others."""

    def check(value: Any, at: str, complain: Complain) -> None:
        if not isinstance(value, dict):
            complain("must provide an object", at)
            return
        for key in value.keys() - needed.keys() - optional.keys():
            complain(f"invalid additional property: {key}", at)
        for key, part in {**needed, **optional}.items():
            if key in value or key in needed:
                part(value.get(key), f"{at}/{key}", complain)

    return check


def text(most: int, *kinds: str) -> Check:
    """Build a check for a text object; without kinds it may be plain text or mrkdwn."""
    kinds = kinds or ("plain_text", "mrkdwn")
    whole = shape({"type": anything, "text": string(most)}, {"emoji": anything, "verbatim": anything})

    def check(value: Any, at: str, complain: Complain) -> None:
        if not isinstance(value, dict) or value.get("type") not in kinds:
            complain(f"must be a text object of type {' or '.join(kinds)}", at)
        else:
            whole(value, at, complain)

    return check


def plain(most: int) -> Check:
    """Build a check for a plain text object."""
    return text(most, "plain_text")


def _rows(part: Check, most: int, unique: str = "") -> Check:
    def check(value: Any, at: str, complain: Complain) -> None:
        if not isinstance(value, list) or not value:
            complain("no fewer than 1 items allowed", at)
            return
        if len(value) > most:
            complain(f"no more than {most} items allowed", at)
        for number, each in enumerate(value):
            part(each, f"{at}/{number}", complain)
        _check_unique(value, unique, at, complain)

    return check


def _check_unique(items: list[Any], key: str, at: str, complain: Complain) -> None:
    given = [each[key] for each in items if isinstance(each, dict) and each.get(key) is not None]
    for each in {each for number, each in enumerate(given) if each in given[:number]}:
        complain(f"`{key}` already exists: {each}", at)


def _typed(shapes: Mapping[str, Check]) -> Check:
    def check(value: Any, at: str, complain: Complain) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else "None"
        if kind in shapes:
            shapes[kind](value, at, complain)
        else:
            complain(f"unsupported type: {kind}", f"{at}/type")

    return check


def _one_of(*words: str) -> Check:
    def check(value: Any, at: str, complain: Complain) -> None:
        if value not in words:
            complain(f"must be one of: {', '.join(words)}", at)

    return check


def _number(least: int, most: int) -> Check:
    def check(value: Any, at: str, complain: Complain) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            complain("must provide a number", at)
        elif not least <= value <= most:
            complain(f"must be between {least} and {most}", at)

    return check


def _url(value: Any, at: str, complain: Complain) -> None:
    try:
        is_url = isinstance(value, str) and bool(urlsplit(value).scheme)
    except ValueError:
        is_url = False
    if is_url:
        string(3000)(value, at, complain)
    else:
        complain("invalid_url", at)


def _with_choice(whole: Check) -> Check:
    """Check that what is chosen from the beginning is among the options, to the letter."""

    def check(value: Json, at: str, complain: Complain) -> None:
        whole(value, at, complain)
        if isinstance(value.get("options"), list) and value.get("initial_option") not in (None, *value["options"]):
            complain("must match one of the options", f"{at}/initial_option")

    return check


def _with_words(whole: Check) -> Check:
    def check(value: Json, at: str, complain: Complain) -> None:
        if "text" not in value and "fields" not in value:
            complain("must define either `text` or `fields`", at)
        whole(value, at, complain)

    return check


def _element(needed: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return shape(needed, {"type": anything, "action_id": string(255), "focus_on_load": anything, **optional})


def _options(most: int, **more: Check) -> Check:
    words = plain(75)
    return _rows(shape({"text": words, "value": string(150)}, {"description": words, **more}), most)


def _elements(*names: str) -> Check:
    return _typed({name: ELEMENTS[name] for name in names})


def _block(needed: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return shape({"type": anything, **needed}, {"block_id": string(255), **optional})


OPTIONS = _options(MAX_OPTIONS)
_SELECT = {"placeholder": plain(150), "initial_option": anything}
_THUMB = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
_BUTTON = {
    "value": string(2000, 0), "accessibility_label": string(75), "url": _url, "style": _one_of("primary", "danger"),
}  # fmt: skip
_LINE = {
    "placeholder": plain(150), "initial_value": string(3000, 0), "multiline": anything,
    "min_length": _number(0, 3000), "max_length": _number(1, 3000), "dispatch_action_config": anything,
}  # fmt: skip
ELEMENTS: dict[str, Check] = {
    "button": _element({"text": plain(75)}, _BUTTON),
    "overflow": _element({"options": _options(5, url=_url)}, {}),
    "static_select": _with_choice(_element({"options": OPTIONS}, _SELECT)),
    "external_select": _element({}, {**_SELECT, "min_query_length": _number(0, 1000)}),
    "plain_text_input": _element({}, _LINE),
    "feedback_buttons": _element({"positive_button": _THUMB, "negative_button": _THUMB}, {}),
}
_IN_ROWS = ("button", "overflow", "static_select", "external_select")
BLOCKS: dict[str, Check] = {
    "section": _with_words(
        _block({}, {"text": text(3000), "fields": _rows(text(2000), 10), "accessory": _elements(*_IN_ROWS)})
    ),
    "header": _block({"text": plain(150)}, {}),
    "divider": _block({}, {}),
    "context": _block({"elements": _rows(text(3000), 10)}, {}),
    "actions": _block({"elements": _rows(_elements(*_IN_ROWS), 25, "action_id")}, {}),
    "markdown": _block({"text": string(MAX_MARKDOWN)}, {}),
    "context_actions": _block({"elements": _rows(_elements("feedback_buttons"), 5, "action_id")}, {}),
    "input": _block(
        {"label": plain(2000), "element": _elements("plain_text_input", "static_select", "external_select")},
        {"hint": plain(2000), "optional": anything, "dispatch_action": anything},
    ),
}


def _blocks_of(surface: Surface) -> Check:
    of_messages_only = ("markdown", "context_actions") if surface != "message" else ()
    each = _typed({name: check for name, check in BLOCKS.items() if name not in of_messages_only})

    def check(blocks: list[Any], at: str, complain: Complain) -> None:
        if blocks:
            _rows(each, MAX_BLOCKS[surface], "block_id")(blocks, at, complain)
        texts = [each.get("text") for each in blocks if isinstance(each, dict) and each.get("type") == "markdown"]
        if sum(len(each) for each in texts if isinstance(each, str)) > MAX_MARKDOWN:
            complain(f"must be less than {MAX_MARKDOWN + 1} characters in all markdown blocks", at)

    return check


BLOCKS_OF: dict[Surface, Check] = {surface: _blocks_of(surface) for surface in MAX_BLOCKS}
