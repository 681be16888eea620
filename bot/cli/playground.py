"""The command playground: a small Slack on this machine, the bot in it, and a page to chat on."""

import asyncio
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_answerer, open_faq
from bot.cli.options import BrowserOption, FaqOption, FaqUrlOption, console
from bot.config import SHIPPED_FAQ, Settings, build_child_environment, has_display, load_settings
from bot.emulator import Grants, TransportName
from bot.playground.editor import FaqTools
from bot.playground.running import load_manifest, serve_alone, serve_with_bot
from bot.slack.setup import build_manifest
from bot.store import FitCache

QUESTIONS = Path("tests") / "quality" / "questions.jsonl"
"""Below the folder of the shipped FAQ's parent, in a checkout."""


def playground(
    faq: FaqOption = None,
    faq_url: FaqUrlOption = None,
    port: Annotated[
        int | None,
        typer.Option("--port", help="Where Slack is served; 0 takes any free one. Default: 4700 or the next free one."),
    ] = None,
    http: Annotated[bool, typer.Option("--http", help="Reach the bot over HTTP instead of Socket Mode.")] = False,
    browser: BrowserOption = True,
    only_slack: Annotated[bool, typer.Option("--only-slack", help="Start no bot; print settings for one.")] = False,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="With --only-slack: what the app may do; default: everything.")
    ] = None,
) -> None:
    """Start a Slack of our own on this machine, and the bot in it. It needs no account and no network.

    The address that it prints leads to a page to chat on. The bot follows the FAQ's files: edit, save, ask again.
    Ctrl-C ends both. Exit status: 0, or that of a bot that ended by itself.
    """
    transport: TransportName = "http" if http else "socket"
    if only_slack:
        grants = Grants.from_manifest(load_manifest(manifest)) if manifest else Grants()
        raise typer.Exit(asyncio.run(serve_alone(transport, grants, port, _say)))
    play_with(load_settings(faq_path=faq, faq_url=faq_url), transport, port, browser=browser)


def play_with(settings: Settings, transport: TransportName, port: int | None, *, browser: bool) -> None:
    """Run the playground on the FAQ that the settings name; ends the program."""
    environment, tools = build_child_environment(settings), build_faq_tools(settings)
    greet = _open_browser if browser and sys.stdout.isatty() and has_display() else _do_nothing
    grants = Grants.from_manifest(build_manifest())
    raise typer.Exit(asyncio.run(serve_with_bot(transport, grants, port, environment, _say, tools, greet)))


def _say(line: str) -> None:
    console().print(line, soft_wrap=True, markup=False)


def _open_browser(url: str) -> None:
    asyncio.get_running_loop().run_in_executor(None, webbrowser.open, url)


def _do_nothing(_: str) -> None:
    """Open nothing: nobody would see it."""


def is_shipped_faq(path: Path) -> bool:
    """Return whether that is the FAQ that comes with the bot."""
    return path.resolve() == SHIPPED_FAQ.resolve()


def build_faq_tools(settings: Settings, is_shipped: Callable[[Path], bool] = is_shipped_faq) -> FaqTools:
    """Return what the page needs to explain and teach the FAQ of the settings, and any other that is picked there."""
    questions = SHIPPED_FAQ.parent / QUESTIONS
    fits = FitCache(settings.data_path / "fits")
    return FaqTools(
        path=settings.faq_path,
        open_answerer=lambda path: open_answerer(_for(settings, path), fits),
        load=lambda path: open_faq(_for(settings, path)),
        faq_url=settings.faq_url,
        is_shipped=is_shipped,
        signposts=settings.faq_signposts,
        questions=questions if questions.is_file() else None,
    )


def _for(settings: Settings, path: Path) -> Settings:
    if path == settings.faq_path:
        return settings
    return settings.model_copy(update={"faq_path": path, "faq_signposts": None})
