"""Build the tree of a page: what stands below what, and where each part ends. Its nodes change in this module alone."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from bot.faq.markdown import CLOSE, OPEN, Normalized
from bot.faq.page.candidates import Candidate, Span
from bot.faq.page.formats import Format
from bot.faq.page.outline import Outline
from bot.faq.page.titles import asks, asks_nothing, is_around_id, is_faq_title, key_of, mentions_faq, seems_to_ask

_MAX_LINE = 500
_MAX_SHARED = 3
"""Titles that may stand above one answer."""
_LINK_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\*\*[^*]+\*\*:?|\[[^\n]*\]\([^()\n]*\)\W{0,3})\s*$")
_NO_TEXT = re.compile(
    rf"\s*(?:[{OPEN}{CLOSE}]\d*|\{{:[^}}]*\}}|<a\s[^>]*>\s*</a>|<br\s*/?>|\[?\[_?TOC_?\]\]?|[-*_=]{{3,}})?\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Node:
    """A candidate in its place."""

    candidate: Candidate
    end: int
    """The line behind the last that belongs to it, as far as the page's structure tells."""
    in_contents: bool = False
    """Whether the page's table of contents lists it, with nothing below it."""
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    own: bool = False
    """Whether text stands between it and what is below it."""
    filled: bool = False
    """Whether anything stands between it and its end."""
    links: int = 0
    """How many items of a list of links stand there, if nothing else does."""
    shared: "Node | None" = None
    """The title right below it, whose answer answers it as well."""
    inside: "Node | None" = None
    """A heading at the start of a block that says the same as the block's title."""
    asks: bool = False
    strict: bool = False
    """Whether it certainly asks: by a question mark, by `Q:`, or by standing in a block made for an FAQ."""
    loose: bool = False
    """Whether it asks or complains, with or without a question mark."""
    idle: bool = False
    """Whether its title is one of those around questions."""

    @property
    def format(self) -> Format:
        """Return the row of the table of formats."""
        return self.candidate.format

    @property
    def kind(self) -> str:
        """Return the name of its format."""
        return self.candidate.format.kind

    @property
    def is_heading(self) -> bool:
        """Return whether it is a heading."""
        return self.candidate.format.span == "heading"

    @property
    def title(self) -> str:
        """Return the title without numbering and `Q:`."""
        return self.candidate.title

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return self.candidate.span

    @property
    def words(self) -> int:
        """Return the number of words of the title; scripts without spaces count two characters as one."""
        return max(len(self.title.split()), sum(ord(character) > 0x2E80 for character in self.title) // 2)

    def ancestors(self) -> Iterator["Node"]:
        """Return what it stands below, from the inside out."""
        node = self.parent
        while node:
            yield node
            node = node.parent


def build_tree(outline: Outline) -> list[Node]:
    """Return a node for each candidate, in the order of the page, with its place among the others."""
    nodes = [Node(one, one.span.end) for one in outline.candidates]
    _end_headings(nodes)
    ends = line_ends(nodes, nodes)
    for node in nodes:
        node.end = ends[id(node)]
        node.in_contents = node.is_heading and key_of(node.candidate.text) in outline.contents
    nodes.sort(key=lambda node: (node.span.start, -node.end))
    _nest(nodes)
    for node in nodes:
        _judge(node)
    nodes = _without_repeated_titles(nodes)
    _measure(nodes, outline.page)
    return nodes


def line_ends(nodes: Sequence[Node], among: Collection[Node]) -> Mapping[int, int]:
    """Return, by id, the end of each node: of one that is no heading the next in `among` that takes over.

    Among the questions of a page (not among all candidates) bold lines, `Q:` lines and their like end each other.
    """
    following: dict[tuple[int, str], int] = {}
    chosen, ends = {id(node) for node in among}, {}
    for node in reversed(nodes):
        kind = "" if node.format.follows_leads and nodes is not among else node.kind
        key = (node.span.container, "heading" if node.is_heading else kind)
        heading = following.get((node.span.container, "heading"), node.span.end)
        end = min(node.span.end, heading, following.get(key, node.span.end))
        ends[id(node)] = node.end if node.is_heading else end
        if node.is_heading or id(node) in chosen:
            following[key] = node.span.start
    return ends


def is_link_item(line: str) -> bool:
    """Return whether a line is a list item that only links, as in a table of contents."""
    return len(line) < _MAX_LINE and bool(_LINK_ITEM.match(line))


def is_textless(line: str) -> bool:
    """Return whether a line is blank for a reader: a mark, a rule, an anchor, a list of attributes."""
    return not line.strip() or (len(line) < _MAX_LINE and bool(_NO_TEXT.fullmatch(line.strip())))


def _end_headings(nodes: Sequence[Node]) -> None:
    """End each heading at the next of its own or a higher level beside it."""
    following: dict[int, list[int]] = {}
    for node in reversed(nodes):
        if node.is_heading:
            starts = following.setdefault(node.span.container, [2**31] * 8)
            node.end = min(node.end, *starts[1 : node.format.level + 1])
            starts[node.format.level] = node.span.start


def _nest(nodes: Sequence[Node]) -> None:
    above: list[Node] = []
    for node in nodes:
        while above and (node.span.start >= above[-1].end or _beside(above[-1], node)):
            above.pop()
        if above:
            node.parent = above[-1]
            capped = node.format.weak or node.kind == "term"
            node.end = min(node.end, above[-1].end) if capped else node.end
            above[-1].children.append(node)
        above.append(node)


def _beside(one: Node, other: Node) -> bool:
    """Return whether a candidate cannot stand below another although it is in its reach."""
    return (one.format.follows_leads and other.format.follows_leads) or one.span.start == other.span.start


def _judge(node: Node) -> None:
    """Judge a title, once it is known what stands below it."""
    node.asks = asks(node.title)
    announces = is_faq_title(node.title) and not node.asks and not _mentions_faq(node)
    seems = seems_to_ask(node.title)
    node.idle = announces or asks_nothing(node.title) or (not seems and is_around_id(node.candidate.id))
    node.strict = (node.asks or node.candidate.marked or node.format.certain) and not node.idle
    node.loose = (node.strict or seems) and not node.idle


def _mentions_faq(node: Node) -> bool:
    """Return whether a title speaks of an FAQ in a sentence instead of announcing one."""
    leaf = all(child.format.weak for child in node.children)
    return leaf and node.format.level > 1 and (node.words > 5 or mentions_faq(node.title))


def _without_repeated_titles(nodes: list[Node]) -> list[Node]:
    """Take out the headings that only repeat the title of the block that they begin."""
    kept = []
    for node in nodes:
        block = node.parent
        first = block is not None and not block.is_heading and block.children[0] is node
        if block and first and node.is_heading and key_of(block.title) == key_of(node.title):
            block.inside = node
            block.children[:1] = node.children
            for child in node.children:
                child.parent = block
        else:
            kept.append(node)
    return kept


def _measure(nodes: Sequence[Node], page: Normalized) -> None:
    texts = [0, *accumulate(not is_textless(line) for line in page.lines)]
    links = [0, *accumulate(is_link_item(line) for line in page.lines)]
    for node in nodes:
        body, end = min((node.inside or node).span.body, node.end), node.end
        divides = (child for child in node.children if child.is_heading or (child.strict and not child.format.weak))
        first = next((child.span.start for child in divides), end)
        lead = bool(node.candidate.lead.strip())
        amount = texts[end] - texts[body]
        node.own = lead or texts[max(body, first)] > texts[body]
        node.filled = lead or amount > 0
        node.links = amount if not lead and amount == links[end] - links[body] else 0
    _share(nodes, texts, page.origins)


def _share(nodes: Sequence[Node], texts: Sequence[int], origins: Sequence[int]) -> None:
    """Find the titles that stand right above another of their kind: both are answered below the second."""
    run = 1
    for node, following in reversed(list(pairwise(nodes))):
        below = following.span
        beside = node.format.stacks and node.kind == following.kind and node.span.container == below.container
        above = node.is_heading and node.children == [following] and node.strict and not following.children
        gap = texts[below.start] - texts[min(node.span.body, below.start)]
        near = origins[below.start] - origins[node.span.body - 1] == 1
        empty = (above or not (node.filled or node.children)) and not gap
        alike = (beside or (above and following.strict)) and (following.filled or following.shared)
        if empty and alike and (near or node.loose) and run < _MAX_SHARED:
            node.shared, run = following, run + 1
        else:
            run = 1
