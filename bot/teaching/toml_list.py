"""TOML front matter comes in, the edits that add phrasings at one key go out; nothing else of it is touched."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.teaching.edits import Edit, Span, end_of_line, extend_brackets, insert
from bot.teaching.scalars import write_toml
from bot.teaching.yaml_list import Unclear

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[ \t\r]+"
    r"|[^\s\"'#\[\]{},=]+"
    r"|.",
    re.DOTALL,
)
"""Strings of four kinds, a comment, a gap, a bare word, or one other character."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LEADING = ("question", "topic")
_Token = tuple[str, int]


@dataclass(slots=True)
class _Statement:
    """A `key = value` or a `[table]`."""

    path: tuple[str, ...]
    span: Span
    is_table: bool = False
    brackets: Span | None = None
    """Where the value is an array: from bracket to bracket."""
    items: list[Span] = field(default_factory=list)


def toml_edits(text: str, path: Sequence[str], phrasings: Sequence[str]) -> list[Edit]:
    """Return the edits of TOML `text` that add phrasings to the array at `path`, which may not exist yet."""
    statements = list(_statements(text))
    items = [write_toml(phrasing) for phrasing in phrasings]
    for statement in statements:
        if statement.path == tuple(path) and statement.brackets:
            return extend_brackets(text, statement.brackets, statement.items, items)
    if any(each.path[:1] == ("also_asked",) and not each.is_table for each in statements if len(each.path) == 1):
        raise Unclear
    line = f"{_key(path[-1])} = [{', '.join(items)}]"
    above = _above(statements, tuple(path))
    if above is None and len(path) == 1:
        return [insert(0, f"{line}\n")]
    if above is None:
        gap = "\n\n" if text.strip() else ""
        return [insert(len(text.rstrip("\n")), f"{gap}[{_key(path[0])}]\n{line}" + ("" if text else "\n"))]
    return [insert(end_of_line(text, above.span[1]), f"\n{line}")]


def _above(statements: Sequence[_Statement], path: tuple[str, ...]) -> _Statement | None:
    """Return the statement below which a new key stands."""
    if len(path) > 1:
        inside = [each for each in statements if each.path[:1] == path[:1]]
        tables = [each for each in inside if each.is_table]
        return inside[-1] if tables and tables[-1].path == path[:1] else None
    top: list[_Statement] = []
    for each in statements:
        if each.is_table:
            break
        top.append(each)
    return next((each for each in top if each.path[0] in _LEADING), top[-1] if top else None)


def _statements(text: str) -> Iterator[_Statement]:
    table: tuple[str, ...] = ()
    for line in _lines(text):
        pieces = [(piece, place) for piece, place in line if not piece.isspace() and not piece.startswith("#")]
        if not pieces:
            continue
        span = (pieces[0][1], pieces[-1][1] + len(pieces[-1][0]))
        if pieces[0][0] == "[":
            table = _parsed(text[span[0] : span[1]])
            yield _Statement(table, span, is_table=True)
            continue
        equals = next((number for number, (piece, _) in enumerate(pieces) if piece == "="), 0)
        name = text[span[0] : pieces[equals][1]]
        statement = _Statement((*table, *_parsed(f"{name} = 0")), span)
        if pieces[equals + 1 :] and pieces[equals + 1][0] == "[":
            statement.brackets = (pieces[equals + 1][1], span[1])
            statement.items = list(_items(pieces[equals + 2 : -1]))
        yield statement


def _lines(text: str) -> Iterator[list[_Token]]:
    """Return the pieces of each statement: a line feed inside brackets ends none."""
    pieces: list[_Token] = []
    depth = 0
    for found in _TOKEN.finditer(text):
        piece = found[0]
        depth += (piece in ("[", "{")) - (piece in ("]", "}"))
        if piece == "\n" and depth == 0:
            yield pieces
            pieces = []
        else:
            pieces.append((piece, found.start()))
    yield pieces


def _items(pieces: Sequence[_Token]) -> Iterator[Span]:
    start = end = -1
    for piece, place in pieces:
        if piece == ",":
            yield start, end
            start = -1
        else:
            start, end = (place if start < 0 else start), place + len(piece)
    if start >= 0:
        yield start, end


def _parsed(statement: str) -> tuple[str, ...]:
    """Let the real parser read a key or a table's name."""
    value: object = tomllib.loads(statement)
    path = []
    while value:
        value = value[0] if isinstance(value, list) else value
        if not isinstance(value, dict) or not value:
            break
        ((key, value),) = value.items()
        path.append(key)
    return tuple(path)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else write_toml(name)
