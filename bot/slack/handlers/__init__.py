"""What the bot does in Slack: each handler reads a payload, asks the help desk, draws a view, and posts it."""

from bot.slack.handlers.context import Context
from bot.slack.handlers.listeners import attach_listeners
from bot.slack.handlers.messenger import SlackMessenger

__all__ = ["Context", "SlackMessenger", "attach_listeners"]
