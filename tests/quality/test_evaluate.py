import dataclasses
import json

import pytest

from bot.errors import FaqError
from bot.matching import Index
from bot.quality.evaluate import compare, evaluate, outcomes_from_json, read_cases, summed_up
from tests.matching.builders import bakery

ENTRIES, SIGNPOSTS = bakery()


def line(text: str, gold: str | None, **rest: object) -> str:
    return json.dumps({"text": text, "gold": gold, **rest})


def test_gold_may_be_a_question_or_an_id() -> None:
    cases = read_cases([line("x", "Do you deliver?"), line("y", ENTRIES[0].id, also=["Do you deliver?"])], ENTRIES)
    assert cases[0].gold == (ENTRIES[1].id,)
    assert cases[1].gold == (ENTRIES[0].id, ENTRIES[1].id)


def test_every_bad_line_is_told_with_its_number() -> None:
    lines = ["{", line("x", "Who are you?"), "[]", "", line("fine", None)]
    with pytest.raises(FaqError) as caught:
        read_cases(lines, ENTRIES, "set.jsonl")
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [
        ("set.jsonl", 1),
        ("set.jsonl", 2),
        ("set.jsonl", 3),
    ]


def test_an_evaluation_counts_by_kind_and_lists_confusions() -> None:
    lines = [
        line("when do you open", ENTRIES[0].id, kind="plain"),
        line("closing time on saturday", ENTRIES[1].id, kind="trap"),
        line("hello", None, kind="chat"),
    ]
    done: list[int] = []
    result = evaluate(Index(ENTRIES, SIGNPOSTS), read_cases(lines, ENTRIES), progress=done.append)
    assert done == [1, 2, 3]
    assert set(result.by_sort) == {"plain", "trap", "chat"}
    assert result.confusions[0].expected == ENTRIES[1].id
    assert result.confusions[0].taken_by == ENTRIES[0].id
    assert result.confusions[0].questions == ("closing time on saturday",)


def test_a_comparison_tells_which_questions_changed_their_winner() -> None:
    cases = read_cases([line("can you bring bread", ENTRIES[1].id), line("hello", None)], ENTRIES)
    after = evaluate(Index(ENTRIES, SIGNPOSTS), cases)
    rows = [dataclasses.asdict(outcome) for outcome in after.outcomes]
    assert compare(after, after) == ()
    rows[0] |= {"ranked": [ENTRIES[2].id], "reply": "no_answer"}
    (change,) = compare(summed_up(outcomes_from_json(rows)), after)
    assert change.before == ENTRIES[2].id
    assert change.after == ENTRIES[1].id
    assert change.better is True


def test_a_file_that_is_no_evaluation_is_refused_with_advice() -> None:
    with pytest.raises(ValueError, match="eval --json"):
        outcomes_from_json([{"text": "x"}])
