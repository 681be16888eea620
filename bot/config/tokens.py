"""What is wrong with Slack's tokens, each problem with where to get what is missing. Shows no secret."""

from collections.abc import Iterator, Mapping

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


Tokens = Mapping[str, SecretStr | None]
"""What Slack gave the operator, by the names of WHERE_TO_GET."""


def find_problems(tokens: Tokens) -> tuple[SettingsError, ...]:
    """Return what keeps the tokens from being complete."""
    return (*_missing(tokens), *_misplaced(tokens)) if any(tokens.values()) else (NO_SETTINGS,)


def _missing(tokens: Tokens) -> Iterator[SettingsError]:
    if not tokens["slack_bot_token"]:
        yield SettingsError("SLACK_BOT_TOKEN is missing.", f"Copy it from {WHERE_TO_GET['slack_bot_token']}.")
    if not tokens["slack_app_token"] and not tokens["slack_signing_secret"]:
        yield SettingsError(
            "SLACK_APP_TOKEN is missing.",
            f"Create one at {WHERE_TO_GET['slack_app_token']}. (For HTTP instead of Socket Mode, set"
            f" SLACK_SIGNING_SECRET from {WHERE_TO_GET['slack_signing_secret']}.)",
        )


def _misplaced(tokens: Tokens) -> Iterator[SettingsError]:
    for name, prefix in TOKEN_PREFIXES.items():
        token = tokens[name]
        if token and not token.get_secret_value().startswith(prefix):
            what = f"{name.upper()} {_what_it_is(token)}; it must begin with {prefix}."
            yield SettingsError(what, f"Copy it from {WHERE_TO_GET[name]}.")
    secret = tokens["slack_signing_secret"]
    if secret and secret.get_secret_value().startswith(("xoxb-", "xapp-", "xoxp-")):
        what = f"SLACK_SIGNING_SECRET {_what_it_is(secret)}."
        yield SettingsError(what, f"Copy it from {WHERE_TO_GET['slack_signing_secret']}.")


def _what_it_is(token: SecretStr) -> str:
    kinds = {"xoxb-": "holds a bot token", "xapp-": "holds an app-level token", "xoxp-": "holds a user token"}
    value = token.get_secret_value()
    return next((kind for prefix, kind in kinds.items() if value.startswith(prefix)), "is not a Slack token")
