"""Read tags of HTML and JSX, and the arguments of shortcodes, includes and attribute lists: names with values."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_CLOSING = re.compile(
    r"</([A-Za-z][\w.:-]*)\s*>|\{\{[<%]\s*/\s*([\w/.-]+)\s*[>%]\}\}|\{%-?\s*(?:end|/\s*)([\w-]*)\s*-?%\}"
    r"|\[/(\w+)\]"
)
"""Of HTML, Hugo, and Liquid with its kin: `{% endname %}`, Markdoc's `{% /name %}`, Zola's `{% end %}`."""
_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)(?=[\s/>])")
_SPACE = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"[^\s=/>\"'{}<]+")
_BARE = re.compile(r"[^\s>\"'{}<]+")
_LITERAL = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`", re.DOTALL)
_LITERALS = re.compile(rf"(?:{_LITERAL.pattern})(?:\s*\+\s*(?:{_LITERAL.pattern}))*", re.DOTALL)
_PIECES = re.compile(rf"(?:{_LITERAL.pattern}|[\w.$]+)(?:\s*\+\s*(?:{_LITERAL.pattern}|[\w.$]+))*", re.DOTALL)
_COMPONENTS = re.compile(r"</?(?:[A-Z][\w.]*(?:\s[^<>]*)?)?>")
_JSX_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ARGUMENT = re.compile(
    r"([\w-]+)\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\s\"'`,}]+))"
    r"|([.#]?[\w/-][\w./-]*)|\"([^\"]*)\"|'([^']*)'|`([^`]*)`"
)
_MAX_BRACES = 12
MAX_TAG = 4_000
"""Characters of one tag with all its attributes."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One opening or closing tag."""

    name: str
    """As written: JSX tells components by their capital letter."""
    end: int
    """The position behind its `>`."""
    closing: bool = False
    empty: bool = False
    """Whether it ends itself: `<br/>`."""
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def is_component(self) -> bool:
        """Return whether this is a component (JSX) or custom element, not a tag of HTML."""
        return self.name[0].isupper() or "-" in self.name or "." in self.name


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands behind the name of a shortcode, an include or a block."""

    values: Mapping[str, str]
    """By name in lower case, in their order; the first class stands under `.`, the id under `#`."""
    positional: str = ""
    """A quoted text at the start."""

    def get(self, names: Sequence[str]) -> str:
        """Return the value of the first of `names` that has one."""
        return next((self.values[name] for name in names if self.values.get(name)), "")

    def earliest(self, names: Sequence[str]) -> str:
        """Return the value that stands first among those of `names`."""
        return next((value for name, value in self.values.items() if name in names and value), "")


def parse_arguments(text: str, words: Mapping[str, str] | None = None) -> Arguments:
    """Read arguments; with `words`, values without quotes are names of texts that stand there."""
    values: dict[str, str] = {}
    positional = ""
    for found in _ARGUMENT.finditer(text):
        name, word = (found[1] or "").lower(), found[6] or ""
        if name:
            bare = found[5] or ""
            bare = bare if words is None else words.get(bare, words.get(bare.removeprefix("page."), ""))
            values.setdefault(name, next((group for group in found.group(2, 3, 4) if group is not None), bare))
        elif word:
            values.setdefault(*((word[0], word[1:]) if word[0] in ".#" else (word.lower(), "")))
        elif not values and not positional:
            positional = next((group for group in found.group(7, 8, 9) if group), "")
    return Arguments(values, positional)


def parse_tag(text: str, start: int = 0) -> Tag | None:
    """Read the tag that begins at `start`, or return None where none does."""
    name = _NAME.match(text, start)
    if not name:
        return None
    limit = min(len(text), start + MAX_TAG)
    attributes: dict[str, str] = {}
    position = name.end()
    while position < limit:
        space = _SPACE.match(text, position)
        position = space.end() if space else position
        if text.startswith(">", position):
            empty = text[position - 1] == "/"
            return Tag(name[2], position + 1, bool(name[1]), empty, attributes)
        attribute = _ATTRIBUTE.match(text, position)
        if attribute:
            value, position = _value(text, attribute.end(), limit)
            attributes.setdefault(attribute[0], value)
        elif text.startswith("{", position):
            position = _braces_end(text, position, limit)
        else:
            return None
    return None


def _value(text: str, position: int, limit: int) -> tuple[str, int]:
    """Read `="..."`, `='...'`, `={...}` or `=word` behind an attribute's name."""
    equals = _SPACE.match(text, position)
    after = equals.end() if equals else position
    if not text.startswith("=", after):
        return "", position
    space = _SPACE.match(text, after + 1)
    after = space.end() if space else after + 1
    quote = text[after : after + 1]
    if quote in ("'", '"') and quote:
        end = text.find(quote, after + 1, limit)
        return (text[after + 1 : end], end + 1) if end >= 0 else ("", limit)
    if quote == "{":
        end = _braces_end(text, after, limit)
        return unwrap_expression(text[after + 1 : end - 1]), end
    bare = _BARE.match(text, after)
    return (bare[0], bare.end()) if bare else ("", limit)


