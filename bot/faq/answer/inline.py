"""Clean the running text of an answer of HTML, templating and dead links; code stays as it is."""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.faq.answer.inline_tags import InlineTags
from bot.faq.answer.link_targets import Links
from bot.faq.answer.templates import Variables, reduce_template, skip_attributes, unescape_shortcodes

_SPECIAL = re.compile(
    r"(?P<code>`+)|(?P<escape>\\.?)|(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<autolink><(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>)|(?P<tag><)|(?P<template>\{)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<icon>:(?:material|fontawesome|octicons|simple)-[\w-]{1,80}:(?:\{[^{}\n]{0,100}\})?)"
    r"|(?P<image>:::image\b[^\n]{0,1000}?:::)"
    r"|(?P<include>\[!(?:INCLUDE|VIDEO|div|CODE\w*)\b[^\[\]\n]{0,300}(?:\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\))?\])"
    r"|(?P<bracket>!?\[)",
    re.DOTALL | re.IGNORECASE,
)
"""What is not mere text, by what it is."""
_TITLE = re.compile(r"\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\))\s*\)|\s*(?:=\d*x?\d*%?\s*)?\)")
_TARGET = re.compile(
    r"\([ \t]{0,10}\n?[ \t]{0,10}"
    r"(<[^>]*>|(?:\\.|\{\{[^}]*\}\}?|\{%[^}]*\}|[^\s()\\]|\((?:[^\s()]|\([^\s()]*\))*\))*+)",
    re.DOTALL,
)
"""What stands behind a link's text, with two levels of brackets in it."""
_BRACKETS = re.compile(r"\\\\.|[`\[\]]", re.DOTALL)
_MAX_LABEL = 1_500
_MAX_TARGET = 2_000
_MAX_DEPTH = 4

Piece = tuple[str, int]
"""What stands for a part of the text, and the position behind that part."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Cleans the running text of one page."""

    links: Links
    footnotes: Mapping[str, str] = field(default_factory=dict)
    components: bool = False
    """Whether the page is MDX."""

    @property
    def variables(self) -> Variables:
        """Return what the site fills in."""
        return self.links.variables

    def clean(self, text: str, *, in_link: bool = False, in_table: bool = False, depth: int = 0) -> str:
        """Clean one paragraph, one list or one table."""
        return _Pass(self, text, in_link, in_table, depth).run()


class _Pass:
    def __init__(self, inline: Inline, text: str, in_link: bool, in_table: bool, depth: int) -> None:
        self._inline = inline
        self._text = text
        self._in_link = in_link
        self._depth = depth
        self._tags = InlineTags(inline.links, text, in_link=in_link, in_table=in_table)
        self._brackets: dict[int, int] | None = None
        self._ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())

    def run(self) -> str:
        text, position, pieces = self._text, 0, list[str]()
        read: Mapping[str, Callable[[re.Match[str]], Piece | None]] = {
            "code": lambda found: self._code(found.start()),
            "tag": lambda found: self._tags.reduce(found.start()),
            "template": self._template,
            "entity": self._entity,
            "image": self._image_block,
            "bracket": self._bracket,
        }
        while found := _SPECIAL.search(text, position):
            pieces.append(text[position : found.start()])
            kind = found.lastgroup or ""
            kept = "" if kind in ("comment", "icon", "include") else found[0]
            piece = read[kind](found) if kind in read else (kept, found.end())
            written, position = piece or (text[found.start()], found.start() + 1)
            pieces.append(written)
        pieces.append(text[position:])
        return "".join(pieces)

    def _template(self, found: re.Match[str]) -> Piece | None:
        inline = self._inline
        return reduce_template(self._text, found.start(), inline.variables, components=inline.components)

    def _image_block(self, found: re.Match[str]) -> Piece:
        values = dict(re.findall(r'([\w-]+)="([^"]*)"', found[0]))
        return self._link(values.get("alt-text", ""), values.get("source", ""), image=True), found.end()

    def _code(self, start: int) -> Piece:
        run = re.compile("`+").match(self._text, start)
        length = len(run[0]) if run else 1
        starts = self._ticks.get(length, [])
        index = bisect_right(starts, start)
        end = starts[index] + length if index < len(starts) else start + length
        return unescape_shortcodes(self._text[start:end]), end

    def _entity(self, found: re.Match[str]) -> Piece:
        character = html.unescape(found[0])
        if character in "<>&" or len(character) > 2 or (not character.isprintable() and character != "\u00a0"):
            return found[0], found.end()
        character = " " if character.isspace() else character
        return f"\\{character}" if character in "*_`[]\\|~#" else character, found.end()

    def _bracket(self, found: re.Match[str]) -> Piece | None:
        image, opening = found[0] == "![", found.end() - 1
        close = self._label_end(opening)
        if close is None:
            return None
        label = self._text[opening + 1 : close]
        if label.startswith("^") and not image:
            note = self._inline.footnotes.get(label[1:])
            return f" ({note})" if note else "", close + 1
        if label.startswith("[") and label.endswith("]") and not image and self._text.startswith("]", close):
            return None
        target = self._target(close + 1) or self._reference(label, close + 1)
        return (self._link(label, target[0], image), skip_attributes(self._text, target[1])) if target else None

    def _link(self, label: str, target: str, image: bool) -> str:
        inner = self._inline.clean(label, in_link=True, depth=self._depth + 1) if self._depth < _MAX_DEPTH else label
        inner = inner.strip()
        address = None if self._in_link else self._inline.links.absolute(target)
        if address is None:
            return inner
        inner = inner or ("image" if image else address.lstrip("#"))
        address = address.replace(" ", "%20")
        return f"[{inner}](<{address}>)" if address.count("(") != address.count(")") else f"[{inner}]({address})"

    def _label_end(self, opening: int) -> int | None:
        """Find the bracket that closes the one at `opening`, passing over code and inner brackets."""
        if self._brackets is None:
            self._brackets = {}
            above: list[int] = []
            position = 0
            while found := _BRACKETS.search(self._text, position):
                position = self._code(found.start())[1] if found[0] == "`" else found.end()
                if found[0] == "[":
                    above.append(found.start())
                elif found[0] == "]" and above:
                    self._brackets[above.pop()] = found.start()
        close = self._brackets.get(opening)
        return close if close is not None and close - opening < _MAX_LABEL else None

    def _target(self, position: int) -> Piece | None:
        """Read `(target "title")` at `position`; templating in the target may hold spaces and brackets."""
        found = _TARGET.match(self._text, position, position + _MAX_TARGET)
        closed = _TITLE.match(self._text, found.end()) if found else None
        return (found[1], closed.end()) if found and closed else None

    def _reference(self, label: str, position: int) -> Piece | None:
        """Resolve `[label][name]`, `[label][]` and `[label]`."""
        text = self._text
        if text.startswith("[", position) and (close := self._label_end(position)):
            target = self._inline.links.reference(text[position + 1 : close] or label)
            if target is not None:
                return target, close + 1
        target = self._inline.links.reference(label)
        return None if target is None else (target, position)
