"""Build the questions of a page: what belongs to each answer, its section, its anchor. Never reads files."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.faq.anchors import build_anchors
from bot.faq.answer import Cleaner
from bot.faq.markdown import Normalized
from bot.faq.page.classify import Classified
from bot.faq.page.titles import answer_mark, is_answer_heading
from bot.faq.page.tree import Node, is_textless, line_ends

_DEFINITION = re.compile(r"^ {0,3}[:~](?=[ \t])", re.MULTILINE)
"""What marks each definition of a term."""
_ENDS_A_PAGE = re.compile(r">|\s*$| {0,3}\[[^\]\n]+\]:\s")
_DASH = re.compile(r"^\s*[-–—:]\s+")


@dataclass(frozen=True, slots=True)
class PageQuestion:
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
    page: Normalized, nodes: Sequence[Node], classified: Classified, cleaner: Cleaner, rule: str
) -> Iterator[PageQuestion]:
    """Return the questions of a page in order."""
    answers = _Answers(page, nodes, classified.questions)
    anchors = _anchors(nodes, classified.questions, rule)
    titles = [node for node in nodes if node.format.level == 1]
    ends_path = (classified.scope, titles[0] if len(titles) == 1 else None)
    for node in classified.questions:
        asked = answers.answered(node)
        heading = next((above for above in node.ancestors() if above.is_heading), None)
        linked = node.candidate.id or node.inside or node.candidate.linked or node.format.linked
        anchored = node if node.is_heading or linked else heading
        yield PageQuestion(
            question=node.title,
            answer=cleaner.clean(answers.lines(asked)),
            id=anchors[id(node)],
            anchor=anchors[id(anchored)] if anchored else "",
            section=_section(node, answers, ends_path),
            line=page.origins[node.span.start],
            empty=not asked.filled,
        )


def _anchors(nodes: Sequence[Node], questions: Sequence[Node], rule: str) -> Mapping[int, str]:
    """Return anchors by node: those of the headings, and for other questions what they would have as headings."""
    headed = [node for node in nodes if node.is_heading or node.inside]
    headed.sort(key=lambda node: (node.inside or node).span.start)
    headings = [(node.inside or node).candidate for node in headed]
    slugs = build_anchors([(one.text, one.id) for one in headings], rule)
    anchors = dict(zip(map(id, headed), slugs, strict=True))
    others = [node for node in questions if id(node) not in anchors]
    slugs = build_anchors([(node.title, node.candidate.id) for node in others], rule, anchors.values())
    return anchors | dict(zip(map(id, others), slugs, strict=True))


def _section(node: Node, answers: "_Answers", ends_path: tuple[Node | None, ...]) -> str | None:
    for above in node.ancestors():
        if above in ends_path:
            return None
        if above.format.titles_sections and not (above.idle or answers.is_question(above)):
            return above.title
    return None


class _Answers:
    """Cuts a page into the answers of its questions."""

    def __init__(self, page: Normalized, nodes: Sequence[Node], questions: Sequence[Node]) -> None:
        self._page = page
        self._questions = questions
        self._chosen = {id(node) for node in questions}
        self._ends = line_ends(nodes, questions)
        self._labels = [node for node in nodes if self._is_label(node)]
        self._footer = self._find_footer(questions[-1]) if questions else 0

    def is_question(self, node: Node) -> bool:
        return id(node) in self._chosen

    def answered(self, node: Node) -> Node:
        """Return the question whose answer answers `node`: the one right below it, where two stand above one answer."""
        while node.shared and self.is_question(node.shared):
            if any(one is not node and one.title == node.title and not one.shared for one in self._questions):
                break
            node = node.shared
        return node

    def lines(self, node: Node) -> list[str]:
        """Return the lines of an answer, without those of the questions inside it and without `A:`."""
        end = self._ends[id(node)]
        end = min(end, self._footer) if self._footer > node.span.body else end
        return _without_marks(node, self._body(node, self._before_label(node, end)))

    def _body(self, node: Node, end: int) -> list[str]:
        lines = [_DASH.sub("", node.candidate.lead).strip()] if node.candidate.lead else []
        position = (node.inside or node).span.body
        for inner in self._inner(node):
            lines.extend(self._page.lines[position : max(position, inner.span.start)])
            position = max(position, self._ends[id(inner)])
        lines.extend(self._page.lines[position : max(position, end)])
        if node.kind == "term":
            return _DEFINITION.sub(lambda marker: " " * len(marker[0]), "\n".join(lines)).split("\n")
        return lines

    def _inner(self, node: Node) -> Iterator[Node]:
        """Return the questions inside a question, outermost first."""
        for child in node.children:
            if self.is_question(child):
                yield child
            else:
                yield from self._inner(child)

    def _is_label(self, node: Node) -> bool:
        """Return whether a bold line may be the title of a group."""
        text = node.candidate.text
        whole = node.kind == "bold" and not node.candidate.lead and not self.is_question(node)
        return whole and text[-1] not in ".:;!。" and not answer_mark(text)

    def _before_label(self, node: Node, end: int) -> int:
        """Return where an answer ends that has the bold title of the next group behind it."""
        number = bisect_left(self._labels, end, key=lambda label: label.span.start)
        last = self._labels[number - 1].span if number else node.span
        if node.is_heading or last.start < node.span.body or end == len(self._page.lines):
            return end
        bare = all(is_textless(line) for line in self._page.lines[last.body : end])
        return last.start if bare and any(map(str.strip, self._page.lines[node.span.body : last.start])) else end

    def _find_footer(self, last: Node) -> int:
        """Return the line of the rule that sets a page's last words off from its last answer, 0 where there is none."""
        if last.format.span == "block":
            return 0
        rules = self._inner_rules(last)
        if not rules or any(self._inner_rules(node) for node in self._questions[:-1]):
            return self._last_quotation(last) if last.kind == "term" else 0
        return rules[-1] if "".join(self._page.lines[last.span.body : rules[-1]]).strip() else 0

    def _last_quotation(self, node: Node) -> int:
        """Return the line on which a quotation begins that stands at the margin and ends the page."""
        lines, end = self._page.lines, self._ends[id(node)]
        number = end
        while number > node.span.body and _ENDS_A_PAGE.match(lines[number - 1]):
            number -= 1
        return number if any(lines[number:end]) and end == len(lines) else 0

    def _inner_rules(self, node: Node) -> list[int]:
        """Return the lines of the rules in an answer that have text of it behind them."""
        lines, end = self._page.lines, self._ends[id(node)]
        rules = [number for number in range(node.span.body, end) if _is_rule(lines, number)]
        texts = (n for n in range(end - 1, node.span.body, -1) if lines[n].strip() and n not in rules[-50:])
        last = next(texts, 0)
        return [number for number in rules if number < last]


