"""The ways in which pages write questions down, a row each: what is known of a format by its name stands here alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.faq.page.tree import Node

States = Callable[["Node", float, bool], bool]
"""Whether a title that does not ask is a question, given the share that asks and whether the page is an FAQ."""


def _never(_node: Node, _share: float, _faq: bool) -> bool:
    return False


def _always(_node: Node, _share: float, _faq: bool) -> bool:
    return True


def _among_items(node: Node, share: float, faq: bool) -> bool:
    return faq and (share >= 0.5 and node.words > 2)


def _among_bold(node: Node, share: float, faq: bool) -> bool:
    sentence = (node.loose or node.words > 3) and node.candidate.text[-1] not in ".:,;!"
    return faq and share >= 0.5 and sentence


def _among_blocks(node: Node, share: float, faq: bool) -> bool:
    return faq or (share >= 0.5 and node.words > 1)


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write questions down."""

    kind: str
    told: str
    """How `check` calls it, in the plural."""
    settings: tuple[str, ...] = ()
    """What the `questions` of a page's front matter calls it."""
    level: int = 7
    """Of a heading."""
    span: Literal["heading", "line", "block"] = "line"
    """What holds the answer: all up to the next heading or line that takes over, or a block of its own."""
    states: States = _never
    """How titles are judged that do not ask, among others of the format that do."""
    complaint: float = 0.2
    """What a title that complains counts for, where one that asks counts 1, in the choice of the page's way."""
    follows_leads: bool = False
    """Whether it ends where the next title that is set off in a paragraph begins, of whatever format."""
    weak: bool = False
    """Whether running text asks so as well: it counts where nothing else asks."""
    inner: bool = False
    """Whether answers ask so as well: it makes no group of what is above."""
    holds: bool = False
    """Whether it can hold others of its kind that are the questions: then it is a section."""
    titles_sections: bool = False
    certain: bool = False
    """Whether its title asks by being one."""
    linked: bool = False
    """Whether sites give it an anchor of its own, made as a heading's."""
    faq_only: bool = False
    """Whether it counts in pages that call themselves an FAQ only."""
    stacks: bool = False
    """Whether several may stand above one answer, which answers all of them."""
    alone: bool = False
    """Whether an FAQ may consist of nothing else, without a single question mark."""
    counted: float = 0.0
    """The share of asking titles from which on numbered ones are questions, too; 0: numbers tell nothing."""
    margin: int = 3
    """Blanks by which an answer may be set in because of its format."""


_heading = partial(Format, span="heading", complaint=0.5, titles_sections=True, stacks=True)
_lead = partial(Format, follows_leads=True)
_block = partial(Format, span="block", states=_among_blocks, holds=True)

FORMATS: Mapping[str, Format] = {
    row.kind: row
    for row in (
        *(_heading(f"h{level}", f"level {level} headings", (f"h{level}",), level) for level in range(1, 7)),
        _lead("bold", "bold lines", ("bold",), states=_among_bold, inner=True, counted=0.25, stacks=True),
        _lead("italic", "italic lines", ("italic",), weak=True, inner=True),
        _lead("q", "lines marked `Q:`", ("q",), states=_always, stacks=True, margin=80),
        Format("term", "terms of a definition list", ("terms",), states=_always, stacks=True, margin=80),
        Format("item", "list items", ("items",), states=_among_items, inner=True, counted=0.4, margin=80),
        _lead("line", "lines that end in a question mark", ("lines",), weak=True, inner=True),
        Format("row", "rows of a table", ("rows",), states=_always, inner=True),
        Format("quote", "quotations", ("quotes",), states=_always, faq_only=True, alone=True),
        _block("details", "<details> blocks", ("details",), titles_sections=True, alone=True),
        _block("accordion", "<accordion> blocks", ("accordion",), linked=True, alone=True),
        _block("accordionitem", "<accordionitem> blocks", ("accordion",), linked=True, alone=True),
        _block("accordiongroup", "<accordiongroup> blocks", titles_sections=True),
        _block("faq", "FAQ blocks", ("accordion", "faq"), titles_sections=True, certain=True),
        Format("data", "front matter data", ("data",)),
        Format("title", "its title"),
    )
}
_LABELS = frozenset([
    "note", "tip", "warning", "info", "danger", "important", "caution", "example", "abstract", "success",
    "failure", "bug", "quote", "tab", "tabitem", "tab-item", "card", "step", "callout", "alert", "hint",
    "seealso", "attention", "admonition", "aside", "todo", "deprecated", "versionadded", "versionchanged",
])  # fmt: skip
"""Blocks whose titles are labels unless they ask."""
SETTINGS: Mapping[str, tuple[str, ...]] = {
    name: tuple(row.kind for row in FORMATS.values() if name in row.settings)
    for name in dict.fromkeys(name for row in FORMATS.values() for name in row.settings)
}
"""What `questions` may say, with the kinds that it means."""


def format_of(kind: str) -> Format:
    """Return the row of a kind; blocks of any other name are told by that name."""
    states = _never if kind in _LABELS else _among_blocks
    return FORMATS.get(kind) or _block(kind, f"<{kind}> blocks", states=states)
