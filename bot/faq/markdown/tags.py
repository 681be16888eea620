"""A tag's source comes in (HTML or JSX), its name and attributes go out; never more than the tag itself is read."""

import re
from dataclasses import dataclass, field

_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)(?=[\s/>])")
_SPACE = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"[^\s=/>\"'{}<]+")
_BARE = re.compile(r"[^\s>\"'{}<]+")
_LITERAL = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`", re.DOTALL)
_LITERALS = re.compile(rf"(?:{_LITERAL.pattern})(?:\s*\+\s*(?:{_LITERAL.pattern}))*", re.DOTALL)
_JSX_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
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
        """Tell whether this is a component (JSX) or custom element, not a tag of HTML."""
        return self.name[0].isupper() or "-" in self.name or "." in self.name


def parse_tag(text: str, start: int = 0) -> Tag | None:
    """Read the tag that begins at `start`, or give None where none does."""
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
    if text.startswith("<"):
        return re.sub(r"\{\s*([\"'`])([^\"'`{}]*)\1\s*\}", r"\2", text.removeprefix("<>").removesuffix("</>")).strip()
    literals = [found[0][1:-1] for found in _LITERAL.finditer(text)] if "(" in text else []
    sentences = [literal for literal in literals if " " in literal or "/" in literal or literal.endswith("?")]
    return sentences[0] if len(sentences) == 1 else f"{{{text}}}"
