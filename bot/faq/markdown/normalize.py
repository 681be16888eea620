"""Turn the wrappers of a page into marks; no text is lost, none is added.

Sites wrap text in HTML, JSX, shortcodes and indented blocks, which a Markdown parser takes for code or for raw HTML.
Here each wrapper becomes a line with OPEN, its content moved to the margin, and a line with CLOSE.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from bot.faq.markdown.html_blocks import DROPPED, PARAGRAPHS, drop_tags, find_block
from bot.faq.markdown.html_elements import find_element
from bot.faq.markdown.layout import Layout
from bot.faq.markdown.parser import CLOSE, COMMENTS, OPEN, protected_lines
from bot.faq.markdown.tags import closed_name, closing_lines, find_closing
from bot.faq.markdown.wrappers import Opening, Source, Wrapper, find_directive, find_opening, take_captures

MAX_DEPTH = 30
MAX_LINE = 5_000
"""Characters: in longer lines no wrappers are looked for."""
_MAX_BREAKS = 20
_MAX_MODULE = 500
"""Characters of a module's line, and lines of a statement."""
_MODULE = re.compile(
    r"import\s(?:[\w*{}\s,$]*\sfrom\s)?\s*['\"][^'\"]+['\"];?\s*$|export\s+(?:const|default|let|function)\b"
)
_LIST_MARK = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(?=<(?:details|summary)\b)", re.IGNORECASE)
_CROWDED = re.compile(r" {0,3}(?:#{2,6}|#(?=[^#]*$))(?=[\w*`\"'<¿]|\[[^\]]*\]\()")
"""The hashes of a heading without a space behind them, as GitHub took them until 2017."""
_BREAK = re.compile(r"<br\s*/?>\s*(?=[\w*_<\[(`\"“])", re.IGNORECASE)
_ASKED = re.compile(r"[?？؟](?:\W|</?\w+>)*$")
_BOLD = re.compile(r"\s*(?:\*\*[^*]+\*\*|__[^_]+__|<(b|strong)>[^<>]+</\1>)\s*")
_MARKED = re.compile(r"(?:\*\*|__|</?\w+>|\[)*(?:[AQ]|Answer|Question|答|问|問)\s?\d{0,3}(?:\*\*|__|</?\w+>)*[.:：\]]")
_UNBROKEN = re.compile(r"\s*\||.*(?:\s\|\s|<(?:summary|h\d|t[hd]|dt)\b)", re.IGNORECASE)
_TERM = re.compile(r"(?![-+>#|:~\d]|\* |\s*$).{1,120}$")
_DEFINITION = re.compile(r" {0,3}:[ \t]+\S")
_OPTION = re.compile(r"\s*:[\w-]+:|    \w+:\s")


@dataclass(frozen=True, slots=True)
class Normalized:
    """A page whose wrappers have become marks."""

    lines: tuple[str, ...]
    origins: tuple[int, ...]
    """The line of the page as written, counted from 0, that each line comes from."""
    wrappers: tuple[Wrapper, ...]
    """By the number behind OPEN and CLOSE."""
    captures: Mapping[str, str]
    """The texts that the page gives a name."""


def normalize(text: str, words: Mapping[str, str] | None = None) -> Normalized:
    """Turn the wrappers of a page into marks; `words` are texts that its front matter gives a name."""
    return _Reader(text.replace(OPEN, "").replace(CLOSE, ""), words or {}).read()


