"""Whether Slack takes a message or a view as a whole: arguments in, a checked draft out, or `SlackError`.

Sources: https://docs.slack.dev/reference/methods/chat.postMessage , /reference/views ; slackapi/bolt-js#2509 for the
undocumented total.
"""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from .block_kit import BLOCKS_OF, Json, Surface, anything, find_all, find_problems, plain, shape, string

MAX_TEXT = 40_000
MAX_UPDATED_TEXT = 4_000
MAX_TOTAL = 13_000
"""Characters of all blocks as JSON. Slack was seen to refuse from 13,172 on; where exactly is not documented."""
MAX_VIEW = 250_000
"""Bytes of a view."""

_VIEW = {
    "submit": plain(24), "close": plain(24), "private_metadata": string(3000, 0), "callback_id": string(255, 0),
    "external_id": string(255, 0), "clear_on_close": anything, "notify_on_close": anything,
    "submit_disabled": anything, "default_to_current_conversation": anything,
}  # fmt: skip
VIEWS = {
    "modal": shape({"type": anything, "title": plain(24), "blocks": BLOCKS_OF["modal"]}, _VIEW),
    "home": shape({"type": anything, "blocks": BLOCKS_OF["home"]}, {**_VIEW, "title": anything}),
}
_made_up_ids = itertools.count(1)


class SlackError(Exception):
    """Slack says no; `code` is its word for why."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details

    @property
    def answer(self) -> Json:
        """The body of Slack's answer."""
        return {"ok": False, "error": self.code, **self.details}


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that Slack takes."""

    text: str
    blocks: list[Json]
    arguments: Json = field(default_factory=dict)
    """All other arguments as they were sent."""
    is_cut: bool = False
    """Slack cut the text: it takes 40,000 characters and drops the rest without an error."""


def accept(arguments: Json, longest_text: int = MAX_TEXT) -> Draft:
    """Check text and blocks together.

    Raises:
        SlackError: no_text, invalid_blocks_format, invalid_blocks, msg_blocks_too_long, msg_too_long.
    """
    text, blocks = arguments.get("text") or "", _read_blocks(arguments.get("blocks"))
    if not isinstance(text, str):
        raise SlackError("invalid_arguments")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if problems := find_problems(blocks):
        raise refuse_blocks(problems)
    if blocks and len(json.dumps(blocks, ensure_ascii=False)) > MAX_TOTAL:
        raise SlackError("msg_blocks_too_long")
    if longest_text < MAX_TEXT and len(text) > longest_text:
        raise SlackError("msg_too_long")
    others = {key: value for key, value in arguments.items() if key not in ("text", "blocks", "token")}
    return Draft(text[:longest_text], [_complete(block) for block in blocks], others, len(text) > longest_text)


def accept_view(given: object, kind: Surface) -> Json:
    """Check a view and return it with the ids that Slack makes up.

    Raises:
        SlackError: invalid_arguments with the places, view_too_large.
    """
    try:
        view = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        view = None
    if not isinstance(view, dict) or view.get("type") != kind:
        raise _refuse_view([f"must be a view of type {kind} [json-pointer:/view]"])
    if not isinstance(view.get("blocks"), list):
        raise _refuse_view(["missing required field: blocks [json-pointer:/view]"])
    if len(json.dumps(view, ensure_ascii=False).encode()) > MAX_VIEW:
        raise SlackError("view_too_large")
    present = {key: value for key, value in view.items() if value is not None}
    if problems := find_all(VIEWS[view["type"]], present, "/view") + _find_in_form(view):
        raise _refuse_view(problems)
    return {**view, "blocks": [_complete(block) for block in view["blocks"]]}


def refuse_blocks(problems: list[str]) -> SlackError:
    """Build the refusal that names the places."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError("invalid_blocks", errors=problems, response_metadata={"messages": messages})


def _refuse_view(problems: list[str]) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in problems]})


def _find_in_form(view: Json) -> list[str]:
    problems, inputs = [], [each for each in view["blocks"] if isinstance(each, dict) and each.get("type") == "input"]
    if inputs and not view.get("submit"):
        problems.append("missing required field: submit [json-pointer:/view]")
    if json.dumps(inputs).count('"focus_on_load": true') > 1:
        problems.append("only one element can have focus_on_load [json-pointer:/view/blocks]")
    return problems


def _read_blocks(given: object) -> list[Any]:
    """Read a list, or its JSON in a form field."""
    if given is None or given == "":
        return []
    try:
        blocks = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise SlackError("invalid_blocks_format") from None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    return blocks


def _complete(block: Json) -> Json:
    """Copy a block with the ids that Slack makes up where none are given."""
    made = {"block_id": f"b{next(_made_up_ids):04x}", **block}
    if block["type"] in ("actions", "context_actions"):
        made["elements"] = [_with_id(element) for element in block["elements"]]
    for key in ("accessory", "element"):
        if key in block:
            made[key] = _with_id(block[key])
    return made


def _with_id(element: Json) -> Json:
    return {"action_id": f"a{next(_made_up_ids):04x}", **element}
