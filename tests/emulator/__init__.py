"""The playground's Slack with what only tests need: waiting, counting, and the bot as a child process.

How to use it:

    async with FakeSlack.open("socket") as slack, running_bot(slack):
        asked = slack.mention("general", "alice", "who funds flatcar?")
        reply = await slack.reply_to(asked)

`slack.faults` lists what the bot did that Slack would refuse or ignore: assert that it is empty.
"""

from bot.emulator.delivery import Ack, Retry
from bot.emulator.messages import Message
from bot.emulator.outages import connection_reset, rate_limited, refuses_blocks, server_error, slow
from bot.emulator.payloads import wrap_event

from .bot_process import BotProcess, environment_for, running_bot
from .fake_slack import FakeSlack

__all__ = [
    "Ack",
    "BotProcess",
    "FakeSlack",
    "Message",
    "Retry",
    "connection_reset",
    "environment_for",
    "rate_limited",
    "refuses_blocks",
    "running_bot",
    "server_error",
    "slow",
    "wrap_event",
]
