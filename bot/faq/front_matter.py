"""A file's text comes in, a Document (front matter as values, body, lines) goes out; nothing wrong passes silently.

python-frontmatter gives up quietly where front matter is damaged; these handlers for it say so instead.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import frontmatter
from frontmatter.default_handlers import BaseHandler

from bot.faq.findings import Findings
from bot.faq.sources import Source
from bot.faq.strict_yaml import MAX_DEPTH, KeyPath, Report, parse_yaml

MAX_FRONT_MATTER = 1_000_000
"""Characters: a thousand entries with thirty phrasings each stay below it."""
_BLANK = re.compile(r"\s*")
_SEARCH_WINDOW = 20_000

Form = Literal["", "yaml", "toml", "json"]
"""How front matter is written; empty where there is none."""


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
        """Give the line of the key or item at `path`, or of the nearest one around it that is known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Refused(Exception):  # noqa: N818
    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


class _Marked(BaseHandler):
    """Front matter between two lines of marks. Lines are counted from 0 at the first mark."""

    ends: tuple[str, ...]

    def split(self, text: str) -> tuple[str, str]:
        lines = text.split("\n")
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() in self.ends:
                return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
        mark = self.START_DELIMITER
        raise _Refused(0, f"The front matter begins here but never ends; close it with a line of `{mark}`.")


class _Yaml(_Marked):
    FM_BOUNDARY = re.compile(r"---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"
    ends = ("---", "...")


class _Toml(_Marked):
    FM_BOUNDARY = re.compile(r"\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"
    ends = ("+++",)


class _Json(BaseHandler):
    # `{` also opens Liquid, Hugo and kramdown marks: JSON's is followed by a quote, its end or a new line.
    FM_BOUNDARY = re.compile(r"\{[ \t]*(?:$|\"|\})", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = ""

    def split(self, text: str) -> tuple[str, str]:
        try:
            end = json.JSONDecoder().raw_decode(text)[1]
        except json.JSONDecodeError as error:
            what = f"The front matter is not valid JSON: {error.msg}; check quotes, commas and braces."
            raise _Refused(error.lineno - 1, what) from error
        except (RecursionError, ValueError) as error:
            raise _Refused(0, "The JSON front matter nests too deeply or holds a huge number; simplify it.") from error
        return text[:end], text[end:]


_FORMS: Mapping[BaseHandler, Form] = {_Yaml(): "yaml", _Toml(): "toml", _Json(): "json"}


def parse_document(source: Source, findings: Findings) -> Document | None:
    """Take `source` apart, or record problems and give None."""
    start = _front_matter_start(source.text)
    text = source.text[start:]
    offset = source.text[:start].count("\n") + 1
    handler = frontmatter.detect_format(text, _FORMS)
    if handler is None:
        return Document(source, {}, source.text, 1, {})
    problems = False

    def report(line: int, what: str) -> None:
        nonlocal problems
        problems = True
        findings.problem(source.file, line + offset, what)

    try:
        head, body = handler.split(text)
        value, lines = _read(handler, head, report)
    except _Refused as refused:
        report(refused.line, refused.text)
        return None
    if not problems and not isinstance(value, dict):
        report(0, "The front matter is a list or a mere text; write `key: value` lines (a rule is written `***`).")
    if problems or not isinstance(value, dict):
        return None
    form = _FORMS[handler]
    body_line = offset + text[: len(text) - len(body)].count("\n")
    placed = {path: line + offset for path, line in lines.items()}
    begin = start if form == "json" else source.text.index("\n", start) + 1
    return Document(source, value, body, body_line, placed, form, (begin, begin + len(head)))


def _front_matter_start(text: str) -> int:
    """Pass over blank lines and comments: licence headers stand above the front matter of some pages."""
    position = 0
    while True:
        blank = _BLANK.match(text, position)
        position = blank.end() if blank else position
        end = text.find("-->", position)
        if not text.startswith("<!--", position) or end < 0:
            return position
        position = end + 3


def _read(handler: BaseHandler, head: str, report: Report) -> tuple[Any, dict[KeyPath, int]]:
    if len(head) > MAX_FRONT_MATTER:
        raise _Refused(0, f"The front matter is longer than {MAX_FRONT_MATTER:,} characters; shorten it.")
    if isinstance(handler, _Yaml):
        last = head.count("\n")
        value, lines = parse_yaml(f"{head}\n", lambda line, what: report(min(line, last) + 1, what))
        return ({} if value is None else value), {path: line + 1 for path, line in lines.items()}
    if isinstance(handler, _Toml):
        value = _read_toml(head)
        return value, _find_lines(value, head, first=1)
    value = _read_json(head, report)
    return value, _find_lines(value, head, first=0)


def _read_toml(head: str) -> dict[str, Any]:
    try:
        return tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else head.count("\n") + 1
        raise _Refused(line, f"The front matter is not valid TOML: {error}; text stands in quotes.") from error
    except (RecursionError, ValueError) as error:
        raise _Refused(0, "The TOML front matter nests too deeply or holds a huge number; simplify it.") from error


def _read_json(head: str, report: Report) -> Any:
    def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            if key in values:
                place = max(head.rfind(json.dumps(key, ensure_ascii=False)), 0)
                report(head.count("\n", 0, place), f"The key `{key}` stands here for the second time; keep one.")
            values[key] = value
        return values

    return json.loads(head, object_pairs_hook=without_duplicates)


def _find_lines(value: object, text: str, first: int) -> dict[KeyPath, int]:
    """Find the lines of keys and texts in formats whose parsers do not tell them: in order, by searching."""
    lines: dict[KeyPath, int] = {}
    position = counted = line = 0

    def visit(value: object, path: KeyPath, needle: str) -> None:
        nonlocal position, counted, line
        place = text.find(needle, position, position + _SEARCH_WINDOW) if needle else -1
        if place >= 0:
            line += text.count("\n", counted, place)
            position = counted = place
        lines[path] = line + first
        if len(path) > MAX_DEPTH:
            raise _Refused(line + first, f"The front matter nests deeper than {MAX_DEPTH} levels; flatten it.")
        if isinstance(value, dict):
            for key, child in value.items():
                visit(child, (*path, key), key)
        elif isinstance(value, list):
            for number, child in enumerate(value):
                visit(child, (*path, number), child[:30] if isinstance(child, str) else "")

    visit(value, (), "")
    return lines
