"""What calls of the Web API tell about Slack: how many failed, and whether the bot token still is good."""

import structlog

from bot.metrics import Metrics

log = structlog.stdlib.get_logger(__name__)

TOKEN_REFUSED = {
    "invalid_auth",
    "token_revoked",
    "token_expired",
    "account_inactive",
    "not_authed",
    "org_login_required",
}


class TokenHealth:
    """What calls of the Web API tell about Slack: their numbers, and whether the bot token still is good.

    A token that is refused is logged once, and so is its recovery. The bot goes on meanwhile: Slack has refused good
    tokens during outages, and nobody would start it again.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self.trouble = ""
        """Why nobody can be answered; empty if all is well."""

    def record(self, method: str, error: str) -> None:
        """Record a call of a method; `error` is empty where it went well."""
        self._metrics.slack_calls.labels(method).inc()
        if error:
            self._metrics.slack_errors.labels(method, error).inc()
        if method == "apps.connections.open":  # it goes with the other token
            return
        if error in TOKEN_REFUSED and not self.trouble:
            step = "Install the app again, copy the new SLACK_BOT_TOKEN, and restart."
            log.error("Slack refuses the bot token, nobody can be answered", error=error, next_step=step)
            self.trouble = f"refuses the bot token: {error}"
        elif not error and self.trouble:
            log.info("Slack takes the bot token again")
            self.trouble = ""
