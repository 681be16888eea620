"""A question that wants an entry comes in, the file of a draft goes out: all but the answer, which a person writes."""

from collections.abc import Collection
from pathlib import Path

from bot.faq.anchors import slug_github
from bot.faq.entry import Faq
from bot.faq.fields import MAX_QUESTION
from bot.teaching.files import Change
from bot.teaching.lesson import Proposal
from bot.teaching.scalars import write_yaml

LONGEST_NAME = 80
"""Characters of a file's name."""


def drafts_folder(root: Path, faq: Faq) -> Path | None:
    """Return the folder that takes drafts; None where the FAQ is not written one file a question.

    A draft beside pages would make the bot take the pages' index for a mere bystander.
    """
    if not root.is_dir() or any(len(entry.taught_at) > 1 for entry in faq.entries):
        return None
    return root


def render_draft(proposal: Proposal) -> str:
    """Return the draft's text: front matter, and the answer's empty place."""
    question, *others = (text[:MAX_QUESTION] for text in proposal.texts)
    asked = [f"  - {write_yaml(text)}" for text in others]
    head = [f"question: {write_yaml(question)}", *(["also_asked:", *asked] if asked else []), "draft: true"]
    return "\n".join(["---", *head, "---", ""])


def draft_file(proposal: Proposal, folder: Path, taken: Collection[Path]) -> Change:
    """Return the file of a draft, under a name that no other file has; `taken` are names given, but not yet written."""
    words = slug_github(proposal.texts[0])[:LONGEST_NAME].encode()[:200].decode(errors="ignore").strip("-")
    stem = words or "new-question"
    number, path = 1, folder / f"{stem}.md"
    while path in taken or path.exists():
        number += 1
        path = folder / f"{stem}-{number}.md"
    return Change(path, None, render_draft(proposal))
