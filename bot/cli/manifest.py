"""The command manifest: what Slack is told about the app."""

from typing import Annotated

import typer

from bot.cli.options import print_json
from bot.errors import SettingsError
from bot.slack.setup import build_manifest


def manifest(
    url: Annotated[str | None, typer.Option("--url", help="For HTTP: the bot's public address, https://...")] = None,
) -> None:
    """Print the Slack app manifest: paste it at api.slack.com/apps > Create New App > From a manifest.

    Without --url it is for Socket Mode.
    """
    if url is not None and not url.startswith("https://"):
        raise SettingsError("--url: Slack calls https addresses only.", "Give one such as https://faq.example.org")
    print_json(build_manifest(url))
