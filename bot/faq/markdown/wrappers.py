"""A line that opens a wrapper comes in, what it opens goes out; knows the syntaxes that are no HTML, reads no files.

Wrappers are what sites put around text: admonitions and tabs of MkDocs, `:::` of Docusaurus and VitePress, `///` of
pymdownx, paired shortcodes of Hugo, blocks of Liquid, directives of MyST, callouts of Obsidian.
"""

import re
from collections.abc import Container
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrapper:
    """Something around text that has a title of its own, or none."""

    kind: str
    """What it is: `details`, `faq`, `tab`, or the lower-case name of a component; empty: a mere wrapper."""
    title: str = ""
    """Source: Markdown or HTML."""
    id: str = ""
    answer: str = ""
    """Text that stands in an attribute instead of inside."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A wrapper with the way it ends and what its opening took."""

    wrapper: Wrapper
    ends: str
    """`indent`, `tag`, `line` (one that equals `end`) or `at once`."""
    end: str = ""
    """The name of the closing tag, or the line that ends it."""
    lines: int = 1
    """How many lines the opening took."""
    rest: str = ""
    """What stands behind it on the last of them."""


_ADMONITION = re.compile(r"(?:\?\?\?\+?|!!!)\s*([\w-]*)(?:[^\"\n]*)(?:\"(.*)\")?\s*$")
_TAB = re.compile(r"===[+!]?\s+\"(.*)\"\s*$")
_COLONS = re.compile(r"(:{3,})\s*\{?\.?([A-Za-z][\w-]*)[^}\]\n]*?\}?(?:\[(.*)\])?\s*(?:\{[^}]*\})?\s*(.*)$")
_SLASHES = re.compile(r"(/{3,})\s*([\w-]+)\s*(?:\|\s*(.*))?$")
_DIRECTIVE = re.compile(r"(`{3,}|~{3,})\{([\w-]+)\}\s*(.*)$")
_SHORTCODE = re.compile(r"\{\{([<%])\s*([\w/.-]+)")
_LIQUID = re.compile(r"\{%-?\s*(\w+)")
_CALLOUT = re.compile(r">\s*\[!(faq|question|help)\][+-]?\s+(\S.*)$", re.IGNORECASE)
_TITLES = "question|title|summary|header|heading|label|name|text|q|ask"
_NAMED = re.compile(rf"\b(?:{_TITLES})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)", re.IGNORECASE)
_ANSWER = re.compile(r"\b(?:answer|a)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)", re.IGNORECASE)
_CALL = re.compile(r"\{\{[<%]\s*[\w/.-]+\s(.*?)[%>]\}\}\s*$|\{%-?\s*include\s+\S+\s(.*?)-?%\}\s*$")
_FIRST = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)")

_MAX_LINE = 500
_MAX_CALL = 5_000
CODE = "highlight"
"""The kind of a wrapper whose content is code: it becomes a fence."""
TEXT_DIRECTIVES = frozenset([
    "dropdown", "admonition", "note", "tip", "warning", "important", "hint", "seealso", "caution", "attention",
    "danger", "error", "details", "collapse", "toggle", "card", "tab-item", "tab-set", "question", "faq",
    "versionadded", "versionchanged", "deprecated", "topic", "sidebar",
])  # fmt: skip
_OPEN_ENDED = frozenset(["zone", "moniker", "row", "column", "image", "code", "content", "video"])
"""Blocks of Microsoft's documentation that end with a line of their own name, or with themselves."""
_PLAIN_BLOCKS = frozenset(["if", "unless", "for", "raw", "capture", "case", "with", "block", "tabs", "stepper", "step"])


def find_opening(line: str, paired: Container[str]) -> Opening | None:
    """Give what the stripped `line` opens, None where it opens nothing; `paired` are the names that close somewhere."""
    mark = line[:1]
    if mark in "?!=":
        return _admonition(line)
    if mark == ":":
        return _colons(line)
    if mark == "/":
        return _slashes(line)
    if mark == "{":
        return _call(line) or _shortcode(line, paired) or _liquid(line, paired)
    return None


