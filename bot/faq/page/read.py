"""Read a page: its questions, and what was recognised on the way. Reads no files, judges no values."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.faq.anchors import build_anchors, recognise_generator
from bot.faq.answer import Cleaner, Inline, Links, clean_text, page_variables
from bot.faq.front_matter import Document
from bot.faq.markdown import Normalized, normalize, parse_blocks
from bot.faq.page.classify import classify, classify_as
from bot.faq.page.extract import PageQuestion, build_questions
from bot.faq.page.formats import format_of
from bot.faq.page.outline import build_outline
from bot.faq.page.page_settings import PageSettings, find_items, is_faq_page
from bot.faq.page.titles import asks, asks_nothing
from bot.faq.page.tree import build_tree, is_link_item, is_textless

MAX_QUESTIONS = 2_000
"""Questions of one page."""
MAX_LINES = 30_000
"""Lines of one page: a book's worth, read in a few seconds at worst."""
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(\S.{0,300})$", re.MULTILINE)
_FILLED_REFERENCE = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[ \t]+(\S*\{\{[^{}\n]*\}\}\S*)", re.MULTILINE)
"""Targets of links that hold variables, which Markdown does not take for targets."""
_BY_SOURCE = ("mkdocs", "docusaurus", "vitepress")
_MODULE = re.compile(r"^(?:import|export) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page was found to hold."""

    questions: tuple[PageQuestion, ...]
    told: str = ""
    """How it asks: "level 3 headings under 6 groups"."""
    title: str = ""
    """The page's title."""
    missed: tuple[tuple[int, str, str], ...] = ()
    """Lines and titles of what looks like a question and was not taken for one, and how settings call its format."""
    around: tuple[str, ...] = ()
    """Titles beside the questions, with text below, that are not asked for but stand around questions on many pages."""
    unknown: tuple[str, ...] = ()
    """Variables that only the site can fill in."""
    excess: str = ""
    """What it holds more of than a page may, so that nothing was read."""


def read_page(document: Document, settings: PageSettings, url: str | None) -> Reading:
    """Find the questions of a page, which is published at `url`."""
    if document.body.count("\n") > MAX_LINES:
        return Reading((), excess=f"{MAX_LINES:,} lines")
    rule = settings.slugs or recognise_generator(document.metadata, document.body)
    variables = page_variables(document.metadata)
    page = normalize(document.body, variables.values)
    tokens, references = parse_blocks("\n".join(page.lines))
    variables = replace(variables, values=page.captures)
    references |= {found[1].upper(): {"href": found[2]} for found in _FILLED_REFERENCE.finditer(document.body)}
    links = Links(url, document.source.stem, rule in _BY_SOURCE, references, variables)
    notes = {found[1]: found[2] for found in _FOOTNOTE.finditer(document.body)}
    mdx = document.source.file.endswith(".mdx") or bool(_MODULE.search(document.body))
    cleaner = Cleaner(Inline(links, notes, components=mdx), page.wrappers)
    nodes = build_tree(build_outline(page, tokens, cleaner.inline))
    first = next((node.title for node in nodes if node.format.level == 1), "")
    if settings.questions is None:
        classified = classify(nodes, faq_page=is_faq_page(document.metadata, document.source.file, first))
    else:
        classified = classify_as(nodes, settings.questions)
    if len(classified.questions) > MAX_QUESTIONS:
        return Reading((), excess=f"{MAX_QUESTIONS:,} questions")
    data = list(_data(document, cleaner.inline, rule))
    found = [*data, *build_questions(page, nodes, classified, cleaner, rule)]
    kinds = Counter({"data": len(data)}) + Counter(node.kind for node in classified.questions)
    given = document.metadata.get("title")
    if not found and isinstance(given, str) and asks(given) and not asks_nothing(given):
        found = list(_whole_page(given, page, cleaner, rule))
        kinds = Counter({"title": len(found)})
    missed = tuple(
        (page.origins[node.span.start], node.title, next(iter(node.format.settings), "")) for node in classified.missed
    )
    title = given if isinstance(given, str) else first
    around = tuple(node.title for node in classified.around)
    return Reading(tuple(found), _told(kinds, found), title, missed, around, tuple(variables.unknown))


def _whole_page(title: str, page: Normalized, cleaner: Cleaner, rule: str) -> Iterator[PageQuestion]:
    """Return the one question that a page answers when its title asks it."""
    answer = cleaner.clean(page.lines)
    if answer and not all(is_link_item(line) or is_textless(line) for line in page.lines):
        (identity,) = build_anchors([(title, "")], rule)
        yield PageQuestion(" ".join(title.split()), answer, identity, "", None, 0)


def _data(document: Document, inline: Inline, rule: str) -> Iterator[PageQuestion]:
    """Return the questions that stand in the front matter."""
    items = list(find_items(document.metadata))
    anchors = build_anchors([(item.question, item.id) for item in items], rule)
    for item, anchor in zip(items, anchors, strict=True):
        line = document.line(*item.path) - document.body_line
        answer = clean_text(item.answer, inline)
        yield PageQuestion(item.question, answer, anchor, anchor, item.section, line, empty=not item.answer)


def _told(kinds: Counter[str], found: Sequence[PageQuestion]) -> str:
    """Say how a page asks, the most frequent way first."""
    ways = [(format_of(kind).told, count) for kind, count in kinds.most_common() if count]
    groups = len({one.section for one in found if one.section})
    under = f" under {groups} group{'s' if groups > 1 else ''}" if groups else ""
    others = ", ".join(_counted(count, way) for way, count in ways[1:])
    return ways[0][0] + under + (f", and {others}" if others else "") if ways else ""


def _counted(count: int, way: str) -> str:
    singular = re.sub(r"\b(heading|line|term|item|row|block|quotation)s\b", r"\1", way, count=1)
    return f"{count} {singular if count == 1 else way}"
