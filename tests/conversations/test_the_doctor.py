"""The doctor, as operators and scripts run it, beside a Slack that is set up well or badly."""

import asyncio
import json
import sys

import pytest

from bot.emulator.app_config import Grants
from bot.slack.setup.manifest import SCOPES
from tests.emulator import FakeSlack, environment_for

BOT, APP, SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"


async def run_doctor(folder, environment, *options):
    """Give its exit status and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor", *options), cwd=folder, env={"HOME": str(folder), **environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, trouble = await process.communicate()
    assert trouble == b""
    return process.returncode, printed.decode()


async def examine(folder, slack, **changes):
    """Run it for a script: give the exit status and the findings by name."""
    status, printed = await run_doctor(folder, environment_for(slack, **changes), "--json")
    told = json.loads(printed)
    assert told["ok"] is (status == 0)
    return status, {check["name"]: check for check in told["checks"]}


def assert_one_problem(found, name, text, step):
    """Check that one thing is wrong and no other, and that the one next step is told."""
    status, checks = found
    problems = [check["name"] for check in checks.values() if check["status"] == "problem"]
    assert (status, problems) == (1, [name]), checks
    assert text in checks[name]["text"]
    assert step in checks[name]["next_step"]


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_all_is_well_and_says_so_in_words(tmp_path, transport):
    async with FakeSlack.open(transport) as slack:
        environment = environment_for(slack)
        status, printed = await run_doctor(tmp_path, environment)
    assert status == 0, printed
    assert [line.split()[0] for line in printed.splitlines()] == ["ok"] * len(printed.splitlines())
    assert not any(environment[name] in printed for name in (BOT, APP, SECRET) if name in environment)


@pytest.mark.parametrize(
    ("scopes", "text", "step"),
    [
        (SCOPES[1:], f"missing: {SCOPES[0]}", "Add them"),
        ((*SCOPES, "channels:history"), "not needed: channels:history", "Remove them"),
    ],
)
async def test_a_scope_too_few_or_too_many(tmp_path, scopes, text, step):
    grants = Grants(scopes=frozenset(scopes))
    async with FakeSlack.open("socket", grants) as slack:
        assert_one_problem(await examine(tmp_path, slack), "scopes", text, step)


@pytest.mark.parametrize(
    ("changes", "name", "text", "step"),
    [
        ({BOT: "xoxb-1-2-wrong"}, "bot token", "invalid_auth", "OAuth & Permissions"),
        ({APP: "xapp-1-2-wrong"}, "socket mode", "invalid_auth", "App-Level Tokens"),
    ],
)
async def test_a_token_that_slack_refuses(tmp_path, changes, name, text, step):
    async with FakeSlack.open("socket") as slack:
        assert_one_problem(await examine(tmp_path, slack, **changes), name, text, step)


async def test_swapped_tokens_are_told_of_one_by_one(tmp_path):
    async with FakeSlack.open("socket") as slack:
        keys = slack.credentials
        status, printed = await run_doctor(
            tmp_path, environment_for(slack, **{BOT: keys.app_token, APP: keys.bot_token})
        )
        assert slack.api.requests == 0
    assert status == 1
    assert printed.count("problem  tokens: ") == printed.count("next: ") == 2
    assert keys.bot_token not in printed
    assert keys.app_token not in printed


async def test_a_line_that_slack_refuses(tmp_path):
    async with FakeSlack.open("socket") as slack:
        slack.socket.refusals = 1
        assert_one_problem(await examine(tmp_path, slack), "socket mode", "no connection", "WebSockets")


@pytest.mark.parametrize(("seconds", "text"), [(400, "behind Slack"), (-400, "ahead of Slack")])
async def test_a_clock_that_is_wrong(tmp_path, seconds, text):
    async with FakeSlack.open("socket") as slack:
        right = slack.workspace.clock
        slack.workspace.clock = lambda: right() + seconds
        assert_one_problem(await examine(tmp_path, slack), "clock", text, "NTP")


async def test_a_signing_secret_of_another_shape(tmp_path):
    async with FakeSlack.open("http") as slack:
        found = await examine(tmp_path, slack, **{SECRET: "hunter2"})
    assert_one_problem(found, "signing secret", "has 7 characters", "Copy it again")


async def test_a_broken_faq_that_a_running_bot_goes_on_without(tmp_path, running_on_a_copy):
    slack, bot, faq = running_on_a_copy
    await slack.reset()
    broken = faq / "zzz.md"
    start = bot.log_size
    broken.write_text("---\nquestion: Is this the end?\n")
    try:
        await bot.wait_for_log("last good one is served", since=start)
        if slack.transport_name == "http":
            ready = await slack.http.get("/readyz")
            assert json.loads(ready.text)["faq"].startswith("the last good one: ")
            assert "zzz.md" in ready.text
        found = await examine(tmp_path, slack, FAQ_PATH=str(faq))
        assert_one_problem(found, "faq", "zzz.md", "last good FAQ")
        await slack.reply_to(slack.direct_message("alice", "Who is Kinvolk?"))
    finally:
        start = bot.log_size
        broken.unlink()
        await bot.wait_for_log("reloaded", since=start)


async def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "bot.db").write_bytes(b"This is no database. " * 500)
    async with FakeSlack.open("socket") as slack:
        found = await examine(tmp_path, slack, DATABASE_URL=str(tmp_path / "bot.db"))
    assert_one_problem(found, "database", "not a database", "")
    assert found[1]["database"]["next_step"]


async def test_a_database_server_that_cannot_be_reached_is_told_of_without_its_password(tmp_path):
    async with FakeSlack.open("socket") as slack:
        changes = {"DATABASE_URL": "postgres://bot:pa55word@127.0.0.1:9/faq"}
        found = await examine(tmp_path, slack, **changes)
        _, printed = await run_doctor(tmp_path, environment_for(slack, **changes))
    assert_one_problem(found, "database", "", "")
    assert found[1]["database"]["next_step"]
    assert "pa55word" not in printed + json.dumps(found[1])