class _Reader:
    def __init__(self, text: str, words: Mapping[str, str]) -> None:
        text, captures = take_captures(text)
        self._source = text.split("\n")
        self._code, self._comments = protected_lines(text)
        self._page = Source(self._source, closing_lines(text), {**words, **captures})
        self._flat_details = text.count("<details") > text.count("</details")
        self._number = 0
        self._layout = Layout()

    def read(self) -> Normalized:
        layout = self._layout
        while self._number < len(self._source):
            layout.origin = self._number
            self._line(self._source[self._number])
            self._number += 1
        layout.close_all()
        return Normalized(tuple(layout.lines), tuple(layout.origins), tuple(layout.wrappers), self._page.captures)

    def _line(self, line: str) -> None:
        indent = _indent(line)
        in_code = self._number in self._code
        goes_on = self._number - 1 in self._code
        if line.strip() and not (in_code and goes_on):
            self._layout.close_indented(indent)
        if in_code:
            if goes_on or not self._directive(line, indent):
                self._layout.write(line, indent)
        elif self._number in self._comments:
            self._layout.write(_without_comment(line, self._number - 1 in self._comments), indent)
        elif len(line) > MAX_LINE:
            self._layout.write(line, indent)
        else:
            if self._shares_definition(line):
                self._layout.append("")
            for part in _broken(line):
                self._text(part, indent)

    def _text(self, line: str, indent: int) -> None:
        if line.lstrip()[:1] == "#":
            line = self._spaced(line)
        innermost = self._layout.innermost
        if innermost and innermost.is_code:
            closing = find_closing(line, self._layout.names())
            if closing:
                self._layout.close_named(closed_name(closing))
            else:
                self._layout.append(line)
        elif not self._ends_here(line.lstrip()):
            self._parts(line, indent)

    def _shares_definition(self, line: str) -> bool:
        """Return whether a line is one of several right above each other that one definition explains."""
        above = self._source[self._number - 1] if self._number else ""
        if not _TERM.match(line) or not _TERM.match(above):
            return False
        below = next((one for one in self._source[self._number + 1 : self._number + 3] if not _TERM.match(one)), "")
        return bool(_DEFINITION.match(below))

    def _spaced(self, line: str) -> str:
        """Put a space behind the hashes of a heading; one hash alone counts at the top of a page only."""
        hashes = _CROWDED.match(line)
        above = self._source[self._number - 1].strip() if self._number else ""
        if hashes is None or above or (hashes[0].strip() == "#" and any(map(str.strip, self._layout.lines))):
            return line
        return f"{hashes[0]} {line[hashes.end() :]}"

    def _parts(self, line: str, indent: int) -> None:
        """Take one line apart: openings at its start, closings within it."""
        place: int | None = indent
        rest = line.lstrip()
        while rest.strip() or place is not None:
            opened = self._open(rest, indent)
            if opened is not None:
                rest, place = opened.lstrip(), None
                continue
            closing = find_closing(rest, DROPPED | self._layout.names())
            if closing is None:
                self._layout.write(rest if place is None else line, place)
                return
            before, rest = rest[: closing.start()].rstrip(), rest[closing.end() :].lstrip()
            if before:
                self._layout.write(before if place is None else " " * indent + before, place)
            self._layout.close_named(closed_name(closing))
            if closed_name(closing) in PARAGRAPHS and not rest:
                self._layout.append("")
            place = None

    def _open(self, rest: str, indent: int) -> str | None:
        """Open what stands at the start of `rest` and give what stands behind it; None where nothing opens."""
        if mark := _LIST_MARK.match(rest):
            rest = rest[mark.end() :]
        if not rest or (indent >= 4 and not self._layout.open and rest[0] != "<"):
            return None
        if rest[0] == "<":
            return self._element(rest, indent)
        if rest[0] in "ie":
            return self._module(rest) if indent == 0 else None
        return self._begin(find_opening(self._page, self._number, rest), indent)

    def _module(self, rest: str) -> str | None:
        """Pass over a statement of a module, up to the line that closes its brackets."""
        if len(rest) >= _MAX_MODULE or not _MODULE.match(rest):
            return None
        depth = 0
        for number, line in enumerate(self._source[self._number : self._number + _MAX_MODULE], start=self._number):
            depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
            if depth <= 0:
                self._number = number
                break
        return ""

    def _element(self, rest: str, indent: int) -> str | None:
        block = find_block(self._page, self._number, rest)
        if block:
            self._layout.write_block(block.lines, indent)
            self._number += block.used - 1
            return block.rest
        if rest.startswith("</") and find_closing(rest.split(">", 1)[0] + ">", self._layout.names()):
            return None
        opened = self._begin(find_element(self._page, self._number, rest), indent)
        if opened is not None:
            return opened
        without = drop_tags(rest)
        return without if without != rest else None

    def _begin(self, opening: Opening | None, indent: int) -> str | None:
        layout = self._layout
        if opening is None or len(layout.open) >= MAX_DEPTH:
            return None
        if opening.wrapper.kind == "details" and self._flat_details:
            layout.close_named("details")
        if opening.wrapper.kind == "term" and layout.innermost and layout.innermost.opening.wrapper.kind == "term":
            layout.close()
        layout.begin(opening, indent)
        self._number += opening.lines - 1
        for wrapper in opening.items:
            layout.begin(Opening(wrapper, "at once"), indent)
            layout.write_answer(wrapper)
        if opening.ends == "at once":
            layout.write_answer(opening.wrapper)
        elif opening.ends == "line":
            while self._number + 1 < len(self._source) and _OPTION.match(self._source[self._number + 1]):
                self._number += 1
        return opening.rest

    def _directive(self, line: str, indent: int) -> bool:
        """Open a fence that holds text, and look for the code inside it anew."""
        opening = find_directive(line.strip())
        if opening is None or len(self._layout.open) >= MAX_DEPTH:
            return False
        end = self._number
        while end + 1 in self._code:
            end += 1
        self._code -= set(range(self._number, end + 1))
        inner, _ = protected_lines("\n".join(self._source[self._number + 1 : end]))
        self._code |= {number + self._number + 1 for number in inner}
        return self._begin(opening, indent) is not None

    def _ends_here(self, rest: str) -> bool:
        """Close the innermost wrapper that ends with a line of its own, if this is that line; take quotations apart."""
        innermost = self._layout.innermost
        if innermost is None or innermost.opening.ends != "line":
            return False
        end, line = innermost.opening.end, rest.rstrip()
        if end == ">":
            if line.startswith(">"):
                self._layout.write(line[1:].removeprefix(" "), None)
                return True
            self._layout.close()
            return False
        if line and set(line) == set(end) and len(line) >= len(end):
            self._layout.close()
            return True
        return False


def _broken(line: str) -> list[str]:
    """Break a line where an answer begins behind its question, or the next question behind an answer."""
    if "<br" not in line.lower() or _UNBROKEN.match(line):
        return [line]
    parts, position = [], 0
    for found in islice(_BREAK.finditer(line), _MAX_BREAKS):
        before = line[position : found.start()]
        if _ASKED.search(before) or _BOLD.fullmatch(before) or _MARKED.match(line, found.end()):
            parts.append(line[position : found.end()].rstrip())
            position = found.end()
    return [*parts, line[position:]]


def _indent(line: str) -> int:
    blank = line[: len(line) - len(line.lstrip())]
    return len(blank.expandtabs(4))


def _without_comment(line: str, goes_on: bool) -> str:
    """Return what a line says besides a comment."""
    for opening, closing in COMMENTS:
        if closing in line and (goes_on or line.lstrip().startswith(opening)):
            return line.split(closing, 1)[1]
    return ""
