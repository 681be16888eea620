"""Classify the titles of a page as questions or not: the page's own habit decides.

The format that asks most often (headings of one level, bold lines, ...) is the page's way of asking: its other
titles of that format are taken for questions, too. Titles of another format only count where they ask in so many words.
The figures were set on FAQ pages of some twenty projects and formats.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.faq.page.formats import FORMATS, format_of
from bot.faq.page.titles import asks_nothing, is_faq_title, is_help_title
from bot.faq.page.tree import Node

Chosen = dict[int, Node]
"""Nodes by their id."""


@dataclass(frozen=True, slots=True)
class Classified:
    """The questions of a page."""

    questions: tuple[Node, ...]
    scope: Node | None = None
    """The section that holds them, where the page has others."""
    missed: tuple[Node, ...] = ()
    """What looks like one of them and was not taken for one."""
    around: tuple[Node, ...] = ()
    """What stands beside them, with text below, and has one of the titles that ask nothing."""


def classify(nodes: Sequence[Node], *, faq_page: bool) -> Classified:
    """Choose the questions among `nodes`; `faq_page`: whether the page calls itself an FAQ.

    In a page that does not, a section that does is looked for first: the FAQ at the end of a README. Where nothing else
    asks, a section on troubleshooting in which somebody asks will do.
    """
    sections = [node for node in nodes if node.children and is_faq_title(node.title) and node.idle]
    scope, chosen = (None, {}) if faq_page else _chosen_within(sections, nodes)
    if not chosen:
        chosen = _chosen(nodes, faq=faq_page)
    if not chosen and not faq_page:
        help_sections = [node for node in nodes if is_help_title(node.title) and _asks_within(node)]
        scope, chosen = _chosen_within(help_sections, nodes)
    missed = list(_missed(nodes, chosen, scope, faq=faq_page or scope is not None)) if chosen else []
    around = tuple(node for node in missed if node.idle and node.own and not node.links)
    return Classified(tuple(chosen.values()), scope, tuple(node for node in missed if not node.idle), around)


def classify_as(nodes: Sequence[Node], kinds: Sequence[str]) -> Classified:
    """Choose every title of the kinds that the page's author names."""
    named = (node for node in nodes if node.kind in kinds)
    return Classified(tuple(node for node in named if node.filled or (node.asks and not node.children)))


def _chosen(nodes: Sequence[Node], *, faq: bool) -> Chosen:
    return _Judge(nodes, faq=faq).chosen()


def _chosen_within(sections: Sequence[Node], nodes: Sequence[Node]) -> tuple[Node | None, Chosen]:
    """Choose the questions in the sections of a page that hold some."""
    found: Chosen = {}
    for section in sections:
        found |= _chosen([node for node in nodes if section in node.ancestors() and node not in sections], faq=True)
    found = {id(node): node for node in nodes if id(node) in found}
    first = next(iter(found.values()), None)
    return next((node for node in first.ancestors() if node in sections), None) if first else None, found


def _asks_within(node: Node) -> bool:
    return any(child.strict and not child.format.weak for child in node.children)


def _missed(nodes: Sequence[Node], chosen: Chosen, scope: Node | None, *, faq: bool) -> Iterator[Node]:
    kinds = {node.kind for node in chosen.values()}
    groups = {id(above) for question in chosen.values() for above in question.ancestors()}
    title = next((node for node in nodes if node.format.level == 1), None)
    for node in nodes:
        above = list(node.ancestors())
        known = node is title or id(node) in groups or any(id(one) in chosen for one in (node, *above))
        alike = (faq and node.kind in kinds) or (node.strict and (faq or not node.format.weak))
        if alike and node.filled and not known and (scope is None or scope in above):
            yield node


