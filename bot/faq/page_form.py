"""A Document that is a page of questions comes in, its entries go out; never reads files."""

from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.faq.entry import Entry
from bot.faq.entry_form import Placed, parse_url
from bot.faq.fields import Fields, closest
from bot.faq.findings import Findings
from bot.faq.front_matter import Document
from bot.faq.slugs import slugify


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    title: str
    start: int
    end: int


def parse_page(document: Document, findings: Findings) -> Placed | None:
    """Build the entries of a page; None for a draft or a page without questions."""
    fields = Fields(document, findings)
    if fields.flag("draft"):
        findings.note(f"{document.source.file}: a draft, left out")
        return None
    headings = _headings(document.body)
    level = _question_level(headings)
    entries = _entries(fields, findings, headings, level) if level else ()
    placed = Placed(document.source.name, fields.number("weight"), entries, from_page=True)
    return placed if entries else None


def _headings(body: str) -> list[_Heading]:
    parser = MarkdownIt("commonmark")
    tokens = parser.parse(body)
    found = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            found.append(_Heading(int(token.tag[1]), _plain(inline), token.map[0], token.map[1]))
    return found


def _plain(inline: Token) -> str:
    kept = (" " if t.type == "softbreak" else t.content for t in inline.children or [] if t.type != "html_inline")
    return " ".join("".join(kept).split())


def _question_level(headings: list[_Heading]) -> int:
    levels = [heading.level for heading in headings]
    return max(set(levels), key=lambda level: (levels.count(level), level), default=0)


def _entries(fields: Fields, findings: Findings, headings: list[_Heading], level: int) -> tuple[Entry, ...]:
    document = fields.document
    lines = document.body.split("\n")
    phrasings = _phrasings(fields)
    url, day = parse_url(fields), fields.day("date")
    entries, section, seen = [], None, dict[str, int]()
    for number, heading in enumerate(headings):
        if heading.level < level:
            section = heading.title
        if heading.level != level:
            continue
        end = next((h.start for h in headings[number + 1 :] if h.level <= level), len(lines))
        answer = "\n".join(lines[heading.end : end]).strip()
        line = document.body_line + heading.start
        if not answer:
            findings.problem(document.source.file, line, "This question has no answer; write one below it.")
            continue
        anchor = _numbered(slugify(heading.title), seen)
        asked = phrasings.pop(anchor, ())
        file = document.source.file
        entries.append(Entry(anchor, heading.title, answer, asked, anchor, section, day, url, file, line))
    _report_unknown(fields, phrasings, [entry.anchor for entry in entries])
    return tuple(entries)


def _numbered(slug: str, seen: dict[str, int]) -> str:
    count = seen.get(slug, 0)
    seen[slug] = count + 1
    return f"{slug}-{count}" if count else slug


def _phrasings(fields: Fields) -> dict[str, tuple[str, ...]]:
    value = fields.value("also_asked")
    if value is None:
        return {}
    if not isinstance(value, dict):
        fields.problem("In a page `also_asked` is a map from each question's anchor to its phrasings.", "also_asked")
        return {}
    return {anchor: fields.texts("also_asked", anchor) for anchor in value}


def _report_unknown(fields: Fields, phrasings: dict[str, tuple[str, ...]], anchors: list[str]) -> None:
    for anchor in phrasings:
        meant = closest(anchor, anchors, cutoff=60)
        hint = f"; did you mean `{meant}`?" if meant else "; use the anchor of one of its questions."
        fields.problem(f"No question of this page has the anchor `{anchor}`{hint}", "also_asked", anchor)
