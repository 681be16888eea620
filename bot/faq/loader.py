"""A path comes in, the FAQ behind it goes out, or one FaqError with everything wrong in it; never changes a file."""

from pathlib import Path

from bot.faq.diagnostics import Diagnostics
from bot.faq.entry import Entry, Faq, Signpost
from bot.faq.entry_form import Placed, is_entry, looks_like_entry, parse_entry, parse_signpost
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
    diagnostics = Diagnostics()
    root = Path(path)
    folder = root if is_folder(root) else root.parent
    beside = folder / "signposts"
    entries = _load_entries(root, diagnostics, faq_url, leave_out=(beside, *((signposts,) if signposts else ())))
    if not signposts and (outside := leads_outside(beside, folder)):
        diagnostics.problem(
            str(beside), 0, f"This link leads out of the FAQ's folder, to {outside}; set FAQ_SIGNPOSTS."
        )
    elif not signposts and is_folder(beside):
        signposts = beside
    found = _load_signposts(signposts, diagnostics) if signposts else ()
    found += _load_signposts(SMALL_TALK, diagnostics, small_talk=True)
    diagnostics.raise_problems()
    return Faq(entries, found, diagnostics.notes)


def load_entries(path: Path | str) -> tuple[Entry, ...]:
    """Read only the entries of the FAQ at `path`; raises FaqError."""
    diagnostics = Diagnostics()
    root = Path(path)
    entries = _load_entries(root, diagnostics, None, leave_out=(root / "signposts",))
    diagnostics.raise_problems()
    return entries


def _load_entries(
    root: Path, diagnostics: Diagnostics, faq_url: str | None, leave_out: tuple[Path, ...]
) -> tuple[Entry, ...]:
    documents = _load_documents(root, diagnostics, leave_out)
    beside_entries = any(is_entry(document) for document in documents)
    read = [_parse(document, diagnostics, faq_url, beside_entries) for document in documents]
    placed = with_page_sections(sorted((one for one in read if one), key=Placed.order))
    placed = without_repeated(placed, diagnostics)
    check_anchors(placed, diagnostics)
    if not any(one.entries for one in placed) and not diagnostics.has_problems():
        diagnostics.problem(str(root), 0, f"No questions were found here.{_told(diagnostics) or _ADVICE}")
    return unique_ids(placed)


def _load_documents(root: Path, diagnostics: Diagnostics, leave_out: tuple[Path, ...] = ()) -> list[Document]:
    documents = [parse_document(source, diagnostics) for source in load_sources(root, diagnostics, leave_out)]
    return [document for document in documents if document]


def _parse(document: Document, diagnostics: Diagnostics, faq_url: str | None, beside_entries: bool) -> Placed | None:
    if is_entry(document):
        return parse_entry(document, diagnostics, faq_url)
    if key := looks_like_entry(document):
        text = f"The front matter has `{key}` but no `question`; write the question there."
        diagnostics.problem(document.source.file, document.line(key), text)
        return None
    if beside_entries and document.source.stem.lower() in _BYSTANDERS:
        diagnostics.note(f"{document.source.file}: no entry, left out")
        return None
    return parse_page(document, diagnostics, faq_url)


def _load_signposts(root: Path, diagnostics: Diagnostics, *, small_talk: bool = False) -> tuple[Signpost, ...]:
    documents = _load_documents(root, diagnostics)
    read = [
        parse_signpost(document, diagnostics, small_talk=small_talk)
        for document in documents
        if document.source.stem.lower() not in _BYSTANDERS
    ]
    return tuple(signpost for signpost in read if signpost)


def _told(diagnostics: Diagnostics) -> str:
    """Return what else was found instead: a draft, another language than Markdown."""
    notes = [note for note in diagnostics.notes if not note.endswith(NO_QUESTIONS)]
    return f" ({'; '.join(notes)})" if notes else ""
