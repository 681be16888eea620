"""How Slack and the bot reach each other: Socket Mode or HTTP, health, and what Slack's limits ask of each call.

Knows payloads only as far as they must be checked and acknowledged; what they mean is the handlers' affair.
"""

from bot.slack.transport.channel_queue import ChannelQueues
from bot.slack.transport.health import NO_TROUBLE, Health
from bot.slack.transport.retries import CallSeen, read_retry_after, retry_handlers
from bot.slack.transport.serving import serve_slack
from bot.slack.transport.token_health import TOKEN_REFUSED, TokenHealth

__all__ = [
    "NO_TROUBLE",
    "TOKEN_REFUSED",
    "CallSeen",
    "ChannelQueues",
    "Health",
    "TokenHealth",
    "read_retry_after",
    "retry_handlers",
    "serve_slack",
]
