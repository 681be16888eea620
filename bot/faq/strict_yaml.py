"""YAML text comes in, plain values with the line of each go out; never builds objects, never expands aliases.

PyYAML takes the last of two equal keys, and aliases that grow to gigabytes: both are refused here.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import yaml

from bot.faq.placeholders import Unreadable, explain_syntax, find_odd_blank, name_of

KeyPath = tuple[str | int, ...]
Report = Callable[[int, str], None]
"""Takes a line, counted from 0 in the text at hand, and what is wrong there."""

MAX_DEPTH = 20

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_COMMENT = re.compile(r"([ \t]+)(#[^\n]*)")


@dataclass(slots=True)
class Parsed:
    """What YAML says."""

    value: object = None
    """None after a problem."""
    lines: dict[KeyPath, int] = field(default_factory=dict)
    """The line of every key and item, counted from 0."""
    cuts: list[tuple[KeyPath, int, str]] = field(default_factory=list)
    """Where a `#` that may be meant as text ended one: its key, its line, and what it cut off."""


def parse_yaml(text: str, report: Report) -> Parsed:
    """Read `text`; problems go to `report`."""
    reader = _Reader(text, report)
    try:
        if refusal := _refusal(text):
            report(*refusal)
            return Parsed()
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        report(*_explain(error, text))
        return Parsed()
    reader.parsed.value = None if node is None else reader.value(node, ())
    return reader.parsed


def _refusal(text: str) -> tuple[int, str] | None:
    """Return the first alias or too deep nesting, before anything is built from the text."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            return _line(event), "A YAML alias (`*name`) is not expanded here; write the value out."
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return _line(event), f"The front matter nests deeper than {MAX_DEPTH} levels; flatten it."
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


class _Reader:
    def __init__(self, text: str, report: Report) -> None:
        self._text = text
        self._report = report
        self._scalars = yaml.constructor.SafeConstructor()
        self.parsed = Parsed()

    def value(self, node: yaml.Node, path: KeyPath) -> object:
        self.parsed.lines.setdefault(path, _line(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = _line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(line, "A key must be a word, not a list or mapping; put text with brackets in quotes.")
                continue
            key = str(key_node.value)
            if key in values:
                self._report(line, f"The key `{key}` stands here for the second time; keep one.")
                continue
            self.parsed.lines[(*path, key)] = line
            values[key] = self.value(value_node, (*path, key))
        return values

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> object:
        try:
            value: object = self._scalars.construct_object(node)
        except Exception:
            # PyYAML's constructors raise whatever their conversion raises: ValueError for 2018-13-45, IndexError, ...
            kind = node.tag.removeprefix("tag:yaml.org,2002:")
            return Unreadable(f"holds `{node.value}`, which cannot be read as {kind}; put it in quotes if it is text.")
        if not node.style and node.value.startswith("-") and (odd := find_odd_blank(node.value[1:2])):
            self.parsed.lines[path] = _line(node)
            return Unreadable(
                f"begins with a dash and {name_of(odd)}, where YAML needs a plain space; write one instead."
            )
        if not node.style and (cut := self._cut_off(node)):
            if not node.value:
                return Unreadable("is empty, since a `#` begins a comment; put the text in quotes.")
            if isinstance(value, str):
                self.parsed.cuts.append((path, node.end_mark.line, cut))
        return value

    def _cut_off(self, node: yaml.ScalarNode) -> str:
        """Return the comment behind a text unless it is set off as one: by two blanks, and one behind its mark."""
        found = _COMMENT.match(self._text, node.end_mark.index)
        if not found:
            return ""
        is_word = found[2][1:2] not in ("", " ", "#")
        return found[2] if is_word or (node.value and found[1] == " ") else ""


def _line(place: yaml.Event | yaml.Node) -> int:
    return place.start_mark.line if place.start_mark else 0


def _explain(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """Return the line and the sentence that an author needs."""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    marks = [mark for name in ("context_mark", "problem_mark") if (mark := getattr(error, name, None))]
    position = marks[-1].index if marks else getattr(error, "position", 0) or 0
    lines = text.split("\n")
    last = min(marks[-1].line if marks else text[:position].count("\n"), len(lines) - 1)  # PyYAML may point behind
    first = marks[0].line if "flow" in str(getattr(error, "context", "")) else max(last - 2, 0)
    above = lines[min(first, last) : last + 1]
    if odd := _first_odd(above):
        return first + odd[0], f"{name_of(odd[1])} stands where YAML needs a plain space; write one instead."
    if problem.startswith("found character that"):
        problem = f"{name_of(text[position])} cannot begin a text" if position < len(text) else problem
    half = "" if find_odd_blank(above[-1]) else above[-1]
    return last, explain_syntax("YAML", problem, half, _hint(problem, above))


def _first_odd(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return the first line whose key, dash or indentation holds something that only looks like a space."""
    for number, line in enumerate(lines):
        structure = re.match(r"[^\w\"']*[\w-]*[^\w\"']*", line)
        if structure and (odd := find_odd_blank(structure[0])):
            return number, odd
    return None


def _hint(problem: str, lines: Sequence[str]) -> str:
    if any(re.search(r"[^\s#][ \t]+#", line) for line in lines):
        return "; a `#` behind a space begins a comment: put text that holds one in quotes"
    hints = {
        "mapping values are not allowed": "; put text that holds a colon in quotes",
        "U+0009": "; indent with spaces",
        "`": "; put text that begins with it in quotes",
        "U+0060": "; put text that begins with it in quotes",
        "could not find expected ':'": "; a key needs a colon and a space behind it",
        "did not find expected": "; check the indentation, quotes and brackets on this line and the one above",
        "found a tab": "; indent with spaces",
    }
    return next((hint for start, hint in hints.items() if problem.startswith(start)), "; check quotes and indentation")
