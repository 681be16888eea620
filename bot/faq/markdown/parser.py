"""Parse Markdown into markdown-it tokens, with the block rules that CommonMark lacks. Never reads files.

Two readings of the same text: `protected_lines` finds code and comments in the page as written, so that wrappers are
not looked for inside them; `parse_blocks` reads the page after its wrappers have become marks (see wrappers.py).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

OPEN = "\ue000"
CLOSE = "\ue001"
"""Private-use characters: a line of OPEN and a number opens that wrapper, a line of CLOSE and its number ends it."""

COMMENTS = (("<!--", "-->"), ("{/*", "*/}"), ("{{/*", "*/}}"), ("{% comment %}", "{% endcomment %}"))
_PLACEHOLDER = re.compile(
    r"<(?!(?:a|abbr|b|bdi|big|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins|kbd|mark|p|q|s|samp|small|span|"
    r"strike|strong|sub|summary|sup|svg|time|tt|u|var|wbr|details|input|picture|source)>)[A-Za-z][\w-]*>"
)
"""What pages write for something to fill in, `<your-name>`, not knowing that it is a tag."""
_MAX_INLINE = 4_000
_MAX_BRACKETS = 20
_MAX_EMPHASIS = 60
"""More of these in one title is no title: reading them takes the square of their number."""
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def protected_lines(text: str) -> tuple[set[int], set[int]]:
    """Return the lines of fenced code, and those of comments, in a page as written, however deep they stand."""
    code: set[int] = set()
    comments: set[int] = set()
    for token in _scanner().block.parse(text, _scanner(), {}, []) or []:
        if token.map and token.type in ("fence", "comment"):
            (code if token.type == "fence" else comments).update(range(*token.map))
    return code, comments


def parse_blocks(text: str) -> tuple[list[Token], dict[str, dict[str, str]]]:
    """Return the block tokens of `text`, inline content unread, and the targets of its reference links by label."""
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _reader().block.parse(text, _reader(), env, []) or []
    return tokens, env.get("references", {})


def inline_tokens(text: str) -> list[Token]:
    """Return the inline tokens of one paragraph's source; where it is riddled with marks they are read as text."""
    riddled = text.count("[") > _MAX_BRACKETS or text.count("*") + text.count("_") > _MAX_EMPHASIS
    parser = _plain_reader() if riddled else _reader()
    (token,) = parser.parseInline(text[:_MAX_INLINE], {})
    return token.children or []


def plain_text(tokens: list[Token]) -> str:
    """Return the text a reader sees, on one line: markup, HTML tags and images without text dropped."""
    return " ".join("".join(_pieces(tokens)).split())


def _pieces(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            continue
        elif token.type != "html_inline" or _PLACEHOLDER.fullmatch(token.content):
            yield token.content


@lru_cache(maxsize=1)
def _plain_reader() -> MarkdownIt:
    return MarkdownIt("commonmark").disable(["link", "image", "emphasis"])


@lru_cache(maxsize=1)
def _scanner() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.disable(["code", "html_block", "reference", "lheading", "heading", "hr"])
    parser.block.ruler.before("fence", "comment", _comment, _INTERRUPTS)
    return parser


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("html_block").use(deflist_plugin)
    parser.block.ruler.before("table", "wrapper", _wrapper, _INTERRUPTS)
    return parser


def _comment(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    opening, closing = next((pair for pair in COMMENTS if state.src.startswith(pair[0], position)), ("", ""))
    if not opening:
        return False
    absent = state.env.setdefault("absent", set())
    end = -1 if closing in absent else state.src.find(closing, position + len(opening))
    if end < 0:
        absent.add(closing)
        if opening != "<!--":
            return False
    if not silent:
        # A comment of HTML without its end hides the rest of the page, as it does for the page's readers.
        last = bisect_right(state.bMarks, end) if end >= 0 else end_line
        state.line = max(min(last, end_line), start_line + 1)
        token = state.push("comment", "", 0)
        token.map = [start_line, state.line]
    return True


def _wrapper(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    mark = state.src[position : position + 1]
    if mark not in (OPEN, CLOSE) or not mark:
        return False
    if not silent:
        state.line = start_line + 1
        token = state.push("wrapper_open" if mark == OPEN else "wrapper_close", "", 0)
        token.map = [start_line, start_line + 1]
        token.content = state.src[position + 1 : state.eMarks[start_line]]
    return True
