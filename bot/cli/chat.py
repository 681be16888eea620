"""Questions typed or piped in, replies printed, until the input ends. A number picks one of the entries offered."""

from datetime import date
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot.cli.replies import print_reply
from bot.dialogue import Question
from bot.helpdesk import HelpDesk

PROMPT = "> "
CONVERSATION = "terminal"


def chat_in_terminal(desk: HelpDesk, console: Console, lines: TextIO, today: date) -> None:
    """Answer line after line; a person at a terminal gets a prompt and a word of welcome."""
    is_person = lines.isatty()
    if is_person:
        console.print(
            Text(f"{len(desk.faq.entries)} entries. Ask a question; a blank line or Ctrl-D ends.", style="dim")
        )
    while (line := _read_line(console, lines, is_person)) is not None:
        if not line.strip():
            if is_person:
                return
            continue
        reply = desk.reply_to(Question(line, "terminal", CONVERSATION))
        print_reply(console, reply, desk.publication, today)
        console.print()


def _read_line(console: Console, lines: TextIO, is_person: bool) -> str | None:
    try:
        if is_person:
            return console.input(PROMPT)
        return lines.readline() or None
    except (EOFError, KeyboardInterrupt):
        console.print()
        return None
