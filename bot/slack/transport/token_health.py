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
    """Remembers the newest of each; a token that is refused is told once, and so is its recovery.

    The bot goes on meanwhile: Slack has refused good tokens during outages, and nobody would start it again.
    """

    def __init__(self) -> None:
        self.metrics = Metrics()
        self.token_trouble = ""
        """Why nobody can be answered; empty if all is well."""

    def see(self, method: str, error: str) -> None:
        """Take note of a call of a method; `error` is empty where it went well."""
        self.metrics.slack_calls.labels(method).inc()
        if error:
            self.metrics.slack_errors.labels(method, error).inc()
        if method == "apps.connections.open":  # it goes with the other token
            return
        if error in TOKEN_REFUSED and not self.token_trouble:
            step = "Install the app again, copy the new SLACK_BOT_TOKEN, and restart."
            log.error("Slack refuses the bot token, nobody can be answered", error=error, next_step=step)
            self.token_trouble = f"refuses the bot token: {error}"
        elif not error and self.token_trouble:
            log.info("Slack takes the bot token again")
            self.token_trouble = ""
