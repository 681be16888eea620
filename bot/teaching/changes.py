"""Proposals that are taken up come in, the changes of the FAQ's files go out; reads the files, writes none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import FaqError, Problem
from bot.faq.entry import Entry, Faq
from bot.teaching.drafts import draft_file, drafts_folder
from bot.teaching.files import Change, load_text
from bot.teaching.lesson import Proposal
from bot.teaching.phrasing_list import add_phrasings


@dataclass(slots=True)
class Prepared:
    """Changes ready to be written, and what has to be done by hand."""

    changes: tuple[Change, ...] = ()
    by_hand: dict[Proposal, str] = field(default_factory=dict)
    """Proposals that no file can take, and why."""


def prepare_changes(proposals: Sequence[Proposal], faq: Faq, root: Path) -> Prepared:
    """Read the files that the proposals touch, and give them with what they would be; raises FaqError."""
    before: dict[Path, str] = {}
    after: dict[Path, str] = {}
    drafts: dict[Path, Change] = {}
    prepared = Prepared()
    folder = drafts_folder(root, faq)
    for proposal in proposals:
        if proposal.kind == "draft":
            if folder is None:
                prepared.by_hand[proposal] = "this FAQ is written as pages: add the question to one, with its answer"
                continue
            draft = draft_file(proposal, folder, drafts)
            drafts[draft.path] = draft
            continue
        try:
            file, place = _place(proposal, faq)
            path = Path(file)
            text = before.setdefault(path, load_text(path) if path not in before else "")
            after[path] = add_phrasings(after.get(path, text), place, proposal.texts, file)
        except FaqError as error:
            prepared.by_hand[proposal] = str(error)
    changed = (Change(path, before[path], text) for path, text in after.items())
    prepared.changes = (*changed, *drafts.values())
    return prepared


def _place(proposal: Proposal, faq: Faq) -> tuple[str, tuple[str, ...]]:
    """Return the file and the place in its front matter that a proposal adds to."""
    if proposal.kind == "example":
        return next(each.file for each in faq.signposts if each.topic == proposal.target), ("also_asked",)
    entry = next(each for each in faq.entries if each.id == proposal.target)
    if _is_shared(entry, faq):
        text = f"The anchor `{entry.taught_at[-1]}` is that of several questions; give each one of its own first."
        raise FaqError([Problem(entry.file, entry.line, text)])
    return entry.file, entry.taught_at


def _is_shared(entry: Entry, faq: Faq) -> bool:
    counts = Counter((each.file, each.taught_at) for each in faq.entries)
    return counts[entry.file, entry.taught_at] > 1 or not entry.taught_at[-1]
