"""Two bots of one app at once, as while a new version takes over: each question goes to one of them."""

import contextlib

from tests.emulator import FakeSlack, running_bot

from .entries import ENTRIES, assert_answers


async def test_two_bots_share_the_questions_and_either_goes_without_a_loss():
    async with FakeSlack.open("socket") as slack, contextlib.AsyncExitStack() as first, running_bot(slack) as one:
        other = await first.enter_async_context(running_bot(slack))
        await slack.notifier.until(lambda: slack.socket.connections == 2, lambda: "not both bots are connected")
        await ask_everything(slack)
        assert all("answer" in bot.log() for bot in (one, other))
        await first.aclose()
        await slack.notifier.until(lambda: slack.socket.connections == 1, lambda: "the other is still connected")
        await ask_everything(slack)
        assert slack.faults == []


async def ask_everything(slack):
    asked = [(slack.mention("general", "alice", entry.question), entry) for entry in ENTRIES]
    for question, entry in asked:
        [reply] = await slack.wait_for_message("general", thread_ts=question.ts)
        assert_answers(reply, entry)
    await slack.settle()
    assert [len(slack.replies("general", thread_ts=question.ts)) for question, _ in asked] == [1] * len(asked)
