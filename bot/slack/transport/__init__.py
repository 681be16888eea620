"""How Slack reaches the bot: Socket Mode or HTTP, what is checked and acknowledged on the way, and signs of life.

Knows payloads only as far as they must be checked; what they mean is the handlers' affair.
"""

from bot.slack.transport.health import NO_TROUBLE, Health
from bot.slack.transport.serving import serve_slack

__all__ = ["NO_TROUBLE", "Health", "serve_slack"]
