"""A path comes in, the FAQ behind it goes out, or one FaqError with everything wrong in it; never changes a file."""

from pathlib import Path

from bot.faq.entry import Entry, Faq, Signpost
from bot.faq.entry_form import Placed, is_entry, looks_like_entry, parse_entry, parse_signpost
from bot.faq.findings import Findings
from bot.faq.front_matter import Document, parse_document
from bot.faq.page import NO_QUESTIONS, parse_page
from bot.faq.sources import is_folder, leads_outside, load_sources
from bot.faq.uniqueness import check_anchors, unique_ids, with_page_sections, without_repeated

SMALL_TALK = Path(__file__).resolve().parent.parent / "small_talk"
_BYSTANDERS = ("readme", "index", "_index", "contributing", "changelog", "license", "security", "code_of_conduct")
"""Files that stand beside entry files and are no entries."""
_ADVICE = " If a page has some, its front matter can say how they are written: `faq: {questions: h3}`."


def load_faq(path: Path | str, *, signposts: Path | None = None, faq_url: str | None = None) -> Faq:
    """Read the FAQ at `path`, a file or a folder of Markdown, with its signposts and the bot's small talk.

    `signposts` is their folder (default: `signposts/` inside the folder, or beside the file). `faq_url` is the
    address of the published page: relative links are completed with it. Raises FaqError with every problem found.
    """
    findings = Findings()
    root = Path(path)
    folder = root if is_folder(root) else root.parent
    beside = folder / "signposts"
    entries = _load_entries(root, findings, faq_url, leave_out=(beside, *((signposts,) if signposts else ())))
    if not signposts and (outside := leads_outside(beside, folder)):
        findings.problem(str(beside), 0, f"This link leads out of the FAQ's folder, to {outside}; set FAQ_SIGNPOSTS.")
    elif not signposts and is_folder(beside):
        signposts = beside
    found = _load_signposts(signposts, findings) if signposts else ()
    found += _load_signposts(SMALL_TALK, findings, small_talk=True)
    findings.raise_problems()
    return Faq(entries, found, findings.notes)


def load_entries(path: Path | str) -> tuple[Entry, ...]:
    """Read only the entries of the FAQ at `path`; raises FaqError."""
    findings = Findings()
    root = Path(path)
    entries = _load_entries(root, findings, None, leave_out=(root / "signposts",))
    findings.raise_problems()
    return entries


def _load_entries(
    root: Path, findings: Findings, faq_url: str | None, leave_out: tuple[Path, ...]
) -> tuple[Entry, ...]:
    documents = _load_documents(root, findings, leave_out)
    beside_entries = any(is_entry(document) for document in documents)
    read = [_parse(document, findings, faq_url, beside_entries) for document in documents]
    placed = with_page_sections(sorted((one for one in read if one), key=Placed.order))
    placed = without_repeated(placed, findings)
    check_anchors(placed, findings)
    if not any(one.entries for one in placed) and not findings.has_problems():
        findings.problem(str(root), 0, f"No questions were found here.{_told(findings) or _ADVICE}")
    return unique_ids(placed)


def _load_documents(root: Path, findings: Findings, leave_out: tuple[Path, ...] = ()) -> list[Document]:
    documents = [parse_document(source, findings) for source in load_sources(root, findings, leave_out)]
    return [document for document in documents if document]


def _parse(document: Document, findings: Findings, faq_url: str | None, beside_entries: bool) -> Placed | None:
    if is_entry(document):
        return parse_entry(document, findings, faq_url)
    if key := looks_like_entry(document):
        text = f"The front matter has `{key}` but no `question`; write the question there."
        findings.problem(document.source.file, document.line(key), text)
        return None
    if beside_entries and document.source.stem.lower() in _BYSTANDERS:
        findings.note(f"{document.source.file}: no entry, left out")
        return None
    return parse_page(document, findings, faq_url)


def _load_signposts(root: Path, findings: Findings, *, small_talk: bool = False) -> tuple[Signpost, ...]:
    documents = _load_documents(root, findings)
    read = [
        parse_signpost(document, findings, small_talk=small_talk)
        for document in documents
        if document.source.stem.lower() not in _BYSTANDERS
    ]
    return tuple(signpost for signpost in read if signpost)


def _told(findings: Findings) -> str:
    """Give what else was found instead: a draft, another language than Markdown."""
    notes = [note for note in findings.notes if not note.endswith(NO_QUESTIONS)]
    return f" ({'; '.join(notes)})" if notes else ""
