"""Pages in the wild, one small page for each habit: the files in kinds/ begin with what a reader finds in them."""

import json
from pathlib import Path

import pytest

from bot.faq import load_faq
from tests.faq.builders import page, questions

KINDS = sorted((Path(__file__).parent / "kinds").glob("*.md*"))


def expected(path: Path) -> list[list[str | None]]:
    """Read the comment at the top of a page: question, answer, and where they matter anchor and section."""
    comment = path.read_text().removeprefix("<!--").split("-->", 1)[0]
    return [json.loads(line) for line in comment.splitlines() if line.strip()]


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.stem)
def test_a_page_gives_the_questions_and_answers_that_a_reader_finds(path: Path) -> None:
    found = [[entry.question, entry.answer, entry.anchor, entry.section] for entry in load_faq(path).entries]
    wanted = expected(path)
    assert [one[:2] for one in found] == [one[:2] for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert all(value in (None, is_value) for value, is_value in zip(other[2:], one[2:], strict=False))


@pytest.mark.parametrize(
    "text",
    [
        "**Is it free?**\n\nYes.\n\n**Opening hours**\n\n6 to 12.\n\n**Can I use rye?**\n\nMostly.\n",
        "### Is it free?\n\nYes.\n\n### Opening hours\n\n- [Here](/a)\n- [There](/b)\n\n### Can I use rye?\n\nYes.\n",
        "**Opening hours?** See the door.\n\n## Is it free?\n\nYes.\n\n## Can I use rye?\n\nMostly.\n",
    ],
)
def test_what_looks_like_a_question_and_is_not_taken_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    faq = page(tmp_path, f"# FAQ\n\n{text}")
    assert questions(faq) == ["Is it free?", "Can I use rye?"]
    line = text[: text.index("Opening")].count("\n") + 3
    assert any(f"faq.md:{line}: “Opening hours" in note for note in faq.notes)


def test_groups_contents_and_parts_of_answers_are_no_lost_questions(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Contents\n\n- a\n\n## Bread\n\n### Who?\n\n**Why?** So.\n\n### When?\n\nNow.\n\n## Links\n\n.\n"
    (note,) = page(tmp_path, text).notes
    assert "2 questions" in note


def test_variables_of_the_site_are_told_once_and_shown_by_name(tmp_path: Path) -> None:
    faq = page(tmp_path, "## What is {{ product }}?\n\n{{ product }} {{ site.version }}\n\nIt bakes.\n")
    assert [(entry.question, entry.answer) for entry in faq.entries] == [
        ("What is {product}?", "{product} {site.version}\n\nIt bakes.")
    ]
    assert sum("`product`, `site.version`" in note for note in faq.notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# FAQ\n\n| Q | A |\n|---|---|\n| Is it free? | Yes. |\n| Opening hours? | |\n| Can I use rye? | Mostly. |\n",
        "# FAQ\n\n1. Is it free?\n\n   Yes.\n\n2. Opening hours?\n3. Can I use rye?\n\n   Mostly.\n",
        "---\nfaqs:\n- {q: Is it free?, a: 'Yes.'}\n- {q: Opening hours?}\n- {q: Can I use rye?, a: Mostly.}\n---\n",
        "---\nfaq: {questions: h3}\n---\n\n### Is it free?\n\nA.\n\n### Can I use rye?\n\nB.\n\n### Opening hours?\n",
    ],
    ids=["row", "item", "data", "named by the settings"],
)
def test_a_question_without_an_answer_is_told_however_it_is_written(tmp_path: Path, text: str) -> None:
    faq = page(tmp_path, text)
    assert questions(faq) == ["Is it free?", "Can I use rye?"]
    line = text[: text.index("Opening")].count("\n") + 1
    assert any(f"faq.md:{line}: this question has no answer" in note for note in faq.notes)


def test_titles_that_ask_nothing_and_have_text_below_are_told(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Is it free?\n\nYes.\n\n## Support\n\nWrite to us.\n\n## Links\n\n- [a](/a)\n"
    assert any("stand around questions" in note and "“Support”" in note for note in page(tmp_path, text).notes)
