"""How Slack and the bot reach each other: Socket Mode or HTTP, health, and what Slack's limits ask of each call.

Knows payloads only as far as they must be checked and acknowledged; what they mean is the handlers' affair.
"""

from bot.slack.transport.channel_queue import ChannelQueues
from bot.slack.transport.health import NO_TROUBLE, Health
from bot.slack.transport.retries import CallSeen, read_retry_after, retry_handlers
from bot.slack.transport.serving import serve_slack

__all__ = ["NO_TROUBLE", "CallSeen", "ChannelQueues", "Health", "read_retry_after", "retry_handlers", "serve_slack"]
