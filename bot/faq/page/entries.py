"""Build the entries of a page, and note what keeps its questions from being some. Never reads files."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bot.faq.delimiters import holds_items
from bot.faq.diagnostics import Diagnostics
from bot.faq.entry import Entry
from bot.faq.entry_form import ENTRY_KEYS, Placed
from bot.faq.fields import MAX_QUESTION, Fields, closest, parse_day
from bot.faq.front_matter import Document
from bot.faq.page.extract import PageQuestion
from bot.faq.page.page_settings import parse_settings
from bot.faq.page.read import Reading, read_page
from bot.faq.unsupported import unsupported_by_text

NO_QUESTIONS = "no questions found, left out"
_VARIABLE = re.compile(r"\{[^{}\n]{1,80}\}")
_MAX_TOLD = 80


def parse_page(document: Document, diagnostics: Diagnostics, faq_url: str | None = None) -> Placed | None:
    """Build the entries of a page; None for a draft or a page without questions."""
    return _Page(document, diagnostics).placed(faq_url)


class _Page:
    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._fields = Fields(document, diagnostics)

    def placed(self, faq_url: str | None) -> Placed | None:
        fields = self._fields
        if fields.flag("draft"):
            self._note("a draft, left out")
            return None
        self._check_values()
        url = self._url(faq_url)
        reading = read_page(self._document, parse_settings(fields), url or faq_url)
        if reading.excess:
            text = f"This page has more than {reading.excess}; split it into several files."
            self._diagnostics.problem(self._document.source.file, 0, text)
            return None
        self._note_reading(reading)
        entries = tuple(self._entries(reading.questions, url)) if reading.questions else ()
        name, weight = self._document.source.name, fields.number("weight") if entries else None
        return Placed(name, weight, entries, from_page=True, title=reading.title) if reading.questions else None

    def _note(self, text: str, line: int | None = None) -> None:
        """Note something about the page, or about a line of its body."""
        place = "" if line is None else f":{self._document.body_line + line}"
        self._diagnostics.note(f"{self._document.source.file}{place}: {text}")

    def _check_values(self) -> None:
        for path, value in self._fields.unreadable():
            if holds_items(path[0]):
                self._fields.wrong(value, value.why, *path)
            elif path[0] in ("title", "section"):
                self._fields.note(f"`{path[0]}` {value.why}", path[0])

    def _note_reading(self, reading: Reading) -> None:
        if not (count := len(reading.questions)):
            why = unsupported_by_text(self._document.body)
            self._note(f"{why}, left out" if why else NO_QUESTIONS)
            return
        self._note(f"{count} question{'' if count == 1 else 's'} as {reading.told}")
        for line, title, name in reading.missed:
            advice = f"; `faq: {{questions: {name}}}` in the front matter takes all of its kind" if name else ""
            shown = title if len(title) <= _MAX_TOLD else f"{title[: _MAX_TOLD - 1]}…"
            self._note(f"“{shown}” was not taken for a question{advice}", line)
        if reading.around:
            titles = ", ".join(f"“{title[:_MAX_TOLD]}”" for title in reading.around)
            self._note(f"left out, for such titles stand around questions and ask nothing: {titles}")
        if reading.unknown:
            names = ", ".join(f"`{name}`" for name in reading.unknown)
            self._note(f"only the site knows the value of {names}; the name is shown instead")

    def _entries(self, found: Sequence[PageQuestion], url: str | None) -> Iterator[Entry]:
        fields, phrasings = self._fields, self._phrasings(found)
        day, section = parse_day(fields.value("date")), fields.value("section")
        if fields.value("date") and day is None:
            fields.note("`date` cannot be read, left out", "date")
        counts = Counter(question.id for question in found)
        for one in found:
            if counts[one.id] > 1:
                text = f"the anchor `{one.id}` is given to several questions, so links lead to the first"
                self._note(text, one.line)
            if why := _why_unsound(one):
                self._note(f"{why}, left out", one.line)
                continue
            yield Entry(
                id=one.id,
                question=one.question,
                answer=one.answer,
                also_asked=phrasings.get(one.id, ()),
                anchor=one.anchor,
                section=one.section or (section if isinstance(section, str) and section else None),
                date=day,
                url=url,
                file=self._document.source.file,
                line=self._document.body_line + one.line,
                taught_at=("also_asked", one.id),
            )

    def _url(self, faq_url: str | None) -> str | None:
        """Return the page's own address: complete, or below that of the FAQ."""
        url = self._fields.text("url", limit=2_000)
        if not url or url.startswith(("https://", "http://")):
            return url
        try:
            return urljoin(faq_url, url) if faq_url else None
        except ValueError:
            self._fields.problem("`url` is no address of a page; begin it with https://.", "url")
            return None

    def _phrasings(self, found: Sequence[PageQuestion]) -> dict[str, tuple[str, ...]]:
        """Read `also_asked` of a page: phrasings by the anchor of their question."""
        fields = self._fields
        for key in self._document.metadata:
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


def _why_unsound(found: PageQuestion) -> str:
    """Return what keeps a question from being an entry; the others of a published page are of use without it."""
    if len(found.question) > MAX_QUESTION:
        return f"this question is longer than {MAX_QUESTION} characters"
    if found.empty:
        return "this question has no answer; write one below it"
    if not _says(found.question):
        return "this question only stands on the site"
    return "" if _says(found.answer) else "the answer to this question only stands on the site"


def _says(text: str) -> bool:
    """Return whether a text says anything besides the names of variables."""
    return any(map(str.isalnum, _VARIABLE.sub("", text)))
