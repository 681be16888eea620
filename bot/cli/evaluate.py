"""The command eval: how well an FAQ answers questions whose answers are known; compared with an older evaluation."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app import open_answerer
from bot.cli.options import FaqOption, JsonOption, console, print_json, progress, read_lines, write_file
from bot.config import load_settings
from bot.errors import SettingsError
from bot.quality.evaluate import Change, Evaluation, compare, evaluate, outcomes_from_json, read_cases, summed_up
from bot.quality.report import FIGURES, render_report, share

VERDICTS: dict[bool | None, tuple[str, str]] = {
    False: ("worse", "red"),
    True: ("better", "green"),
    None: ("changed", "yellow"),
}
"""What a change is called, and its colour; the worst come first."""


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

    `gold` is the question (or the ID) of the entry that answers, null where none does; `also` lists others that
    are acceptable, `kind` is a name to group by. Exit status 1 if a line is malformed.
    """
    desk = open_answerer(load_settings(faq_path=faq))
    older = _load(compare_with) if compare_with else None
    cases = read_cases(read_lines(file), desk.faq.entries, str(file))
    with progress("asking") as advance:
        evaluation = evaluate(
            desk.index, cases, desk.thresholds, public=not private, progress=lambda done: advance(done, len(cases))
        )
    if report:
        write_file(report, render_report(evaluation, f"How well the FAQ answers: {file.name}"))
    if as_json:
        print_json(_as_json(evaluation))
    elif older:
        _print_changes(console(), compare(older, evaluation))
    else:
        _print(console(), evaluation)


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the form that other programs, and `eval --compare`, rely on."""
    return {
        "overall": asdict(evaluation.overall),
        "by_kind": {sort: asdict(metrics) for sort, metrics in evaluation.by_sort.items()},
        "confusions": [asdict(confusion) for confusion in evaluation.confusions],
        "risk_coverage": [asdict(point) for point in evaluation.risk_coverage],
        "calibration": [asdict(held) for held in evaluation.calibration],
        "outcomes": [asdict(outcome) for outcome in evaluation.outcomes],
    }


def _load(path: Path) -> Evaluation:
    """Read what `eval --json` printed."""
    try:
        return summed_up(outcomes_from_json(json.loads(path.read_text(encoding="utf-8"))["outcomes"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"{path} is not an evaluation to compare with ({error})."
        raise SettingsError(what, "Make one with: flatcar-faq eval FILE --json > OLD.json") from None


def _print(console: Console, evaluation: Evaluation) -> None:
    overall = evaluation.overall
    console.print(f"{overall.questions} questions, {overall.answerable} of them answerable")
    console.print(_figures(evaluation))
    console.print(_kinds(evaluation))
    for confusion in evaluation.confusions[:10]:
        line = f"{len(confusion.questions)} × {confusion.expected} taken by {confusion.taken_by}"
        console.print(Text(line), soft_wrap=True)


def _print_changes(console: Console, changes: Sequence[Change]) -> None:
    for verdict, (word, colour) in VERDICTS.items():
        for change in (each for each in changes if each.better is verdict):
            line = Text.assemble((f"{word:8}", colour), change.text.replace("\n", " "))
            line.append(f"  {change.before} ({change.reply_before}) → {change.after} ({change.reply_after})", "dim")
            console.print(line, soft_wrap=True)
    worse, better, changed = (sum(each.better is verdict for each in changes) for verdict in VERDICTS)
    console.print(f"{worse} worse, {better} better, {changed} changed without being either")


def _figures(evaluation: Evaluation) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for field, (name, of) in FIGURES.items():
        table.add_row(name, Text(share(getattr(evaluation.overall, field)), style="bold"), Text(of, style="dim"))
    return table


def _kinds(evaluation: Evaluation) -> Table:
    shown = ("r1", "direct_right", "one_click", "false_answers", "needless_suggestions")
    table = Table(box=None, pad_edge=False)
    for heading in ("kind", "n", *(FIGURES[field][0] for field in shown)):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    for sort, metrics in evaluation.by_sort.items():
        table.add_row(sort, str(metrics.questions), *(share(getattr(metrics, field)) for field in shown))
    return table
