"""Chatting at a terminal: a prompt, choices by number, a way out."""

import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from rich.console import Console

from bot.cli.ask import chat_in_terminal
from bot.desk import Answerer, Publication
from bot.faq import Faq
from bot.matching import Thresholds
from tests.builders import TODAY, entry

FAQ = Faq((entry("What is a widget?", "A small thing."), entry("How do I paint a widget?", "With a brush.")))


class Keyboard(io.StringIO):
    """Somebody who types lines at a terminal."""

    def isatty(self) -> bool:
        return True


def chat(monkeypatch: pytest.MonkeyPatch, typed: Sequence[str], min_suggestion: float = 0.001) -> str:
    keyboard = Keyboard("".join(f"{line}\n" for line in typed))
    monkeypatch.setattr("sys.stdin", keyboard)
    console = Console(file=io.StringIO(), width=100)
    publication = Publication("https://example.org/faq/", "the docs", timedelta(days=1))
    answerer = Answerer(FAQ, publication, Thresholds(max_wrong=0.0001, min_suggestion=min_suggestion))
    chat_in_terminal(answerer, console, keyboard, TODAY)
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def test_a_person_is_welcomed_and_leaves_with_a_blank_line(monkeypatch: pytest.MonkeyPatch) -> None:
    said = chat(monkeypatch, ["", "What is a widget?"])
    assert "2 entries" in said
    assert "small thing" not in said


def test_a_person_leaves_with_the_end_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "2 entries" in chat(monkeypatch, [])


def test_a_number_picks_an_offered_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    said = chat(monkeypatch, ["widget paint", "1"])
    assert "Did you mean" in said
    assert "With a brush." in said


def test_a_number_that_was_not_offered_is_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "With a brush." not in chat(monkeypatch, ["widget paint", "9"])
    assert "With a brush." not in chat(monkeypatch, ["1"])
