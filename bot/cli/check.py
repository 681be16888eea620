"""The command check: problems of an FAQ, and advice for its authors."""

import re
from collections.abc import Sequence
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from bot.app import open_faq
from bot.cli.options import FaqOption, FaqUrlOption, JsonOption, console, print_json
from bot.config import load_settings
from bot.errors import FaqError, Problem
from bot.faq import Faq
from bot.faq.dead_links import load_dead_links
from bot.matching import Index
from bot.quality.checks import Advice, advise
from bot.quality.collisions import find_collisions

LIKELY = 0.5
"""Collisions below this probability are not worth an author's time."""


def check(faq: FaqOption = None, faq_url: FaqUrlOption = None, as_json: JsonOption = False) -> None:
    """Read the FAQ and report its problems, and advice for its authors.

    Exit status 1 if there are problems, each with its file and line; advice alone leaves it at 0.
    """
    settings = load_settings(faq_path=faq, faq_url=faq_url)
    problems: tuple[Problem, ...] = ()
    try:
        read = open_faq(settings)
    except FaqError as error:
        read, problems = Faq((), notes=error.notes), error.problems
    advice = () if problems else _advice(read, settings.faq_url)
    if as_json:
        print_json(_as_json(read, problems, advice))
    else:
        _print(console(), read, problems, advice)
    raise typer.Exit(1 if problems else 0)


def _advice(faq: Faq, faq_url: str) -> tuple[Advice, ...]:
    collisions = find_collisions(Index(faq.entries, faq.signposts), LIKELY)
    return advise(faq, collisions, faq_url, load_dead_links(faq.entries))


def _as_json(faq: Faq, problems: Sequence[Problem], advice: Sequence[Advice]) -> dict[str, Any]:
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


def _print(console: Console, faq: Faq, problems: Sequence[Problem], advice: Sequence[Advice]) -> None:
    """Print problems last, where they are seen first."""
    for note in faq.notes:
        console.print(Text(note, style="dim"), soft_wrap=True)
    for hint in advice:
        console.print(Text.assemble(("advice   ", "yellow"), str(hint)), soft_wrap=True)
    for problem in problems:
        console.print(Text.assemble(("problem  ", "bold red"), str(problem)), soft_wrap=True)
    if problems:
        console.print(Text(f"{_count(len(problems), 'problem')}: the bot would not start.", style="bold"))
        return
    signposts = sum(not signpost.small_talk for signpost in faq.signposts)
    phrasings = sum(len(entry.also_asked) for entry in faq.entries)
    entries = _count(len(faq.entries), "entry", "entries")
    console.print(f"{entries} with {phrasings} phrasings, {_count(signposts, 'signpost')}: no problems.")


def _placed(note: str) -> dict[str, Any]:
    """Return a note that begins with its place in its parts."""
    found = re.match(r"(.+?):(\d+): ", note)
    file, line, text = (found[1], int(found[2]), note[found.end() :]) if found else ("", 0, note)
    return {"file": file, "line": line, "text": text}


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
