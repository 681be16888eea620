"""A hundred people ask in the same moment."""

import asyncio

import pytest

from tests.emulator import rate_limited

from .entries import ENTRIES, assert_answers


async def ask_all(slack, count=100):
    entries = [ENTRIES[number % len(ENTRIES)] for number in range(count)]
    asked = [slack.mention("general", f"person{number}", entry.question) for number, entry in enumerate(entries)]
    await asyncio.gather(*(slack.wait_for_message("general", thread_ts=each.ts) for each in asked))
    await slack.settle()
    return list(zip(asked, entries, strict=True))


@pytest.mark.parametrize("limited", [0, 5], ids=["on a good day", "while Slack limits the rate"])
async def test_all_are_answered_and_nobody_twice(slack, limited):
    slack.disturb(rate_limited(1), times=limited)
    for asked, entry in await ask_all(slack):
        [reply] = slack.replies("general", thread_ts=asked.ts)
        assert_answers(reply, entry)
    assert len(slack.replies("general")) == 100


async def test_a_hundred_commands_are_answered_to_their_askers(slack):
    for number in range(100):
        slack.command("general", f"person{number}", ENTRIES[number % len(ENTRIES)].question)
    await asyncio.gather(*(slack.wait_for_ephemeral(f"person{number}") for number in range(100)))
    await slack.settle()
    for number in range(100):
        [reply] = slack.ephemerals(f"person{number}")
        assert_answers(reply, ENTRIES[number % len(ENTRIES)])
