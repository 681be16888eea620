"""`slack run`: what the Slack CLI reads in .slack/hooks.json and runs, done here as it does it.

Source: https://docs.slack.dev/tools/slack-cli/reference/hooks , and in slackapi/slack-cli internal/hooks/sdk_config.go
(keys), shell.go (a shell, the project's folder), internal/pkg/platform/localserver.go (the start hook, its two tokens).
"""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from bot.slack.setup.manifest import build_manifest
from tests.emulator import FakeSlack, environment_for

CHECKOUT = Path(__file__).resolve().parents[2]
HOOKS = json.loads((CHECKOUT / ".slack" / "hooks.json").read_text())
KNOWN_HOOKS = {
    "build", "check-update", "deploy", "doctor", "get-hooks", "get-manifest", "get-trigger", "install-update", "start"
}  # fmt: skip
KNOWN_CONFIG = {"watch", "sdk-managed-connection-enabled", "trigger-paths", "protocol-version"}
PROTOCOLS = {"default", "message-boundaries"}


def shell(hook: str) -> list[str]:
    """Split and join a hook's command as the CLI does before it hands it to a shell."""
    return ["sh", "-c", " ".join(HOOKS["hooks"][hook].split())]


def test_the_cli_knows_every_key() -> None:
    assert HOOKS.keys() <= {"hooks", "config", "runtime"}
    assert HOOKS["hooks"].keys() <= KNOWN_HOOKS
    assert HOOKS["config"].keys() <= KNOWN_CONFIG
    assert set(HOOKS["config"]["protocol-version"]) <= PROTOCOLS
    assert HOOKS["config"]["sdk-managed-connection-enabled"] is True


def test_it_installs_the_app_from_our_manifest() -> None:
    done = subprocess.run(shell("get-manifest"), cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == build_manifest()


def test_it_watches_code_and_answers_alike() -> None:
    watch = HOOKS["config"]["watch"]
    assert watch.keys() == {"app", "manifest"}
    paths = [*watch["app"]["paths"], *watch["manifest"]["paths"]]
    assert [path for path in paths if not (CHECKOUT / path).exists()] == []
    wanted = re.compile(watch["app"]["filter-regex"])
    assert all(wanted.search(path) for path in ("bot/app.py", "faq/who-is-kinvolk.md"))
    assert not wanted.search("bot/__pycache__/app.cpython-311.pyc")


def is_ready_to_start() -> bool:
    """Whether `make run` would start at once, without setting anything up first."""
    if shutil.which("make") is None:
        return False
    asked = subprocess.run(["make", "--question", ".venv/.run"], cwd=CHECKOUT, capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.skipif(not is_ready_to_start(), reason="`make run` has to set up .venv first: make install")
async def test_it_starts_the_bot_with_its_own_two_tokens_and_ends_it(tmp_path: Path) -> None:
    async with FakeSlack.open("socket") as slack:
        keys = slack.credentials
        tokens = {"SLACK_CLI_XOXB": keys.bot_token, "SLACK_CLI_XAPP": keys.app_token}
        ours = {"SLACK_BOT_TOKEN": None, "SLACK_APP_TOKEN": None, "DATA_PATH": str(tmp_path)}
        environment = environment_for(slack, **ours, **tokens)
        process = await asyncio.create_subprocess_exec(
            *shell("start"), cwd=CHECKOUT, env=environment | {"HOME": os.environ["HOME"]}, start_new_session=True,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            await slack.socket.wait_until_connected()
            assert "Kinvolk" in (await slack.reply_to(slack.direct_message("alice", "Who is Kinvolk?"))).text
        finally:
            os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C in the terminal does
            _, said = await process.communicate()
        assert b"Traceback" not in said
        assert slack.faults == []
