"""A page's text comes in, the places where its elements, shortcodes and blocks are closed go out, by name."""

import re
from collections.abc import Container, Iterator

_CLOSING = re.compile(
    r"</([A-Za-z][\w.:-]*)\s*>|\{\{[<%]\s*/\s*([\w/.-]+)\s*[>%]\}\}|\{%-?\s*(?:end|/\s*)([\w-]*)\s*-?%\}"
)
"""Of HTML, Hugo, and Liquid with its kin: `{% endname %}`, Markdoc's `{% /name %}`, Zola's `{% end %}`."""


def closing_lines(text: str) -> dict[str, list[int]]:
    """Give the lines, counted from 0, on which each name is closed."""
    found: dict[str, list[int]] = {}
    line = position = 0
    for closing in _CLOSING.finditer(text):
        line += text.count("\n", position, closing.start())
        position = closing.start()
        found.setdefault(closed_name(closing), []).append(line)
    if re.search(r"^[ \t]*::[ \t]*$", text, re.MULTILINE):
        found["::"] = []
    return found


def find_closing(text: str, names: Container[str]) -> re.Match[str] | None:
    """Give the first closing of one of `names` in a line, outside inline code."""
    if "<" not in text and "{" not in text:
        return None
    return next(_outside_code(text, names), None)


def closed_name(closing: re.Match[str]) -> str:
    """Give the name that is closed: in lower case, templating with what it is before it."""
    if closing[1]:
        return closing[1].lower()
    return f"shortcode {closing[2]}" if closing[2] else f"liquid {closing[3]}"


def _outside_code(text: str, names: Container[str]) -> Iterator[re.Match[str]]:
    for closing in _CLOSING.finditer(text):
        if closed_name(closing) in names and text.count("`", 0, closing.start()) % 2 == 0:
            yield closing
