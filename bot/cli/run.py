"""The command run: the bot itself; without Slack settings, the playground, or answers to questions piped in."""

import asyncio
import select
import sys
from typing import Annotated, TextIO

import typer

from bot.cli.options import BrowserOption, FaqOption, FaqUrlOption
from bot.config import Settings, load_settings
from bot.logs import configure_logging

PIPE_PATIENCE = 0.3
"""Seconds for the other end of a pipe to begin."""


def run(
    faq: FaqOption = None,
    faq_url: FaqUrlOption = None,
    or_playground: Annotated[
        bool,
        typer.Option(
            "--or-playground", help="Without any Slack settings: the playground; questions piped in: answers."
        ),
    ] = False,
    browser: BrowserOption = True,
) -> None:
    """Start the bot: Socket Mode when SLACK_APP_TOKEN is set, else HTTP when SLACK_SIGNING_SECRET is set.

    Settings come from the environment and from .env in this folder. Exit status 2: a setting or a token is
    wrong; 1: the FAQ has problems.
    """
    settings = load_settings(faq_path=faq, faq_url=faq_url)
    if or_playground and not settings.has_slack:
        _do_without_slack(settings, browser)
        return
    configure_logging(settings.log_level, settings.secrets)
    settings.check_tokens()
    from bot.app import serve  # noqa: PLC0415 -- what is wrong with the settings is told without waiting for all this

    asyncio.run(serve(settings))


def _do_without_slack(settings: Settings, browser: bool) -> None:
    if is_input_waiting(sys.stdin):
        from bot.cli.ask import chat_with  # noqa: PLC0415

        chat_with(settings)
    else:
        from bot.cli.playground import play_with  # noqa: PLC0415

        play_with(settings, "socket", None, browser=browser)


def is_input_waiting(stream: TextIO | None) -> bool:
    """Return whether a pipe or file holds something to read now; a terminal, an empty or a silent pipe does not."""
    if stream is None or stream.closed or stream.isatty():
        return False
    try:
        ready, _, _ = select.select([stream], [], [], PIPE_PATIENCE)
        return bool(ready) and bool(stream.buffer.peek(1))  # type: ignore[attr-defined]
    except (OSError, ValueError, AttributeError):
        return False
