"""The command playground: a small Slack on this machine, and the bot in it."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import FaqOption, FaqUrlOption, console
from bot.config import build_child_environment, load_settings
from bot.playground.granted import Grants
from bot.playground.playground import TransportName
from bot.playground.running import load_manifest, serve_alone, serve_with_bot
from bot.slack.manifest import build_manifest


def playground(
    faq: FaqOption = None,
    faq_url: FaqUrlOption = None,
    port: Annotated[int, typer.Option("--port", help="Where Slack is served; 0 takes a free one.")] = 4700,
    http: Annotated[bool, typer.Option("--http", help="Reach the bot over HTTP instead of Socket Mode.")] = False,
    only_slack: Annotated[bool, typer.Option("--only-slack", help="Start no bot; print settings for one.")] = False,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="With --only-slack: what the app may do; default: everything.")
    ] = None,
) -> None:
    """Start a Slack of our own on this machine, and the bot in it. It needs no account and no network.

    The bot follows the FAQ's files: edit, save, ask again. Ctrl-C ends both. Exit status: 0, or that of a bot that
    ended by itself.
    """
    transport: TransportName = "http" if http else "socket"

    def say(line: str) -> None:
        console().print(line, soft_wrap=True, markup=False)

    if only_slack:
        grants = Grants.from_manifest(load_manifest(manifest)) if manifest else Grants()
        raise typer.Exit(asyncio.run(serve_alone(transport, grants, port, say)))
    environment = build_child_environment(load_settings(faq_path=faq, faq_url=faq_url))
    grants = Grants.from_manifest(build_manifest())
    raise typer.Exit(asyncio.run(serve_with_bot(transport, grants, port, environment, say)))
