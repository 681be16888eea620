"""An answer is read sentence by sentence, item by item, row by row, line by line."""

import pytest

from bot.faq.passages import MOST, Passage, passages, sentences


def texts(answer: str) -> list[str]:
    return [passage.text for passage in passages(answer)]


def test_sentences_items_rows_headings_and_code_are_passages() -> None:
    answer = """It restarts. Then it *waits* for [the network](https://example.org).

### On a laptop

- close the lid
- `loaf update`

| exit | meaning |
|---|---|
| 2 | no dough |

```
ERROR dough missing
```
"""
    assert texts(answer) == [
        "It restarts.",
        "Then it waits for the network.",
        "On a laptop",
        "close the lid",
        "loaf update",
        "exit, meaning",
        "2, no dough",
        "ERROR dough missing",
    ]
    assert [passage.is_code for passage in passages(answer)] == [False] * 7 + [True]


@pytest.mark.parametrize("answer", ["", "   ", "![](x.png)", "<!-- nothing -->"])
def test_an_answer_that_says_nothing_has_no_passages(answer: str) -> None:
    assert passages(answer) == ()


def test_of_a_manual_the_beginning_is_read() -> None:
    assert len(passages("One more. " * 1000)) == MOST


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("それは何ですか。教えてください。", 2),
        ("यह क्या है। बताइए।", 2),
        ("ما هذا؟ أخبرني", 2),
        ("Use a tool, e.g. make. Then stop.", 2),
        ("version 3.5.1 is out", 1),
        ("", 0),
    ],
)
def test_the_marks_of_all_scripts_end_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_passage_knows_whether_it_is_code() -> None:
    assert passages("    make run") == (Passage("make run", is_code=True),)
