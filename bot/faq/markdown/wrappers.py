"""Find what opens a wrapper in the syntaxes that are not HTML, a row of the table each. Never reads files.

Wrappers are what sites put around text: admonitions and tabs of MkDocs, `:::` of Docusaurus, VitePress, Quarto and
Nuxt, `///` of pymdownx, shortcodes of Hugo, blocks and includes of Liquid, directives of MyST, callouts of Obsidian.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import yaml

from bot.faq.markdown.tags import Arguments, parse_arguments


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

    def ahead(self, number: int, rest: str, most: int) -> str:
        """Return `rest`, the last part of line `number`, with the lines behind it."""
        return "\n".join([rest, *self.lines[number + 1 : number + most]])


TITLES = ("question", "title", "summary", "header", "heading", "label", "q", "text", "name", "ask", "term")
"""Arguments and attributes that hold a title."""
CODE = "highlight"
"""The kind of a wrapper whose content is code: it becomes a fence."""
_ANSWERS = ("answer", "a")
_CONTENTS = ("content", "body", "text", "description")

_ADMONITION = re.compile(r"(?:\?\?\?\+?|!!!)\s*([\w-]*)(?:[^\"\n]*)(?:\"(.*)\")?\s*$")
_TAB = re.compile(r"===[+!]?\s+\"(.*)\"\s*$")
_COLONS = re.compile(
    r"(:{2,})\s*(?:\{([A-Za-z][\w-]*)\}|([A-Za-z][\w-]*))?\s*(?:\[(.*)\])?\s*(?:\{([^}]*)\}?)?\s*(.*)$"
)
"""Behind the colons: MyST's `{name}` or a name; a title in brackets; attributes in braces; a title."""
_SLASHES = re.compile(r"(/{3,})\s*([\w-]+)\s*(?:\|\s*(.*))?$")
_BRACKETS = re.compile(r"\[(details|spoiler|collapse|accordion)=\"?([^\"\]]+)\"?\]\s*$", re.IGNORECASE)
_DIRECTIVE = re.compile(r"(`{3,}|~{3,})\{([\w-]+)\}\s*(.*)$")
_SHORTCODE = re.compile(r"\{\{([<%])\s*([\w/.-]+)(.*?)(?:>\}\}|%\}\})")
_LIQUID = re.compile(r"\{%-?\s*([\w-]+)(\(?)(.*?)%\}")
_CALLOUT = re.compile(r">\s*\[!(?:faq|question|help)\][+-]?\s+(\S.*)$", re.IGNORECASE)
_SHORTCODE_CALL = re.compile(r"\{\{[<%]\s*([\w/.-]+)\s(.*?)/?[%>]\}\}\s*$", re.DOTALL)
_INCLUDE = re.compile(r"\{%-?\s*(?:include\w*|render)\s+[\"']?([\w/.-]+)[\"']?[\s,](.*?)-?%\}\s*$", re.DOTALL)
_INCLUDES = re.compile(r"\{%-?\s*(?:include|render)")
_CAPTURE = re.compile(
    r"^[ \t]*\{%-?\s*capture\s+(\w+)\s*-?%\}(.*?)\{%-?\s*endcapture\s*-?%\}"
    r"|^[ \t]*\{%-?\s*assign\s+(\w+)\s*=\s*[\"'](.*?)[\"']\s*-?%\}",
    re.DOTALL | re.MULTILINE,
)
_CONSTANT = re.compile(r"^export const (\w+) = ([\"'`])(.{0,2000}?)\2;?[ \t]*$", re.MULTILINE)
_TITLE_BLOCK = re.compile(
    r"\s*\{%-?\s*(\w*(?:Summary|Title|Question))\s*-?%\}(?P<title>.*?)\{%-?\s*end\1\s*-?%\}", re.DOTALL
)
"""A title inside a block, as web.dev writes it."""
_TITLE_SLOT = re.compile(
    r"\s*#(?:title|question|label|summary|header)[ \t]*\n\s*(?P<title>\S[^\n]*)"
    r"(?:\s*\n[ \t]*#(?:default|answer|content|body)[ \t]*$)?",
    re.MULTILINE,
)
"""A title inside a component of Nuxt."""
_ITEMS = re.compile(r":items=\s*'(\[.*?\])'", re.DOTALL)
"""What a component of Nuxt is given as data."""
_CALLOUT_TITLE = re.compile(r"\s*(?P<title>#{1,6}\s+\S[^\n]*)")
_PROPERTIES = re.compile(r"\s*---[ \t]*\n(.*?)\n\s*---[ \t]*(?=\n|$)", re.DOTALL)

