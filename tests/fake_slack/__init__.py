"""A small Slack for tests: real Socket Mode, signed HTTP and Web API on this machine, with Slack's limits and errors.

How to use it:

    async with FakeSlack.open("socket") as slack, running_bot(slack):
        asked = slack.mention("general", "alice", "who funds flatcar?")
        reply = await slack.reply_to(asked)

`slack.faults` lists what the bot did that Slack would refuse or ignore: assert that it is empty.
"""

from .bot_process import BotProcess, environment_for, running_bot
from .delivery import Ack, Retry
from .messages import Message
from .outages import connection_reset, rate_limited, refuses_blocks, server_error, slow
from .payloads import wrap_event
from .slack import FakeSlack

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
