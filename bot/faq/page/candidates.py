"""Make candidates: the text, the id and the place of everything that may be the title of a question or of a group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.faq.answer import Inline, reduce_template
from bot.faq.markdown import inline_tokens, plain_text
from bot.faq.page.formats import Format, format_of
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
    r"|\s*<sup\b[^<>]*>\s*\\?\[[^<>]{0,40}</sup>"
    r"|(?<=[?!.？。])\s*(?:\^[^\s^]{1,5}\^|\(\\?\*\)|<sup\b[^<>]*>[^<>]{0,5}</sup>|[\u00b9\u00b2\u00b3\u2070-\u2079†‡]|\\\*)+\s*$",
    re.IGNORECASE,
)
"""Marks of footnotes."""
_LABEL = re.compile(r"\(([\w:.-]+)\)=$|\[\]\(\)\{\s*#([\w:.-]+)[^}]*\}$")
"""Anchors of MyST, and of MkDocs with autorefs."""
_PERMALINK = re.compile(
    r"\s*\[[^\w\]]{0,4}\]\(#[^)\s]*\)|\s*\[\s*(?:back to top|top|↑|⬆️?)\s*\]\(#?[^)\s]*\)", re.IGNORECASE
)


class Span(NamedTuple):
    """Where something stands in the lines of a page."""

    start: int
    body: int
    """The line on which what belongs to it begins."""
    end: int
    """The line behind the last that can belong to it."""
    container: int
    """The number of the wrapper or list item that holds it; -1: the page."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be the title of a question or of a group of questions."""

    format: Format
    title: str
    """Without numbering and `Q:`."""
    text: str
    """The title as a reader sees it: slugs are made from it."""
    span: Span
    marked: bool = False
    """Whether `Q:` stands before it."""
    numbered: bool = False
    """Whether a number or the mark of a list stands before it."""
    linked: bool = False
    """Whether it is a heading inside the title of a block, which has an anchor of its own."""
    id: str = ""
    lead: str = ""
    """Text of its body that stands on the title's own lines."""


class CandidateMaker:
    """Makes the candidates of one page, in its order: an anchor that stands alone belongs to the one behind it."""

    def __init__(self, lines: Sequence[str], inline: Inline) -> None:
        self._lines = lines
        self._inline = inline
        self._anchor, self._anchor_end = "", -1

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
    ) -> Candidate | None:
        """Make the candidate of a title, None where it has no text or is too long to be one."""
        text = self._plain(source) if len(source) < _MAX_SOURCE else " ".join(source.split())
        title, marked, numbered = strip_title(text)
        above = self._anchor_above(span.start)
        row = format_of(kind)
        if not text or (len(title) > MAX_TITLE and row.span != "heading"):
            return None
        found = identity or self._below(row, span) or _id_in(source) or above
        return Candidate(row, title, text, span, marked, numbered or listed, linked, found, lead)

    def take_anchor(self, content: str, end: int) -> bool:
        """Remember the id of a paragraph that is nothing but an anchor; return whether it is."""
        if not content.startswith(("<", "(", "[]")) or len(content) > _MAX_SOURCE:
            return False
        found = _LABEL.match(content) or _ANCHOR.search(content)
        if not found or (found.re is _ANCHOR and plain_text(inline_tokens(content))):
            return False
        self._anchor, self._anchor_end = next(filter(None, found.groups()), ""), end
        return True

    def _anchor_above(self, start: int) -> str:
        """Return the anchor remembered last if nothing stands between it and line `start`, and forget it."""
        anchor, end = self._anchor, self._anchor_end
        self._anchor, self._anchor_end = "", -1
        return anchor if anchor and not any(line.strip() for line in self._lines[end:start]) else ""

    def _below(self, row: Format, span: Span) -> str:
        """Return the id that kramdown's attribute list on the line below a heading sets."""
        following = self._lines[span.body].strip() if span.body < len(self._lines) else ""
        found = _ID.match(following) if row.span == "heading" and following.startswith("{:") else None
        return found[1] if found else ""

    def _plain(self, source: str) -> str:
        """Return the text of a title without its attributes, footnotes and links to itself, its variables filled in."""
        written = _NOTES.sub("", _PERMALINK.sub("", _ATTRIBUTES.sub("", source)))
        return plain_text(inline_tokens(_TEMPLATE.sub(self._filled, written) if "`" not in written else written))

    def _filled(self, found: re.Match[str]) -> str:
        reduced = reduce_template(found[0], 0, self._inline.variables, components=self._inline.components)
        return reduced[0] if reduced else found[0]


def _id_in(source: str) -> str:
    found = _ID.search(source[-_MAX_SOURCE:]) or _ANCHOR.search(source[:_MAX_SOURCE])
    return next((group for group in found.groups() if group), "") if found else ""