_MAX_LINE = 500
_MAX_CALL = 5_000
_MAX_CALL_LINES = 60
_TEXT_DIRECTIVES = frozenset([
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
    for start, most, pattern, read in _SYNTAXES:
        if rest.startswith(start):
            found = pattern.match(rest) if len(rest) < most else None
            if found and (opening := read(source, number, found)):
                return opening
    return None


def find_directive(line: str) -> Opening | None:
    """Return what a fence opens that holds text instead of code: MyST's directives."""
    found = _DIRECTIVE.match(line)
    if not found or found[2] not in _TEXT_DIRECTIVES:
        return None
    return Opening(Wrapper(_kind(found[2]), found[3] or _title_of(found[2])), "line", found[1])


def _admonition(_source: Source, _number: int, found: re.Match[str]) -> Opening | None:
    title = _title_of(found[1]) if found[2] is None else found[2]
    return Opening(Wrapper(_kind(found[1]), title), "indent") if found[1] or found[2] else None


def _brackets(source: Source, _number: int, found: re.Match[str]) -> Opening | None:
    end = f"bracket {found[1].lower()}"
    return Opening(Wrapper(_kind(found[1]), found[2]), "tag", end) if end in source.closings else None


def _colons(source: Source, number: int, found: re.Match[str]) -> Opening | None:
    attributes = parse_arguments(found[5] or "")
    name = found[2] or found[3] or attributes.get((".",))
    if not name or name in _OPEN_ENDED or name.endswith("-end") or found[0].rstrip(" ").endswith(":::"):
        return None
    if data := _ITEMS.search(found.string):
        items = tuple(_items(_loaded(f"items: {data[1]}"), _kind(name)))
        return Opening(Wrapper(_kind(name)), "line", found[1], items=items)
    if len(found[1]) == 2 and (found[6] or found[2] or "::" not in source.closings):
        return None
    callout = name.startswith("callout")
    kind = ("details" if "collapse" in attributes.values else "callout") if callout else _kind(name)
    title = found[4] or attributes.get(TITLES) or re.sub(r"\s*\{[^{}]*\}$", "", found[6])
    shown = "" if _UNTITLED.fullmatch(kind) or ("." in attributes.values and not callout) else name
    opening = Opening(Wrapper(kind, title, attributes.get(("#",))), "line", found[1])
    inner = (_TITLE_BLOCK, _TITLE_SLOT, *((_CALLOUT_TITLE,) if callout else ()))
    return _with_inner(source, number, opening, inner, _title_of(shown.removeprefix("callout-")))


def _with_inner(
    source: Source, number: int, opening: Opening, patterns: Iterable[re.Pattern[str]], default: str
) -> Opening:
    """Look inside a wrapper for its title, and for what it holds as data."""
    text, wrapper, used = source.ahead(number, opening.rest, most=_MAX_CALL_LINES), opening.wrapper, 0
    items: tuple[Wrapper, ...] = ()
    if properties := _PROPERTIES.match(text) if opening.end.startswith(":") else None:
        values = _loaded(properties[1])
        used, items = properties.end(), tuple(_items(values, wrapper.kind))
        wrapper = replace(wrapper, title=wrapper.title or _first(values, TITLES))
    inner = next(filter(None, (pattern.match(text, used) for pattern in patterns)), None)
    if inner and not wrapper.title:
        wrapper, used = replace(wrapper, title=inner["title"].strip()), inner.end()
    wrapper = replace(wrapper, title=wrapper.title or default)
    lines, rest = opening.lines + text.count("\n", 0, used), text[used:].split("\n", 1)[0]
    return replace(opening, wrapper=wrapper, lines=lines, rest=rest, items=items)


def _loaded(text: str) -> dict[str, object]:
    try:
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _items(values: Mapping[str, object], kind: str) -> Iterator[Wrapper]:
    """Return the questions that a component is given as a list."""
    lists = [value for value in values.values() if isinstance(value, list)]
    for item in (item for items in lists for item in items if isinstance(item, dict)):
        title, answer = _first(item, TITLES), _first(item, (*_ANSWERS, *_CONTENTS))
        if title and answer:
            yield Wrapper(f"{kind}item", title, answer=answer)


def _first(values: Mapping[str, object], keys: Sequence[str]) -> str:
    return next((value for key in keys if isinstance(value := values.get(key), str) and value), "")


def _call(source: Source, number: int, found: re.Match[str]) -> Opening | None:
    """Return the question that a shortcode or an include carries together with its answer."""
    include, end = bool(_INCLUDES.match(found[0])), "}}" if found[0][1] == "{" else "%}"
    text, used = found.string, 1
    while end not in text.rsplit("\n", 1)[-1] and used < _MAX_CALL_LINES and number + used < len(source.lines):
        text, used = f"{text}\n{source.lines[number + used]}", used + 1
    call = (_INCLUDE if include else _SHORTCODE_CALL).match(text) if len(text) < _MAX_CALL else None
    if not call:
        return None
    given = parse_arguments(call[2], source.captures)
    title, answer, content = given.get(TITLES), given.get(_ANSWERS), given.get(_CONTENTS) if include else ""
    kind = "faq" if answer else _kind(call[1].rsplit("/", 1)[-1].split(".", 1)[0])
    if include and kind in ("faq", "accordion", "details") and not content and given.values.keys() & {*_CONTENTS}:
        return Opening(Wrapper("faq", title), "at once", lines=used) if title else None
    found_both = title and (answer or content)
    return Opening(Wrapper(kind, title, answer=answer or content), "at once", lines=used) if found_both else None


def _shortcode(source: Source, _number: int, found: re.Match[str]) -> Opening | None:
    if f"shortcode {found[2]}" not in source.closings:
        return None
    title = _language(found[3]) if found[2] == CODE else _argument(parse_arguments(found[3]))
    rest = found.string[found.end() :]
    return Opening(Wrapper(_kind(found[2]), title), "tag", f"shortcode {found[2]}", rest=rest)


def _liquid(source: Source, number: int, found: re.Match[str]) -> Opening | None:
    # Zola writes `{% name(...) %}` and closes all of them with `{% end %}`.
    name = f"liquid {'' if found[2] else found[1]}"
    if name not in source.closings:
        return None
    opening = Opening(Wrapper(_kind(found[1])), "tag", name, rest=found.string[found.end() :])
    if found[1] in _PLAIN_BLOCKS:
        return replace(opening, wrapper=Wrapper(""))
    if found[1] == CODE:
        return replace(opening, wrapper=Wrapper(CODE, _language(found[3])))
    bare = found[3].strip(" -") if "=" not in found[3] and not found[2] else ""
    return _with_inner(source, number, opening, (_TITLE_BLOCK,), _argument(parse_arguments(found[3])) or bare)


def _argument(arguments: Arguments) -> str:
    return arguments.earliest(TITLES) or arguments.positional


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


Read = Callable[[Source, int, re.Match[str]], Opening | None]
_ANY = re.compile(r".+", re.DOTALL)
_SYNTAXES: tuple[tuple[str | tuple[str, ...], int, re.Pattern[str], Read], ...] = (
    ("===", 10_000, _TAB, lambda _source, _number, found: Opening(Wrapper("tab", found[1]), "indent")),
    (("???", "!!!"), _MAX_LINE, _ADMONITION, _admonition),
    ("::", _MAX_LINE, _COLONS, _colons),
    ("///", _MAX_LINE, _SLASHES,
     lambda _source, _number, found: Opening(Wrapper(_kind(found[2]), found[3] or ""), "line", found[1])),
    (">", _MAX_LINE, _CALLOUT, lambda _source, _number, found: Opening(Wrapper("faq", found[1]), "line", ">")),
    ("[", _MAX_LINE, _BRACKETS, _brackets),
    (("{{<", "{{%", "{%"), _MAX_CALL, _ANY, _call),
    ("{{", _MAX_CALL, _SHORTCODE, _shortcode),
    ("{%", _MAX_CALL, _LIQUID, _liquid),
)  # fmt: skip
"""How a line begins that may open something, the longest that is looked at, its pattern, and what reads it."""
