"""Slack's Web API: the client, and everything that is posted, changed or removed by it. Renders nothing."""

from bot.slack.api.channel_queue import ChannelQueues
from bot.slack.api.client import build_client, check_call, check_tokens, delete_messages, open_session
from bot.slack.api.posting import (
    GONE,
    NOT_THERE,
    POSTING_ERRORS,
    THREAD_GONE,
    as_object,
    describe,
    has_expired,
    is_closed,
    is_passing,
    is_slacks,
    permalink,
    post_message,
    remove,
    replace,
    respond,
    respond_privately,
    tell_privately,
    thread_of,
    update_message,
)
from bot.slack.api.retries import read_retry_after, retry_handlers
from bot.slack.api.token_health import TokenHealth

__all__ = [
    "GONE",
    "NOT_THERE",
    "POSTING_ERRORS",
    "THREAD_GONE",
    "ChannelQueues",
    "TokenHealth",
    "as_object",
    "build_client",
    "check_call",
    "check_tokens",
    "delete_messages",
    "describe",
    "has_expired",
    "is_closed",
    "is_passing",
    "is_slacks",
    "open_session",
    "permalink",
    "post_message",
    "read_retry_after",
    "remove",
    "replace",
    "respond",
    "respond_privately",
    "retry_handlers",
    "tell_privately",
    "thread_of",
    "update_message",
]
