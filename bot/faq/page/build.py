"""A page's text and what was recognised in it come in, its questions with their answers go out; reads no files."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.faq.answer.clean import Cleaner
from bot.faq.markdown.canonical import Canonical
from bot.faq.page.anchors import build_anchors
from bot.faq.page.recognise import Recognised
from bot.faq.page.titles import answer_mark
from bot.faq.page.tree import Node, end_lines, is_textless

_DEFINITION = re.compile(r"^ {0,3}[:~](?=[ \t])", re.MULTILINE)
"""What marks each definition of a term."""
_ENDS_A_PAGE = re.compile(r">|\s*$| {0,3}\[[^\]\n]+\]:\s")
_LINKED = frozenset(["accordion", "accordionitem"])
"""Wrappers that sites give an anchor of their own, made as a heading's."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question of a page."""

    question: str
    answer: str
    id: str
    """The slug that it has or would have as a heading."""
    anchor: str
    """Its own anchor, or that of the heading above it."""
    section: str | None
    line: int
    """Counted from 0 in the body."""
    empty: bool = False
    """Whether nothing stands below it: not even what cannot be shown here."""


def build_questions(
    page: Canonical, nodes: Sequence[Node], recognised: Recognised, cleaner: Cleaner, rule: str
) -> Iterator[Found]:
    """Give the questions of a page in order."""
    end_lines(nodes, recognised.questions)
    title = _page_title(nodes)
    headings = sorted(
        [node.inside or node for node in nodes if node.inside or node.mark.is_heading],
        key=lambda node: node.mark.span.start,
    )
    anchors = dict(zip(map(id, headings), _anchors(headings, rule), strict=True))
    others = [node for node in recognised.questions if not node.mark.is_heading]
    slugs = dict(
        zip(map(id, others), build_anchors([(n.title, n.mark.id) for n in others], rule, anchors.values()), strict=True)
    )
    labels = [node for node in nodes if node.mark.kind == "bold" and not (node.chosen or node.mark.lead)]
    labels = [node for node in labels if node.mark.text[-1] not in ".:;!。" and not answer_mark(node.mark.text)]
    footer = _footer(page, recognised.questions)
    for node in recognised.questions:
        asked = _answered(node, recognised.questions)
        end = min(asked.end, footer) if footer > asked.mark.span.body else asked.end
        lines = _body(page, asked, _before_label(page, asked, end, labels))
        heading = next((above for above in node.ancestors() if above.mark.is_heading), None)
        identity = anchors.get(id(node.inside or node)) or slugs[id(node)]
        own = node.mark.is_heading or node.mark.id or node.inside or node.mark.linked or node.mark.kind in _LINKED
        yield Found(
            question=node.title,
            answer=cleaner.clean(_answer(asked, lines)),
            id=identity,
            anchor=identity if own else anchors[id(heading)] if heading else "",
            section=_section(node, title, recognised.scope),
            line=page.origins[node.mark.span.start],
            empty=not asked.filled,
        )


def _before_label(page: Canonical, node: Node, end: int, labels: Sequence[Node]) -> int:
    """Return where an answer ends that has the bold title of the next group behind it."""
    number = bisect_left(labels, end, key=lambda label: label.mark.span.start)
    last = labels[number - 1].mark.span if number else node.mark.span
    if node.mark.is_heading or last.start < node.mark.span.body or end == len(page.lines):
        return end
    bare = all(is_textless(line) for line in page.lines[last.body : end])
    return last.start if bare and any(map(str.strip, page.lines[node.mark.span.body : last.start])) else end


def _answered(node: Node, questions: Sequence[Node]) -> Node:
    """Return the question whose answer answers `node`: the one right below it, where two stand above one answer."""
    while node.shared and node.shared.chosen:
        if any(other is not node and other.title == node.title and not other.shared for other in questions):
            break
        node = node.shared
    return node


def _anchors(nodes: Sequence[Node], rule: str) -> list[str]:
    return build_anchors([(node.mark.text, node.mark.id) for node in nodes], rule)


def _body(page: Canonical, node: Node, end: int) -> list[str]:
    """Give the lines that belong to a question but to none of the questions inside it."""
    lines = [re.sub(r"^\s*[-–—:]\s+", "", node.mark.lead).strip()] if node.mark.lead else []
    position = (node.inside or node).mark.span.body
    for inner in _inner(node):
        lines.extend(page.lines[position : max(position, inner.mark.span.start)])
        position = max(position, inner.end)
    lines.extend(page.lines[position : max(position, end)])
    return _DEFINITION.sub(_blanked, "\n".join(lines)).split("\n") if node.mark.kind == "term" else lines


