"""One bot process a transport for the whole folder; between tests the workspace is emptied and the log looked at."""

import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.emulator import BotProcess, FakeSlack, running_bot
from tests.emulator.bot_process import CHECKOUT, OUR_FAQ

from .entries import FULL_FAQ

HERE = Path(__file__).parent
SHARED_BOTS = {"running", "running_on_a_copy", "running_on_a_large_faq", "running_desk"}
"""The fixtures that start a bot for many tests."""

LONGEST = (
    "It begins here. " + "It goes up a step, as [each (of them)](https://example.org/step_(s)) does. " * 400 + "Top."
)
LONGEST_CODE = "Climb it:\n\n````sh\n" + "climb `up` < & >  # ``` a step\n" * 400 + "````\n\nThat is all."
UNPUBLISHED = "Potatoes first.\n\n" + "And then beets of every kind.\n\n" * 60 + "Apples last."
WORST_MARKDOWN = r"""| Lamp | Flashes |
|---|---|
| `old \| new` | **three** & <more> |

1. Climb
   - carefully, *up*
     - to the [lamp [a (b)]](https://example.org/lamp_(computing)#a|b)

```sh
echo "`date`" && printf '``` <!channel> <@U123>'
```

![the lamp](https://example.org/lamp.png) Press <kbd>Ctrl</kbd>, run `` a`b `` and ***shout*** ~~never~~<br>always.

> Quoted, they said:
> - so
"""

PERHAPS_DOUBTFUL = (
    "Is flatcar good?",
    "flatcar",
    "support",
    "container linux",
    "Tell me about flatcar and container linux",
    "flatcar linux project",
    "red hat",
    "Is flatcar supported?",
    "What about the upstream?",
    "flatcar and kinvolk",
    "What happens with Container Linux and Flatcar?",
    "when and how can I use or buy it",
    "Is Container Linux going away?",
    "Is there paid help, and who are the people behind it?",
    "can I use it in production",
)
"""Questions too vague for one entry. Which of them the matcher doubts is its own affair and may change."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups, also where pytest was given this folder alone
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all tests of this folder in the event loop in which the Slack of the folder lives.

    Several workers (pytest -n) share them by the bot that they speak with, so that each bot is started once.
    """
    for item in items:
        if item.path.is_relative_to(HERE) and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            parameters = item.callspec.params if hasattr(item, "callspec") else {}
            for bot in SHARED_BOTS & set(item.fixturenames):
                item.add_marker(pytest.mark.xdist_group(f"{bot}-{parameters.get(bot)}"))


@pytest_asyncio.fixture(scope="package", loop_scope="session", params=["socket", "http"])
async def running(request: pytest.FixtureRequest) -> Iterator[tuple[FakeSlack, BotProcess]]:
    """A Slack and the bot that is connected to it, on the project's own FAQ."""
    async with FakeSlack.open(request.param) as slack, running_bot(slack) as bot:
        yield slack, bot


@pytest_asyncio.fixture(loop_scope="session")
async def slack(running: tuple[FakeSlack, BotProcess]) -> Iterator[FakeSlack]:
    """That Slack, empty. Afterwards the bot must have done nothing that Slack objects to, and logged no trouble."""
    slack, bot = running
    await slack.reset()
    start_of_log = bot.log_size
    yield slack
    await slack.settle()
    assert slack.faults == []
    assert_clean(bot.log(since=start_of_log), slack)


@pytest_asyncio.fixture(scope="package", loop_scope="session", params=["socket", "http"])
async def running_on_a_copy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FakeSlack, BotProcess, Path]]:
    """A Slack and a bot whose FAQ may be edited."""
    faq = shutil.copytree(OUR_FAQ, tmp_path_factory.mktemp("copy") / "faq")
    async with FakeSlack.open(request.param) as slack, running_bot(slack, faq, FAQ_URL=FULL_FAQ) as bot:
        yield slack, bot, faq


@pytest_asyncio.fixture(scope="package", loop_scope="session", params=["socket", "http"])
async def running_on_a_large_faq(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FakeSlack, BotProcess, Path]]:
    """A Slack and a bot whose FAQ has 150 entries on a page that is published, and one that is published nowhere."""
    faq = tmp_path_factory.mktemp("large")
    answers = {n: f"Tower {n}." for n in range(1, 151)} | {60: LONGEST, 61: LONGEST_CODE, 62: WORST_MARKDOWN}
    entries = "".join(f"## What is lighthouse {n}?\n\n{text}\n\n" for n, text in answers.items())
    (faq / "faq.md").write_text(f"---\nurl: {FULL_FAQ}\n---\n# FAQ\n\n{entries}")
    (faq / "more.md").write_text(f"# Cellar FAQ\n\n## What is the cellar for?\n\n{UNPUBLISHED}\n")
    async with FakeSlack.open(request.param) as slack, running_bot(slack, faq) as bot:
        yield slack, bot, faq


@pytest.fixture
def bot(running: tuple[FakeSlack, BotProcess]) -> BotProcess:
    return running[1]


@pytest.fixture(scope="session")
def doubtful_question() -> str:
    """A question to which the bot offers at least two entries to pick from."""
    command = [sys.executable, "-m", "bot", "ask", "--jsonl", "--faq", str(OUR_FAQ)]
    lines = "".join(json.dumps({"text": text, "surface": "mention"}) + "\n" for text in PERHAPS_DOUBTFUL)
    as_the_bot = dict(os.environ)
    done = subprocess.run(
        command, input=lines, capture_output=True, text=True, cwd=CHECKOUT, env=as_the_bot, check=True
    )
    replies = dict(zip(PERHAPS_DOUBTFUL, map(json.loads, done.stdout.splitlines()), strict=True))
    doubted = [text for text, reply in replies.items() if offered(reply) >= 2]
    assert doubted, f"the bot doubts none of these any more, add vaguer ones: {replies}"
    return doubted[0]


def offered(reply) -> int:
    return reply["choices"]


def assert_clean(log: str, slack: FakeSlack) -> None:
    """Check a log: no traceback, no line about unhandled requests, no token or secret."""
    keys = slack.credentials
    unwanted = ("Traceback", "Unhandled request", keys.bot_token, keys.app_token, keys.signing_secret)
    assert [line for line in log.splitlines() if any(word in line for word in unwanted)] == []
