"""Whether Slack takes a message or a view as a whole: arguments in, a checked draft out, or `SlackError`.

Sources: https://docs.slack.dev/reference/methods/chat.postMessage , /reference/views ; slackapi/bolt-js#2509 for the
undocumented total.
"""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from .blocks import Surface, find_problems
from .checks import PLAIN, check_string, check_text
from .messages import Json

MAX_TEXT = 40_000
MAX_UPDATED_TEXT = 4_000
MAX_ATTACHMENTS = 100
MAX_TOTAL = 13_000
"""Characters of all blocks as JSON. Slack was seen to refuse from 13,172 on; where exactly is not documented."""
MAX_VIEW = 250_000
"""Bytes of a view."""

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
        SlackError: no_text, invalid_blocks_format, invalid_blocks, too_many_attachments, msg_blocks_too_long,
            msg_too_long.
    """
    text, blocks = arguments.get("text") or "", _read_blocks(arguments.get("blocks"))
    attachments = _read_attachments(arguments.get("attachments"))
    if not isinstance(text, str):
        raise SlackError("invalid_arguments")
    if not text.strip() and not blocks and not attachments:
        raise SlackError("no_text")
    if problems := find_problems(blocks):
        raise refuse_blocks(problems)
    attachments = [_check_attachment(each, number) for number, each in enumerate(attachments)]
    if blocks and len(json.dumps(blocks, ensure_ascii=False)) > MAX_TOTAL:
        raise SlackError("msg_blocks_too_long")
    if longest_text < MAX_TEXT and len(text) > longest_text:
        raise SlackError("msg_too_long")
    others = {key: value for key, value in arguments.items() if key not in ("text", "blocks", "token")}
    if attachments:
        others["attachments"] = attachments
    return Draft(text[:longest_text], [_complete(block) for block in blocks], others, len(text) > longest_text)


def accept_view(given: object, kinds: tuple[Surface, ...]) -> Json:
    """Check a view and give it with the ids that Slack makes up.

    Raises:
        SlackError: invalid_arguments with the places, view_too_large.
    """
    try:
        view = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        view = None
    if not isinstance(view, dict) or view.get("type") not in kinds:
        reason = f"must be a view of type {' or '.join(kinds)} [json-pointer:/view]"
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {reason}"]})
    if len(json.dumps(view, ensure_ascii=False).encode()) > MAX_VIEW:
        raise SlackError("view_too_large")
    if problems := _find_view_problems(view):
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in problems]})
    return {**view, "blocks": [_complete(block) for block in view["blocks"]]}


def refuse_blocks(problems: list[str]) -> SlackError:
    """Build the refusal that names the places."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError("invalid_blocks", errors=problems, response_metadata={"messages": messages})


def _find_view_problems(view: Json) -> list[str]:
    problems: list[str] = []

    def complain(reason: str, pointer: str) -> None:
        problems.append(f"{reason} [json-pointer:{pointer}]")

    if view["type"] == "modal":
        check_text(view.get("title"), "/view/title", complain, 24, PLAIN)
    for key in ("submit", "close"):
        if view.get(key) is not None:
            check_text(view[key], f"/view/{key}", complain, 24, PLAIN)
    check_string(view.get("private_metadata") or "", "/view/private_metadata", complain, 0, 3000)
    for key in ("callback_id", "external_id"):
        check_string(view.get(key) or "", f"/view/{key}", complain, 0, 255)
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return [*problems, "missing required field: blocks [json-pointer:/view]"]
    if any(isinstance(block, dict) and block.get("type") == "input" for block in blocks) and "submit" not in view:
        complain("missing required field: submit", "/view")
    if json.dumps(blocks).count('"focus_on_load": true') > 1:
        complain("only one element can have focus_on_load", "/view/blocks")
    return problems + find_problems(blocks, view["type"], "/view/blocks")


def _read_blocks(given: object) -> list[Any]:
    """Take a list, or its JSON in a form field."""
    if given is None or given == "":
        return []
    try:
        blocks = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise SlackError("invalid_blocks_format") from None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    return blocks


def _read_attachments(given: object) -> list[Any]:
    """Take the attachments of older apps: a list, or its JSON in a form field."""
    try:
        attachments = json.loads(given) if isinstance(given, str) and given else given
    except ValueError:
        return []
    if not isinstance(attachments, list):
        return []
    if len(attachments) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return attachments


def _check_attachment(attachment: Any, number: int) -> Any:
    """Check the blocks of an attachment, and copy it with the ids that Slack makes up."""
    if not isinstance(attachment, dict) or not isinstance(attachment.get("blocks"), list):
        return attachment
    if problems := find_problems(attachment["blocks"], root=f"/attachments/{number}/blocks"):
        raise refuse_blocks(problems)
    return {**attachment, "id": number + 1, "blocks": [_complete(block) for block in attachment["blocks"]]}


def _complete(block: Json) -> Json:
    """Copy a block with the ids that Slack makes up where none are given."""
    made = {"block_id": f"b{next(_made_up_ids):04x}", **block}
    if "elements" in block and block["type"] in ("actions", "context_actions"):
        made["elements"] = [_with_id(element) for element in block["elements"]]
    for key in ("accessory", "element"):
        if key in block and block[key].get("type") != "image":
            made[key] = _with_id(block[key])
    return made


def _with_id(element: Json) -> Json:
    return {"action_id": f"a{next(_made_up_ids):04x}", **element}
