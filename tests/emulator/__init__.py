"""The playground's Slack with what only tests need: waiting, counting, and the bot as a child process.

How to use it:

    async with FakeSlack.open("socket") as slack, running_bot(slack):
        asked = slack.mention("general", "alice", "who funds flatcar?")
        reply = await slack.reply_to(asked)

`slack.faults` lists what the bot did that Slack would refuse or ignore: assert that it is empty.
"""

from bot.emulator import Message, Outage
from bot.emulator.delivery import Ack, Retry
from bot.emulator.payloads import wrap_event

from .bot_process import BotProcess, environment_for, running_bot
from .fake_slack import FakeSlack


def rate_limited(seconds: float = 1.0) -> Outage:
    return Outage("rate_limited", seconds)


def slow(seconds: float) -> Outage:
    return Outage("slow", seconds)


__all__ = [
    "Ack",
    "BotProcess",
    "FakeSlack",
    "Message",
    "Outage",
    "Retry",
    "environment_for",
    "rate_limited",
    "running_bot",
    "slow",
    "wrap_event",
]