def _is_rule(lines: Sequence[str], number: int) -> bool:
    line = lines[number].strip()
    return len(line) > 2 and set(line) in ({"-"}, {"*"}, {"_"}) and not lines[number - 1].strip()


def _without_marks(node: Node, lines: list[str]) -> list[str]:
    """Take off what only says that this is the answer: `A:`, and the indentation of a list or definition."""
    marked = node.candidate.marked
    if marked and all(line.lstrip().startswith(">") for line in lines if line.strip()):
        lines = [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines]
    held = 1 if node.candidate.lead else 0
    lines = lines[:held] + _dedented(lines[held:], most=node.format.margin)
    before = ""
    for number, line in enumerate(lines):
        if is_answer_heading(line):
            return lines[number + 1 :]
        if line.strip() and not before.strip() and (length := answer_mark(line, odd=marked)):
            return [*lines[:number], _without_mark(line, length), *lines[number + 1 :]]
        if line.strip() and not marked:
            break
        before = line
    return lines


def _without_mark(line: str, length: int) -> str:
    """Take `A:` off a line; where it is only the start of something bold, the rest stays bold."""
    bold = re.match(r"\s*(\*\*|__)", line)
    rest = line[length:]
    if bold and bold[1] not in line[bold.end() : length] and rest.count(bold[1]) % 2:
        return bold[1] + rest
    return rest


def _dedented(lines: list[str], most: int) -> list[str]:
    """Move the text to the margin if its first line is set in by up to `most`: a list or definition held it."""
    first = next((line for line in lines if line.strip()), "")
    margin = len(first) - len(first.lstrip(" "))
    if not 0 < margin <= most:
        return lines
    return [line[min(margin, len(line) - len(line.lstrip(" "))) :] for line in lines]
