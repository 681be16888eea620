from bot.quality.metrics import Outcome, auroc, calibration_error, measure, right_at_false_answers, risk_coverage


def outcome(confidence: float, *, right: bool = True, answerable: bool = True, reply: str = "no_answer") -> Outcome:
    gold = ("a",) if answerable else ()
    ranked = ("a", "b") if right else ("b", "a")
    return Outcome("?", "all", gold, ranked, confidence, reply, choices=2)  # type: ignore[arg-type]


def test_right_at_false_answers_counts_what_lies_above_the_allowed_share_of_others() -> None:
    others = [outcome(c / 100, answerable=False) for c in range(20)]
    asked = [outcome(0.185), outcome(0.17), outcome(0.5, right=False)]
    assert right_at_false_answers(others + asked, 0.05) == 1 / 3
    assert right_at_false_answers(others + asked, 0.20) == 2 / 3


def test_auroc_is_the_chance_of_the_right_order_and_ties_count_half() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([], [0.5]) is None


def test_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    assert calibration_error([outcome(0.75)] * 3 + [outcome(0.75, right=False)]) == 0.0
    assert calibration_error([outcome(1.0, right=False)]) == 1.0


def test_replies_are_counted_by_what_the_asker_gets() -> None:
    figures = measure(
        [
            outcome(0.9, reply="answer"),
            outcome(0.9, reply="answer", right=False),
            outcome(0.5, reply="suggestions", right=False),
            outcome(0.1),
            outcome(0.9, reply="answer", answerable=False),
            outcome(0.5, reply="suggestions", answerable=False),
        ]
    )
    assert figures.direct_right == 0.25
    assert figures.direct_wrong == 2 / 3
    assert figures.one_click == 0.5
    assert figures.false_answers == 0.5
    assert figures.needless_suggestions == 0.5
    assert figures.r1 == 0.5
    assert figures.r3 == 1.0


def test_without_unanswerable_questions_there_is_nothing_to_compare_with() -> None:
    figures = measure([outcome(0.9)])
    assert figures.right_at_fa5 is None
    assert figures.false_answers is None


def test_the_risk_curve_falls_in_confidence_and_ends_with_everything_answered() -> None:
    points = risk_coverage([outcome(0.9), outcome(0.9, right=False), outcome(0.2, answerable=False)])
    assert [point.confidence for point in points] == [0.9, 0.2]
    assert points[0].risk == 0.5
    assert points[-1].false_answers == 1.0
