"""The marks of a page come in, the same as a tree goes out: what stands below what, and where each part ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from bot.faq.markdown.canonical import Canonical
from bot.faq.markdown.parser import CLOSE, OPEN
from bot.faq.page.marks import Mark
from bot.faq.page.outline import Outline, contents_key
from bot.faq.page.titles import asks, asks_nothing, is_around_id, is_faq_title, mentions_faq, seems_to_ask

_MAX_LINE = 500
_LINK_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\*\*[^*]+\*\*:?|\[[^\n]*\]\([^()\n]*\)\W{0,3})\s*$")
_NO_TEXT = re.compile(
    rf"\s*(?:[{OPEN}{CLOSE}]\d*|\{{:[^}}]*\}}|<a\s[^>]*>\s*</a>|<br\s*/?>|\[?\[_?TOC_?\]\]?|[-*_=]{{3,}})?\s*$",
    re.IGNORECASE,
)
_LEADS = frozenset(["bold", "italic", "q", "line"])
"""Kinds that hold what comes behind them until the next of them."""
WEAK = frozenset(["line", "italic"])
"""Kinds that ask in running text as well."""


@dataclass(slots=True, eq=False)
class Node:
    """A mark in its place."""

    mark: Mark
    end: int
    """The line behind the last that belongs to it, as far as the page's structure tells."""
    own: bool = False
    """Whether text stands between it and what is below it."""
    filled: bool = False
    """Whether anything stands between it and its end."""
    links_only: bool = False
    """Whether that is nothing but a list of several links."""
    one_link: bool = False
    """Whether that is nothing but a single link in a list."""
    in_contents: bool = False
    """Whether the page's table of contents lists it, with nothing below it."""
    shared: "Node | None" = None
    """The title right below it, whose answer answers it as well."""
    inside: "Node | None" = None
    """A heading at the start of a block that says the same as the block's title."""
    chosen: bool = False
    """Whether it was recognised as a question."""
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    strict: bool = False
    """Whether it certainly asks: by a question mark, by `Q:`, or by standing in a block made for an FAQ."""
    loose: bool = False
    """Whether it asks or complains, with or without a question mark."""
    idle: bool = False
    """Whether its title is one of those around questions."""

    def judge(self) -> None:
        """Judge the title, once it is known what stands below it."""
        asking = asks(self.title)
        announces = is_faq_title(self.title) and not asking and not self._mentions_faq()
        self.idle = asks_nothing(self.title) or announces or is_around_id(self.mark.id)
        self.strict = (asking or self.mark.marked or self.mark.kind == "faq") and not self.idle
        self.loose = (self.strict or seems_to_ask(self.title)) and not self.idle

    def _mentions_faq(self) -> bool:
        """Tell whether it speaks of an FAQ in a sentence instead of announcing one."""
        leaf = not any(child.mark.is_heading or child.mark.kind not in WEAK for child in self.children)
        return leaf and self.mark.kind != "h1" and (self.words > 5 or mentions_faq(self.title))

    @property
    def title(self) -> str:
        """Give the title without numbering and `Q:`."""
        return self.mark.title

    @property
    def words(self) -> int:
        """Count the words of the title; scripts without spaces count two characters as one."""
        return max(len(self.title.split()), sum(ord(character) > 0x2E80 for character in self.title) // 2)

    def ancestors(self) -> Iterator["Node"]:
        """Give what it stands below, from the inside out."""
        node = self.parent
        while node:
            yield node
            node = node.parent


def build_tree(outline: Outline) -> list[Node]:
    """Give a node for each mark, in the order of the page, with its place among the others."""
    nodes = [
        Node(mark, mark.span.end, in_contents=mark.is_heading and contents_key(mark.text) in outline.contents)
        for mark in outline.marks
    ]
    _end_headings(nodes)
    end_lines(nodes, nodes)
    nodes.sort(key=lambda node: (node.mark.span.start, -node.end))
    _nest(nodes)
    for node in nodes:
        node.judge()
    nodes = _absorbed(nodes)
    _measure(nodes, outline.page)
    return nodes


def end_lines(nodes: Sequence[Node], among: Sequence[Node]) -> None:
    """End each node that is no heading at the next in `among` that takes over, or at the next heading beside it.

    Among the questions of a page (not among all marks) bold lines, `Q:` lines and their like end each other.
    """
    following: dict[tuple[int, str], int] = {}
    chosen = {id(node) for node in among}
    for node in reversed(nodes):
        kind = "lead" if node.mark.kind in _LEADS and nodes is not among else node.mark.kind
        key = (node.mark.span.container, "heading" if node.mark.is_heading else kind)
        if not node.mark.is_heading:
            heading = following.get((node.mark.span.container, "heading"), node.mark.span.end)
            node.end = min(node.mark.span.end, heading, following.get(key, node.mark.span.end))
        if node.mark.is_heading or id(node) in chosen:
            following[key] = node.mark.span.start


def _end_headings(nodes: Sequence[Node]) -> None:
    """End each heading at the next of its own or a higher level beside it."""
    following: dict[int, list[int]] = {}
    for node in reversed(nodes):
        if node.mark.is_heading:
            starts = following.setdefault(node.mark.span.container, [2**31] * 8)
            node.end = min(node.end, *starts[1 : node.mark.level + 1])
            starts[node.mark.level] = node.mark.span.start


def _nest(nodes: Sequence[Node]) -> None:
    above: list[Node] = []
    for node in nodes:
        while above and (node.mark.span.start >= above[-1].end or _beside(above[-1], node)):
            above.pop()
        if above:
            node.parent = above[-1]
            node.end = min(node.end, above[-1].end) if node.mark.kind in (*WEAK, "term") else node.end
            above[-1].children.append(node)
        above.append(node)


def _absorbed(nodes: list[Node]) -> list[Node]:
    """Take out the headings that only repeat the title of the block that they begin."""
    kept = []
    for node in nodes:
        block = node.parent
        same = block and not block.mark.is_heading and contents_key(block.title) == contents_key(node.title)
        if block and same and node.mark.is_heading and block.children[0] is node:
            block.inside = node
            block.children[:1] = node.children
            for child in node.children:
                child.parent = block
        else:
            kept.append(node)
    return kept


def is_link_item(line: str) -> bool:
    """Tell whether a line is a list item that only links, as in a table of contents."""
    return len(line) < _MAX_LINE and bool(_LINK_ITEM.match(line))


def is_textless(line: str) -> bool:
    """Tell whether a line is blank for a reader: a mark, a rule, an anchor, a list of attributes."""
    return not line.strip() or (len(line) < _MAX_LINE and bool(_NO_TEXT.fullmatch(line.strip())))


def _divides(child: Node) -> bool:
    return child.mark.is_heading or (child.strict and child.mark.kind not in WEAK)


def _beside(one: Node, other: Node) -> bool:
    """Tell whether a mark cannot stand below another although it is in its reach."""
    leads = one.mark.kind in _LEADS and other.mark.kind in _LEADS
    return leads or one.mark.span.start == other.mark.span.start


def _measure(nodes: Sequence[Node], page: Canonical) -> None:
    texts = [0, *accumulate(not is_textless(line) for line in page.lines)]
    links = [0, *accumulate(is_link_item(line) for line in page.lines)]
    for node in nodes:
        body, end = min(node.mark.span.body, node.end), node.end
        first = next((child.mark.span.start for child in node.children if _divides(child)), end)
        lead = bool(node.mark.lead.strip())
        node.own = lead or texts[max(body, first)] > texts[body]
        amount = texts[end] - texts[body]
        if node.inside:
            amount -= 1
            body = node.inside.mark.span.body
        node.filled = lead or amount > 0
        node.links_only = not lead and 1 < amount == links[end] - links[body]
        node.one_link = not lead and amount == links[end] - links[body] == 1
    _share(nodes, texts, page.origins)


def _share(nodes: Sequence[Node], texts: Sequence[int], origins: Sequence[int]) -> None:
    """Find the titles that stand right above another of their kind: both are answered below the second."""
    run = 1
    for node, following in reversed(list(pairwise(nodes))):
        below = following.mark
        beside = node.mark.kind == below.kind and node.mark.span.container == below.span.container
        gap = texts[below.span.start] - texts[min(node.mark.span.body, below.span.start)]
        near = origins[below.span.start] - origins[node.mark.span.body - 1] == 1
        alike = following.filled or following.shared
        if beside and not (node.filled or node.children or gap) and alike and (near or node.loose) and run < 3:
            node.shared, run = following, run + 1
        else:
            run = 1
