"""What `check` found in an FAQ, for people and as JSON."""

import re
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.errors import Problem
from bot.faq import Faq
from bot.quality.checks import Advice


def check_as_json(faq: Faq, problems: Sequence[Problem], advice: Sequence[Advice]) -> dict[str, Any]:
    """Give the findings in the form that other programs rely on."""
    return {
        "entries": [
            {"id": e.id, "question": e.question, "anchor": e.anchor, "file": e.file, "line": e.line}
            for e in faq.entries
        ],
        "problems": [{"file": p.file, "line": p.line, "text": p.text} for p in problems],
        "advice": [
            *(_placed(note) for note in faq.notes),
            *({"file": a.file, "line": a.line, "text": a.text} for a in advice),
        ],
    }


def print_check(console: Console, faq: Faq, problems: Sequence[Problem], advice: Sequence[Advice]) -> None:
    """Print the findings for an author, problems last, where they are seen first."""
    for note in faq.notes:
        console.print(Text(note, style="dim"), soft_wrap=True)
    for hint in advice:
        console.print(Text.assemble(("advice   ", "yellow"), str(hint)), soft_wrap=True)
    for problem in problems:
        console.print(Text.assemble(("problem  ", "bold red"), str(problem)), soft_wrap=True)
    if problems:
        console.print(Text(f"{len(problems)} {_plural('problem', problems)}: the bot would not start.", style="bold"))
        return
    signposts = [signpost for signpost in faq.signposts if not signpost.small_talk]
    phrasings = sum(len(entry.also_asked) for entry in faq.entries)
    console.print(
        f"{len(faq.entries)} {_plural('entry', faq.entries)} with {phrasings} phrasings,"
        f" {len(signposts)} {_plural('signpost', signposts)}: no problems."
    )


def _placed(note: str) -> dict[str, Any]:
    """Take a note apart that begins with its place."""
    found = re.match(r"(.+?):(\d+): ", note)
    return {
        "file": found[1] if found else "",
        "line": int(found[2]) if found else 0,
        "text": note[found.end() :] if found else note,
    }


def _plural(noun: str, things: Sequence[object]) -> str:
    if len(things) == 1:
        return noun
    return f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
