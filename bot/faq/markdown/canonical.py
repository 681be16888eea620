"""A page as written comes in, the same page with its wrappers as marks goes out; no text is lost, none is added.

Sites wrap text in HTML, JSX, shortcodes and indented blocks, which a Markdown parser takes for code or for raw HTML.
Here each wrapper becomes a line with OPEN, its content moved to the margin, and a line with CLOSE.
"""

import re
from dataclasses import dataclass

from bot.faq.markdown.elements import find_element
from bot.faq.markdown.html_blocks import DROPPED, PARAGRAPHS, drop_tags, find_block
from bot.faq.markdown.parser import CLOSE, COMMENTS, OPEN, protected_lines
from bot.faq.markdown.wrappers import CODE, Opening, Wrapper, find_callout, find_directive, find_opening

MAX_DEPTH = 30
MAX_LINE = 5_000
"""Characters: in longer lines no wrappers are looked for."""
_CLOSING_TAG = re.compile(r"</([A-Za-z][\w.:-]*)\s*>|\{\{[<%]\s*/\s*([\w/.-]+)\s*[>%]\}\}|\{%-?\s*end(\w+)\s*-?%\}")
_MODULE = re.compile(
    r"import\s+(?:[\w*{}\s,$]+\s+from\s+)?['\"][^'\"]+['\"];?\s*$|export\s+(?:const|default|let|function)\b"
)
_LIST_MARK = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(?=<(?:details|summary)\b)", re.IGNORECASE)
_OPTION = re.compile(r"\s*:[\w-]+:|    \w+:\s")


@dataclass(frozen=True, slots=True)
class Canonical:
    """A page whose wrappers have become marks."""

    lines: tuple[str, ...]
    origins: tuple[int, ...]
    """The line of the page as written, counted from 0, that each line comes from."""
    wrappers: tuple[Wrapper, ...]
    """By the number behind OPEN and CLOSE."""


@dataclass(slots=True)
class _Open:
    number: int
    opening: Opening
    indent: int
    """Where its opening stands in the page as written."""
    column: int
    """Where its content goes."""
    base: int | None = None
    """Where its content begins in the page as written, once known."""


def build_canonical(text: str) -> Canonical:
    """Turn the wrappers of a page into marks."""
    return _Writer(text.replace(OPEN, "").replace(CLOSE, "")).run()