def _braces_end(text: str, position: int, limit: int) -> int:
    depth = 0
    for index in range(position, limit):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
        if depth > _MAX_BRACES:
            break
    return limit


def unwrap_expression(expression: str) -> str:
    """Return the text that a JSX expression stands for; what only a program can tell stays in its braces."""
    text = _JSX_COMMENT.sub("", expression).strip()
    if _LITERALS.fullmatch(text):
        return "".join(found[0][1:-1] for found in _LITERAL.finditer(text))
    pieces = _PIECES.fullmatch(text)
    if pieces and "+" in text:
        parts = (found[0] for found in re.finditer(rf"{_LITERAL.pattern}|[\w.$]+", text))
        return "".join(part[1:-1] if part[0] in "\"'`" else f"{{{part}}}" for part in parts)
    if text.startswith("<") and re.sub(r"<[^<>]*>", "", text).strip():
        return re.sub(r"\{\s*([\"'`])([^\"'`{}]*)\1\s*\}", r"\2", _COMPONENTS.sub("", text)).strip()
    literals = [found[0][1:-1] for found in _LITERAL.finditer(text)] if text[:1] == "<" or "(" in text else []
    sentences = [literal for literal in literals if " " in literal or "/" in literal or literal.endswith("?")]
    return sentences[0] if len(sentences) == 1 else f"{{{text}}}"


def closing_lines(text: str) -> dict[str, list[int]]:
    """Return the lines, counted from 0, on which each name is closed."""
    found: dict[str, list[int]] = {}
    line = position = 0
    for closing in _CLOSING.finditer(text):
        line += text.count("\n", position, closing.start())
        position = closing.start()
        found.setdefault(closed_name(closing), []).append(line)
    if re.search(r"^[ \t]*::[ \t]*$", text, re.MULTILINE):
        found["::"] = []
    return found


def find_closing(text: str, names: Container[str]) -> re.Match[str] | None:
    """Return the first closing of one of `names` in a line, outside inline code."""
    if not any(mark in text for mark in "<{["):
        return None
    return next(_outside_code(text, names), None)


def closed_name(closing: re.Match[str]) -> str:
    """Return the name that is closed: in lower case, templating with what it is before it."""
    if closing[1]:
        return closing[1].lower()
    if closing[4]:
        return f"bracket {closing[4].lower()}"
    return f"shortcode {closing[2]}" if closing[2] else f"liquid {closing[3]}"


def _outside_code(text: str, names: Container[str]) -> Iterator[re.Match[str]]:
    for closing in _CLOSING.finditer(text):
        if closed_name(closing) in names and text.count("`", 0, closing.start()) % 2 == 0:
            yield closing
