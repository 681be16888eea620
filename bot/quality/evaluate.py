"""Questions with known answers and an index -> how well it answers them: outcomes, metrics, confusions.

Input is one JSON object a line: `{"text": "...", "gold": question text | id | null, "also": [...], "kind": "..."}`.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue import Suggestions
from bot.errors import FaqError, Problem
from bot.faq.entry import Entry
from bot.matching import Index, Thresholds, reply_to
from bot.quality.metrics import CalibrationBin, Metrics, Outcome, RiskPoint, calibration, measure, risk_coverage


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the entries that answer it."""

    text: str
    gold: tuple[str, ...]
    """Their ids; empty: no entry does."""
    sort: str = "all"


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one entry took another's questions."""

    expected: str
    taken_by: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that is known about an evaluated set."""

    overall: Metrics
    by_sort: dict[str, Metrics]
    confusions: tuple[Confusion, ...]
    """Most frequent first."""
    risk_coverage: tuple[RiskPoint, ...]
    calibration: tuple[CalibrationBin, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose best match or kind of reply is another than in an older evaluation."""

    text: str
    before: str | None
    """Id of the older winner, None where there was none."""
    after: str | None
    reply_before: str
    reply_after: str
    better: bool | None
    """Whether the change is for the better; None where neither or both are right."""


def read_cases(lines: Iterable[str], entries: Sequence[Entry], file: str = "questions") -> tuple[Case, ...]:
    """Read cases from JSON lines; raises FaqError with every line that is malformed or names an unknown entry."""
    known = {entry.id: entry.id for entry in entries} | {entry.question: entry.id for entry in entries}
    cases: list[Case] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(_case(line, known))
        except ValueError as error:
            problems.append(Problem(file, number, str(error)))
    if problems:
        raise FaqError(problems)
    return tuple(cases)


def evaluate(
    index: Index,
    cases: Sequence[Case],
    thresholds: Thresholds | None = None,
    *,
    public: bool = True,
    progress: Callable[[int], None] = lambda _: None,
) -> Evaluation:
    """Ask every question, in public or in private, and measure the replies; `progress` gets the number done."""
    outcomes: list[Outcome] = []
    for done, case in enumerate(cases, start=1):
        outcomes.append(_outcome(index, case, thresholds or Thresholds(), public=public))
        progress(done)
    return summed_up(outcomes)


def summed_up(outcomes: Sequence[Outcome]) -> Evaluation:
    """Return all figures of some outcomes."""
    sorts = dict.fromkeys(outcome.sort for outcome in outcomes)
    return Evaluation(
        overall=measure(outcomes),
        by_sort={sort: measure([outcome for outcome in outcomes if outcome.sort == sort]) for sort in sorts},
        confusions=confusions(outcomes),
        risk_coverage=risk_coverage(outcomes),
        calibration=calibration(outcomes),
        outcomes=tuple(outcomes),
    )


def confusions(outcomes: Sequence[Outcome]) -> tuple[Confusion, ...]:
    """List which entry took whose questions, the most frequent pair first."""
    wrong = [outcome for outcome in outcomes if outcome.answerable and outcome.ranked and not outcome.right]
    pairs = Counter((outcome.gold[0], outcome.ranked[0]) for outcome in wrong)
    return tuple(
        Confusion(expected, taker, tuple(o.text for o in wrong if (o.gold[0], o.ranked[0]) == (expected, taker)))
        for (expected, taker), _ in pairs.most_common()
    )


def compare(before: Evaluation, after: Evaluation) -> tuple[Change, ...]:
    """List the questions of both evaluations whose winner or kind of reply changed."""
    older = {outcome.text: outcome for outcome in before.outcomes}
    pairs = [(older[outcome.text], outcome) for outcome in after.outcomes if outcome.text in older]
    return tuple(_change(old, new) for old, new in pairs if (old.ranked[:1], old.reply) != (new.ranked[:1], new.reply))


def outcomes_from_json(rows: Iterable[dict[str, object]]) -> tuple[Outcome, ...]:
    """Read outcomes back from the form that `dataclasses.asdict` gives; raises ValueError where it is not that form."""
    try:
        return tuple(_outcome_from(row) for row in rows)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not outcomes of an evaluation: {error}; make a new file with `eval --json`") from error


def _case(line: str, known: dict[str, str]) -> Case:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg}); write one object a line") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('needs an object with "text"')  # noqa: TRY004 - all bad lines are told alike
    gold, also = row.get("gold"), row.get("also") or []
    names = [gold, *also] if gold is not None else []
    unknown = [name for name in names if not isinstance(name, str) or name not in known]
    if unknown:
        raise ValueError(f"no entry has the question or id {unknown[0]!r}; correct it or use null")
    return Case(row["text"], tuple(known[name] for name in names), str(row.get("kind") or "all"))


def _outcome(index: Index, case: Case, thresholds: Thresholds, *, public: bool) -> Outcome:
    reply = reply_to(index, case.text, thresholds, public=public)
    return Outcome(
        text=case.text,
        sort=case.sort,
        gold=case.gold,
        ranked=tuple(match.entry.id for match in reply.matches),
        confidence=reply.matches[0].confidence if reply.matches else 0.0,
        reply=reply.kind,
        choices=reply.choices if isinstance(reply, Suggestions) else 0,
    )


def _change(old: Outcome, new: Outcome) -> Change:
    winners = [outcome.ranked[0] if outcome.ranked else None for outcome in (old, new)]
    better = None if old.right == new.right else new.right
    return Change(new.text, winners[0], winners[1], old.reply, new.reply, better)


def _outcome_from(row: dict[str, object]) -> Outcome:
    values = {name: row[name] for name in Outcome.__dataclass_fields__}
    values |= {name: tuple(values[name]) for name in ("gold", "ranked")}  # type: ignore[arg-type]
    return Outcome(**values)  # type: ignore[arg-type]