class _Writer:
    def __init__(self, text: str) -> None:
        self._source = text.split("\n")
        self._code, self._comments = protected_lines(text)
        self._closings = _closings(text)
        self._flat_details = text.count("<details") > text.count("</details")
        self._stack: list[_Open] = []
        self._lines: list[str] = []
        self._origins: list[int] = []
        self._wrappers: list[Wrapper] = []
        self._number = 0

    def run(self) -> Canonical:
        while self._number < len(self._source):
            line = self._source[self._number]
            indent = _indent(line)
            if self._number not in self._code or self._number - 1 not in self._code:
                self._close_indented(line, indent)
            if self._number in self._code:
                if not self._directive(line, indent):
                    self._emit(line, indent)
            elif self._number in self._comments:
                self._emit(_without_comment(line, self._number - 1 in self._comments), indent)
            else:
                self._text(line, indent)
            self._number += 1
        while self._stack:
            self._close()
        return Canonical(tuple(self._lines), tuple(self._origins), tuple(self._wrappers))

    def _text(self, line: str, indent: int) -> None:
        """Take one line apart: openings at its start, closings within it."""
        rest = line.lstrip()
        if len(line) > MAX_LINE:
            self._emit(line, indent)
            return
        if self._stack and self._stack[-1].opening.wrapper.kind == CODE:
            self._code_line(line, rest)
            return
        if self._closes_line(rest):
            return
        first = True
        while rest.strip() or first:
            opened = self._open(rest, indent)
            if opened is not None:
                rest, first = opened.lstrip(), False
                continue
            closing = self._closing(rest)
            if not closing:
                self._emit(" " * indent + rest if first else rest, indent if first else None)
                return
            before, rest = rest[: closing.start()], rest[closing.end() :].lstrip()
            if before.strip():
                self._emit(" " * indent + before.rstrip() if first else before.rstrip(), indent if first else None)
            self._close_named(_name(closing))
            if _name(closing) in PARAGRAPHS and not rest:
                self._append("")
            first = False

    def _code_line(self, line: str, rest: str) -> None:
        """Take a line inside a block of code that a template marks."""
        closing = self._closing(rest)
        if closing:
            self._close_named(_name(closing))
        else:
            self._append(line)

    def _open(self, rest: str, indent: int) -> str | None:
        """Open what stands at the start of `rest` and give what stands behind it; None where nothing opens."""
        rest = _LIST_MARK.sub("", rest, count=1)
        if not rest or rest[0] not in "<{:/?!=>ie" or (indent >= 4 and not self._stack and rest[0] != "<"):
            return None
        if rest[0] in "ie":
            return self._drop_module(rest, indent)
        if block := find_block(self._source, self._number, rest, self._closings) if rest[0] == "<" else None:
            self._emit_block(block.lines, indent)
            self._number += block.used - 1
            return block.rest
        opening = self._find(rest)
        if opening is None:
            without = drop_tags(rest) if rest[0] == "<" else rest
            return without if without != rest else None
        self._push(opening, indent)
        return opening.rest

    def _find(self, rest: str) -> Opening | None:
        if len(self._stack) >= MAX_DEPTH:
            return None
        if rest[0] == "<":
            return find_element(self._source, self._number, rest, self._closings)
        if rest[0] == ">":
            return find_callout(rest)
        return find_opening(rest, self._closings)

    def _push(self, opening: Opening, indent: int) -> None:
        if opening.wrapper.kind == "details" and self._flat_details:
            self._close_named("details")
        if opening.wrapper.kind == "term" and self._stack and self._stack[-1].opening.wrapper.kind == "term":
            self._close()
        number = len(self._wrappers)
        self._wrappers.append(opening.wrapper)
        column = self._column(indent)
        code = opening.wrapper.kind == CODE
        self._append(" " * column + (f"```{opening.wrapper.title}" if code else f"{OPEN}{number}"))
        self._stack.append(_Open(number, opening, indent, column))
        self._number += opening.lines - 1
        if opening.ends == "at once":
            self._append(" " * column + opening.wrapper.answer.replace("\n", " "))
            self._close()
        elif opening.ends == "line":
            self._pass_options()

    def _pass_options(self) -> None:
        """Pass over the option lines that directives carry below their first."""
        while self._number + 1 < len(self._source) and _OPTION.match(self._source[self._number + 1]):
            self._number += 1

    def _directive(self, line: str, indent: int) -> bool:
        """Open a fence that holds text, and look for the code inside it anew."""
        opening = find_directive(line.strip()) if self._number - 1 not in self._code else None
        if opening is None or len(self._stack) >= MAX_DEPTH:
            return False
        end = self._number
        while end + 1 in self._code:
            end += 1
        self._code -= set(range(self._number, end + 1))
        inner, _ = protected_lines("\n".join(self._source[self._number + 1 : end]))
        self._code |= {number + self._number + 1 for number in inner}
        self._push(opening, indent)
        return True

    def _closes_line(self, rest: str) -> bool:
        """Close the innermost wrapper that ends with a line of its own, if this is that line."""
        if not self._stack or self._stack[-1].opening.ends != "line":
            return False
        end = self._stack[-1].opening.end
        if end == ">":
            if not rest.startswith(">"):
                self._close()
                return False
            self._emit(rest[1:].removeprefix(" "), None)
            return True
        if rest.rstrip() and set(rest.rstrip()) == set(end) and len(rest.rstrip()) >= len(end):
            self._close()
            return True
        return False

    def _close_indented(self, line: str, indent: int) -> None:
        while (
            line.strip()
            and self._stack
            and self._stack[-1].opening.ends == "indent"
            and indent <= self._stack[-1].indent
        ):
            self._close()

    def _closing(self, rest: str) -> re.Match[str] | None:
        """Find the first closing of an open wrapper, or of an element that is dropped anyway, outside inline code."""
        if "<" not in rest and "{" not in rest:
            return None
        names = {one.opening.end for one in self._stack if one.opening.ends == "tag"}
        for closing in _CLOSING_TAG.finditer(rest):
            if (_name(closing) in names or _name(closing) in DROPPED) and rest.count("`", 0, closing.start()) % 2 == 0:
                return closing
        return None

    def _close_named(self, name: str) -> None:
        if any(one.opening.ends == "tag" and one.opening.end == name for one in self._stack):
            while self._close() != name:
                pass
        if name == "dl" and self._stack and self._stack[-1].opening.end == name:
            self._close()

    def _close(self) -> str:
        closed = self._stack.pop()
        code = closed.opening.wrapper.kind == CODE
        self._append(" " * closed.column + ("```" if code else f"{CLOSE}{closed.number}"))
        return closed.opening.end if closed.opening.ends == "tag" else ""

    def _drop_module(self, rest: str, indent: int) -> str | None:
        """Drop a line of JavaScript that MDX takes for its own."""
        return "" if indent == 0 and _MODULE.match(rest) else None

    def _emit_block(self, lines: tuple[str, ...], indent: int) -> None:
        column = self._column(indent)
        for line in ("", *lines, ""):
            self._append(" " * column + line if line else "")

    def _emit(self, line: str, indent: int | None) -> None:
        """Write one line of content where its wrappers put it; without `indent` it stood behind something."""
        if not line.strip() or not self._stack:
            self._append(line if line.strip() else "")
            return
        top = self._stack[-1]
        if indent is None:
            self._append(" " * top.column + line.strip())
            return
        if top.base is None:
            top.base = indent
        self._append(" " * self._column(indent) + line.lstrip())

    def _column(self, indent: int) -> int:
        if not self._stack:
            return indent
        top = self._stack[-1]
        return top.column + max(0, indent - (top.base if top.base is not None else indent))

    def _append(self, line: str) -> None:
        self._lines.append(line)
        self._origins.append(min(self._number, len(self._source) - 1))


def _closings(text: str) -> dict[str, list[int]]:
    """Give the lines on which elements, shortcodes and blocks are closed, by name."""
    found: dict[str, list[int]] = {}
    line = position = 0
    for closing in _CLOSING_TAG.finditer(text):
        line += text.count("\n", position, closing.start())
        position = closing.start()
        found.setdefault(_name(closing), []).append(line)
    return found


def _name(closing: re.Match[str]) -> str:
    if closing[1]:
        return closing[1].lower()
    return f"shortcode {closing[2]}" if closing[2] else f"liquid {closing[3]}"


def _indent(line: str) -> int:
    blank = line[: len(line) - len(line.lstrip())]
    return len(blank.expandtabs(4))


def _without_comment(line: str, goes_on: bool) -> str:
    """Give what a line says besides a comment."""
    for opening, closing in COMMENTS:
        if closing in line and (goes_on or line.lstrip().startswith(opening)):
            return line.split(closing, 1)[1]
    return ""
