"""Find what the tag at the start of a line wraps: elements of HTML and components of MDX."""

import re
from collections.abc import Container, Sequence

from bot.faq.markdown.tags import Tag, parse_tag, unwrap_expression
from bot.faq.markdown.wrappers import Opening, Wrapper

_BOXES = frozenset(["div", "section", "article", "center", "main", "aside", "header", "footer", "nav", "dl", "dd"])
"""Elements that only hold others: their own lines go, their text stays."""
_TITLE_ATTRIBUTES = ("question", "title", "summary", "header", "heading", "label", "q", "text", "name", "term")
_ANSWER_ATTRIBUTES = ("answer", "a", "content", "description")
_TITLE_SLOTS = ("question", "title", "summary", "header", "heading", "label")
_TITLE_TAG = re.compile(r"summary|\w*(?:Trigger|Summary|Header|Question|Title|Button|Heading|Label|Term)")
_MAX_LINES = 20


def find_element(lines: Sequence[str], number: int, rest: str, paired: Container[str]) -> Opening | None:
    """Give what the tag at the start of `rest` opens (the last part of line `number`), None for inline tags."""
    text, tag = _whole_tag(lines, number, rest)
    if tag is None or tag.closing:
        return None
    used = text.count("\n", 0, tag.end)
    behind = text[tag.end :].split("\n", 1)[0]
    name = tag.name.lower()
    if name in ("details", "dt") and not (tag.is_component and _first(tag, _TITLE_ATTRIBUTES)):
        return _titled(lines, number + used, behind, tag, used)
    if tag.is_component:
        return _component(lines, number + used, behind, tag, used) if tag.empty or name in paired else None
    boxed = name in _BOXES and name in paired and not behind.strip()
    return Opening(Wrapper(""), "tag", name, 1 + used) if boxed else None


def _component(lines: Sequence[str], number: int, behind: str, tag: Tag, used: int) -> Opening | None:
    title = _first(tag, _TITLE_ATTRIBUTES)
    if tag.empty:
        answer = _first(tag, _ANSWER_ATTRIBUTES)
        return Opening(Wrapper(_kind(tag), title, answer=answer), "at once", "", 1 + used, behind) if answer else None
    if title:
        wrapper = Wrapper(_kind(tag), title, tag.attributes.get("id", ""))
        return Opening(wrapper, "tag", tag.name.lower(), 1 + used, behind)
    return _titled(lines, number, behind, tag, used)


def _titled(lines: Sequence[str], number: int, behind: str, tag: Tag, used: int) -> Opening:
    """Look for the title that an element carries as its first child: `<summary>` and its kin."""
    kind = _kind(tag)
    name = tag.name.lower()
    if name == "dt":
        found = _up_to(lines, number, behind, "dt")
        if found is None:
            return Opening(Wrapper(""), "tag", "dt", 1 + used, behind)
        title, more, rest = found
        return Opening(Wrapper("term", title, tag.attributes.get("id", "")), "tag", "dl", 1 + used + more, rest)
    start, rest = _next_text(lines, number, behind)
    child = _whole_tag(lines, start, rest)
    if child[1] and not child[1].closing and not child[1].empty and _holds_title(child[1]):
        first = start + child[0].count("\n", 0, child[1].end)
        found = _up_to(lines, first, child[0][child[1].end :].split("\n", 1)[0], child[1].name)
        if found:
            title, more, rest = found
            if title.startswith("{") and title.endswith("}"):
                title = unwrap_expression(title[1:-1])
            wrapper = Wrapper(kind, title, tag.attributes.get("id", "") or child[1].attributes.get("id", ""))
            return Opening(wrapper, "tag", name, first - number + used + more + 1, rest)
    return Opening(
        Wrapper(kind if name == "details" else "", "", tag.attributes.get("id", "")), "tag", name, 1 + used, behind
    )


def _holds_title(tag: Tag) -> bool:
    slots = {f"{mark}{name}" for mark in ("#", "v-slot:") for name in _TITLE_SLOTS} & tag.attributes.keys()
    return bool(_TITLE_TAG.fullmatch(tag.name) or slots or tag.attributes.get("slot") in _TITLE_SLOTS)


def _whole_tag(lines: Sequence[str], number: int, rest: str) -> tuple[str, Tag | None]:
    """Read a tag that may go on over the next lines; give the text it was read from, too."""
    if not rest.startswith("<"):
        return rest, None
    tag = parse_tag(rest)
    if tag or not re.match(r"</?[A-Za-z]", rest):
        return rest, tag
    text = "\n".join([rest, *lines[number + 1 : number + _MAX_LINES]])
    return text, parse_tag(text)


def _next_text(lines: Sequence[str], number: int, behind: str) -> tuple[int, str]:
    """Pass over blank lines to the text behind a tag."""
    text = behind.strip()
    for ahead in range(number + 1, min(number + 4, len(lines))):
        if text:
            break
        number, text = ahead, lines[ahead].strip()
    return number, text


def _up_to(lines: Sequence[str], number: int, rest: str, name: str) -> tuple[str, int, str] | None:
    """Give the text up to the closing tag of `name`, how many lines further that is, and what stands behind it."""
    closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)
    parts = [rest]
    for more in range(_MAX_LINES):
        if end := closing.search(parts[-1]):
            title = "\n".join([*parts[:-1], parts[-1][: end.start()]])
            return title.strip(), more, parts[-1][end.end() :]
        if number + more + 1 >= len(lines):
            break
        parts.append(lines[number + more + 1])
    return None


def _first(tag: Tag, names: tuple[str, ...]) -> str:
    return next((tag.attributes[name] for name in names if tag.attributes.get(name)), "")


def _kind(tag: Tag) -> str:
    name = tag.name.lower()
    return "faq" if re.search(r"faq|question", name) else name
