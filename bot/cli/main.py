"""The command line: which commands there are, and how errors that people can mend end."""

import sys
from pkgutil import resolve_name
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from bot import __version__
from bot.errors import BotError, FaqError, LineLostError
from bot.logs import configure_logging

PROBLEMS, USAGE, LINE_LOST = 1, 2, 3

COMMANDS = {
    "run": ("bot.cli.run:run", "Start the bot in Slack."),
    "playground": ("bot.cli.playground:playground", "Start a Slack of our own, and the bot in it."),
    "chat": ("bot.cli.ask:chat", "Ask question after question in the terminal."),
    "ask": ("bot.cli.ask:ask", "Print the reply to one question, or to many."),
    "check": ("bot.cli.check:check", "Report problems of the FAQ, and advice."),
    "eval": ("bot.cli.evaluate:evaluate_faq", "Measure the replies to questions with known answers."),
    "inbox": ("bot.cli.inbox:inbox", "List the questions that people sent on, and decide about them."),
    "phrasings": ("bot.cli.phrasings:phrasings", "Teach the FAQ what people asked in vain, as a diff."),
    "stats": ("bot.cli.stats:stats", "Show how often the bot was asked, and what it replied."),
    "report": ("bot.cli.stats:report", "Draw these numbers on a page."),
    "forget": ("bot.cli.forget:forget", "Delete all that is stored about a person."),
    "doctor": ("bot.cli.doctor:doctor", "Look whether everything works, and say what to do next."),
    "manifest": ("bot.cli.manifest:manifest", "Print the Slack app manifest."),
}
"""Where each stands, and what it does."""


class Commands(TyperGroup):
    """The commands; each is imported when it is called, so that none waits for what the others need."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        names: dict[str, Any] = dict.fromkeys(COMMANDS)
        self.commands = names

    def get_command(self, _: object, cmd_name: str) -> Any:
        """Import a command; None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        place, short = COMMANDS[cmd_name]
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name, short_help=short)(resolve_name(place))
        return typer.main.get_command(alone)


cli = typer.Typer(
    cls=Commands,
    help="""A Slack bot that answers from an FAQ written in Markdown: right, or quiet.

    \b
    Try it without Slack:  flatcar-faq ask "who funds flatcar?"
    On your own page:      flatcar-faq chat --faq faq.md --faq-url https://example.org/faq/
    In Slack:              flatcar-faq run   (the README has the set-up)
    """,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line; what people can mend ends in one paragraph and status 1 or 2, never in a traceback."""
    try:
        cli(prog_name="flatcar-faq")
    except LineLostError as error:
        print(f"flatcar-faq: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(LINE_LOST) from None
    except BotError as error:
        print(f"flatcar-faq: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(PROBLEMS if isinstance(error, FaqError) else USAGE) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


def _tell_version(wanted: bool) -> None:
    if wanted:
        Console().print(f"flatcar-faq {__version__}", highlight=False)
        raise typer.Exit


@cli.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that stand before the command."""
    configure_logging("WARNING")  # to standard error: what commands print on standard output is for programs, too
