"""The marks of a page or section come in, one verdict for each goes out; nothing is known here but their tree.

The figures were set on FAQ pages of some twenty projects and formats.
"""

from collections import Counter
from collections.abc import Sequence

from bot.faq.page.titles import asks, asks_nothing
from bot.faq.page.tree import WEAK, Node

_QUIET = frozenset([
    "note", "tip", "warning", "info", "danger", "important", "caution", "example", "abstract", "success",
    "failure", "bug", "quote", "tab", "tabitem", "tab-item", "card", "step", "callout", "alert", "hint",
    "seealso", "attention", "admonition", "aside", "todo", "deprecated", "versionadded", "versionchanged",
])  # fmt: skip
"""Kinds of wrappers whose titles are labels unless most of them ask."""
_ASKED_IN = ("details", "accordion", "accordionitem", "quote")
_INNER = WEAK | {"item", "bold", "row"}
"""Kinds that answers ask with, too: they make no group of a question."""


class Chooser:
    """Judges each mark by what the others are; parents must be judged before their children."""

    def __init__(self, nodes: Sequence[Node], *, faq: bool) -> None:
        self._faq = faq
        self._usable = [node for node in nodes if (node.filled or node.children or node.shared) and not node.idle]
        self._asking = Counter(node.mark.kind for node in self._usable if node.strict)
        self._bound = Counter(node.mark.kind for node in self._usable if node.strict and _is_bound(node))
        self._loose = Counter(node.mark.kind for node in self._usable if node.loose)
        self._total = Counter(node.mark.kind for node in self._usable)
        self.kind = self._way_of_asking()
        first = [node for node in nodes if node.mark.kind == "h1"]
        self._page_title = first[0] if len(first) == 1 and len(self._total) > 1 and self.kind != "h1" else None
        self._has_contents = any(node.strict and node.in_contents for node in nodes)
        self._numbered = Counter(node.mark.kind for node in self._usable if node.strict and node.mark.numbered)
        self._trailing = self._trailing_links(nodes)
        self._nested = Counter(node.title.casefold() for node in nodes if node.strict)

    def _way_of_asking(self) -> str | None:
        """Give the kind of mark by which the page asks, None where it does not ask."""
        scores = {kind: self._score(kind) for kind in self._total}
        best = max(scores.values(), default=0.0)
        if best < 1:
            return self._weak_way() or self._statements() or self._blocks() if self._faq else None
        good = [kind for kind, score in scores.items() if score >= best / 2 and _is_heading(kind)]
        kind = max(good or [k for k, score in scores.items() if score == best], key=lambda k: (scores[k], k))
        return kind if self._faq or self._is_enough(kind) else None

    def _is_enough(self, kind: str) -> bool:
        """Tell whether a page that is no FAQ by its title asks so much that it is one by its content."""
        if self._asking[kind] * 2 < self._total[kind]:
            return False
        leaves = [n for n in self._usable if n.mark.is_heading and not any(child.strict for child in n.children)]
        asking = sum(count for one, count in self._asking.items() if one not in WEAK)
        others = sum(not node.strict for node in leaves if node.mark.kind != "h1")
        return asking * 2 >= others

    def _score(self, kind: str) -> float:
        asking, loose = self._asking[kind], self._loose[kind]
        if kind in WEAK or (kind == "quote" and not self._faq):
            return 0.0
        if _is_heading(kind):
            return asking + (loose - asking) * 0.5 - self._bound[kind] * 0.5
        return asking + (loose - asking) * 0.2 if asking else 0.0

    def _weak_way(self) -> str | None:
        """Give the kind of plain line that asks, in an FAQ that has nothing better."""
        kind = max(WEAK, key=lambda kind: self._asking[kind])
        return kind if self._asking[kind] > 1 else None

    def _statements(self) -> str | None:
        """Give the level of headings that are complaints or topics, in an FAQ that asks nothing."""
        leaves = Counter(n.mark.kind for n in self._usable if n.mark.is_heading and n.own and not n.links_only)
        long = Counter(n.mark.kind for n in self._usable if n.mark.is_heading and n.own and n.words > 2)
        kind = max(leaves, key=lambda k: (long[k], k), default=None)
        return kind if kind and (leaves[kind] > 2 or long[kind]) else None

    def _blocks(self) -> str | None:
        """Let an FAQ ask by nothing but blocks that fold, or quotations with an answer below each."""
        kind = max(_ASKED_IN, key=lambda kind: self._total[kind])
        return kind if self._total[kind] > 1 else None

    def _trailing_links(self, nodes: Sequence[Node]) -> set[int]:
        """Find the titles behind the last question of a page that mostly asks, with nothing but links below."""
        found: set[int] = set()
        headings = [node for node in nodes if node.mark.is_heading and node.mark.level > 1]
        if self.kind is None or self._asking[self.kind] * 2 < self._total[self.kind] or self._asking[self.kind] < 2:
            return found
        for node in reversed(headings):
            if node.loose or not (node.one_link or node.links_only or node.idle):
                break
            found.add(id(node))
        return found

    def accepts(self, node: Node) -> bool:
        """Tell whether a mark is a question of this page."""
        if (
            self.kind is None
            or node.idle
            or node is self._page_title
            or not (node.filled or node.mark.kind == self.kind)
        ):
            return False
        if node.mark.is_heading:
            return self._accepts_heading(node)
        return self._accepts_other(node)

    def _accepts_heading(self, node: Node) -> bool:
        asking = [child for child in node.children if child.strict and child.filled and self._may_divide(child)]
        if node.strict:
            if not node.own and asking and len(asking) * 2 > len(node.children):
                return False
            return self._accepts_asking_heading(node)
        says_nothing = node.links_only or not (node.filled or node.shared) or id(node) in self._trailing
        if self.kind is None or not _is_heading(self.kind) or says_nothing:
            return False
        level = int(self.kind[1])
        if node.mark.level == level:
            return self._accepts_statement(node, asking)
        if node.mark.level < level:
            alone = node.own and not node.children
            return alone and (node.loose or self._is_complaint(node) or self._is_among_questions(node))
        return self._is_in_group(node)

    def _may_divide(self, child: Node) -> bool:
        return child.mark.kind == self.kind or child.mark.kind not in _INNER

    def _accepts_asking_heading(self, node: Node) -> bool:
        if self.kind is None or not _is_heading(self.kind):
            return node.own
        level = int(self.kind[1])
        if node.mark.level <= level:
            return node.own or node.mark.level == level or not any(child.mark.is_heading for child in node.children)
        if not _is_answered_above(node):
            return node.filled
        again = self._nested[node.title.casefold()] > 1
        return not again and node.words > 2 and node.filled

    def _accepts_statement(self, node: Node, asking: Sequence[Node]) -> bool:
        """Judge a heading of the right level that does not ask: a complaint, a topic, or the title of a group."""
        if asking and not (node.own and node.loose):
            return False
        headings = [child for child in node.children if child.mark.is_heading and child.filled]
        if not node.own and headings and _are_sentences(headings):
            return False
        if node.loose or self._listed(node) or self._counted(node) or not self._asking[node.mark.kind]:
            return True
        topic = self._faq and node.own and not _are_sentences(headings) and not _is_answered_above(node)
        return node.words > (1 if topic else 2)

    def _counted(self, node: Node) -> bool:
        """Tell whether it is numbered as the questions beside it are."""
        kind = node.mark.kind
        return node.mark.numbered and node.own and self._numbered[kind] * 2 >= self._asking[kind] > 0

    def _listed(self, node: Node) -> bool:
        """Tell whether the page's table of contents lists it among the questions."""
        return self._has_contents and node.in_contents

    def _is_in_group(self, node: Node) -> bool:
        """Tell whether a heading below the page's level stands in a group of questions of its own."""
        parent = node.parent
        if parent is None or _is_answered_above(node) or asks_nothing(parent.title):
            return False
        beside = [child for child in parent.children if child.mark.kind == node.mark.kind and child.filled]
        asking = sum(child.strict for child in beside)
        if asking * 3 >= len(beside):
            return node.words > 2 or node.loose
        return self._faq and _are_sentences(beside) and (node.words > 3 or node.loose)

    def _is_complaint(self, node: Node) -> bool:
        """Tell whether a heading is a sentence in a page that asks nothing."""
        return self._faq and node.words > 3 and not any(self._asking.values())

    def _is_among_questions(self, node: Node) -> bool:
        """Tell whether half of what stands beside a heading asks, in a group of an FAQ."""
        parent = node.parent
        if parent is None or not self._faq or parent.mark.level < 2 or node.words < 2:
            return False
        beside = [child for child in parent.children if child.mark.kind == node.mark.kind]
        return sum(child.strict for child in beside) * 2 >= len(beside)

    def _accepts_other(self, node: Node) -> bool:
        kind = node.mark.kind
        within = next((above for above in node.ancestors() if above.chosen), None)
        if within and (kind != self.kind or not within.mark.is_heading):
            return False
        if self._is_group(node):
            return False
        if not node.strict:
            return kind == self.kind and (node.filled or bool(node.shared)) and self._accepts_label(node)
        return kind == self.kind or (kind not in WEAK and (kind not in _INNER or _is_one_of_several(node)))

    def _is_group(self, node: Node) -> bool:
        """Tell whether a block holds blocks of its kind that are the questions."""
        inner = [child for child in node.children if child.mark.kind == node.mark.kind and child.filled]
        asking = sum(asks(child.title) for child in inner)
        if node.mark.kind in _INNER or node.mark.kind in ("q", "term", "quote") or not inner:
            return False
        return asking * 2 >= len(inner) if node.own and not asks(node.title) else not node.own

    def _accepts_label(self, node: Node) -> bool:
        """Judge a title that does not ask, among others of its kind that do."""
        kind, share = node.mark.kind, self._asking[node.mark.kind] / max(1, self._total[node.mark.kind])
        if kind in ("q", "term", "quote", "row"):
            return True
        if self._faq and kind in ("item", "bold") and self._counted(node) and share >= 0.4:
            return True
        if kind == "item":
            return self._faq and share >= 0.5 and node.words > 2
        if kind == "bold":
            sentence = (node.loose or node.words > 3) and node.mark.text[-1] not in ".:,;!"
            return self._faq and share >= 0.5 and sentence
        return (self._faq or (share >= 0.5 and node.words > 1)) and kind not in _QUIET and kind not in _INNER


def _are_sentences(nodes: Sequence[Node]) -> bool:
    """Tell whether titles are rather complaints ("it does not start") than topics ("Linux")."""
    return bool(nodes) and sum(node.words for node in nodes) >= 4 * len(nodes)


def _is_answered_above(node: Node) -> bool:
    return any(above.chosen for above in node.ancestors())


def _is_bound(node: Node) -> bool:
    """Tell whether it asks further below something that is answered itself."""
    parent = node.parent
    return parent is not None and parent.mark.is_heading and parent.loose and parent.own


def _is_one_of_several(node: Node) -> bool:
    beside = node.parent.children if node.parent else []
    return sum(other.strict and other.mark.kind == node.mark.kind for other in beside) > 1


def _is_heading(kind: str) -> bool:
    return len(kind) == 2 and kind[0] == "h" and kind[1].isdigit()
