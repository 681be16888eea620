"""What Slack makes of what a person types: `@channel` goes live, `& < >` are escaped, links marked, blocks added.

Source: https://docs.slack.dev/messaging/formatting-message-text (escaping, mentions, links).
"""

import html
import re
from collections.abc import Callable

from .block_kit import Json

# An address such as alice@example.org mentions nobody; the full stop at the end of a sentence is no part of a link.
_LIVE = re.compile(
    r"(?<![\w.@-])@(?:(?P<broadcast>channel|here|everyone)\b|(?P<person>[a-z][a-z0-9_-]*)\b)"
    r"|(?P<link>https?://(?:(?!&[lg]t;)[^\s<>|])*(?:(?!&[lg]t;)[^\s<>|.,:;!?'\")\]]))",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"<([^<>]+)>")


def escape(text: str) -> str:
    """Escape the three characters that are Slack's markup; nothing a person types can forge a mention."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encode(typed: str, user_id: Callable[[str], str | None]) -> str:
    """Return typed text as the `text` of a message event; a name that `user_id` does not know stays as it is."""

    def mark(found: re.Match[str]) -> str:
        if found["broadcast"]:
            return f"<!{found['broadcast'].lower()}>"
        if found["link"]:
            return f"<{found['link']}>"
        known = user_id(found["person"].lower())
        return f"<@{known}>" if known else found[0]

    return _LIVE.sub(mark, escape(typed))


def rich_text(text: str, block_id: str) -> list[Json]:
    """Build the `blocks` that accompany such a text in an event."""
    elements: list[Json] = []
    for number, part in enumerate(_TOKEN.split(text)):
        if number % 2:
            elements.append(_live_element(part))
        elif part:
            elements.append({"type": "text", "text": html.unescape(part)})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _live_element(token: str) -> Json:
    if token.startswith("@"):
        return {"type": "user", "user_id": token[1:]}
    if token.startswith("!"):
        return {"type": "broadcast", "range": token[1:]}
    return {"type": "link", "url": token}


def decode(text: str, user_name: Callable[[str], str]) -> str:
    """Return what was typed, from the text of a message."""

    def unmark(found: re.Match[str]) -> str:
        token = found[1]
        return f"@{user_name(token[1:])}" if token.startswith("@") else token.removeprefix("!").split("|")[0]

    plain = _TOKEN.sub(lambda found: ("@" if found[1].startswith("!") else "") + unmark(found), text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
