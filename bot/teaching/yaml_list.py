"""YAML front matter comes in, the edits that add phrasings at one key go out; the positions are those of the parser.

PyYAML, which reads the front matter, tells where each value stands; nothing is ever written anew by it.
"""

import re
from collections.abc import Sequence

import yaml

from bot.teaching.edits import Edit, end_of_line, extend_brackets, insert
from bot.teaching.scalars import Style, style_of, write_json, write_yaml

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INDENT = 2
_ONLY_IN_JSON = re.compile(r"[\t\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LEADING = ("question", "topic")
"""The keys behind which a new key stands best."""


class Unclear(Exception):  # noqa: N818
    """The place cannot be edited for sure."""


def yaml_edits(text: str, path: Sequence[str], phrasings: Sequence[str]) -> list[Edit]:
    """Return the edits of YAML `text` that add phrasings to the list at `path`, which may not exist yet."""
    root = yaml.compose(text, Loader=_Loader)
    return _Editor(text, root, phrasings).edits(root, list(path))


def json_edits(text: str, path: Sequence[str], phrasings: Sequence[str]) -> list[Edit]:
    """Do the same for JSON, whose places YAML's parser tells once characters that only JSON allows are spaces."""
    root = yaml.compose(_ONLY_IN_JSON.sub(" ", text), Loader=_Loader)
    return _Editor(text, root, phrasings, quoted=True).edits(root, list(path))


class _Editor:
    def __init__(self, text: str, root: yaml.Node | None, phrasings: Sequence[str], *, quoted: bool = False) -> None:
        self._text = text
        self._phrasings = phrasings
        self._quoted = quoted
        self._style: Style = ""
        self._list_indent = _usual_list_indent(root)

    def edits(self, root: yaml.Node | None, path: list[str]) -> list[Edit]:
        if root is None or _is_nothing(root):
            block = "\n".join(self._block(path, 0))
            return [insert(len(self._text), f"\n{block}" if self._text else f"{block}\n")]
        node, parent, key = root, root, root
        while path and not _is_empty(node):
            found = _value_of(node, path[0])
            if found is None:
                return self._new_key(node, path)
            parent, (key, node), path = node, found, path[1:]
        if not path and not _is_empty(node):
            return self._longer_list(node)
        return self._filled(node, key, parent, path)

    def _longer_list(self, node: yaml.Node) -> list[Edit]:
        if not isinstance(node, yaml.SequenceNode):
            raise Unclear
        last = node.value[-1]
        self._style = style_of(self._text[_begin(last) :])
        if node.flow_style:
            inside = [(_begin(item), _end(item)) for item in node.value]
            return extend_brackets(self._text, (_begin(node), _end(node)), inside, self._items(in_brackets=True))
        dash = self._text.rfind("-", 0, _begin(last))
        indent = " " * node.start_mark.column if self._text[_begin(node)] == "-" else self._margin(dash)
        gap = self._text[dash + 1 : _begin(last)]
        gap = " " if gap.strip(" ") or not gap else gap
        return self._lines_behind(last, [f"{indent}-{gap}{item}" for item in self._items()])

    def _margin(self, place: int) -> str:
        return " " * (place - self._text.rfind("\n", 0, place) - 1)

    def _new_key(self, node: yaml.Node, path: list[str]) -> list[Edit]:
        if not isinstance(node, yaml.MappingNode):
            raise Unclear
        if node.flow_style:
            inside = [(_begin(key), max(_end(value), _end(key))) for key, value in node.value]
            return extend_brackets(self._text, (_begin(node), _end(node)), inside, [self._pair(path)])
        before = next((pair for pair in node.value if len(path) == 1 and pair[0].value in _LEADING), node.value[-1])
        column = before[0].start_mark.column
        beside = before[1]
        if len(path) == 1 and isinstance(beside, yaml.SequenceNode) and beside.flow_style and beside.value:
            return self._lines_behind(beside, [" " * column + self._pair(path)])
        return self._lines_behind(beside, self._block(path, column))

    def _filled(self, node: yaml.Node, key: yaml.Node, parent: yaml.Node, path: list[str]) -> list[Edit]:
        """Put the list where there is none yet: an empty value, `null`, `[]` or `{}`."""
        start, end = _begin(node), _end(node)
        written = self._text[start:end]
        if written[:1] in ("[", "{") and written[1:-1].strip():
            items = [self._pair(path)] if path else self._items(in_brackets=True)
            return extend_brackets(self._text, (start, end), [], items)
        if isinstance(parent, yaml.MappingNode) and parent.flow_style:
            space = "" if self._text[:start].endswith((" ", "\n")) else " "
            return [Edit(start, end, space + self._flow(path))]
        gap = start - len(self._text[:start].rstrip(" \t"))
        lines = self._block(path, key.start_mark.column + (_INDENT if path else self._list_indent))
        place = end_of_line(self._text, end)
        removed = [Edit(start - gap, end, "")] if written else []
        return [*removed, insert(place, "".join(f"\n{line}" for line in lines))]

    def _lines_behind(self, node: yaml.Node, lines: list[str]) -> list[Edit]:
        """Put lines below the last line of a value."""
        last = _innermost_last(node)
        end = _end(last)
        if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
            header = self._text[_begin(last) : end_of_line(self._text, _begin(last))]
            if "+" not in header:
                end = len(self._text[:end].rstrip("\n "))
            elif self._text[:end].endswith("\n"):
                return [insert(end, "".join(f"{line}\n" for line in lines))]
        return [insert(end_of_line(self._text, end), "".join(f"\n{line}" for line in lines))]

    def _block(self, path: list[str], column: int) -> list[str]:
        margin = " " * column
        if not path:
            return [f"{margin}- {item}" for item in self._items()]
        inner = column + (_INDENT if path[1:] else self._list_indent)
        return [f"{margin}{write_yaml(path[0])}:", *self._block(path[1:], inner)]

    def _flow(self, path: list[str]) -> str:
        return f"{{{self._pair(path)}}}" if path else f"[{', '.join(self._items(in_brackets=True))}]"

    def _pair(self, path: list[str]) -> str:
        key = write_json(path[0]) if self._quoted else write_yaml(path[0], in_brackets=True)
        return f"{key}: {self._flow(path[1:])}"

    def _items(self, *, in_brackets: bool = False) -> list[str]:
        if self._quoted:
            return [write_json(text) for text in self._phrasings]
        return [write_yaml(text, self._style, in_brackets=in_brackets) for text in self._phrasings]


def _begin(node: yaml.Node) -> int:
    return node.start_mark.index


def _end(node: yaml.Node) -> int:
    return node.end_mark.index


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _is_empty(node: yaml.Node) -> bool:
    return _is_nothing(node) or (isinstance(node, yaml.CollectionNode) and not node.value)


def _value_of(node: yaml.Node, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    if not isinstance(node, yaml.MappingNode):
        raise Unclear
    return next(((key, value) for key, value in node.value if key.value == name), None)


def _innermost_last(node: yaml.Node) -> yaml.Node:
    """Return the value that ends a value: the mark behind a block also covers the comments below it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _usual_list_indent(root: yaml.Node | None) -> int:
    """Return by how much the lists of the file are set in from their keys: some put both at the same column."""
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    lists = [(k, v) for k, v in pairs if isinstance(v, yaml.SequenceNode) and not v.flow_style and v.value]
    found = (v.start_mark.column - k.start_mark.column for k, v in lists if v.start_mark.line > k.start_mark.line)
    return next(found, _INDENT)
