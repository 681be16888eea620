"""The command manifest: what Slack is told of the app, and what its admins are told."""

from typing import Annotated

import typer

from bot.cli.options import print_json
from bot.errors import SettingsError
from bot.slack.admin_page import render_admin_page
from bot.slack.manifest import build_manifest


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
