"""Files written for one test, and what the loader says of them."""

from pathlib import Path

import pytest

from bot.errors import FaqError, Problem
from bot.faq import Faq, load_faq

WHO = "---\nquestion: Who bakes the bread?\n---\nThe baker does.\n"


def write(folder: Path, **files: str) -> Path:
    """Write `name="text"` as name.md; `sub__name` goes into the folder `sub`."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def page(folder: Path, text: str, name: str = "faq.md", *, faq_url: str | None = None) -> Faq:
    """Load a single page with this text."""
    path = folder / name
    path.write_bytes(text.encode())
    return load_faq(path, faq_url=faq_url)


def questions(faq: Faq) -> list[str]:
    return [entry.question for entry in faq.entries]


def anchors(faq: Faq) -> list[str]:
    return [entry.anchor for entry in faq.entries]


def problems(path: Path) -> tuple[Problem, ...]:
    """Load what must not load, and give the problems."""
    with pytest.raises(FaqError) as caught:
        load_faq(path)
    return caught.value.problems


def problem(path: Path) -> Problem:
    """Load what must not load for exactly one reason."""
    found = problems(path)
    assert len(found) == 1, found
    return found[0]
