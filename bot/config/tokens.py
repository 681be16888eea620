"""Slack's tokens in, what is wrong with them out: each problem with where to get what is missing. Prints no secret."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import SecretStr

from bot.errors import SettingsError

TOKEN_PREFIXES = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}
WHERE_TO_GET = {
    "slack_bot_token": "api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token",
    "slack_app_token": "api.slack.com/apps > your app > Basic Information > App-Level Tokens (scope connections:write)",
    "slack_signing_secret": "api.slack.com/apps > your app > Basic Information > App Credentials > Signing Secret",
}

NO_SETTINGS = SettingsError(
    "No Slack settings found.",
    "Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN in the environment or in .env; the README's Slack set-up says where to get"
    " them. To try the bot without Slack: flatcar-faq playground.",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What Slack gave the operator, as far as it is set."""

    slack_bot_token: SecretStr | None
    slack_app_token: SecretStr | None
    slack_signing_secret: SecretStr | None

    def __bool__(self) -> bool:
        """Whether any of them is set."""
        return any((self.slack_bot_token, self.slack_app_token, self.slack_signing_secret))

    @property
    def problems(self) -> tuple[SettingsError, ...]:
        """What keeps them from being complete."""
        return (*_missing(self), *_misplaced(self)) if self else (NO_SETTINGS,)


def _missing(tokens: Tokens) -> Iterator[SettingsError]:
    if not tokens.slack_bot_token:
        yield SettingsError("SLACK_BOT_TOKEN is missing.", f"Copy it from {WHERE_TO_GET['slack_bot_token']}.")
    if not tokens.slack_app_token and not tokens.slack_signing_secret:
        yield SettingsError(
            "SLACK_APP_TOKEN is missing.",
            f"Create one at {WHERE_TO_GET['slack_app_token']}. (For HTTP instead of Socket Mode, set"
            f" SLACK_SIGNING_SECRET from {WHERE_TO_GET['slack_signing_secret']}.)",
        )


def _misplaced(tokens: Tokens) -> Iterator[SettingsError]:
    for name, prefix in TOKEN_PREFIXES.items():
        token: SecretStr | None = getattr(tokens, name)
        if token and not token.get_secret_value().startswith(prefix):
            what = f"{name.upper()} {_what_it_is(token)}; it must begin with {prefix}."
            yield SettingsError(what, f"Copy it from {WHERE_TO_GET[name]}.")
    secret = tokens.slack_signing_secret
    if secret and secret.get_secret_value().startswith(("xoxb-", "xapp-", "xoxp-")):
        what = f"SLACK_SIGNING_SECRET {_what_it_is(secret)}."
        yield SettingsError(what, f"Copy it from {WHERE_TO_GET['slack_signing_secret']}.")


def _what_it_is(token: SecretStr) -> str:
    kinds = {"xoxb-": "holds a bot token", "xapp-": "holds an app-level token", "xoxp-": "holds a user token"}
    value = token.get_secret_value()
    return next((kind for prefix, kind in kinds.items() if value.startswith(prefix)), "is not a Slack token")
