"""The source of a title and its place come in, a Mark goes out: its text, what was set off from it, and its id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.faq.answer.inline import Inline
from bot.faq.answer.templates import reduce_template
from bot.faq.markdown.parser import inline_tokens, plain_text
from bot.faq.page.titles import strip_title

MAX_TITLE = 300
"""Characters: what is longer is no title, unless it is a heading."""
_MAX_SOURCE = 500
_ID = re.compile(r"\{:?\s*(?:[^}#]*\s)?#([^\s}]+)[^}]*\}\s*$|\{/\*\s*#([\w-]+)\s*\*/\}\s*$")
_ATTRIBUTES = re.compile(
    r"\s*\\?\{\s*(?::|(?:[\w-]+=(?:\"[^\"]*\"|[^\s\"{}]+)\s+)*[#.]|[\w-]+=\"[^\"]*\"\s*\})[^{}]{0,200}\}?\s*$"
    r"|\s*\{/\*.{0,200}\*/\}\s*$"
)
_ANCHOR = re.compile(r"<[a-z]\w*\s[^>]*?\b(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{.{1,300}?\}\}|\{%.{0,300}?%\}|(?<!\$)\{[\w\s.$]{0,80}\}|\{\s*[\"'`].{0,300}?[\"'`]\s*\}")
_NOTES = re.compile(
    r"\s*\[\^[^\]\s]{1,40}\]|\s*<sup\b[^<>]*>\s*(?:<a\s[^<>]*>|\[)[^\n]{0,100}?</sup>"
    r"|(?<=[?!.？。])\s*(?:<sup\b[^<>]*>[^<>]{0,5}</sup>|[\u00b9\u00b2\u00b3\u2070-\u2079†‡]|\\\*)+\s*$",
    re.IGNORECASE,
)
"""Marks of footnotes."""
_LABEL = re.compile(r"\(([\w:.-]+)\)=$")
_PERMALINK = re.compile(
    r"\s*\[[^\w\]]{0,4}\]\(#[^)\s]*\)|\s*\[\s*(?:back to top|top|↑|⬆️?)\s*\]\(#?[^)\s]*\)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in the lines of a page."""

    start: int
    body: int
    """The line on which what belongs to it begins."""
    end: int
    """The line behind the last that can belong to it."""
    container: int
    """The number of the wrapper or list item that holds it; -1: the page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that may be the title of a question or of a group of questions."""

    kind: str
    """`h1` to `h6`, `bold`, `italic`, `q`, `term`, `item`, `row`, `line`, `quote`, or the kind of a wrapper."""
    title: str
    text: str
    """The title as a reader sees it, numbering and `Q:` included: slugs are made from it."""
    marked: bool
    """Whether `Q:` stands before it."""
    span: Span
    id: str = ""
    lead: str = ""
    """Text of its body that stands on the title's own lines."""
    numbered: bool = False
    """Whether a number or the mark of a list stands before it."""
    linked: bool = False
    """Whether it is a heading inside the title of a block, which has an anchor of its own."""

    @property
    def level(self) -> int:
        """Give the level of a heading, 7 for everything else."""
        return int(self.kind[1]) if self.is_heading else 7

    @property
    def is_heading(self) -> bool:
        """Tell whether this is a heading."""
        return len(self.kind) == 2 and self.kind[0] == "h" and self.kind[1].isdigit()


class MarkMaker:
    """Makes the marks of one page, in its order: an anchor that stands alone belongs to the mark behind it."""

    def __init__(self, lines: Sequence[str], inline: Inline) -> None:
        self._lines = lines
        self._inline = inline
        self._anchor = ""
        self._anchor_end = -1

    def make(
        self,
        kind: str,
        source: str,
        span: Span,
        *,
        lead: str = "",
        identity: str = "",
        listed: bool = False,
        linked: bool = False,
    ) -> Mark | None:
        """Make the mark of a title, None where it has no text or is too long to be one."""
        text = self._plain(source) if len(source) < _MAX_SOURCE else " ".join(source.split())
        title, marked, numbered = strip_title(text)
        above = self._anchor_above(span.start)
        if not text or (len(title) > MAX_TITLE and kind[0] != "h"):
            return None
        found = identity or self._below(kind, span) or _id_in(source) or above
        return Mark(kind, title, text, marked, span, found, lead, numbered or listed, linked)

    def take_anchor(self, content: str, end: int) -> bool:
        """Remember the id of a paragraph that is nothing but an anchor; tell whether it is."""
        if not content.startswith(("<", "(")) or len(content) > _MAX_SOURCE:
            return False
        found = _LABEL.match(content) or _ANCHOR.search(content)
        if not found or (found.re is _ANCHOR and plain_text(inline_tokens(content))):
            return False
        self._anchor, self._anchor_end = found[1], end
        return True

    def _anchor_above(self, start: int) -> str:
        """Give the anchor remembered last if nothing stands between it and line `start`, and forget it."""
        anchor, end = self._anchor, self._anchor_end
        self._anchor, self._anchor_end = "", -1
        return anchor if anchor and not any(line.strip() for line in self._lines[end:start]) else ""

    def _plain(self, source: str) -> str:
        """Return the text of a title without its attributes, footnotes and links to itself, its variables filled in."""
        written = _NOTES.sub("", _PERMALINK.sub("", _ATTRIBUTES.sub("", source)))
        return plain_text(inline_tokens(_TEMPLATE.sub(self._filled, written) if "`" not in written else written))

    def _filled(self, found: re.Match[str]) -> str:
        reduced = reduce_template(found[0], 0, self._inline.variables, components=self._inline.components)
        return reduced[0] if reduced else found[0]

    def _below(self, kind: str, span: Span) -> str:
        """Give the id that kramdown's attribute list on the line below a heading sets."""
        following = self._lines[span.body].strip() if span.body < len(self._lines) else ""
        found = _ID.match(following) if kind[0] == "h" and following.startswith("{:") else None
        return found[1] if found else ""


def _id_in(source: str) -> str:
    found = _ID.search(source[-_MAX_SOURCE:]) or _ANCHOR.search(source[:_MAX_SOURCE])
    return next((group for group in found.groups() if group), "") if found else ""
