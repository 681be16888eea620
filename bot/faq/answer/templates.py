"""Reduce templating in running text to the text that it stands for, and variables to their value or their name."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.faq.markdown import parse_arguments

_TEXTS = ("text", "label", "title", "alt", "aria-label", "caption", "name", "content")
_TARGETS = ("src", "url", "href", "link")
_SILENT = frozenset([
    "ref", "relref", "param", "include", "readfile", "gist", "comment", "image", "embed", "codenew", "toc", "link",
    "snippet",
])  # fmt: skip
"""Calls that stand for nothing a reader sees in the text."""
_GROUPS = ("params", "substitutions", "myst", "extra", "variables", "vars", "attributes")
_ROOTS = re.compile(r"^(?:\.?(?:page|params|frontmatter|site|props|this|config|extra)\.)+|^[.$]+", re.IGNORECASE)
_DEFAULT = re.compile(r"\|\s*default\s*:?\s*\(?[\"']([^\"']*)[\"']")
_NAME = re.compile(r"\$?\.?[A-Za-z_][\w.$-]*")
_ASKED_FOR = re.compile(r"version|release|semver|(?:^|[-_])name$", re.IGNORECASE)
"""Shortcodes without arguments that stand for a word of the sentence around them."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What the site fills in: the values that the page itself sets, and the names of those that only the site has."""

    values: Mapping[str, str] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    """Grows as a page is read: what was met and stands in its text by name, `{version}`."""

    def show(self, expression: str) -> str:
        """Return the value of a variable, or its name in braces, so that no hole is left."""
        name = expression.split("|", 1)[0].strip(" -")
        value = self.value(name)
        if value is not None:
            return value
        if default := _DEFAULT.search(expression):
            return default[1]
        if not name:
            return ""
        self.unknown.setdefault(name)
        return f"{{{name}}}"

    def value(self, name: str) -> str | None:
        """Return what the page sets for a name."""
        bare = _ROOTS.sub("", name)
        return self.values.get(name, self.values.get(bare) if bare else None)


def page_variables(metadata: Mapping[str, object]) -> Variables:
    """Collect the names that a page's front matter gives to texts."""
    found: dict[str, str] = {}
    for path, value in _leaves(metadata, ()):
        found.setdefault(".".join(path), value)
        below = next((number for number, step in enumerate(path) if step not in _GROUPS), 0)
        found.setdefault(".".join(path[below:]), value)
    return Variables(found)


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict) and len(path) < 4:
        for key, child in value.items():
            yield from _leaves(child, (*path, str(key)))
    elif path and isinstance(value, str | int | float) and not isinstance(value, bool):
        text = " ".join(str(value).split())
        if text and "{{" not in text:
            yield path, text


_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.{0,2000}?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_JSX_TEXT = re.compile(r"\{\s*(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`{}$]*)`)\s*\}")
_JSX_NAME = re.compile(r"\{[A-Za-z_$][\w.$]{0,80}\}")
_ATTRIBUTES = re.compile(
    r"\{:[^{}\n]{0,300}\}|\{\s?[.#][\w-][^{}\n]{0,200}\}"
    r"|\{\s?[\w-]+=(?:\"[^\"{}\n]{0,200}\"|[^\s{}\"]{1,200})(?:\s+[\w.-]+=(?:\"[^\"{}\n]{0,200}\"|[^\s{}\"]{1,200}))*\s?\}"
)
_ROLE = re.compile(r"\{([\w:+-]{2,30})\}`([^`\n]{1,300})`")
_CODE_ROLES = ("code", "kbd", "command", "file", "guilabel", "samp", "py:", "c:", "cpp:", "option", "envvar", "program")


