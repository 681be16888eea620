"""One playground with the real bot, on a copy of our FAQ, and one Chromium; between tests the workspace is emptied."""

import asyncio
import inspect
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.cli.playground import build_faq_tools
from bot.config import Settings, build_child_environment
from bot.emulator import Emulator, Grants
from bot.playground.editor import Editor
from bot.playground.page import Page
from bot.playground.running import MAINTAINER, Child, opened, settings_for
from bot.slack.setup.manifest import build_manifest

from .window import Window, Windows

HERE = Path(__file__).parent
OUR_FAQ = HERE.parents[1] / "faq"
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all tests of this folder in the event loop in which the playground of the folder lives."""
    for item in items:
        if item.path.is_relative_to(HERE) and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@dataclass
class Stage:
    """What runs for the whole folder."""

    slack: Emulator
    page: Page
    editor: Editor
    faq: Path
    """The FAQ that was asked for; it may be written to."""


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("page")
    faq = shutil.copytree(OUR_FAQ, folder / "faq")
    settings = Settings(
        _env_file=None, faq_path=faq, faq_url="https://www.flatcar-linux.org/faq/", data_path=folder / "data"
    )
    tools = build_faq_tools(settings, is_shipped=lambda path: path == faq)
    editor = Editor(tools, folder / "taught")
    async with opened("socket", Grants.from_manifest(build_manifest()), 0, editor) as (slack, page):
        slack.socket.ack_patience = slack.views.trigger_lifetime = 40.0
        wanted = {"MAINTAINERS": slack.workspace.user_id(MAINTAINER), **settings_for(slack)}
        child = Child(slack, build_child_environment(settings) | wanted, folder)
        editor.restart = child.serve_faq
        tasks = [asyncio.create_task(child.run()), asyncio.create_task(page.follow())]
        await child.wait_until_reachable()
        await page.prepare()
        yield Stage(slack, page, editor, faq)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def windows(stage: Stage, browser: Browser) -> Windows:
    return Windows(browser, stage.slack.url, stage.slack.access.token)


@pytest_asyncio.fixture(loop_scope="session")
async def slack(stage: Stage) -> Emulator:
    """The workspace, empty."""
    await stage.slack.reset()
    return stage.slack


@pytest_asyncio.fixture(loop_scope="session")
async def open_window(
    request: pytest.FixtureRequest, slack: Emulator, windows: Windows
) -> AsyncIterator[Callable[..., Any]]:
    """Open windows; afterwards none may have complained, and Slack may have nothing to object to."""
    name = request.node.name.removeprefix("test_").replace("/", "-")[:90]
    opened: list[Window] = []
    async with AsyncExitStack() as stack:

        async def open_one(path: str = "/", person: str = "alice", **options: Any) -> Window:
            window = await stack.enter_async_context(windows.lent(f"{name}{len(opened) or ''}", **options))
            opened.append(window)
            await window.go(f"{path}{'&' if '?' in path else '?'}as={person}")
            return window

        yield open_one
        for window in opened:
            await window.picture()
    assert [complaint for window in opened for complaint in window.complaints] == []
    assert list(slack.faults) == []


@pytest_asyncio.fixture(loop_scope="session")
async def alice(open_window: Callable[..., Any]) -> Window:
    """A window in which alice looks at #general."""
    return await open_window()
