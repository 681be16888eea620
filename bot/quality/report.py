"""An evaluation in, one self-contained HTML page out, made to be looked at: figures, curves, and every mistake."""

from collections.abc import Sequence
from html import escape

from bot.quality.drawing import Axes, draw_curves, draw_reliability
from bot.quality.evaluate import Evaluation
from bot.quality.metrics import Metrics, Outcome
from bot.quality.page import render_page, render_table

FIGURES = {
    "r1": ("right entry first", "of the answerable"),
    "r3": ("right entry among the first three", "of the answerable"),
    "right_at_fa5": ("right@fa5", "right and surer than all but 5 % of the unanswerable"),
    "right_at_fa10": ("right@fa10", "right and surer than all but 10 % of the unanswerable"),
    "auroc": ("AUROC", "chance that an answerable question is surer than an unanswerable one"),
    "direct_right": ("answered rightly at once", "of the answerable"),
    "direct_wrong": ("wrong answers", "of the direct answers given"),
    "one_click": ("one click", "right at once or among the suggestions, of the answerable"),
    "false_answers": ("false answers", "of the unanswerable"),
    "needless_suggestions": ("needless suggestions", "of the unanswerable"),
    "calibration_error": ("calibration error", "mean gap between confidence and truth"),
}
"""Fields of Metrics in the order in which people want them: name, and what the share is of."""


def render_report(evaluation: Evaluation, title: str) -> str:
    """Lay out the page; asks no other host for anything, and nothing in it can run."""
    overall = evaluation.overall
    unanswerable = overall.questions - overall.answerable
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="quiet">{overall.questions} questions, {overall.answerable} answerable, {unanswerable} not.</p>',
        _cards(overall),
        f'<div class="pictures">{render_curves(evaluation)}</div>',
        "<h2>By kind of question</h2>",
        _by_sort(evaluation),
        "<h2>Which entry took whose questions</h2>",
        _confusions(evaluation),
        "<h2>Wrong answers, and questions without help</h2>",
        _mistakes(evaluation.outcomes),
    ]
    return render_page(title, parts)


def render_curves(evaluation: Evaluation) -> str:
    """Draw the two pictures of an evaluation as HTML: risk against coverage, and how far confidence is probability."""
    return _figure(
        _risk_coverage(evaluation), "Each point is a threshold: further right is more help, further up more harm."
    ) + _figure(_reliability(evaluation), "Bars that end at the dashed line: confidence is probability.")


def share(value: float | None) -> str:
    """Write a share as people read it."""
    return "–" if value is None else f"{value:.1%}"


def _cards(metrics: Metrics) -> str:
    cards = (
        f"<li><b>{share(getattr(metrics, field))}</b>{escape(name)}<small>{escape(of)}</small></li>"
        for field, (name, of) in FIGURES.items()
    )
    return f'<ul class="cards">{"".join(cards)}</ul>'


def _figure(picture: str, caption: str) -> str:
    return f'<figure>{picture}<figcaption class="quiet">{escape(caption)}</figcaption></figure>'


def _risk_coverage(evaluation: Evaluation) -> str:
    points = evaluation.risk_coverage
    curves = [
        ("wrong among the answers", [(point.coverage, point.risk) for point in points]),
        ("unanswerable that get an answer", [(point.coverage, point.false_answers) for point in points]),
    ]
    overall = evaluation.overall
    here = [(overall.direct_right, overall.direct_wrong)]
    marks = [(x, y) for x, y in here if x is not None and y is not None]
    axes = Axes("answerable questions answered rightly", "share", "Risk and coverage at every threshold")
    return draw_curves(curves, axes, marks)


def _reliability(evaluation: Evaluation) -> str:
    bars = [(held.low, held.high, held.right, held.questions) for held in evaluation.calibration]
    return draw_reliability(bars, Axes("confidence", "right", "How often the first match is right, by its confidence"))


def _by_sort(evaluation: Evaluation) -> str:
    shown = ("r1", "r3", "direct_right", "one_click", "false_answers", "needless_suggestions")
    header = ["kind", "questions", *(FIGURES[field][0] for field in shown)]
    rows = [
        [sort, str(metrics.questions), *(share(getattr(metrics, field)) for field in shown)]
        for sort, metrics in evaluation.by_sort.items()
    ]
    return render_table(header, rows, texts=(0,))


def _confusions(evaluation: Evaluation) -> str:
    if not evaluation.confusions:
        return '<p class="quiet">None: every question that an entry answers has that entry first.</p>'
    rows = [
        [each.expected, each.taken_by, str(len(each.questions)), each.questions[0]] for each in evaluation.confusions
    ]
    return render_table(["expected", "taken by", "times", "for instance"], rows, texts=(0, 1, 3))


def _mistakes(outcomes: Sequence[Outcome]) -> str:
    wrong = [o for o in outcomes if (o.reply == "answer" and not o.right) or (o.answerable and o.reply == "no_answer")]
    rows = [
        [o.text, o.reply, f"{o.confidence:.2f}", o.ranked[0] if o.ranked else "–", o.gold[0] if o.gold else "–"]
        for o in sorted(wrong, key=lambda o: (o.reply, -o.confidence))
    ]
    if not rows:
        return '<p class="quiet">None.</p>'
    return render_table(["question", "reply", "confidence", "first match", "expected"], rows, texts=(0, 1, 3, 4))
