"""Running text of an answer comes in, the same without HTML, templating and dead links goes out; code stays."""

import html
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.faq.answer.elements import Elements
from bot.faq.answer.links import Links
from bot.faq.answer.templates import Variables, reduce_template, skip_attributes, unescape_shortcodes

_SPECIAL = re.compile(r"[`\\!\[<{&]|:(?=(?:material|fontawesome|octicons|simple)-|::image\b)")
_INCLUDE = re.compile(
    r"\[!(?:INCLUDE|VIDEO|div|CODE\w*)\b[^\[\]\n]{0,300}(?:\[[^\[\]\n]{0,300}\]\(([^()\n]{0,500})\))?\]", re.IGNORECASE
)
_IMAGE_BLOCK = re.compile(r":::image\b([^\n]{0,1000}?):::")
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]{1,80}:(?:\{[^{}\n]{0,100}\})?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TITLE = re.compile(r"\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\))\s*\)|\s*(?:=\d*x?\d*%?\s*)?\)")
_BLANK = re.compile(r"[ \t]{0,10}\n?[ \t]{0,10}")
_BRACKETS = re.compile(r"\\\\.|[`\[\]]", re.DOTALL)
_MAX_LABEL = 1_500
_MAX_TARGET = 2_000
_MAX_DEPTH = 4


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
        self._elements = Elements(inline.links, text, in_link=in_link, in_table=in_table)
        self._budget = 4 * len(text) + 4_000
        self._brackets: dict[int, int] | None = None
        self._ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())

    def run(self) -> str:
        text, position, pieces = self._text, 0, list[str]()
        while found := _SPECIAL.search(text, position):
            start = found.start()
            pieces.append(text[position:start])
            piece, position = self._at(start, text[start])
            pieces.append(piece)
        pieces.append(text[position:])
        return "".join(pieces)

    def _at(self, start: int, character: str) -> tuple[str, int]:
        """Return what stands for the text from `start` on, and the position behind what that covers."""
        text = self._text
        if character == "`":
            return self._code(start)
        if character == "\\":
            return text[start : start + 2], start + 2
        if character == "<":
            return self._angle(start)
        found: tuple[str, int] | None = None
        if character == "{":
            found = reduce_template(text, start, self._inline.variables, components=self._inline.components)
        elif character == "&":
            found = self._entity(start)
        elif character == ":":
            found = self._colon(start)
        elif include := _INCLUDE.match(text, start):
            found = "", include.end()
        elif character == "[" or text.startswith("![", start):
            found = self._bracket(start)
        return found or (character, start + 1)

    def _colon(self, start: int) -> tuple[str, int] | None:
        if icon := _ICON.match(self._text, start):
            return "", icon.end()
        image = _IMAGE_BLOCK.match(self._text, start)
        if not image:
            return None
        values = dict(re.findall(r'([\w-]+)="([^"]*)"', image[1]))
        return self._link(values.get("alt-text", ""), values.get("source", ""), image=True), image.end()

    def _code(self, start: int) -> tuple[str, int]:
        run = re.compile("`+").match(self._text, start)
        length = len(run[0]) if run else 1
        starts = self._ticks.get(length, [])
        index = bisect_right(starts, start)
        end = starts[index] + length if index < len(starts) else start + length
        return unescape_shortcodes(self._text[start:end]), end

    def _angle(self, start: int) -> tuple[str, int]:
        comment = _COMMENT.match(self._text, start)
        if comment:
            return "", comment.end()
        autolink = _AUTOLINK.match(self._text, start)
        if autolink:
            return autolink[0], autolink.end()
        return self._elements.reduce(start)

    def _entity(self, start: int) -> tuple[str, int] | None:
        found = _ENTITY.match(self._text, start)
        if not found:
            return None
        character = html.unescape(found[0])
        if character in "<>&" or len(character) > 2 or (not character.isprintable() and character != "\u00a0"):
            return found[0], found.end()
        character = " " if character.isspace() else character
        return f"\\{character}" if character in "*_`[]\\|~#" else character, found.end()

    def _bracket(self, start: int) -> tuple[str, int] | None:
        image = self._text[start] == "!"
        opening = start + image
        close = self._label_end(opening)
        if close is None:
            return None
        label = self._text[opening + 1 : close]
        if label.startswith("^") and not image:
            note = self._inline.footnotes.get(label[1:])
            return f" ({note})" if note else "", close + 1
        if label.startswith("[") and label.endswith("]") and not image and self._text.startswith("]", close):
            return None
        target = self._target(close + 1)
        if target is None:
            reference = self._reference(label, close + 1)
            if reference is None:
                return None
            target = reference
        return self._link(label, target[0], image), skip_attributes(self._text, target[1])

    def _link(self, label: str, target: str, image: bool) -> str:
        inner = self._inline.clean(label, in_link=True, depth=self._depth + 1) if self._depth < _MAX_DEPTH else label
        inner = inner.strip()
        if self._in_link:
            return inner
        address = self._inline.links.absolute(target)
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

    def _target(self, position: int) -> tuple[str, int] | None:
        """Read `(target "title")` at `position`; templating in the target may hold spaces and brackets."""
        text = self._text
        if not text.startswith("(", position):
            return None
        blank = _BLANK.match(text, position + 1)
        start = position = blank.end() if blank else position + 1
        depth, limit = 0, min(len(text), position + _MAX_TARGET)
        while position < limit and self._budget > 0:
            self._budget -= 1
            character = text[position]
            if text.startswith(("{{", "{%"), position):
                end = text.find("}", position + 2, limit)
                position = limit if end < 0 else end + (2 if text.startswith("}}", end) else 1)
                continue
            if character == "<" and position == start:
                end = text.find(">", position, limit)
                position = limit if end < 0 else end + 1
                continue
            if character == "\\":
                position += 1
            elif character in " \n\t" or (character == ")" and depth == 0):
                closed = _TITLE.match(text, position) if depth == 0 else None
                return (text[start:position], closed.end()) if closed else None
            depth += {"(": 1, ")": -1}.get(character, 0)
            position += 1
        return None

    def _reference(self, label: str, position: int) -> tuple[str, int] | None:
        """Resolve `[label][name]`, `[label][]` and `[label]`."""
        text = self._text
        if text.startswith("[", position) and (close := self._label_end(position)):
            target = self._inline.links.reference(text[position + 1 : close] or label)
            if target is not None:
                return target, close + 1
        target = self._inline.links.reference(label)
        return None if target is None else (target, position)
