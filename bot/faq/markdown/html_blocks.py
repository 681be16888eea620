"""Lines that begin with an HTML element come in, the same as Markdown goes out; for elements that hold no questions."""

import html
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.faq.markdown.tags import Tag, parse_tag

PARAGRAPHS = frozenset(["p", "div", "center", "section", "article", "main", "html", "body", "header", "footer"])
DROPPED = PARAGRAPHS | {"dd", "ul", "ol", "li", "dl"}
"""Elements whose tags may go wherever they stand at the start or end of a line."""
_HIDDEN = frozenset(["script", "style", "svg", "form", "template", "noscript", "object", "head", "nav"])
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_WHOLE = _HIDDEN | _HEADINGS | {"pre", "table", "iframe", "video"}
"""Elements that are taken as a whole."""
_MAX_LINES = 400
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_BOLD = re.compile(r"</?(?:b|strong)\s*>", re.IGNORECASE)
_ANCHORS = re.compile(r"(?:<a\s[^<>]{1,200}>\s*</a>\s*)+(?=<h[1-6])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """An element as Markdown."""

    lines: tuple[str, ...]
    used: int
    """How many lines of the page it took."""
    rest: str
    """What stands behind it on the last of them."""


def find_block(source: Sequence[str], number: int, rest: str, closings: Mapping[str, Sequence[int]]) -> Block | None:
    """Give the element at the start of `rest`, the last part of line `number`; None for those that may hold questions.

    `closings` tells the lines on which elements end, by name.
    """
    anchors = _ANCHORS.match(rest)
    tag = parse_tag(rest, anchors.end() if anchors else 0)
    if tag is None or tag.closing or tag.empty:
        return None
    name = tag.name.lower()
    if name not in _WHOLE:
        return None
    found = _content(source, number, rest[tag.end :], name, closings.get(name, ()))
    if found is None:
        return None
    content, used, behind = found
    return Block(_as_markdown(tag, content, anchors[0] if anchors else ""), used, behind)


def _as_markdown(tag: Tag, content: str, anchors: str) -> tuple[str, ...]:
    name = tag.name.lower()
    if name == "pre":
        return _fenced(content)
    if name == "table":
        return _table(content)
    if name not in _HEADINGS:
        address = tag.attributes.get("src", "")
        return (f"[{address}]({address})",) if address.startswith("http") else ()
    inner = " ".join(content.split())
    identity = tag.attributes.get("id") or tag.attributes.get("name")
    return (f"{'#' * int(name[1])} {anchors}{inner}{f' {{#{identity}}}' if identity else ''}",) if inner else ()


def drop_tags(rest: str) -> str:
    """Take the tags that only hold others off the start of a line, and write bold as Markdown does."""
    tag = parse_tag(rest)
    if tag and not tag.closing and tag.name.lower() == "li":
        return "- " + rest[tag.end :].lstrip()
    if tag and tag.name.lower() in DROPPED and "id" not in tag.attributes:
        return rest[tag.end :]
    return _BOLD.sub("**", rest) if _BOLD.match(rest) else rest


def _content(
    source: Sequence[str], number: int, rest: str, name: str, closings: Sequence[int]
) -> tuple[str, int, str] | None:
    """Give what stands inside an element, how many lines it takes, and what stands behind it."""
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE)
    index = bisect_left(closings, number)
    if end := closing.search(rest):
        return rest[: end.start()], 1, rest[end.end() :]
    if index < len(closings) and closings[index] == number:
        index = bisect_left(closings, number + 1)
    if index >= len(closings) or closings[index] - number >= _MAX_LINES:
        return None
    last = closings[index]
    end = closing.search(source[last])
    if end is None:
        return None
    text = "\n".join([rest, *source[number + 1 : last], source[last][: end.start()]])
    return text, last - number + 1, source[last][end.end() :]


def _fenced(content: str) -> tuple[str, ...]:
    lines = html.unescape(_TAG.sub("", content)).strip("\n").split("\n")
    return ("~~~~", *lines, "~~~~") if any(line.strip() for line in lines) else ()


def _table(content: str) -> tuple[str, ...]:
    rows = [_cells(row) for row in re.split(r"<tr\b[^<>]*>", content, flags=re.IGNORECASE)[1:]]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ()
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return (lines[0], "|" + " --- |" * width, *lines[1:])


def _cells(row: str) -> list[str]:
    cells = re.split(r"<t[hd]\b[^<>]*>", row, flags=re.IGNORECASE)[1:]
    return [" ".join(re.sub(r"</?t[a-z]+\s*>", "", cell).replace("|", "\\|").split()) for cell in cells]
