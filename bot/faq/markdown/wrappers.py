"""Find what opens a wrapper in the syntaxes that are not HTML. Never reads files.

Wrappers are what sites put around text: admonitions and tabs of MkDocs, `:::` of Docusaurus, VitePress, Quarto and
Nuxt, `///` of pymdownx, shortcodes of Hugo, blocks and includes of Liquid, directives of MyST, callouts of Obsidian.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml


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
    items: tuple[Wrapper, ...] = ()
    """What it holds as data instead of text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page as written, with what has to be known of it as a whole."""

    lines: Sequence[str]
    closings: Mapping[str, Sequence[int]]
    """The lines, counted from 0, on which each name is closed."""
    captures: Mapping[str, str] = field(default_factory=dict)
    """Texts that the page gives a name, to be shown elsewhere."""

    def ahead(self, number: int, rest: str, most: int = 20) -> str:
        """Return `rest`, the last part of line `number`, with the lines behind it."""
        return "\n".join([rest, *self.lines[number + 1 : number + most]])


CODE = "highlight"
"""The kind of a wrapper whose content is code: it becomes a fence."""
_VALUE = r"\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`"
_TITLES = ("question", "title", "summary", "header", "heading", "label", "name", "text", "q", "ask")
_NAMED = re.compile(rf"(?<![\w-])(?:{'|'.join(_TITLES)}){_VALUE})", re.IGNORECASE)
_ANSWER = re.compile(rf"(?<![\w-])(?:answer|a){_VALUE}|([A-Za-z_]\w*))", re.IGNORECASE)
_CONTENT = re.compile(rf"(?<![\w-])(?:content|body|text|description){_VALUE}|([A-Za-z_]\w*))", re.IGNORECASE)
_ASKED = re.compile(rf"(?<![\w-])(?:{'|'.join(_TITLES)}){_VALUE}|([A-Za-z_]\w*))", re.IGNORECASE)
_FIRST = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)")

_ADMONITION = re.compile(r"(?:\?\?\?\+?|!!!)\s*([\w-]*)(?:[^\"\n]*)(?:\"(.*)\")?\s*$")
_TAB = re.compile(r"===[+!]?\s+\"(.*)\"\s*$")
_COLONS = re.compile(
    r"(:{2,})\s*(?:\{([A-Za-z][\w-]*)\}|([A-Za-z][\w-]*))?\s*(?:\[(.*)\])?\s*(?:\{([^}]*)\}?)?\s*(.*)$"
)
"""Behind the colons: MyST's `{name}` or a name; a title in brackets; attributes in braces; a title."""
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))|([.#]?[\w-]+)")
_SLASHES = re.compile(r"(/{3,})\s*([\w-]+)\s*(?:\|\s*(.*))?$")
_DIRECTIVE = re.compile(r"(`{3,}|~{3,})\{([\w-]+)\}\s*(.*)$")
_SHORTCODE = re.compile(r"\{\{([<%])\s*([\w/.-]+)")
_LIQUID = re.compile(r"\{%-?\s*([\w-]+)(\(?)")
_CALLOUT = re.compile(r">\s*\[!(faq|question|help)\][+-]?\s+(\S.*)$", re.IGNORECASE)
_CALL = re.compile(
    r"\{\{[<%]\s*()([\w/.-]+)\s(.*?)/?[%>]\}\}\s*$"
    r"|\{%-?\s*(include\w*|render)\s+[\"']?([\w/.-]+)[\"']?[\s,](.*?)-?%\}\s*$",
    re.DOTALL,
)
"""A shortcode or an include by itself, with its name and what it is given."""
_CAPTURE = re.compile(
    r"^[ \t]*\{%-?\s*capture\s+(\w+)\s*-?%\}(.*?)\{%-?\s*endcapture\s*-?%\}"
    r"|^[ \t]*\{%-?\s*assign\s+(\w+)\s*=\s*[\"'](.*?)[\"']\s*-?%\}",
    re.DOTALL | re.MULTILINE,
)
_CONSTANT = re.compile(r"^export const (\w+) = ([\"'`])(.{0,2000}?)\2;?[ \t]*$", re.MULTILINE)
_INNER_TITLES = (
    re.compile(
        r"\s*\{%-?\s*(\w*(?:Summary|Title|Question))\s*-?%\}\s*(?P<title>.*?)\s*\{%-?\s*end\1\s*-?%\}", re.DOTALL
    ),
    re.compile(
        r"\s*#(?:title|question|label|summary|header)[ \t]*\n\s*(?P<title>\S[^\n]*)"
        r"(?:\s*\n[ \t]*#(?:default|answer|content|body)[ \t]*$)?",
        re.MULTILINE,
    ),
)
"""Titles inside wrappers: blocks of web.dev, slots of Nuxt."""
_CALLOUT_TITLE = re.compile(r"\s*(?P<title>#{1,6}\s+\S[^\n]*)")
_PROPERTIES = re.compile(r"\s*---[ \t]*\n(.*?)\n\s*---[ \t]*(?=\n|$)", re.DOTALL)

_MAX_LINE = 500
_MAX_CALL = 5_000
_MAX_CALL_LINES = 60
TEXT_DIRECTIVES = frozenset([
    "dropdown", "admonition", "note", "tip", "warning", "important", "hint", "seealso", "caution", "attention",
    "danger", "error", "details", "collapse", "toggle", "card", "tab-item", "tab-set", "question", "faq",
    "versionadded", "versionchanged", "deprecated", "topic", "sidebar",
])  # fmt: skip
_OPEN_ENDED = frozenset(["zone", "moniker", "row", "column", "image", "code", "content", "video"])
"""Blocks of Microsoft's documentation that end with a line of their own name, or with themselves."""
_PLAIN_BLOCKS = frozenset(["if", "unless", "for", "raw", "capture", "case", "with", "block", "tabs", "stepper", "step"])
_UNTITLED = re.compile(r"details|faq|accordion.*|collapsible|panel.*|cards?|tabs?|columns?.*|")
"""Kinds whose name is not shown where they have no title."""


def take_captures(text: str) -> tuple[str, dict[str, str]]:
    """Take the named texts that are given to an include out of a page; its lines keep their numbers."""
    constants = {found[1]: found[3] for found in _CONSTANT.finditer(text)}
    if "{% " not in text and "{%-" not in text:
        return text, constants
    captures = {found[1] or found[3]: (found[2] or found[4] or "").strip("\n") for found in _CAPTURE.finditer(text)}

    def blank(found: re.Match[str]) -> str:
        name = found[1] or found[3]
        return "\n" * found[0].count("\n") if re.search(rf"[=:]\s*{name}\b", text) else found[0]

    return _CAPTURE.sub(blank, text), constants | captures


def find_opening(source: Source, number: int, rest: str) -> Opening | None:
    """Return what `rest`, the stripped last part of line `number`, opens; None where it opens nothing."""
    mark = rest[:1]
    if mark in "?!=":
        return _admonition(rest)
    if mark == ":":
        return _colons(source, number, rest)
    if mark == "/":
        return _slashes(rest)
    if mark == ">":
        found = _CALLOUT.match(rest)
        return Opening(Wrapper("faq", found[2]), "line", ">") if found else None
    if mark == "{" and rest[1:2] in "{%":
        return _call(source, number, rest) or _shortcode(source, rest) or _liquid(source, number, rest)
    return None


def find_directive(line: str) -> Opening | None:
    """Return what a fence opens that holds text instead of code: MyST's directives."""
    found = _DIRECTIVE.match(line)
    if not found or found[2] not in TEXT_DIRECTIVES:
        return None
    return Opening(Wrapper(_kind(found[2]), found[3] or _title_of(found[2])), "line", found[1])


def _admonition(line: str) -> Opening | None:
    if found := _TAB.match(line):
        return Opening(Wrapper("tab", found[1]), "indent")
    found = _ADMONITION.match(line) if line.startswith(("???", "!!!")) and len(line) < _MAX_LINE else None
    if not found or not (found[1] or found[2]):
        return None
    title = _title_of(found[1]) if found[2] is None else found[2]
    return Opening(Wrapper(_kind(found[1]), title), "indent")


def _colons(source: Source, number: int, line: str) -> Opening | None:
    found = _COLONS.match(line) if len(line) < _MAX_LINE else None
    if not found or line.rstrip(" ").endswith(":::"):
        return None
    attributes = _attributes(found[5] or "")
    name = found[2] or found[3] or attributes.get(".", "")
    if not name or name in _OPEN_ENDED or name.endswith("-end"):
        return None
    if len(found[1]) == 2 and (found[6] or found[2] or "::" not in source.closings):
        return None
    kind = "details" if name.startswith("callout") and "collapse" in attributes else _kind(name)
    named = next((attributes[key] for key in _TITLES if attributes.get(key)), "")
    title = found[4] or named or re.sub(r"\s*\{[^{}]*\}$", "", found[6])
    shown = "" if _UNTITLED.fullmatch(kind) or (attributes.get(".") and not name.startswith("callout")) else name
    opening = Opening(Wrapper(kind, title, attributes.get("#", "")), "line", found[1])
    inner = () if title else (*_INNER_TITLES, *((_CALLOUT_TITLE,) if name.startswith("callout") else ()))
    return _with_inner(source, number, opening, inner, _title_of(shown.removeprefix("callout-")) if not title else "")


def _with_inner(
    source: Source, number: int, opening: Opening, patterns: Sequence[re.Pattern[str]], default: str
) -> Opening:
    """Look inside a wrapper for its title, and for what it holds as data."""
    text, wrapper = source.ahead(number, opening.rest, most=_MAX_CALL_LINES), opening.wrapper
    items: tuple[Wrapper, ...] = ()
    used = 0
    if properties := _PROPERTIES.match(text) if opening.end.startswith(":") else None:
        values = _loaded(properties[1])
        used = properties.end()
        items = tuple(_items(values, wrapper.kind))
        title = next((str(values[key]) for key in _TITLES if values.get(key)), "")
        wrapper = Wrapper(wrapper.kind, wrapper.title or title, wrapper.id)
    for pattern in patterns if not wrapper.title else ():
        if inner := pattern.match(text, used):
            wrapper, used = Wrapper(wrapper.kind, inner["title"].strip(), wrapper.id), inner.end()
            break
    wrapper = wrapper if wrapper.title else Wrapper(wrapper.kind, default, wrapper.id)
    rest = text[used:].split("\n", 1)[0]
    lines = opening.lines + text.count("\n", 0, used)
    return Opening(wrapper, opening.ends, opening.end, lines, rest, items)


def _loaded(text: str) -> dict[str, object]:
    try:
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _items(values: Mapping[str, object], kind: str) -> Iterator[Wrapper]:
    """Return the questions that a component is given as a list."""
    for value in values.values():
        for item in value if isinstance(value, list) else ():
            texts = {key: text for key, text in item.items() if isinstance(text, str)} if isinstance(item, dict) else {}
            title = next((texts[key] for key in _TITLES if texts.get(key)), "")
            answer = next((texts[key] for key in ("answer", "content", "a", "description") if texts.get(key)), "")
            if title and answer:
                yield Wrapper(f"{kind}item", title, answer=answer)


def _slashes(line: str) -> Opening | None:
    found = _SLASHES.match(line)
    return Opening(Wrapper(_kind(found[2]), found[3] or ""), "line", found[1]) if found else None


def _call(source: Source, number: int, rest: str) -> Opening | None:
    """Return the question that a shortcode or an include carries together with its answer."""
    if not (rest.startswith(("{{<", "{{%")) or re.match(r"\{%-?\s*(?:include|render)", rest)):
        return None
    end, text, used = "}}" if rest[1] == "{" else "%}", rest, 1
    while end not in text.split("\n")[-1] and used < _MAX_CALL_LINES and number + used < len(source.lines):
        text, used = f"{text}\n{source.lines[number + used]}", used + 1
    found = _CALL.match(text) if len(text) < _MAX_CALL else None
    if not found:
        return None
    name, arguments = found[2] or found[5], found[3] or found[6] or ""
    kind = _kind(name.rsplit("/", 1)[-1].split(".")[0])
    title = _given(source, _ASKED.search(arguments))
    answer = _given(source, _ANSWER.search(arguments))
    if not answer and found[4]:
        content = _CONTENT.search(arguments)
        answer = _given(source, content)
        if content and not answer and kind in ("faq", "accordion", "details"):
            return Opening(Wrapper("faq", title), "at once", lines=used) if title else None
    else:
        kind = "faq"
    return Opening(Wrapper(kind, title, answer=answer), "at once", lines=used) if title and answer else None


def _given(source: Source, found: re.Match[str] | None) -> str:
    """Return what an argument says: a quoted text, or a text that the page named before."""
    if found and found.lastindex == 4:
        return source.captures.get(found[4], "")
    return _value(found)


def _shortcode(source: Source, line: str) -> Opening | None:
    found = _SHORTCODE.match(line)
    end = line.find(">}}" if found[1] == "<" else "%}}", found.end()) if found else -1
    if not found or end < 0 or f"shortcode {found[2]}" not in source.closings:
        return None
    arguments = line[found.end() : end]
    title = _language(arguments) if found[2] == CODE else _argument(arguments)
    return Opening(Wrapper(_kind(found[2]), title), "tag", f"shortcode {found[2]}", rest=line[end + 3 :])


def _liquid(source: Source, number: int, line: str) -> Opening | None:
    found = _LIQUID.match(line)
    end = line.find("%}", found.end()) if found else -1
    name = f"liquid {'' if found and found[2] else found[1] if found else ''}"
    if not found or end < 0 or name not in source.closings:
        return None
    arguments = line[found.end() : end]
    if found[1] in _PLAIN_BLOCKS:
        wrapper = Wrapper("")
    elif found[1] == CODE:
        wrapper = Wrapper(CODE, _language(arguments))
    else:
        bare = arguments.strip(" -") if "=" not in arguments and not found[2] else ""
        title = _argument(arguments) or bare
        opening = Opening(Wrapper(_kind(found[1])), "tag", name, rest=line[end + 2 :])
        return _with_inner(source, number, opening, _INNER_TITLES[:1], title)
    return Opening(wrapper, "tag", name, rest=line[end + 2 :])


def _attributes(text: str) -> dict[str, str]:
    """Read `.class #id key="value"`; the first class stands under `.`, the id under `#`."""
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        word = found[5] or ""
        if word[:1] in (".", "#") and word:
            values.setdefault(word[0], word[1:])
        else:
            values.setdefault(found[1] or word, next((group for group in found.group(2, 3, 4) if group), ""))
    return values


def _argument(arguments: str) -> str:
    return _value(_NAMED.search(arguments) or _FIRST.match(arguments))


def _value(found: re.Match[str] | None) -> str:
    return next((group for group in found.groups() if group is not None), "") if found else ""


def _language(arguments: str) -> str:
    found = re.search(r"[\w+#-]+", arguments)
    return found[0] if found else ""


def _kind(name: str) -> str:
    """Return one name for the wrappers that hide an answer below a question, and for those made for an FAQ."""
    name = name.lower().rsplit("/", 1)[-1]
    if name in ("faq", "question", "help", "faq-item", "faqitem", "faqs", "qa", "qna", "q-and-a"):
        return "faq"
    if name in ("details", "dropdown", "expand", "collapse", "collapsible", "spoiler", "toggle", "expandable"):
        return "details"
    return name.replace("-", "").replace("_", "") if name.startswith("accordion") else name


def _title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()
