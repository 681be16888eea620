"""Templating in running text comes in, the text it stands for goes out, or nothing where only the site knows it."""

import re
from collections.abc import Callable

_TEXT = re.compile(
    r"\b(?:text|label|title|alt|aria-label|caption|name|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)",
    re.IGNORECASE,
)
_TARGET = re.compile(r"\b(?:src|url|href|link)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_POSITIONAL = re.compile(r"^\s*[\w/.-]+\s+\"([^\"]*)\"")
_SILENT = frozenset(
    [
        "ref",
        "relref",
        "param",
        "include",
        "readfile",
        "gist",
        "comment",
        "image",
        "embed",
        "codenew",
        "toc",
        "link",
        "snippet",
    ]
)
_JSX_TEXT = re.compile(r"\{\s*(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`{}$]*)`)\s*\}")
_JSX_NAME = re.compile(r"\{[A-Za-z_$][\w.$]{0,80}\}")
_ATTRIBUTES = re.compile(
    r"\{:[^{}\n]{0,300}\}|\{\s?[.#][\w-][^{}\n]{0,200}\}"
    r"|\{\s?[\w-]+=(?:\"[^\"{}\n]{0,200}\"|[^\s{}\"]{1,200})(?:\s+[\w.-]+=(?:\"[^\"{}\n]{0,200}\"|[^\s{}\"]{1,200}))*\s?\}"
)
_ROLE = re.compile(r"\{([\w:+-]{2,30})\}`([^`\n]{1,300})`")
_CODE_ROLES = ("code", "kbd", "command", "file", "guilabel", "samp", "py:", "c:", "cpp:", "option", "envvar", "program")


def reduce_template(text: str, position: int, *, components: bool) -> tuple[str, int] | None:
    """Give what the braces at `position` stand for and where they end; None where they are text.

    `components`: whether the page is MDX, in which `{name}` is an expression.
    """
    if position and text[position - 1] == "$":
        return None
    for opening, closing, limit, reduce in _DELIMITED:
        if text.startswith(opening, position):
            end = text.find(closing, position + len(opening), position + limit)
            if end >= 0:
                return reduce(text[position + len(opening) : end], opening), end + len(closing)
    for pattern, substitute in _PATTERNS:
        if found := pattern.match(text, position):
            return substitute(found), found.end()
    if components and (found := _JSX_NAME.match(text, position)):
        return "", found.end()
    return None


def skip_attributes(text: str, position: int) -> int:
    """Give the position behind an attribute list that stands at `position`, or `position` itself."""
    found = _ATTRIBUTES.match(text, position)
    return found.end() if found else position


def unescape_shortcodes(code: str) -> str:
    """Undo the way in which Hugo's pages show a shortcode: `{{</* name */>}}`."""
    if "*/" not in code:
        return code
    return re.sub(r"\{\{([<%])/\*(.{0,300}?)\*/([>%])\}\}", r"{{\1\2\3}}", code)


def _nothing(_inside: str, _opening: str) -> str:
    return ""


def _shown(inside: str, opening: str) -> str:
    """Give a shortcode that the page shows instead of calling it."""
    return f"`{opening[:3]} {inside.strip()} {'>' if opening[2] == '<' else '%'}}}}}`"


def _shortcode(inside: str, _opening: str) -> str:
    words = inside.replace('"', "").split()
    if words and words[0] in ("youtube", "vimeo"):
        host = "youtu.be" if words[0] == "youtube" else "vimeo.com"
        return f"https://{host}/{words[-1].removeprefix('id=')}" if len(words) > 1 else ""
    return _argument(inside.strip(), words[0].lower() if words else "")


def _liquid(inside: str, _opening: str) -> str:
    inside = inside.strip(" -\n\t")
    return _argument(inside, inside.split(maxsplit=1)[0].lower() if inside else "")


def _argument(inside: str, name: str) -> str:
    """Give the text that a call carries; with a target it becomes a link."""
    if name.startswith(("/", "end", "if", "else", "unless", "for", "assign", "capture")):
        return ""
    text, target = _group(_TEXT.search(inside)), _group(_TARGET.search(inside))
    if target.startswith("http"):
        return f"[{text or target}]({target})"
    if text or name in _SILENT:
        return text
    positional = _group(_POSITIONAL.match(inside))
    return "" if "/" in positional else positional


def _expression(inside: str, _opening: str) -> str:
    quoted = re.fullmatch(r"\s*[\"']([^\"']*)[\"']\s*(?:\|.*)?", inside, re.DOTALL)
    return quoted[1] if quoted else ""


def _role(found: re.Match[str]) -> str:
    if found[1].startswith(_CODE_ROLES):
        return f"`{found[2]}`"
    return re.sub(r"\s*<[^<>]*>$", "", found[2])


def _group(found: re.Match[str] | None) -> str:
    return next((group for group in found.groups() if group), "") if found else ""


_DELIMITED: tuple[tuple[str, str, int, Callable[[str, str], str]], ...] = (
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
