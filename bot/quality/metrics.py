"""Outcomes of questions with known answers -> the figures that tell how far the bot can be trusted. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.dialogue import Kind

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

BINS: Final = 10
"""Equal-width bins of confidence for the calibration error."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    text: str
    sort: str
    """The kind of question as its author named it: typo, chatty, ..."""
    gold: tuple[str, ...]
    """Ids of the entries that answer it; empty: none does."""
    ranked: tuple[str, ...]
    """Ids of the matches, best first."""
    confidence: float
    """Of the first match; 0 where there is none."""
    reply: Kind
    choices: int = 0
    """How many matches were offered as suggestions."""

    @property
    def answerable(self) -> bool:
        """Whether an entry answers the question."""
        return bool(self.gold)

    @property
    def right(self) -> bool:
        """Whether the first match answers the question."""
        return bool(self.ranked) and self.ranked[0] in self.gold

    def within(self, most: int) -> bool:
        """Return whether one of the first `most` matches answers the question."""
        return any(entry in self.gold for entry in self.ranked[:most])


@dataclass(frozen=True, slots=True)
class Metrics:
    """Shares from 0 to 1; None where no question allows one to tell."""

    questions: int
    answerable: int
    r1: float | None
    """Right entry first, of the answerable."""
    r3: float | None
    """Right entry among the first three, of the answerable."""
    auroc: float | None
    """Chance that an answerable question has more confidence than an unanswerable one."""
    right_at_fa5: float | None
    """Right entry first, with more confidence than all but 5 % of the unanswerable; of the answerable."""
    right_at_fa10: float | None
    direct_right: float | None
    """Answered at once and rightly, of the answerable."""
    direct_wrong: float | None
    """Wrong among all direct answers given, those to unanswerable questions included."""
    one_click: float | None
    """Answered rightly, or the right entry is among the suggestions; of the answerable."""
    false_answers: float | None
    """Answered directly, of the unanswerable."""
    needless_suggestions: float | None
    """Suggestions shown, of the unanswerable."""
    calibration_error: float | None
    """Expected calibration error: the mean gap between confidence and truth over ten bins, weighed by questions."""


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What would follow if all questions above a confidence were answered."""

    confidence: float
    coverage: float
    """Share of the answerable questions that would be answered rightly."""
    risk: float
    """Share of wrong ones among all answers given."""
    false_answers: float
    """Share of the unanswerable questions that would be answered."""


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The questions whose confidence lies in one bin."""

    low: float
    high: float
    questions: int
    confidence: float
    """Their mean confidence."""
    right: float
    """The share that the first match answers."""


def measure(outcomes: Sequence[Outcome]) -> Metrics:
    """Return every metric of some outcomes."""
    asked = [outcome for outcome in outcomes if outcome.answerable]
    others = [outcome for outcome in outcomes if not outcome.answerable]
    direct = [outcome for outcome in outcomes if outcome.reply == "answer"]
    return Metrics(
        questions=len(outcomes),
        answerable=len(asked),
        r1=_share([outcome.right for outcome in asked]),
        r3=_share([outcome.within(3) for outcome in asked]),
        auroc=auroc([outcome.confidence for outcome in asked], [outcome.confidence for outcome in others]),
        right_at_fa5=right_at_false_answers(outcomes, 0.05),
        right_at_fa10=right_at_false_answers(outcomes, 0.10),
        direct_right=_share([outcome.reply == "answer" and outcome.right for outcome in asked]),
        direct_wrong=_share([not outcome.right for outcome in direct]),
        one_click=_share([one_click(outcome) for outcome in asked]),
        false_answers=_share([outcome.reply == "answer" for outcome in others]),
        needless_suggestions=_share([outcome.reply == "suggestions" for outcome in others]),
        calibration_error=calibration_error(outcomes),
    )


def one_click(outcome: Outcome) -> bool:
    """Return whether the asker gets the right entry at once or with one click."""
    if outcome.reply == "answer":
        return outcome.right
    return outcome.reply == "suggestions" and outcome.within(outcome.choices)


def right_at_false_answers(outcomes: Sequence[Outcome], allowed: float) -> float | None:
    """Return the share of answerable questions matched right above the confidence that `allowed` others pass."""
    asked = [outcome for outcome in outcomes if outcome.answerable]
    others = sorted((outcome.confidence for outcome in outcomes if not outcome.answerable), reverse=True)
    if not asked or not others:
        return None
    bar = others[min(int(allowed * len(others)), len(others) - 1)]
    return _share([outcome.right and outcome.confidence > bar for outcome in asked])


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """Return the area under the ROC curve: the chance that one of `higher` is above one of `lower`; ties count half."""
    if not higher or not lower:
        return None
    above, below = np.array(higher)[:, None], np.array(lower)[None]
    return float(np.mean((above > below) + 0.5 * (above == below)))


def calibration(outcomes: Sequence[Outcome]) -> tuple[CalibrationBin, ...]:
    """Return the bins of confidence that hold questions."""
    confidences = np.array([outcome.confidence for outcome in outcomes])
    right = np.array([outcome.right for outcome in outcomes])
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    return tuple(
        CalibrationBin(
            low=int(place) / BINS,
            high=(int(place) + 1) / BINS,
            questions=int((bins == place).sum()),
            confidence=float(confidences[bins == place].mean()),
            right=float(right[bins == place].mean()),
        )
        for place in np.unique(bins)
    )


def calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    """Return the expected calibration error over ten equal-width bins (Naeini et al. 2015), 0 to 1."""
    if not outcomes:
        return None
    gaps = (abs(held.confidence - held.right) * held.questions for held in calibration(outcomes))
    return sum(gaps) / len(outcomes)


def risk_coverage(outcomes: Sequence[Outcome]) -> tuple[RiskPoint, ...]:
    """Return a point for every confidence that occurs, from the highest to the lowest."""
    ordered = sorted(outcomes, key=lambda outcome: -outcome.confidence)
    asked = max(1, sum(outcome.answerable for outcome in ordered))
    others = max(1, len(ordered) - sum(outcome.answerable for outcome in ordered))
    right = np.cumsum([outcome.right for outcome in ordered])
    false = np.cumsum([not outcome.answerable for outcome in ordered])
    return tuple(
        RiskPoint(outcome.confidence, float(right[i] / asked), float(1 - right[i] / (i + 1)), float(false[i] / others))
        for i, outcome in enumerate(ordered)
        if i + 1 == len(ordered) or ordered[i + 1].confidence < outcome.confidence
    )


def _share(truths: Sequence[bool]) -> float | None:
    return sum(truths) / len(truths) if truths else None
