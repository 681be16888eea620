"""Files that are no Markdown are refused with a sentence that says what to do, not turned into nonsense."""

from pathlib import Path

import pytest

from tests.faq.builders import problem


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("faq.rst", "This is reStructuredText, not Markdown: save it as Markdown, for instance with: pandoc faq.rst"),
        ("faq.adoc", "AsciiDoc"),
        ("FAQ.HTML", "This is HTML"),
        ("faq.yml", "This is YAML, not Markdown: put its questions into the front matter"),
        ("faq.json", "This is JSON"),
        ("faq.tsx", "program code"),
        ("faq.pdf", "copy its text into a Markdown file"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(tmp_path: Path, name: str, said: str) -> None:
    path = tmp_path / name
    path.write_text("# FAQ\n\n## Who bakes?\n\nMe.\n")
    assert said in problem(path).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FAQ\n***\n\n.. contents::\n\nWho bakes?\n~~~~~~~~~~\n\nMe.\n", "looks like reStructuredText"),
        ("= FAQ\n:toc:\n\nWords.\n", "looks like AsciiDoc"),
        ("export const faqs = [\n  { q: 'Who bakes?', a: 'Me.' },\n];\n\n<List of={faqs} />\n", "in JavaScript"),
        ("# FAQ\n\n<Faq items={[{ q: 'Who bakes?', a: 'Me.' }]} />\n", "in JavaScript"),
        ("# Bread\n\nWords.\n", "faq: {questions: h3}"),
    ],
)
def test_a_page_whose_questions_are_not_in_markdown_is_told_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "faq.md"
    path.write_text(text)
    assert said in problem(path).text
