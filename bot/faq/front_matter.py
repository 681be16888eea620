"""A file's text comes in, a Document (front matter as values, body, lines) goes out; nothing wrong passes silently."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.faq.delimiters import OWN_KEYS, Block, Form, Refused, find_block, find_further_block, keys_of
from bot.faq.diagnostics import Diagnostics
from bot.faq.metadata import read_metadata
from bot.faq.sources import Source
from bot.faq.strict_yaml import KeyPath

MOST_BLOCKS = 5
"""Further blocks of front matter that are passed over; each is looked for in all that follows."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: front matter and body, each with its place in the file."""

    source: Source
    metadata: Mapping[str, object]
    body: str
    body_line: int
    """The file's line, counted from 1, on which the body begins."""
    lines: Mapping[KeyPath, int]
    """The file's line of each key and item in the front matter."""
    form: Form = ""
    head: tuple[int, int] = (0, 0)
    """Where the front matter, without its marks, begins and ends in the source's text."""

    def line(self, *path: str | int) -> int:
        """Return the line of the key or item at `path`, or of the nearest one around it that is known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_document(source: Source, diagnostics: Diagnostics) -> Document | None:
    """Take `source` apart, or record problems and return None."""
    text = source.text
    try:
        block = find_block(text)
    except Refused as refused:
        diagnostics.problem(source.file, refused.line + 1, refused.text)
        return None
    if block is None:
        return Document(source, {}, text, 1, {})
    first = _line(text, block.head[0])
    read = read_metadata(text[slice(*block.head)], block.form)
    for line, note in read.notes:
        diagnostics.note(f"{source.file}:{line + first}: {note}")
    for line, problem in read.problems:
        diagnostics.problem(source.file, max(line + first, 1), problem)
    body = _body_start(source, block, diagnostics)
    if read.problems or body is None:
        return None
    lines = {path: line + first for path, line in read.lines.items()}
    return Document(source, read.values, text[body:], _line(text, body), lines, block.form, block.head)


def _body_start(source: Source, block: Block, diagnostics: Diagnostics) -> int | None:
    """Return where the body begins: behind further blocks of front matter, which are no answer to anything."""
    text, body = source.text, block.body
    for _ in range(MOST_BLOCKS):
        if (further := find_further_block(text, body)) is None:
            break
        line, body = _line(text, further.start), further.body
        if needed := [key for key in keys_of(further, text) if key in OWN_KEYS - {"title"}]:
            what = f"A second block of front matter begins here; move `{needed[0]}` and its other keys into the first."
            diagnostics.problem(source.file, line, what)
            return None
        diagnostics.note(
            f"{source.file}:{line}: a second block of front matter is left out; move its keys into the first"
        )
    return body


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
