"""The command playground: it starts a Slack and the bot, tells where, and ends both."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.config import build_child_environment, load_settings

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@asynccontextmanager
async def playground(
    folder: Path, *options: str, output: int = asyncio.subprocess.PIPE, **changes: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "playground", "--port", "0", *options),
        cwd=folder, env=environment | changes, stdout=output, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def read_until(process: asyncio.subprocess.Process, pattern: str) -> str:
    """Read lines up to one that fits; gives all of them."""
    text = ""
    async with asyncio.timeout(PATIENCE):
        while line := (await process.stdout.readline()).decode():
            text += line
            if re.search(pattern, line):
                return text
    raise AssertionError(f"{pattern!r} was not said:\n{text}")


async def ask(address: str, text: str) -> str:
    """Mention the bot as alice, with the token of the printed address, and give its reply."""
    url, token = address.split("/?token=")
    keys = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(headers=keys) as session, session.get(f"{url}/control/changes") as changes:
        wish = {"as": "alice", "channel": "general", "text": f"@flatcar-faq {text}"}
        async with session.post(f"{url}/control/say", json=wish) as answer:
            asked = (await answer.json())["message"]["ts"]
        async with asyncio.timeout(PATIENCE):
            while True:
                event = (await changes.content.readuntil(b"\n\n")).decode()
                if f'"thread_ts": "{asked}"' in event:
                    break
        async with session.get(f"{url}/control/state?as=alice") as answer:
            channels = (await answer.json())["channels"]
    return next(m["text"] for m in channels[0]["messages"] if m["thread_ts"] == asked)


@pytest.mark.parametrize("transport", [(), ("--http",)], ids=["socket", "http"])
async def test_the_bot_answers_in_it_and_both_end_together(tmp_path: Path, transport: tuple[str, ...]) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-a-real-token\nSLACK_APP_TOKEN=xapp-a-real-token\n")
    async with playground(tmp_path, *transport) as process:
        said = await read_until(process, "The bot is connected")
        url = re.search(r"browser: (http://\S+)", said)[1]
        assert "Kinvolk is a consulting company" in await ask(url, "Who is Kinvolk?")
        process.send_signal(signal.SIGINT)
        assert "have ended" in await read_until(process, "have ended")
        assert await process.wait() == 0
    assert "a-real-token" not in said


@pytest.mark.parametrize(("options", "is_opened"), [((), True), (("--no-browser",), False)])
async def test_a_browser_is_opened_where_there_is_one(
    tmp_path: Path, options: tuple[str, ...], is_opened: bool
) -> None:
    asked_for, browser = tmp_path / "asked-for", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {asked_for}\n')
    browser.chmod(0o755)
    terminal, side = os.openpty()
    changes = {"DISPLAY": ":0", "BROWSER": str(browser), "TERM": "dumb", "COLUMNS": "200"}
    async with playground(tmp_path, *options, output=side, **changes) as process:
        said = ""
        async with asyncio.timeout(PATIENCE):
            while "The bot is connected" not in said:
                said += (await asyncio.to_thread(os.read, terminal, 4096)).decode()
            while is_opened and not (asked_for.exists() and asked_for.read_text()):
                await asyncio.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
    os.close(side)
    os.close(terminal)
    url, token = re.search(r"browser: (http://\S+)", said)[1].split("token=")
    assert asked_for.exists() == is_opened
    if is_opened:
        [address] = asked_for.read_text().splitlines()
        assert address.startswith(url)
        assert token not in address  # others can read the command line of a browser


async def test_a_playground_that_is_killed_leaves_no_bot_running_and_the_next_one_answers(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FAQ_MAX_WRONG=0.05\n")
    async with playground(tmp_path) as process:
        said = await read_until(process, "The bot is connected")
        assert "Berlin" in await ask(re.search(r"browser: (http://\S+)", said)[1], "Who is Kinvolk?")
        process.kill()
        async with asyncio.timeout(PATIENCE):
            await process.stdout.read()  # ends once nobody is left who could write
    async with playground(tmp_path) as process:
        said = await read_until(process, "The bot is connected")
        assert "Berlin" in await ask(re.search(r"browser: (http://\S+)", said)[1], "Who is Kinvolk?")


async def test_edit_save_ask_again(tmp_path: Path) -> None:
    page = tmp_path / "faq.md"
    page.write_text("# FAQ\n\n## What is a lighthouse?\n\nA tower.\n\n## What is a buoy?\n\nA float.\n")
    async with playground(tmp_path, "--faq", "faq.md", "--faq-url", "https://example.org/faq/") as process:
        url = re.search(r"browser: (http://\S+)", await read_until(process, "The bot is connected"))[1]
        assert "A tower." in await ask(url, "What is a lighthouse?")
        page.write_text(page.read_text().replace("A tower.", "A tower with a lamp."))
        await read_until(process, "reloaded")
        assert "A tower with a lamp." in await ask(url, "What is a lighthouse?")


async def test_a_bot_that_ends_by_itself_is_told_of(tmp_path: Path) -> None:
    async with playground(tmp_path, "--faq", "nowhere.md") as process:
        said = await read_until(process, "has ended by itself")
        assert "nowhere.md" in said
        assert await process.wait() != 0


async def test_a_port_that_is_taken_is_one_paragraph(tmp_path: Path) -> None:
    async with playground(tmp_path, "--only-slack") as first:
        port = re.search(r"Slack: http://127\.0\.0\.1:(\d+)", await read_until(first, "Slack:"))[1]
        async with playground(tmp_path, "--only-slack", "--port", port) as second:
            said = await read_until(second, "--port")
            assert await second.wait() == 2
    assert "Traceback" not in said


async def test_only_slack_prints_what_any_bot_needs(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"features": {"slash_commands": [{"command": "/hi"}]}}))
    async with playground(tmp_path, "--only-slack", "--manifest", "manifest.json") as process:
        said = await read_until(process, "SLACK_APP_TOKEN=xapp-")
        assert "SLACK_API_URL=http://127.0.0.1:" in said
        assert "SLACK_BOT_TOKEN=xoxb-" in said
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


def test_what_the_command_line_says_wins_over_the_env_file_and_slack_settings_stay_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("FAQ_URL=https://a.example/\nPORT=4000\nSLACK_BOT_TOKEN=xoxb-2\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("PORT", "5000")
    environment = build_child_environment(load_settings(faq_url="https://b.example/"))
    assert not [name for name in environment if name.startswith("SLACK_")]
    assert (environment["FAQ_URL"], environment["PORT"]) == ("https://b.example/", "5000")
