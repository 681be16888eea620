"""The commands: each parses its arguments, calls the room that does the work, and prints."""

import asyncio
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot import __version__
from bot.app import open_help_desk, serve
from bot.cli.chat import chat_in_terminal
from bot.cli.check import check_as_json, print_check
from bot.cli.doctor import examine_faq, findings_as_json, is_well, print_findings
from bot.cli.replies import print_reply, reply_as_json
from bot.config import Settings, load_settings
from bot.dialogue import Question
from bot.errors import BotError, FaqError, Problem, SettingsError
from bot.faq import Faq, load_faq
from bot.logs import configure_logging
from bot.quality.checks import advise
from bot.slack.doctor import examine_slack
from bot.slack.manifest import build_manifest

PROBLEMS, USAGE = 1, 2

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

FaqOption = Annotated[
    Path | None, typer.Option("--faq", help="The FAQ: a Markdown file, or a folder of them (FAQ_PATH).")
]
FaqUrlOption = Annotated[str | None, typer.Option("--faq-url", help="Where the full FAQ is published (FAQ_URL).")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def main() -> None:
    """Run the command line; what people can mend ends in one paragraph and status 1 or 2, never in a traceback."""
    try:
        cli(prog_name="flatcar-faq")
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


@cli.command(short_help="Start the bot in Slack.")
def run(
    faq: FaqOption = None,
    faq_url: FaqUrlOption = None,
    or_chat: Annotated[
        bool, typer.Option("--or-chat", help="Chat in the terminal if there are no Slack settings at all.")
    ] = False,
) -> None:
    """Start the bot: Socket Mode when SLACK_APP_TOKEN is set, else HTTP when SLACK_SIGNING_SECRET is set.

    Settings come from the environment and from .env in this folder. Exit status 2: a setting or a token is
    wrong; 1: the FAQ has problems.
    """
    settings = load_settings(faq_path=faq, faq_url=faq_url)
    if or_chat and not settings.has_slack:
        _chat(settings)
        return
    configure_logging(settings.log_level)
    asyncio.run(serve(settings))


@cli.command(short_help="Ask question after question in the terminal.")
def chat(faq: FaqOption = None, faq_url: FaqUrlOption = None) -> None:
    """Ask question after question in the terminal, or one a line from standard input."""
    _chat(load_settings(faq_path=faq, faq_url=faq_url))


def _chat(settings: Settings) -> None:
    chat_in_terminal(open_help_desk(settings), Console(highlight=False), sys.stdin, _today())


@cli.command(short_help="Print the reply to one question, or to many.")
def ask(
    text: Annotated[str | None, typer.Argument(help="The question; without it, standard input.")] = None,
    faq: FaqOption = None,
    faq_url: FaqUrlOption = None,
    as_json: JsonOption = False,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read lines of {"text": ...} and print one JSON reply a line, in order.'),
    ] = False,
) -> None:
    """Print the reply to one question.

    Exit status 0 for every reply, whatever its kind; 2 for input that cannot be read.
    """
    if jsonl and (text is not None or as_json):
        raise SettingsError("--jsonl reads its questions from standard input: leave out TEXT and --json.")
    desk = open_help_desk(load_settings(faq_path=faq, faq_url=faq_url))
    if jsonl:
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if line.strip():
                reply = desk.reply_to(Question(_text_of_line(line, number), "terminal"))
                _print_json(reply_as_json(reply, desk.publication), indent=None)
        return
    question = Question(_read_question() if text is None else text, "terminal")
    reply = desk.reply_to(question)
    if as_json:
        _print_json(reply_as_json(reply, desk.publication))
    else:
        print_reply(Console(highlight=False), reply, desk.publication, _today())


@cli.command(short_help="Report problems of the FAQ, and advice.")
def check(faq: FaqOption = None, faq_url: FaqUrlOption = None, as_json: JsonOption = False) -> None:
    """Read the FAQ and report its problems, and advice for its authors.

    Exit status 1 if there are problems, each with its file and line; advice alone leaves it at 0.
    """
    settings = load_settings(faq_path=faq, faq_url=faq_url)
    problems: tuple[Problem, ...] = ()
    try:
        read = load_faq(settings.faq_path, signposts=settings.faq_signposts, faq_url=settings.faq_url)
    except FaqError as error:
        read, problems = Faq(()), error.problems
    advice = () if problems else advise(read)
    if as_json:
        _print_json(check_as_json(read, problems, advice))
    else:
        print_check(Console(highlight=False), read, problems, advice)
    raise typer.Exit(PROBLEMS if problems else 0)


@cli.command(short_help="Look whether everything works, and say what to do next.")
def doctor(faq: FaqOption = None, as_json: JsonOption = False) -> None:
    """Look at the tokens, scopes, connection, clock and FAQ, and say for each problem what to do next.

    Exit status 0 if all is well, 1 if there is a problem.
    """
    settings = load_settings(faq_path=faq)
    findings = (*asyncio.run(examine_slack(settings, datetime.now(UTC))), examine_faq(settings))
    if as_json:
        _print_json(findings_as_json(findings))
    else:
        print_findings(Console(highlight=False), findings)
    raise typer.Exit(0 if is_well(findings) else PROBLEMS)


@cli.command(short_help="Print the Slack app manifest.")
def manifest(
    url: Annotated[str | None, typer.Option("--url", help="For HTTP: the bot's public address, https://...")] = None,
) -> None:
    """Print the Slack app manifest: paste it at api.slack.com/apps > Create New App > From a manifest.

    Without --url it is for Socket Mode.
    """
    if url is not None and not url.startswith("https://"):
        raise SettingsError("--url: Slack calls https addresses only, for instance https://faq.example.org")
    _print_json(build_manifest(url))


def _read_question() -> str:
    if sys.stdin.isatty():
        Console(stderr=True).print(Text("Type the question, then Ctrl-D:", style="dim"))
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def _text_of_line(line: bytes, number: int) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        text = None
    if not isinstance(text, str):
        raise SettingsError(f'standard input, line {number}: not a question. Write {{"text": "..."}}, one a line.')
    return text


def _print_json(value: object, indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)  # noqa: T201


def _today() -> date:
    return datetime.now(UTC).date()
