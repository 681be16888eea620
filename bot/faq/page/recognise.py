"""The tree of a page comes in, those of its marks that are questions go out; a page's own habit decides.

The kind of mark that asks most often (headings of one level, bold lines, ...) is the page's way of asking: its other
marks of that kind are taken for questions, too. Marks of another kind only count where they ask in so many words.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.faq.page.choose import Chooser
from bot.faq.page.titles import is_faq_title
from bot.faq.page.tree import Node


@dataclass(frozen=True, slots=True)
class Recognised:
    """The questions of a page."""

    questions: tuple[Node, ...]
    scope: Node | None = None
    """The section that holds them, where the page has others."""

    @property
    def kinds(self) -> Counter[str]:
        """Count the questions by kind."""
        return Counter(node.mark.kind for node in self.questions)


def recognise(nodes: Sequence[Node], *, faq_page: bool) -> Recognised:
    """Choose the questions among `nodes`; `faq_page`: whether the page calls itself an FAQ.

    In a page that does not, a section that does is looked for first: the FAQ at the end of a README.
    """
    if not faq_page:
        sections = [node for node in nodes if node.children and is_faq_title(node.title) and node.idle]
        for section in sections:
            _choose([node for node in nodes if section in node.ancestors() and node not in sections], faq=True)
        found = _chosen(nodes)
        if found:
            return Recognised(found, next((node for node in found[0].ancestors() if node in sections), None))
    _choose(nodes, faq=faq_page)
    return Recognised(_chosen(nodes))


def recognise_as(nodes: Sequence[Node], kinds: Sequence[str]) -> Recognised:
    """Choose every mark of the kinds that the page's author names."""
    for node in nodes:
        node.chosen = node.mark.kind in kinds and node.filled
    return Recognised(_chosen(nodes))


def _choose(nodes: Sequence[Node], *, faq: bool) -> None:
    chooser = Chooser(nodes, faq=faq)
    for node in nodes:
        node.chosen = chooser.accepts(node)


def _chosen(nodes: Sequence[Node]) -> tuple[Node, ...]:
    return tuple(node for node in nodes if node.chosen)
