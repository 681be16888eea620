"""The commands that ask: ask and chat."""

import json
import sys
from typing import Annotated, get_args

import typer
from rich.console import Console
from rich.text import Text

from bot.app import open_help_desk
from bot.cli.chat import chat_in_terminal
from bot.cli.options import FaqOption, FaqUrlOption, JsonOption, console, print_json, today
from bot.cli.replies import print_reply, reply_as_json
from bot.cli.why import explanation_as_json, print_explanation
from bot.config import Settings, load_settings
from bot.dialogue import Question, Surface
from bot.errors import SettingsError
from bot.helpdesk import HelpDesk


def chat(faq: FaqOption = None, faq_url: FaqUrlOption = None) -> None:
    """Ask question after question in the terminal, or one a line from standard input."""
    chat_with(load_settings(faq_path=faq, faq_url=faq_url))


def chat_with(settings: Settings) -> None:
    """Chat about the FAQ that the settings name."""
    chat_in_terminal(open_help_desk(settings), console(), sys.stdin, today())


def ask(
    text: Annotated[str | None, typer.Argument(help="The question; without it, standard input.")] = None,
    faq: FaqOption = None,
    faq_url: FaqUrlOption = None,
    why: Annotated[bool, typer.Option("--why", help="Say what the reply rests on.")] = False,
    as_json: JsonOption = False,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read lines of {"text": ...} and print one JSON reply a line, in order.'),
    ] = False,
) -> None:
    """Print the reply to one question.

    Exit status 0 for every reply, whatever its kind; 2 for input that cannot be read.
    """
    if jsonl and (text is not None or as_json or why):
        raise SettingsError("--jsonl reads its questions from standard input.", "Leave out TEXT, --json and --why.")
    desk = open_help_desk(load_settings(faq_path=faq, faq_url=faq_url))
    if jsonl:
        _answer_lines(desk)
        return
    asked = _read_question() if text is None else text
    reply = desk.reply_to(Question(asked, "terminal"))
    explanation = desk.index.explain(asked, desk.thresholds) if why else None
    if as_json:
        reasons = {"why": explanation_as_json(desk, explanation)} if explanation else {}
        print_json(reply_as_json(reply, desk.publication) | reasons)
        return
    print_reply(console(), reply, desk.publication, today())
    if explanation:
        print_explanation(console(), desk, explanation)


def _answer_lines(desk: HelpDesk) -> None:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if line.strip():
            reply = desk.reply_to(_question_of_line(line, number))
            print_json(reply_as_json(reply, desk.publication), indent=None)


def _read_question() -> str:
    if sys.stdin.isatty():
        Console(stderr=True).print(Text("Type the question, then Ctrl-D:", style="dim"))
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def _question_of_line(line: bytes, number: int) -> Question:
    try:
        given = json.loads(line)
        text, surface = given["text"], given.get("surface", "command")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        text = surface = None
    if not isinstance(text, str):
        raise SettingsError(f"standard input, line {number}: not a question.", 'Write {"text": "..."}, one a line.')
    if surface not in get_args(Surface):
        known = ", ".join(get_args(Surface))
        raise SettingsError(f"standard input, line {number}: unknown surface {surface!r}.", f"Write one of: {known}.")
    return Question(text, surface)
