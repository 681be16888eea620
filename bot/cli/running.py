"""The commands around the running bot: run, doctor, manifest."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.app import serve
from bot.cli.asking import chat_with
from bot.cli.doctor import examine_database, examine_faq, findings_as_json, is_well, print_findings
from bot.cli.options import FaqOption, FaqUrlOption, JsonOption, console, print_json
from bot.cli.piped import is_input_waiting
from bot.cli.playground import BrowserOption, play_with
from bot.config import load_settings
from bot.errors import SettingsError
from bot.logs import configure_logging
from bot.slack.admin_page import render_admin_page
from bot.slack.doctor import examine_slack
from bot.slack.manifest import build_manifest


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
        if is_input_waiting(sys.stdin):
            chat_with(settings)
        else:
            play_with(settings, "socket", None, browser=browser)
        return
    configure_logging(settings.log_level, settings.secrets)
    asyncio.run(serve(settings))


def doctor(faq: FaqOption = None, as_json: JsonOption = False) -> None:
    """Look at the tokens, scopes, connection, clock, FAQ and database, and say for each problem what to do next.

    Exit status 0 if all is well, 1 if there is a problem.
    """
    settings = load_settings(faq_path=faq)
    findings = (
        *asyncio.run(examine_slack(settings, datetime.now(UTC))),
        examine_faq(settings),
        examine_database(settings),
    )
    if as_json:
        print_json(findings_as_json(findings))
    else:
        print_findings(console(), findings)
    raise typer.Exit(0 if is_well(findings) else 1)


def manifest(
    url: Annotated[str | None, typer.Option("--url", help="For HTTP: the bot's public address, https://...")] = None,
    admin_page: Annotated[
        bool, typer.Option("--admin-page", help="Instead, the page that gives each scope its reason, as Markdown.")
    ] = False,
) -> None:
    """Print the Slack app manifest: paste it at api.slack.com/apps > Create New App > From a manifest.

    Without --url it is for Socket Mode.
    """
    if url is not None and not url.startswith("https://"):
        raise SettingsError("--url: Slack calls https addresses only.", "Give one such as https://faq.example.org")
    if admin_page:
        print(render_admin_page(), end="")  # noqa: T201
    else:
        print_json(build_manifest(url))