class _Judge:
    """Judges each title of a page or section by what the others are."""

    def __init__(self, nodes: Sequence[Node], *, faq: bool) -> None:
        self._nodes = nodes
        self._faq = faq
        self._taken: Chosen = {}
        self._usable = [node for node in nodes if (node.filled or node.children or node.shared) and not node.idle]
        self._total = Counter(node.kind for node in self._usable)
        self._loose = Counter(node.kind for node in self._usable if node.loose)
        self._asking = Counter(node.kind for node in self._usable if node.strict)
        self._bound = Counter(node.kind for node in self._usable if node.strict and _is_bound(node))
        self._numbered = Counter(node.kind for node in self._usable if node.strict and node.candidate.numbered)
        self._nested = Counter(node.title.casefold() for node in nodes if node.strict)
        self._kind = self._way_of_asking()
        self._way = format_of(self._kind) if self._kind else FORMATS["title"]
        first = [node for node in nodes if node.format.level == 1]
        alone = len(first) == 1 and len(self._total) > 1 and self._kind != "h1"
        self._page_title = first[0] if alone else None
        self._has_contents = any(node.strict and node.in_contents for node in nodes)
        self._trailing = {id(node) for node in self._trailing_links()}

    def chosen(self) -> Chosen:
        """Return the questions; parents are judged before their children."""
        for node in self._nodes if self._kind else ():
            usable = not node.idle and node is not self._page_title and (node.filled or node.kind == self._kind)
            if usable and (self._accepts_heading(node) if node.is_heading else self._accepts_other(node)):
                self._taken[id(node)] = node
        return self._taken

    def _way_of_asking(self) -> str | None:
        """Return the kind of title by which the page asks, None where it does not ask."""
        scores = {kind: self._score(kind) for kind in self._total}
        best = max(scores.values(), default=0.0)
        if best < 1:
            return self._weak_way() or self._statements() or self._blocks() if self._faq else None
        good = [kind for kind, score in scores.items() if score >= best / 2 and format_of(kind).span == "heading"]
        kind = max(good or [k for k, score in scores.items() if score == best], key=lambda k: (scores[k], k))
        return kind if self._faq or self._is_enough(kind) else None

    def _is_enough(self, kind: str) -> bool:
        """Return whether a page that is no FAQ by its title asks so much that it is one by its content."""
        if self._asking[kind] * 2 < self._total[kind]:
            return False
        leaves = [n for n in self._usable if n.is_heading and not any(child.strict for child in n.children)]
        asking = sum(count for one, count in self._asking.items() if not format_of(one).weak)
        others = sum(not node.strict for node in leaves if node.format.level > 1)
        return asking * 2 >= others

    def _score(self, kind: str) -> float:
        asking, row = self._asking[kind], format_of(kind)
        if row.weak or (row.faq_only and not self._faq):
            return 0.0
        score = asking + (self._loose[kind] - asking) * row.complaint
        if row.span == "heading":
            return score - self._bound[kind] * 0.5
        return score if asking else 0.0

    def _weak_way(self) -> str | None:
        """Return the kind of plain line that asks, in an FAQ that has nothing better."""
        kinds = [kind for kind, asking in self._asking.items() if asking > 1 and format_of(kind).weak]
        return max(kinds, key=lambda kind: self._asking[kind], default=None)

    def _statements(self) -> str | None:
        """Return the level of headings that are complaints or topics, in an FAQ that asks nothing."""
        leaves = [node for node in self._usable if node.is_heading and node.own and node.links < 2]
        count = Counter(node.kind for node in leaves)
        long = Counter(node.kind for node in self._usable if node.is_heading and node.own and node.words > 2)
        kind = max(count, key=lambda k: (long[k], k), default=None)
        return kind if kind and (count[kind] > 2 or long[kind]) else None

    def _blocks(self) -> str | None:
        """Let an FAQ ask by nothing but blocks that fold, or quotations with an answer below each."""
        kind = max((row.kind for row in FORMATS.values() if row.alone), key=lambda kind: self._total[kind])
        return kind if self._total[kind] > 1 else None

    def _trailing_links(self) -> Iterator[Node]:
        """Return the titles behind the last question of a page that mostly asks, with nothing but links below."""
        asking = self._asking[self._kind or ""]
        if asking < 2 or asking * 2 < self._total[self._kind or ""]:
            return
        for node in reversed(self._nodes):
            if node.is_heading and node.format.level > 1:
                if node.loose or not (node.links or node.idle):
                    return
                yield node

    def _accepts_heading(self, node: Node) -> bool:
        asking = [child for child in node.children if child.strict and child.filled and self._may_divide(child)]
        if node.strict:
            group = not node.own and not node.shared and asking and len(asking) * 2 > len(node.children)
            return not group and self._accepts_asking_heading(node)
        says_nothing = node.links > 1 or not (node.filled or node.shared) or id(node) in self._trailing
        if self._way.span != "heading" or says_nothing:
            return False
        if node.format.level == self._way.level:
            return self._accepts_statement(node, asking)
        if node.format.level > self._way.level:
            return self._is_in_group(node)
        complains = self._faq and node.words > 3 and not any(self._asking.values())
        return node.own and not node.children and (node.loose or complains or self._is_among_questions(node))

    def _may_divide(self, child: Node) -> bool:
        return child.kind == self._kind or not child.format.inner

    def _accepts_asking_heading(self, node: Node) -> bool:
        if self._way.span != "heading":
            return node.own
        if node.format.level <= self._way.level:
            return node.own or node.format.level == self._way.level or not any(c.is_heading for c in node.children)
        if not self._is_answered_above(node):
            return node.filled
        return self._nested[node.title.casefold()] == 1 and node.words > 2 and node.filled

    def _accepts_statement(self, node: Node, asking: Sequence[Node]) -> bool:
        """Judge a heading of the right level that does not ask: a complaint, a topic, or the title of a group."""
        headings = [child for child in node.children if child.is_heading and child.filled]
        if (asking and not (node.own and node.loose)) or (not node.own and _are_sentences(headings)):
            return False
        listed = self._has_contents and node.in_contents
        if node.loose or listed or self._is_counted(node) or not self._asking[node.kind]:
            return True
        topic = self._faq and node.own and not _are_sentences(headings) and not self._is_answered_above(node)
        return node.words > (1 if topic else 2)

    def _is_counted(self, node: Node) -> bool:
        """Return whether a title is numbered as the questions beside it are."""
        return node.candidate.numbered and node.own and self._numbered[node.kind] * 2 >= self._asking[node.kind] > 0

    def _is_in_group(self, node: Node) -> bool:
        """Return whether a heading below the page's level stands in a group of questions of its own."""
        parent = node.parent
        if parent is None or self._is_answered_above(node) or asks_nothing(parent.title):
            return False
        beside = [child for child in parent.children if child.kind == node.kind and child.filled]
        if sum(child.strict for child in beside) * 3 >= len(beside):
            return node.words > 2 or node.loose
        return self._faq and _are_sentences(beside) and (node.words > 3 or node.loose)

    def _is_among_questions(self, node: Node) -> bool:
        """Return whether half of what stands beside a heading asks, in a group of an FAQ."""
        parent = node.parent
        if parent is None or not self._faq or parent.format.level < 2 or node.words < 2:
            return False
        beside = [child for child in parent.children if child.kind == node.kind]
        return sum(child.strict for child in beside) * 2 >= len(beside)

    def _is_answered_above(self, node: Node) -> bool:
        return any(id(above) in self._taken for above in node.ancestors())

    def _accepts_other(self, node: Node) -> bool:
        within = next((above for above in node.ancestors() if id(above) in self._taken), None)
        if (within and (node.kind != self._kind or not within.is_heading)) or _is_group(node):
            return False
        if not node.strict:
            return node.kind == self._kind and bool(node.filled or node.shared) and self._accepts_label(node)
        if node.kind == self._kind:
            return True
        return not node.format.weak and (not node.format.inner or _is_one_of_several(node))

    def _accepts_label(self, node: Node) -> bool:
        """Judge a title that does not ask, among others of its kind that do."""
        share, counted = self._asking[node.kind] / max(1, self._total[node.kind]), node.format.counted
        if self._faq and counted and share >= counted and self._is_counted(node):
            return True
        return node.format.states(node, share, self._faq)


def _is_group(node: Node) -> bool:
    """Return whether a block holds blocks of its kind that are the questions."""
    inner = [child for child in node.children if child.kind == node.kind and child.filled] if node.format.holds else []
    if node.own and not node.asks:
        return bool(inner) and sum(child.asks for child in inner) * 2 >= len(inner)
    return bool(inner) and not node.own


def _are_sentences(nodes: Sequence[Node]) -> bool:
    """Return whether titles are rather complaints ("it does not start") than topics ("Linux")."""
    return bool(nodes) and sum(node.words for node in nodes) >= 4 * len(nodes)


def _is_bound(node: Node) -> bool:
    """Return whether it asks further below something that is answered itself."""
    parent = node.parent
    return parent is not None and parent.is_heading and parent.loose and parent.own


def _is_one_of_several(node: Node) -> bool:
    beside = node.parent.children if node.parent else []
    return sum(other.strict and other.kind == node.kind for other in beside) > 1
