"""Build the entries of a page, and tell what keeps its questions from being some. Never reads files."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin

from bot.faq.delimiters import holds_items
from bot.faq.diagnostics import Diagnostics
from bot.faq.entry import Entry
from bot.faq.entry_form import ENTRY_KEYS, Placed
from bot.faq.fields import MAX_QUESTION, Fields, closest, parse_day
from bot.faq.front_matter import Document
from bot.faq.page.extract import PageQuestion
from bot.faq.page.page_settings import parse_settings
from bot.faq.page.read import read_page
from bot.faq.unsupported import unsupported_by_text

_VARIABLE = re.compile(r"\{[^{}\n]{1,80}\}")
NO_QUESTIONS = "no questions found, left out"


def parse_page(document: Document, diagnostics: Diagnostics, faq_url: str | None = None) -> Placed | None:
    """Build the entries of a page; None for a draft or a page without questions."""
    fields = Fields(document, diagnostics)
    if fields.flag("draft"):
        diagnostics.note(f"{document.source.file}: a draft, left out")
        return None
    for path, value in fields.unreadable():
        if holds_items(path[0]):
            fields.wrong(value, value.why, *path)
        elif path[0] in ("title", "section"):
            fields.note(f"`{path[0]}` {value.why}", path[0])
    url = _page_url(fields, faq_url)
    reading = read_page(document, parse_settings(fields), url or faq_url)
    if reading.excess:
        text = f"This page has more than {reading.excess}; split it into several files."
        diagnostics.problem(document.source.file, 0, text)
        return None
    if not reading.questions:
        why = unsupported_by_text(document.body)
        diagnostics.note(f"{document.source.file}: {f'{why}, left out' if why else NO_QUESTIONS}")
        return None
    diagnostics.note(f"{document.source.file}: {_counted(len(reading.questions))} as {reading.told}")
    for line, missed, name in reading.missed:
        place = f"{document.source.file}:{document.body_line + line}"
        advice = f"; `faq: {{questions: {name}}}` in the front matter takes all of its kind" if name else ""
        diagnostics.note(f"{place}: “{_short(missed)}” was not taken for a question{advice}")
    if reading.unknown:
        names = ", ".join(f"`{name}`" for name in reading.unknown)
        diagnostics.note(f"{document.source.file}: only the site knows the value of {names}; the name is shown instead")
    entries = _entries(fields, diagnostics, reading.questions, url)
    return Placed(document.source.name, fields.number("weight"), entries, from_page=True, title=reading.title)


def _entries(
    fields: Fields, diagnostics: Diagnostics, found: Sequence[PageQuestion], url: str | None
) -> tuple[Entry, ...]:
    phrasings = _phrasings(fields, found)
    day, section = _page_day(fields), fields.value("section")
    section = section if isinstance(section, str) and section else None
    entries = []
    _tell_shared_anchors(fields.document, diagnostics, found)
    for question in found:
        if _is_sound(fields.document, diagnostics, question):
            asked = phrasings.get(question.id, ())
            entries.append(_entry(fields.document, question, asked, day, section, url))
    return tuple(entries)


def _tell_shared_anchors(document: Document, diagnostics: Diagnostics, found: Sequence[PageQuestion]) -> None:
    counts = Counter(question.id for question in found)
    for question in found:
        if counts[question.id] > 1:
            line = document.body_line + question.line
            text = f"the anchor `{question.id}` is given to several questions, so links lead to the first"
            diagnostics.note(f"{document.source.file}:{line}: {text}")


def _entry(
    document: Document,
    found: PageQuestion,
    asked: tuple[str, ...],
    day: datetime.date | None,
    section: str | None,
    url: str | None,
) -> Entry:
    return Entry(
        id=found.id,
        question=found.question,
        answer=found.answer,
        also_asked=asked,
        anchor=found.anchor,
        section=found.section or section,
        date=day,
        url=url,
        file=document.source.file,
        line=document.body_line + found.line,
        taught_at=("also_asked", found.id),
    )


def _is_sound(document: Document, diagnostics: Diagnostics, found: PageQuestion) -> bool:
    """Note what keeps a question from being an entry; the others of a page that is published are of use without it."""
    why = ""
    if len(found.question) > MAX_QUESTION:
        why = f"this question is longer than {MAX_QUESTION} characters"
    elif found.empty:
        why = "this question has no answer; write one below it"
    elif not _says(found.question):
        why = "this question only stands on the site"
    elif not _says(found.answer):
        why = "the answer to this question only stands on the site"
    if why:
        diagnostics.note(f"{document.source.file}:{document.body_line + found.line}: {why}, left out")
    return not why


def _says(text: str) -> bool:
    """Return whether a text says anything besides the names of variables."""
    return any(map(str.isalnum, _VARIABLE.sub("", text)))


def _page_day(fields: Fields) -> datetime.date | None:
    """Return the page's date; sites write them in many ways, so one that cannot be read is only told."""
    value = fields.value("date")
    day = parse_day(value)
    if value and day is None:
        fields.note("`date` cannot be read, left out", "date")
    return day


def _page_url(fields: Fields, faq_url: str | None) -> str | None:
    """Return the page's own address: complete, or below that of the FAQ."""
    url = fields.text("url", limit=2_000)
    if not url or url.startswith(("https://", "http://")):
        return url
    try:
        return urljoin(faq_url, url) if faq_url else None
    except ValueError:
        fields.problem("`url` is no address of a page; begin it with https://.", "url")
        return None


def _phrasings(fields: Fields, found: Sequence[PageQuestion]) -> dict[str, tuple[str, ...]]:
    """Read `also_asked` of a page: phrasings by the anchor of their question."""
    for key in fields.document.metadata:
        if key not in ENTRY_KEYS and closest(key, ["also_asked"], cutoff=80):
            fields.problem(f"The key `{key}` is unknown; did you mean `also_asked`?", key)
    value = fields.value("also_asked")
    if value is None:
        return {}
    if not isinstance(value, dict):
        fields.wrong(value, "is a map from each question's anchor to its phrasings in a page.", "also_asked")
        return {}
    known = [question.id for question in found]
    for anchor in value:
        if anchor not in known:
            meant = closest(str(anchor), known, cutoff=60)
            hint = f"; did you mean `{meant}`?" if meant else "; use the anchor of one of its questions."
            fields.problem(f"No question of this page has the anchor `{anchor}`{hint}", "also_asked", anchor)
    return {anchor: fields.texts("also_asked", anchor) for anchor in value}


def _short(title: str) -> str:
    return title if len(title) <= 80 else f"{title[:79]}…"


def _counted(number: int) -> str:
    return f"{number} question{'' if number == 1 else 's'}"
