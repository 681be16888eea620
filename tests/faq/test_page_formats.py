"""One small page for each way in which projects write down their questions: the files in formats/."""

from pathlib import Path

import pytest

from bot.faq import load_faq
from tests.faq.builders import questions

FORMATS = sorted((Path(__file__).parent / "formats").glob("*.md"))
BOTH = ["Who bakes the bread?", "Is there rye bread?"]


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: path.stem)
def test_questions_are_found_however_the_page_writes_them(path: Path) -> None:
    assert questions(load_faq(path)) in (BOTH, [*BOTH, "Is it open?"])


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: path.stem)
def test_answers_hold_neither_marks_nor_their_neighbours(path: Path) -> None:
    for entry in load_faq(path).entries:
        assert entry.answer in ("Me.", "The baker.", "Yes.", "- The baker.", "- Yes.", "Now.")


def test_there_is_a_page_for_every_format() -> None:
    assert len(FORMATS) > 60
