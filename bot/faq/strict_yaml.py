"""YAML text comes in, plain values with the line of each go out; never builds objects, never expands aliases.

PyYAML takes the last of two equal keys, and aliases that grow to gigabytes: both are refused here.
"""

from collections.abc import Callable

import yaml

KeyPath = tuple[str | int, ...]
Report = Callable[[int, str], None]
"""Takes a line, counted from 0 in the text at hand, and what is wrong there."""

MAX_DEPTH = 20

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, report: Report) -> tuple[object, dict[KeyPath, int]]:
    """Read `text` and give its value and the line of every key and item; (None, {}) after a problem."""
    reader = _Reader(report)
    try:
        if refusal := _refusal(text):
            report(*refusal)
            return None, {}
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        report(_error_line(error, text), _explain(error))
        return None, {}
    return (None if node is None else reader.value(node, ())), reader.lines


def _refusal(text: str) -> tuple[int, str] | None:
    """Give the first alias or too deep nesting, before anything is built from the text."""
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
    def __init__(self, report: Report) -> None:
        self._report = report
        self._scalars = yaml.constructor.SafeConstructor()
        self.lines: dict[KeyPath, int] = {}

    def value(self, node: yaml.Node, path: KeyPath) -> object:
        self.lines.setdefault(path, _line(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
        return self._scalar(node)

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
            self.lines[(*path, key)] = line
            values[key] = self.value(value_node, (*path, key))
        return values

    def _scalar(self, node: yaml.Node) -> object:
        try:
            return self._scalars.construct_object(node)
        except Exception:
            # PyYAML's constructors raise whatever their conversion raises: ValueError for 2018-13-45, IndexError, ...
            kind = node.tag.removeprefix("tag:yaml.org,2002:")
            what = f"`{node.value}` cannot be read as {kind}; put it in quotes if it is text."
            self._report(_line(node), what)
            return None


def _line(place: yaml.Event | yaml.Node) -> int:
    return place.start_mark.line if place.start_mark else 0


def _error_line(error: yaml.YAMLError, text: str) -> int:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return mark.line if mark else 0
    position = getattr(error, "position", 0) or 0
    return text[:position].count("\n")


def _explain(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    hints = {
        "mapping values are not allowed": "; put text that holds a colon in quotes",
        "found character": "; indent with spaces, and put text that begins with a special character in quotes",
        "could not find expected ':'": "; a key needs a colon and a space behind it",
        "did not find expected": "; check the indentation, quotes and brackets on this line and the one above",
    }
    hint = next((hint for start, hint in hints.items() if problem.startswith(start)), "; check quotes and indentation")
    return f"The front matter is not valid YAML: {problem}{hint}."
