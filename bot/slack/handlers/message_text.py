"""A message of Slack's in, its words out as Slack itself writes them (mrkdwn). Understands and answers nothing.

Words are what its author typed, and what its author forwarded. A link's preview is neither.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.slack.api import as_object
from bot.slack.views import escape

Payload = Mapping[str, Any]

PLACEHOLDERS = {
    "This content can't be displayed.",
    "This message contains interactive elements.",
    "[no preview available]",
}
"""What Slack puts into the text of a message that has blocks alone."""

_FALLBACK = re.compile(r"\[[^\]\n]+\] [^:\n]+: (.*)", re.DOTALL)
"""How Slack quotes a forwarded message where it has to do with a text alone: [when] who: what."""
_PREVIEW = ("is_msg_unfurl", "is_app_unfurl", "is_reply_unfurl", "from_url", "original_url")
"""Each of these marks an attachment that shows what stands behind a link; forwarded messages have some, too."""

_MARKUP = {
    "user": ("<@", "user_id", ">"),
    "channel": ("<#", "channel_id", ">"),
    "usergroup": ("<!subteam^", "usergroup_id", ">"),
    "broadcast": ("<!", "range", ">"),
    "emoji": (":", "name", ":"),
}
"""How Slack writes the elements of rich text in the text of a message: the field that matters, between two marks."""


def words_of(message: Payload) -> str:
    """Return what was typed, then what was forwarded; for the message of an app, else, what its attachments say."""
    attachments = _objects(message.get("attachments"))
    forwarded = [each for each in attachments if each.get("is_share")]
    said = [_own_words(each) for each in (message, *forwarded)]
    words = "\n".join(part for part in said if part.strip())
    if words:
        return words
    return "\n".join(filter(None, map(_words_of_card, filter(_is_card, attachments))))


def holds_more(message: Payload) -> bool:
    """Check whether a message holds anything beside words: a file, a table, an image, a card."""
    more = message.get("files") or message.get("attachments")
    return bool(more) or any(block.get("type") != "rich_text" for block in _objects(message.get("blocks")))


def _own_words(message: Payload) -> str:
    text = _text(message.get("text"))
    if text.strip() and text.strip() not in PLACEHOLDERS:
        return text
    originals = [as_object(each.get("message")) for each in _objects(message.get("message_blocks"))]
    words = "\n".join(filter(None, (_words_of_blocks(each.get("blocks")) for each in (message, *originals))))
    quoted = None if words else _FALLBACK.fullmatch(_text(message.get("fallback")))
    return quoted[1] if quoted and quoted[1] not in PLACEHOLDERS else words


def _is_card(attachment: Payload) -> bool:
    return not any(attachment.get(mark) for mark in _PREVIEW)


def _words_of_card(attachment: Payload) -> str:
    texts = [_text(attachment.get(name)) for name in ("pretext", "title")]
    fields = [_text(field.get(name)) for field in _objects(attachment.get("fields")) for name in ("title", "value")]
    return "\n".join(filter(None, (*texts, _own_words(attachment), *fields)))


def _words_of_blocks(blocks: object) -> str:
    return "\n".join(filter(None, map(_words_of_block, _objects(blocks))))


def _words_of_block(block: Payload) -> str:
    match block.get("type"):
        case "rich_text":
            return "\n".join(filter(None, map(_words_of_part, _objects(block.get("elements")))))
        case "section":
            texts = (block.get("text"), *_objects(block.get("fields")))
            return "\n".join(filter(None, (_text(as_object(each).get("text")) for each in texts)))
        case "header":
            return _text(as_object(block.get("text")).get("text"))
        case "markdown":
            return _text(block.get("text"))
        case _:
            return ""


def _words_of_part(part: Payload) -> str:
    """Return a part of rich text: a section, a list of sections, a quote, or code."""
    line = _line(part.get("elements"))
    match part.get("type"):
        case "rich_text_list":
            items = (_line(item.get("elements")) for item in _objects(part.get("elements")))
            return "\n".join(f"• {item}" for item in items if item.strip())
        case "rich_text_quote":
            return "\n".join(f"&gt; {quoted}" for quoted in line.splitlines())
        case "rich_text_preformatted" if line.strip():
            return f"```{line}```"
        case _:
            return line


def _line(elements: object) -> str:
    return "".join(map(_words_of_element, _objects(elements)))


def _words_of_element(element: Payload) -> str:
    kind, text = element.get("type"), escape(_text(element.get("text")))
    if kind == "link":
        return f"<{_text(element.get('url'))}{'|' if text else ''}{text}>"
    if kind == "date":
        return escape(_text(element.get("fallback")))
    if isinstance(kind, str) and kind in _MARKUP:
        before, name, after = _MARKUP[kind]
        return f"{before}{_text(element.get(name))}{after}"
    return f"`{text}`" if text.strip() and as_object(element.get("style")).get("code") else text


def _objects(value: object) -> tuple[Payload, ...]:
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list | tuple) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
