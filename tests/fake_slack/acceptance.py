"""Whether Slack takes a message as a whole: arguments in, a checked draft out, or `SlackError` with Slack's error code.

Sources: https://docs.slack.dev/reference/methods/chat.postMessage ; slackapi/bolt-js#2509 for the undocumented total.
"""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from .blocks import find_problems
from .messages import Json

MAX_TEXT = 40_000
MAX_UPDATED_TEXT = 4_000
MAX_TOTAL = 13_000
"""Characters of all blocks as JSON. Slack was seen to refuse from 13,172 on; where exactly is not documented."""

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


def refuse_blocks(problems: list[str]) -> SlackError:
    """Build the refusal that names the places."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError("invalid_blocks", errors=problems, response_metadata={"messages": messages})


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


def _complete(block: Json) -> Json:
    """Copy a block with the ids that Slack makes up where none are given."""
    made = {"block_id": f"b{next(_made_up_ids):04x}", **block}
    if "elements" in block and block["type"] == "actions":
        made["elements"] = [{"action_id": f"a{next(_made_up_ids):04x}", **element} for element in block["elements"]]
    return made