def find_directive(line: str) -> Opening | None:
    """Give what a fence opens that holds text instead of code: MyST's directives."""
    found = _DIRECTIVE.match(line)
    if not found or found[2] not in TEXT_DIRECTIVES:
        return None
    return Opening(Wrapper(_kind(found[2]), found[3] or _title_of(found[2])), "line", found[1])


def find_callout(line: str) -> Opening | None:
    """Give the question that a quotation opens as callout: `> [!faq]- Why?`."""
    found = _CALLOUT.match(line)
    return Opening(Wrapper("faq", found[2]), "line", ">") if found else None


def _admonition(line: str) -> Opening | None:
    if found := _TAB.match(line):
        return Opening(Wrapper("tab", found[1]), "indent")
    found = _ADMONITION.match(line) if line.startswith(("???", "!!!")) and len(line) < _MAX_LINE else None
    if not found or not (found[1] or found[2]):
        return None
    title = _title_of(found[1]) if found[2] is None else found[2]
    return Opening(Wrapper(_kind(found[1]), title), "indent")


def _colons(line: str) -> Opening | None:
    found = _COLONS.match(line) if len(line) < _MAX_LINE else None
    if not found or found[2] in _OPEN_ENDED or found[2].endswith("-end") or line.rstrip(" ").endswith(":::"):
        return None
    title = found[3] or found[4] or ("" if _kind(found[2]) in ("details", "faq", "") else _title_of(found[2]))
    return Opening(Wrapper(_kind(found[2]), title), "line", found[1])


def _slashes(line: str) -> Opening | None:
    found = _SLASHES.match(line)
    return Opening(Wrapper(_kind(found[2]), found[3] or ""), "line", found[1]) if found else None


def _call(line: str) -> Opening | None:
    """Give the question that a shortcode or an include carries together with its answer."""
    found = _CALL.match(line) if len(line) < _MAX_CALL else None
    arguments = (found[1] or found[2] or "") if found else ""
    title, answer = _value(_NAMED.search(arguments)), _value(_ANSWER.search(arguments))
    return Opening(Wrapper("faq", title, answer=answer), "at once") if title and answer else None


def _shortcode(line: str, paired: Container[str]) -> Opening | None:
    found = _SHORTCODE.match(line)
    end = line.find(">}}" if found[1] == "<" else "%}}", found.end()) if found else -1
    if not found or end < 0 or f"shortcode {found[2]}" not in paired:
        return None
    arguments = line[found.end() : end]
    title = _language(arguments) if found[2] == CODE else _argument(arguments)
    return Opening(Wrapper(_kind(found[2]), title), "tag", f"shortcode {found[2]}", rest=line[end + 3 :])


def _liquid(line: str, paired: Container[str]) -> Opening | None:
    found = _LIQUID.match(line)
    end = line.find("%}", found.end()) if found else -1
    if not found or end < 0 or f"liquid {found[1]}" not in paired:
        return None
    arguments = line[found.end() : end]
    if found[1] in _PLAIN_BLOCKS:
        wrapper = Wrapper("")
    elif found[1] == CODE:
        wrapper = Wrapper(CODE, _language(arguments))
    else:
        bare = arguments.strip(" -") if "=" not in arguments else ""
        wrapper = Wrapper(_kind(found[1]), _argument(arguments) or bare)
    return Opening(wrapper, "tag", f"liquid {found[1]}", rest=line[end + 2 :])


def _argument(arguments: str) -> str:
    return _value(_NAMED.search(arguments) or _FIRST.match(arguments))


def _value(found: re.Match[str] | None) -> str:
    return next((group for group in found.groups() if group is not None), "") if found else ""


def _language(arguments: str) -> str:
    found = re.search(r"[\w+#-]+", arguments)
    return found[0] if found else ""


def _kind(name: str) -> str:
    """Give one name for the wrappers that hide an answer below a question, and for those made for an FAQ."""
    name = name.lower().rsplit("/", 1)[-1]
    if name in ("faq", "question", "help", "faq-item", "faqitem", "faqs"):
        return "faq"
    if name in ("details", "dropdown", "expand", "collapse", "collapsible", "spoiler", "toggle", "expandable"):
        return "details"
    return name


def _title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()