def _blanked(marker: re.Match[str]) -> str:
    return " " * len(marker[0])


def _inner(node: Node) -> Iterator[Node]:
    """Give the questions inside a question, outermost first."""
    for child in node.children:
        if child.chosen:
            yield child
        else:
            yield from _inner(child)


def _page_title(nodes: Sequence[Node]) -> Node | None:
    """Give the one heading of the first level, which is the page's title."""
    first = [node for node in nodes if node.mark.kind == "h1"]
    return first[0] if len(first) == 1 else None


def _section(node: Node, title: Node | None, scope: Node | None) -> str | None:
    for above in node.ancestors():
        if above is scope or above is title:
            return None
        if not (above.chosen or above.idle) and (
            above.mark.is_heading or above.mark.kind in ("details", "accordiongroup", "faq")
        ):
            return above.title
    return None


def _footer(page: Canonical, questions: Sequence[Node]) -> int:
    """Give the line of the rule that sets a page's last words off from its last answer, 0 where there is none."""
    if not questions or questions[-1].mark.kind in ("details", "faq", "accordion"):
        return 0
    if questions[-1].mark.kind == "term":
        return _last_quotation(page, questions[-1])
    if any(_inner_rules(page, node) for node in questions[:-1]):
        return 0
    last = questions[-1]
    rules = _inner_rules(page, last)
    return rules[-1] if rules and "".join(page.lines[last.mark.span.body : rules[-1]]).strip() else 0


def _last_quotation(page: Canonical, node: Node) -> int:
    """Return the line on which a quotation begins that stands at the margin and ends the page, 0 where none does."""
    number = node.end
    while number > node.mark.span.body and _ENDS_A_PAGE.match(page.lines[number - 1]):
        number -= 1
    return number if any(page.lines[number : node.end]) and node.end == len(page.lines) else 0


def _inner_rules(page: Canonical, node: Node) -> list[int]:
    """Give the lines of the rules in an answer that have text of it behind them."""
    rules = [number for number in range(node.mark.span.body, node.end) if _is_rule(page, number)]
    texts = (n for n in range(node.end - 1, node.mark.span.body, -1) if page.lines[n].strip() and n not in rules[-50:])
    last = next(texts, 0)
    return [number for number in rules if number < last]


def _is_rule(page: Canonical, number: int) -> bool:
    line = page.lines[number].strip()
    return len(line) > 2 and set(line) in ({"-"}, {"*"}, {"_"}) and not page.lines[number - 1].strip()


def _answer(node: Node, lines: list[str]) -> list[str]:
    """Take off what only says that this is the answer: `A:`, and the indentation of a list or definition."""
    if node.mark.marked:
        lines = _unquoted(lines)
    held = 1 if node.mark.lead else 0
    lines = lines[:held] + _dedented(lines[held:], most=80 if node.mark.kind in ("item", "term", "q") else 3)
    before = ""
    for number, line in enumerate(lines):
        if re.fullmatch(r"#+\s*(?:The )?(?:Short )?(?:Answer|Response|答案|回答)\s*[:：]?\s*", line, re.IGNORECASE):
            return lines[number + 1 :]
        if line.strip() and not before.strip() and (length := answer_mark(line, odd=node.mark.marked)):
            return [*lines[:number], _without_mark(line, length), *lines[number + 1 :]]
        if line.strip() and not node.mark.marked:
            break
        before = line
    return lines


def _unquoted(lines: list[str]) -> list[str]:
    """Take the quotation off an answer that stands in the same one as its question, `> Q: ...`."""
    if all(line.lstrip().startswith(">") for line in lines if line.strip()):
        return [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines]
    return lines


def _without_mark(line: str, length: int) -> str:
    """Take `A:` off a line; where it is only the start of something bold, the rest stays bold."""
    bold = re.match(r"\s*(\*\*|__)", line)
    rest = line[length:]
    if bold and bold[1] not in line[bold.end() : length] and rest.count(bold[1]) % 2:
        return bold[1] + rest
    return rest


def _dedented(lines: Sequence[str], most: int) -> list[str]:
    """Move the text to the margin if its first line is set in by up to `most`: a list or definition held it."""
    first = next((line for line in lines if line.strip()), "")
    margin = len(first) - len(first.lstrip(" "))
    return (
        [line[min(margin, len(line) - len(line.lstrip(" "))) :] for line in lines]
        if 0 < margin <= most
        else list(lines)
    )