def reduce_template(text: str, position: int, variables: Variables, *, components: bool) -> tuple[str, int] | None:
    """Return what the braces at `position` stand for and where they end; None where they are text.

    `components`: whether the page is MDX, in which `{name}` is an expression.
    """
    if position and text[position - 1] == "$":
        return None
    if raw := _RAW.match(text, position):
        return raw[1], raw.end()
    for opening, closing, limit, reduce in _DELIMITED:
        if text.startswith(opening, position):
            end = text.find(closing, position + len(opening), position + limit)
            if end >= 0:
                return reduce(text[position + len(opening) : end], opening, variables), end + len(closing)
    for pattern, substitute in _PATTERNS:
        if found := pattern.match(text, position):
            return substitute(found), found.end()
    if components and (found := _JSX_NAME.match(text, position)):
        return variables.show(found[0][1:-1]), found.end()
    return None


def skip_attributes(text: str, position: int) -> int:
    """Return the position behind an attribute list that stands at `position`, or `position` itself."""
    found = _ATTRIBUTES.match(text, position)
    return found.end() if found else position


def unescape_shortcodes(code: str) -> str:
    """Undo the way in which Hugo's pages show a shortcode: `{{</* name */>}}`."""
    if "*/" not in code:
        return code
    return re.sub(r"\{\{([<%])/\*(.{0,300}?)\*/([>%])\}\}", r"{{\1\2\3}}", code)


def _nothing(_inside: str, _opening: str, _variables: Variables) -> str:
    return ""


def _shown(inside: str, opening: str, _variables: Variables) -> str:
    """Return a shortcode that the page shows instead of calling it."""
    return f"`{opening[:3]} {inside.strip()} {'>' if opening[2] == '<' else '%'}}}}}`"


def _shortcode(inside: str, _opening: str, variables: Variables) -> str:
    words = inside.replace('"', "").split()
    if words and words[0] in ("youtube", "vimeo"):
        host = "youtu.be" if words[0] == "youtube" else "vimeo.com"
        return f"https://{host}/{words[-1].removeprefix('id=')}" if len(words) > 1 else ""
    if len(words) == 2 and words[0] == "param":
        return variables.show(words[1])
    if len(words) == 1 and _ASKED_FOR.search(words[0]):
        return variables.show(words[0])
    return _called(inside.strip(), variables)


def _liquid(inside: str, _opening: str, variables: Variables) -> str:
    return _called(inside.strip(" -\n\t"), variables)


def _called(inside: str, variables: Variables) -> str:
    """Return the text that a call carries; with a target it becomes a link."""
    name, _, rest = inside.partition(" ")
    if name == "data":
        return variables.show(rest)
    if name.lower().startswith(("/", "end", "if", "else", "unless", "for", "assign", "capture")):
        return ""
    given = parse_arguments(rest, {})
    text, target = given.earliest(_TEXTS), given.earliest(_TARGETS)
    if target.startswith("http"):
        return f"[{text or target}]({target})"
    if text or name.lower() in _SILENT:
        return text
    return "" if "/" in given.positional else given.positional


def _expression(inside: str, _opening: str, variables: Variables) -> str:
    quoted = re.fullmatch(r"\s*[\"']([^\"']*)[\"']\s*(?:\|.*)?", inside, re.DOTALL)
    return quoted[1] if quoted else variables.show(" ".join(inside.split())[:80])


def _role(found: re.Match[str]) -> str:
    if found[1].startswith(_CODE_ROLES):
        return f"`{found[2]}`"
    return re.sub(r"\s*<[^<>]*>$", "", found[2])


def _group(found: re.Match[str] | None) -> str:
    return next((group for group in found.groups() if group), "") if found else ""


_DELIMITED: tuple[tuple[str, str, int, Callable[[str, str, Variables], str]], ...] = (
    ("{/*", "*/}", 5_000, _nothing),
    ("{{/*", "*/}}", 5_000, _nothing),
    ("{{</*", "*/>}}", 1_000, _shown),
    ("{{%/*", "*/%}}", 1_000, _shown),
    ("{{<", ">}}", 2_000, _shortcode),
    ("{{%", "%}}", 2_000, _shortcode),
    ("{%", "%}", 2_000, _liquid),
    ("{{", "}}", 1_000, _expression),
)
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_JSX_TEXT, _group),
    (_ROLE, _role),
    (_ATTRIBUTES, lambda _found: ""),
)
