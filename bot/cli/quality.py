"""The commands that judge an FAQ: check and eval."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.app import open_faq, open_help_desk
from bot.cli.check import check_as_json, print_check
from bot.cli.evaluate import evaluation_as_json, load_evaluation, load_lines, print_changes, print_evaluation
from bot.cli.options import FaqOption, FaqUrlOption, JsonOption, console, print_json
from bot.config import load_settings
from bot.errors import FaqError, Problem, SettingsError
from bot.faq import Faq
from bot.faq.dead_links import load_dead_links
from bot.matching import Index
from bot.quality.checks import Advice, advise
from bot.quality.collisions import find_collisions
from bot.quality.evaluate import compare, evaluate, read_cases
from bot.quality.report import render_report

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
        print_json(check_as_json(read, problems, advice))
    else:
        print_check(console(), read, problems, advice)
    raise typer.Exit(1 if problems else 0)


def evaluate_faq(
    file: Annotated[
        Path, typer.Argument(help='Lines of {"text": ..., "gold": question or null, "also": [...], "kind": ...}.')
    ],
    faq: FaqOption = None,
    as_json: JsonOption = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write a page with the curves drawn.")] = None,
    compare_with: Annotated[
        Path | None, typer.Option("--compare", help="Tell what changed since an older --json.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="As where the asker alone sees the reply, instead of in a channel.")
    ] = False,
) -> None:
    """Measure how well the FAQ answers questions whose answers are known.

    `gold` is the question (or the id) of the entry that answers, null where none does; `also` lists others that
    are acceptable, `kind` is a name to group by. Exit status 1 if a line is malformed.
    """
    desk = open_help_desk(load_settings(faq_path=faq))
    older = load_evaluation(compare_with) if compare_with else None
    cases = read_cases(load_lines(file), desk.faq.entries, str(file))
    with _progress(len(cases)) as advance:
        evaluation = evaluate(desk.index, cases, desk.thresholds, public=not private, progress=advance)
    if report:
        _write(report, render_report(evaluation, f"How well the FAQ answers: {file.name}"))
    if as_json:
        print_json(evaluation_as_json(evaluation))
    elif older:
        print_changes(console(), compare(older, evaluation))
    else:
        print_evaluation(console(), evaluation)


def _advice(faq: Faq, faq_url: str) -> tuple[Advice, ...]:
    collisions = find_collisions(Index(faq.entries, faq.signposts), LIKELY)
    return advise(faq, collisions, faq_url, load_dead_links(faq.entries))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar to people who wait; nothing where nobody looks."""
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("asking", total=total)
        yield lambda done: bar.update(task, completed=done)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error}).", "Give another path.") from None
