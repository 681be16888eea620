"""An evaluation, for people and as JSON; and older ones read back."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import SettingsError
from bot.quality.evaluate import Change, Evaluation, outcomes_from_json, summed_up
from bot.quality.report import FIGURES, share


def evaluation_as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Give the evaluation in the form that other programs, and `eval --compare`, rely on."""
    return {
        "overall": asdict(evaluation.overall),
        "by_kind": {sort: asdict(metrics) for sort, metrics in evaluation.by_sort.items()},
        "confusions": [asdict(confusion) for confusion in evaluation.confusions],
        "risk_coverage": [asdict(point) for point in evaluation.risk_coverage],
        "calibration": [asdict(held) for held in evaluation.calibration],
        "outcomes": [asdict(outcome) for outcome in evaluation.outcomes],
    }


def load_evaluation(path: Path) -> Evaluation:
    """Read what `eval --json` printed.

    Raises:
        SettingsError: the file cannot be read, or is not of that form.
    """
    try:
        return summed_up(outcomes_from_json(json.loads(path.read_text(encoding="utf-8"))["outcomes"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"{path} is no evaluation to compare with ({error})."
        raise SettingsError(what, "Make one with: flatcar-faq eval FILE --json > OLD.json") from None


def load_lines(path: Path) -> list[str]:
    """Read a file of questions.

    Raises:
        SettingsError: it cannot be read as text.
    """
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}).", "Check the path, and save it as UTF-8.") from None


def print_evaluation(console: Console, evaluation: Evaluation) -> None:
    """Print the figures overall and by kind, and which entry took whose questions."""
    overall = evaluation.overall
    console.print(f"{overall.questions} questions, {overall.answerable} of them answerable")
    console.print(_figures(evaluation))
    console.print(_kinds(evaluation))
    for confusion in evaluation.confusions[:10]:
        line = f"{len(confusion.questions)} × {confusion.expected} taken by {confusion.taken_by}"
        console.print(Text(line), soft_wrap=True)


def print_changes(console: Console, changes: Sequence[Change]) -> None:
    """Print what changed since an older evaluation, for the worse first."""
    order: list[tuple[bool | None, str, str]] = [
        (False, "worse", "red"),
        (True, "better", "green"),
        (None, "changed", "yellow"),
    ]
    for verdict, word, colour in order:
        for change in (each for each in changes if each.better is verdict):
            line = Text.assemble((f"{word:8}", colour), change.text.replace("\n", " "))
            line.append(f"  {change.before} ({change.reply_before}) → {change.after} ({change.reply_after})", "dim")
            console.print(line, soft_wrap=True)
    counts = [sum(each.better is verdict for each in changes) for verdict, _, _ in order]
    console.print(f"{counts[0]} worse, {counts[1]} better, {counts[2]} changed without being either")


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
