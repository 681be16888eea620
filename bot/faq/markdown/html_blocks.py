"""Turn elements of HTML that hold no questions into Markdown: headings, tables, code, what is hidden."""

import html
import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.faq.markdown.tags import Tag, parse_tag
from bot.faq.markdown.wrappers import Source

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


def find_block(source: Source, number: int, rest: str) -> Block | None:
    """Return the element at the start of `rest`, the last part of line `number`; None for those that hold questions."""
    anchors = _ANCHORS.match(rest)
    tag = parse_tag(rest, anchors.end() if anchors else 0)
    if tag is None or tag.closing or tag.empty or tag.name.lower() not in _WHOLE:
        return None
    name = tag.name.lower()
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE)
    lines = source.closings.get(name, ())
    first = bisect_left(lines, number)
    for last in (line for line in lines[first : first + 2] if line - number < _MAX_LINES):
        text = source.ahead(number, rest[tag.end :], most=last - number + 1)
        if end := closing.search(text):
            content = _as_markdown(tag, text[: end.start()], anchors[0] if anchors else "")
            return Block(content, last - number + 1, text[end.end() :])
    return None


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
