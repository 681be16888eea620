"""What was learnt of an FAQ is kept, and used for the very same FAQ alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.faq import Faq
from bot.matching import Index
from bot.store.fit_cache import KEPT, FitCache
from tests.matching.builders import bakery, entry

FAQ = Faq(*map(tuple, bakery()))
QUESTIONS = ("when do you close", "gluten free bread?", "hello", "is the baker hiring", "how far away do you deliver")


def said(index: Index) -> list[object]:
    return [[(match.entry.id, match.confidence) for match in index.search(text)] for text in QUESTIONS]


def when_learnt(folder: Path) -> set[int]:
    """Tell one writing of the kept fits from another."""
    return {file.stat().st_ino for file in folder.glob("*.npz")}


def test_the_same_faq_is_not_learnt_twice_and_gives_the_same_confidences(tmp_path: Path) -> None:
    first = FitCache(tmp_path / "fits").index(FAQ)
    learnt = when_learnt(tmp_path / "fits")
    again = FitCache(tmp_path / "fits").index(FAQ)
    assert when_learnt(tmp_path / "fits") == learnt
    assert said(again) == said(first) == said(Index(FAQ.entries, FAQ.signposts))


def test_a_changed_phrasing_answer_signpost_or_program_is_learnt_anew(tmp_path: Path) -> None:
    first, *rest = FAQ.entries
    other_phrasing = Faq((entry("When is the bakery open?", "at night?"), *rest), FAQ.signposts)
    other_answer = Faq((replace(first, answer="From seven on."), *rest), FAQ.signposts)
    fewer_signposts = Faq(FAQ.entries, FAQ.signposts[:1])
    FitCache(tmp_path).index(FAQ)
    for faq, code in ((other_phrasing, ""), (other_answer, ""), (fewer_signposts, ""), (fewer_signposts, "2.0")):
        before = when_learnt(tmp_path)
        index = FitCache(tmp_path, code).index(faq)
        assert when_learnt(tmp_path) != before
        assert said(index) == said(Index(faq.entries, faq.signposts))


def test_an_faq_that_is_put_back_is_not_learnt_again(tmp_path: Path) -> None:
    FitCache(tmp_path).index(FAQ)
    FitCache(tmp_path).index(Faq(FAQ.entries))
    learnt = when_learnt(tmp_path)
    FitCache(tmp_path).index(FAQ)
    assert when_learnt(tmp_path) == learnt


def test_the_folder_does_not_grow_for_ever(tmp_path: Path) -> None:
    for version in range(2 * KEPT):
        FitCache(tmp_path, str(version)).index(FAQ)
    assert len(list(tmp_path.glob("*.npz"))) == KEPT
    learnt = when_learnt(tmp_path)
    FitCache(tmp_path, str(2 * KEPT - 1)).index(FAQ)
    assert when_learnt(tmp_path) == learnt, "the newest has gone, not the oldest"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\x93NUMPY no archive"])
def test_a_damaged_file_is_made_anew(content: bytes, tmp_path: Path) -> None:
    FitCache(tmp_path).index(FAQ)
    [file] = tmp_path.glob("*.npz")
    file.write_bytes(content)
    index = FitCache(tmp_path).index(FAQ)
    learnt = when_learnt(tmp_path)
    assert said(index) == said(FitCache(tmp_path).index(FAQ)) == said(Index(FAQ.entries, FAQ.signposts))
    assert when_learnt(tmp_path) == learnt


def test_a_folder_that_takes_no_file_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "fits").write_text("a file stands in the way")
    assert said(FitCache(tmp_path / "fits").index(FAQ)) == said(Index(FAQ.entries, FAQ.signposts))


def test_a_large_faq_keeps_its_level(tmp_path: Path) -> None:
    texts = [f"question {a} about the {b} of a thing" for a in range(45) for b in ("price", "size", "colour")]
    entries = tuple(entry(text, *(f"{text} number {i}" for i in range(15))) for text in texts)
    first = FitCache(tmp_path).index(Faq(entries))
    again = FitCache(tmp_path).index(Faq(entries))
    assert np.array_equal(first.fit.coefficients, again.fit.coefficients)
    assert said(first) == said(again)
