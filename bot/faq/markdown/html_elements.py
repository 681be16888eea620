"""Find what the tag at the start of a line wraps: elements of HTML and components of MDX."""

import re
from dataclasses import replace

from bot.faq.markdown.tags import Tag, parse_tag, unwrap_expression
from bot.faq.markdown.wrappers import TITLES, Opening, Source, Wrapper

_BOXES = frozenset(["div", "section", "article", "center", "main", "aside", "header", "footer", "nav", "dl", "dd"])
"""Elements that only hold others: their own lines go, their text stays."""
_ANSWERS = ("answer", "a", "content", "description")
_TITLE_SLOTS = frozenset(["question", "title", "summary", "header", "heading", "label"])
_TITLE_TAG = re.compile(r"summary|\w*(?:Trigger|Summary|Header|Question|Title|Button|Heading|Label|Term)")
_GAP = re.compile(r"[ \t]*(?:\n[ \t]*){0,3}")
_MAX_LINES = 40


def find_element(source: Source, number: int, rest: str) -> Opening | None:
    """Return what the tag at the start of `rest` opens, the last part of line `number`; None for inline tags."""
    text = source.ahead(number, rest, _MAX_LINES)
    tag = parse_tag(text)
    if tag is None or tag.closing:
        return None
    name = tag.name.lower()
    title = _first(tag, TITLES) if tag.is_component else ""
    opening = _opening(Wrapper(_kind(name), title, tag.attributes.get("id", "")), text, tag.end, name)
    if name == "dt":
        return _term(text, tag, opening)
    if tag.empty:
        answer = _first(tag, _ANSWERS) if tag.is_component else ""
        return replace(opening, wrapper=replace(opening.wrapper, answer=answer), ends="at once") if answer else None
    if title or tag.is_component:
        return (opening if title else _titled(text, tag, opening)) if name in source.closings else None
    if name == "details":
        return _titled(text, tag, opening)
    boxed = name in _BOXES and name in source.closings and not opening.rest.strip()
    return replace(opening, wrapper=Wrapper("")) if boxed else None


def _opening(wrapper: Wrapper, text: str, end: int, name: str) -> Opening:
    """Return an opening that took `text` up to `end`."""
    return Opening(wrapper, "tag", name, 1 + text.count("\n", 0, end), text[end:].split("\n", 1)[0])


def _term(text: str, tag: Tag, opening: Opening) -> Opening:
    found = _up_to(text, tag.end, "dt")
    if found is None:
        return replace(opening, wrapper=Wrapper(""))
    return _opening(Wrapper("term", found[0], opening.wrapper.id), text, found[1], "dl")


def _titled(text: str, tag: Tag, opening: Opening) -> Opening:
    """Look for the title that an element carries as its first child: `<summary>` and its kin."""
    gap = _GAP.match(text, tag.end)
    child = parse_tag(text, gap.end() if gap else tag.end)
    if child and not child.closing and not child.empty and _holds_title(child):
        found = _up_to(text, child.end, child.name)
        if found:
            title = unwrap_expression(found[0][1:-1]) if re.fullmatch(r"\{.*\}", found[0], re.DOTALL) else found[0]
            identity = opening.wrapper.id or child.attributes.get("id", "")
            return _opening(Wrapper(opening.wrapper.kind, title, identity), text, found[1], opening.end)
    kind = opening.wrapper.kind if opening.end == "details" else ""
    return replace(opening, wrapper=replace(opening.wrapper, kind=kind))


def _holds_title(tag: Tag) -> bool:
    slots = {f"{mark}{name}" for mark in ("#", "v-slot:") for name in _TITLE_SLOTS} & tag.attributes.keys()
    return bool(_TITLE_TAG.fullmatch(tag.name) or slots or tag.attributes.get("slot") in _TITLE_SLOTS)


def _up_to(text: str, start: int, name: str) -> tuple[str, int] | None:
    """Return the text up to the closing tag of `name`, and where that ends."""
    closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(text, start)
    return (text[start : closing.start()].strip(), closing.end()) if closing else None


def _first(tag: Tag, names: tuple[str, ...]) -> str:
    return next((tag.attributes[name] for name in names if tag.attributes.get(name)), "")


def _kind(name: str) -> str:
    return "faq" if re.search(r"faq|question", name) else name
