"""A Document that holds one question comes in, its Entry goes out; likewise for signposts. Never reads files."""

from dataclasses import dataclass

from bot.faq.anchors import slug_github
from bot.faq.answer import Inline, Links, clean_text
from bot.faq.delimiters import GENERATOR_KEYS
from bot.faq.diagnostics import Diagnostics
from bot.faq.entry import Entry, Signpost
from bot.faq.fields import Fields, closest
from bot.faq.front_matter import Document

ENTRY_KEYS = ("question", "also_asked", "section", "weight", "anchor", "url", "date", "draft")
SIGNPOST_KEYS = ("topic", "also_asked", "draft")


@dataclass(frozen=True, slots=True)
class Placed:
    """Something read from a file, with where it stands among the others."""

    name: str
    weight: int | None
    entries: tuple[Entry, ...]
    from_page: bool = False
    title: str = ""
    """The page's title."""

    def order(self) -> tuple[bool, int, str]:
        """Return the sort key: by weight, those without behind, then by file name."""
        return self.weight is None, self.weight or 0, self.name


def is_entry(document: Document) -> bool:
    """Return whether the front matter asks a question itself, so that the body is its answer."""
    return "question" in document.metadata


def looks_like_entry(document: Document) -> str | None:
    """Return the key that shows a file to be meant as an entry although it names no `question`."""
    if isinstance(document.metadata.get("also_asked"), list):
        return "also_asked"
    texts = (key for key, value in document.metadata.items() if not isinstance(value, list | dict))
    return next((key for key in texts if closest(key, ["question"], cutoff=85)), None)


def parse_entry(document: Document, diagnostics: Diagnostics, faq_url: str | None = None) -> Placed | None:
    """Build the entry of a file in the entry form; None for a draft or after a problem."""
    fields = Fields(document, diagnostics)
    if fields.flag("draft"):
        diagnostics.note(f"{document.source.file}: a draft, left out")
        return None
    check_keys(fields, ENTRY_KEYS)
    question = fields.text("question")
    if question is None and document.metadata.get("question") in (None, ""):
        fields.problem("`question` is empty; write the question.", "question")
    url = parse_url(fields)
    answer = _body(fields, diagnostics, "answer", url or faq_url)
    weight = fields.number("weight")
    entry = Entry(
        id=document.source.stem,
        question=question or "",
        answer=answer,
        also_asked=fields.texts("also_asked"),
        anchor=parse_anchor(fields) or slug_github(question or ""),
        section=fields.text("section"),
        date=fields.day("date"),
        url=url,
        file=document.source.file,
        line=document.line("question"),
    )
    return Placed(document.source.name, weight, (entry,)) if question and answer else None


def parse_signpost(document: Document, diagnostics: Diagnostics, *, small_talk: bool = False) -> Signpost | None:
    """Build the signpost that a file holds; None for a draft or after a problem."""
    fields = Fields(document, diagnostics)
    if fields.flag("draft"):
        diagnostics.note(f"{document.source.file}: a draft, left out")
        return None
    check_keys(fields, SIGNPOST_KEYS)
    topic = fields.text("topic")
    if topic is None and document.metadata.get("topic") in (None, ""):
        fields.problem("A signpost needs a `topic` in its front matter; write the subject's name.")
    also_asked = fields.texts("also_asked")
    if not document.metadata.get("also_asked"):
        fields.problem("A signpost needs `also_asked`: a list of questions on its subject.", "also_asked")
    text = _body(fields, diagnostics, "text that says where to look", None)
    line = document.line("topic")
    if not (topic and also_asked and text):
        return None
    return Signpost(topic, also_asked, text, small_talk, document.source.file, line)


def check_keys(fields: Fields, known: tuple[str, ...]) -> None:
    """Record every key that is neither ours nor a site generator's."""
    for key in fields.document.metadata:
        if key in known or key.lower() in GENERATOR_KEYS:
            continue
        meant = closest(key, known)
        hint = f"did you mean `{meant}`?" if meant else f"known keys: {', '.join(known)}."
        fields.problem(f"The key `{key}` is unknown; {hint}", key)


def parse_anchor(fields: Fields) -> str | None:
    """Return the `anchor` of the front matter, without `#`."""
    anchor = fields.text("anchor")
    if anchor and " " in anchor:
        fields.problem("`anchor` holds a space; write it as it stands in the page's address behind `#`.", "anchor")
        return None
    return anchor.removeprefix("#") if anchor else None


def parse_url(fields: Fields) -> str | None:
    """Return the `url` of the front matter."""
    url = fields.text("url", limit=2_000)
    if url and not url.startswith(("https://", "http://")):
        fields.problem("`url` is no address of a page; begin it with https://.", "url")
        return None
    return url


def _body(fields: Fields, diagnostics: Diagnostics, what: str, url: str | None) -> str:
    document = fields.document
    answer = clean_text(document.body, Inline(Links(url, document.source.stem)))
    if not answer:
        text = f"The {what} is missing; write it below the front matter."
        diagnostics.problem(document.source.file, document.body_line, text)
    return answer
