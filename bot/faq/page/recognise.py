"""The tree of a page comes in, those of its marks that are questions go out; a page's own habit decides.

The kind of mark that asks most often (headings of one level, bold lines, ...) is the page's way of asking: its other
marks of that kind are taken for questions, too. Marks of another kind only count where they ask in so many words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.faq.page.choose import Chooser
from bot.faq.page.titles import is_faq_title, is_help_title
from bot.faq.page.tree import WEAK, Node


@dataclass(frozen=True, slots=True)
class Recognised:
    """The questions of a page."""

    questions: tuple[Node, ...]
    scope: Node | None = None
    """The section that holds them, where the page has others."""

    missed: tuple[Node, ...] = ()
    """What looks like one of them and was not taken for one."""

    @property
    def kinds(self) -> Counter[str]:
        """Count the questions by kind."""
        return Counter(node.mark.kind for node in self.questions)


def recognise(nodes: Sequence[Node], *, faq_page: bool) -> Recognised:
    """Choose the questions among `nodes`; `faq_page`: whether the page calls itself an FAQ.

    In a page that does not, a section that does is looked for first: the FAQ at the end of a README. Where nothing else
    asks, a section on troubleshooting in which somebody asks will do.
    """
    found = _recognise(nodes, faq_page=faq_page)
    return replace(found, missed=tuple(_missed(nodes, found, faq=faq_page or found.scope is not None)))


def _missed(nodes: Sequence[Node], found: Recognised, *, faq: bool) -> Iterator[Node]:
    kinds = set(found.kinds)
    groups = {id(above) for question in found.questions for above in question.ancestors()}
    title = next((node for node in nodes if node.mark.kind == "h1"), None)
    for node in nodes if found.questions else ():
        above = list(node.ancestors())
        known = node.chosen or node.idle or node is title or id(node) in groups or any(one.chosen for one in above)
        beside = faq and node.mark.kind in kinds and node.filled
        alike = beside or (node.strict and node.filled and (faq or node.mark.kind not in WEAK))
        if alike and not known and (found.scope is None or found.scope in above):
            yield node


def _recognise(nodes: Sequence[Node], *, faq_page: bool) -> Recognised:
    if faq_page:
        _choose(nodes, faq=True)
        return Recognised(_chosen(nodes))
    sections = [node for node in nodes if node.children and is_faq_title(node.title) and node.idle]
    if found := _recognise_within(sections, nodes):
        return found
    _choose(nodes, faq=False)
    if chosen := _chosen(nodes):
        return Recognised(chosen)
    help_sections = [node for node in nodes if is_help_title(node.title) and _asks_within(node)]
    return _recognise_within(help_sections, nodes) or Recognised(())


def _recognise_within(sections: Sequence[Node], nodes: Sequence[Node]) -> Recognised | None:
    """Choose the questions in the sections of a page that hold some; None where there are none."""
    for section in sections:
        _choose([node for node in nodes if section in node.ancestors() and node not in sections], faq=True)
    found = _chosen(nodes)
    scope = next((node for node in found[0].ancestors() if node in sections), None) if found else None
    return Recognised(found, scope) if found else None


def _asks_within(node: Node) -> bool:
    return any(child.strict and child.mark.kind not in WEAK for child in node.children)


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
