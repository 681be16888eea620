"""The command line: which commands there are, and how errors that people can mend end."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from bot import __version__
from bot.cli import asking, desk, phrasings, playground, quality, running
from bot.errors import BotError, FaqError, LineLostError

PROBLEMS, USAGE, LINE_LOST = 1, 2, 3

cli = typer.Typer(
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
for name, command, short in (
    ("run", running.run, "Start the bot in Slack."),
    ("playground", playground.playground, "Start a Slack of our own, and the bot in it."),
    ("chat", asking.chat, "Ask question after question in the terminal."),
    ("ask", asking.ask, "Print the reply to one question, or to many."),
    ("check", quality.check, "Report problems of the FAQ, and advice."),
    ("eval", quality.evaluate_faq, "Measure the replies to questions with known answers."),
    ("inbox", desk.inbox, "List the questions that people sent on, and decide about them."),
    ("phrasings", phrasings.phrasings, "Teach the FAQ what people asked in vain, as a diff."),
    ("stats", desk.stats, "Show how often the bot was asked, and what it replied."),
    ("report", desk.report, "Draw these numbers on a page."),
    ("forget", desk.forget, "Delete all that is stored about a person."),
    ("doctor", running.doctor, "Look whether everything works, and say what to do next."),
    ("manifest", running.manifest, "Print the Slack app manifest."),
):
    cli.command(name, short_help=short)(command)


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
