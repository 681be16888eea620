"""make run: questions that are piped in are answered, anything else is a person who wants to see the page."""

import io
import os
from pathlib import Path

import pytest

from bot.cli.run import is_input_waiting


def test_questions_in_a_file_are_waiting(tmp_path: Path) -> None:
    (tmp_path / "questions").write_text("Who is Kinvolk?\n")
    with (tmp_path / "questions").open() as stream:
        assert is_input_waiting(stream)
        assert stream.read() == "Who is Kinvolk?\n"


@pytest.mark.parametrize("said", [b"Who is Kinvolk?\n", b"no line end"])
def test_questions_in_a_pipe_are_waiting(said: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, said)
    with os.fdopen(reading) as stream:
        assert is_input_waiting(stream)
    os.close(writing)


def test_a_silent_pipe_holds_no_question() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as stream:
        assert not is_input_waiting(stream)
        os.close(writing)
        assert not is_input_waiting(stream)


def test_nothing_at_all_holds_no_question() -> None:
    assert not is_input_waiting(None)
    assert not is_input_waiting(io.StringIO("no real stream"))
    with open(os.devnull) as stream:  # noqa: PTH123
        assert not is_input_waiting(stream)
    closed = io.StringIO()
    closed.close()
    assert not is_input_waiting(closed)
