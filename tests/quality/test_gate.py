"""The floors that no change of matcher or content may undercut, and the proof that they are worth something."""

from functools import cache
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from bot.faq import Faq, load_faq
from bot.matching import Index
from bot.matching.normalise import plain, words
from bot.quality.evaluate import Case, Evaluation, evaluate, read_cases
from bot.semantic import Mode, open_embedder

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = Path(__file__).with_name("questions.jsonl")

MODES: tuple[Mode, ...] = ("off", "light", "full")
AT_LEAST = {
    "r1": (0.96, 0.98, 0.97),
    "r3": (0.98, 0.98, 0.98),
    "auroc": (0.955, 0.97, 0.97),
    "right_at_fa5": (0.82, 0.88, 0.86),
    "right_at_fa10": (0.91, 0.94, 0.94),
    "direct_right": (0.70, 0.78, 0.80),
    "one_click": (0.92, 0.95, 0.95),
}
"""Floors in words-alone, light and full mode."""
AT_MOST = {
    "direct_wrong": (0.05, 0.05, 0.05),
    "false_answers": (0.05, 0.05, 0.05),
    "needless_suggestions": (0.11, 0.10, 0.10),
    "calibration_error": (0.06, 0.05, 0.05),
}
FLOORS = [(metric, MODES[place], floor) for metric, floors in AT_LEAST.items() for place, floor in enumerate(floors)]
CEILINGS = [(metric, MODES[place], most) for metric, limits in AT_MOST.items() for place, most in enumerate(limits)]


@cache
def faq() -> Faq:
    return load_faq(ROOT / "faq")


@cache
def cases() -> tuple[Case, ...]:
    return read_cases(QUESTIONS.read_text(encoding="utf-8").splitlines(), faq().entries, QUESTIONS.name)


@cache
def evaluation(mode: Mode = "off") -> Evaluation:
    embedder, note = open_embedder(mode)
    if note:
        pytest.skip(f"{note} Run: make install-semantic")
    return evaluate(Index(faq().entries, faq().signposts, embedder=embedder), cases())


@pytest.mark.parametrize(("metric", "mode", "floor"), FLOORS)
def test_the_shipped_faq_answers_at_least_so_well(metric: str, mode: Mode, floor: float) -> None:
    assert getattr(evaluation(mode).overall, metric) >= floor


@pytest.mark.parametrize(("metric", "mode", "most"), CEILINGS)
def test_the_shipped_faq_errs_at_most_so_often(metric: str, mode: Mode, most: float) -> None:
    assert getattr(evaluation(mode).overall, metric) <= most


@pytest.mark.parametrize("sort", ["chitchat", "noise"])
def test_small_talk_and_noise_seldom_get_suggestions_and_never_an_answer(sort: str) -> None:
    figures = evaluation().by_sort[sort]
    assert figures.false_answers == 0.0
    assert figures.needless_suggestions is not None
    assert figures.needless_suggestions <= 0.10


def test_no_phrasing_is_nearly_a_question_of_the_gate() -> None:
    """Small talk excepted, and what is too short to be worded otherwise."""
    asked = [" ".join(words(plain(case.text))) for case in cases()]
    owners = (*faq().entries, *(signpost for signpost in faq().signposts if not signpost.small_talk))
    said = [" ".join(words(plain(phrasing))) for owner in owners for phrasing in owner.also_asked]
    alike = process.cdist(asked, said, scorer=fuzz.ratio)
    copied = [
        (question, said[row.argmax()])
        for question, row in zip(asked, alike, strict=True)
        if len(question.split()) >= 4 and row.max() >= 95
    ]
    assert copied == [], "reword these phrasings in faq/: the gate must not measure what the index has learnt by heart"
