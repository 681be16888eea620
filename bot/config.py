"""Environment and `.env` in, one frozen Settings value out. The only reader of the environment; opens nothing else."""

import os
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PACKAGE = Path(__file__).resolve().parent
SHIPPED_FAQ = next(
    (folder for folder in (PACKAGE / "shipped_faq", PACKAGE.parent / "faq") if folder.is_dir()),
    PACKAGE.parent / "faq",
)
"""The Flatcar FAQ: inside the package when it was installed from a wheel, beside it in a checkout."""

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

Transport = Literal["socket", "http"]
Mode = Literal["auto", "light", "full", "off"]


class Settings(BaseSettings):
    """What an operator sets. Every field is also a line of `.env.example`.

    `slack run` hands the two tokens over under names of its own (SLACK_CLI_XOXB, SLACK_CLI_XAPP).
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("slack_bot_token", "slack_cli_xoxb")
    )
    slack_app_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("slack_app_token", "slack_cli_xapp")
    )
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    """Base address of the Web API; another one for GovSlack or a proxy."""

    faq_path: Path = SHIPPED_FAQ
    faq_signposts: Path | None = None
    faq_url: str = "https://www.flatcar-linux.org/faq/"
    help_text: str = "[the documentation](https://docs.flatcar-linux.org/)"
    """Markdown: where people help; the end of the sentence "You may find help in ..."."""
    faq_old_after: Annotated[timedelta, NoDecode] = timedelta(days=730)
    """In days: answers older than this say when they were written."""
    faq_max_wrong: float = Field(default=0.05, gt=0, lt=1)
    """How often a direct answer may be wrong."""
    faq_min_suggestion: float | None = Field(default=None, gt=0, lt=1)
    """How likely an entry must be to be suggested; measured default in the matcher."""

    faq_semantic: Mode = "auto"
    """How the matcher understands paraphrases: `auto` takes the transformer where it is installed."""
    faq_semantic_model: Path | None = None
    """Another ONNX model of the same kind."""
    data_path: Path = Path("data")
    """Where the bot keeps what it would otherwise have to compute again, and the default database."""
    database_url: SecretStr | None = None
    """A PostgreSQL database, or another SQLite file than flatcar-faq.db in the data folder."""
    retention_days: Annotated[timedelta, NoDecode] = timedelta(days=365)
    """In days: thumbs, and questions that were sent on, are deleted after this time."""

    maintainers: Annotated[frozenset[str], NoDecode] = frozenset()
    """Slack ids (U...) of the people who look after the FAQ, separated by commas: they see the inbox in Home, decide
    about the questions in it, and may remove any reply."""
    maintainers_channel: str | None = Field(default=None, pattern="^[CG][A-Z0-9]+$")
    """Slack id (C...) of the channel where questions that people send on appear, and the weekly digest."""
    tell_askers: bool = True
    """Whether people are told what became of a question that they sent on."""
    keep_unanswered: bool = False
    """Whether every question without an answer is kept for the maintainers, not only those that were sent on."""
    digest_day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "never"] = (
        "monday"
    )
    """When the week in numbers is posted to the maintainers' channel, if there is one."""

    questions_per_minute: int = Field(default=300, ge=1)
    """How many questions of one person are answered within a minute."""

    line_renew_minutes: float = Field(default=30, gt=0)
    """Socket Mode: how often the connection is renewed."""
    line_lost_minutes: float = Field(default=5, gt=0)
    """Socket Mode: after how long without a connection the program ends, so that a supervisor starts it anew."""

    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Socket Mode: where /healthz, /readyz and /metrics are served, beside HOST; 0 serves nothing."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def help(self) -> str:
        """HELP_TEXT; empty where an FAQ that is published elsewhere leaves it unset: Flatcar's would mislead there."""
        elsewhere = self.faq_url != type(self).model_fields["faq_url"].default
        return "" if elsewhere and "help_text" not in self.model_fields_set else self.help_text

    @field_validator("faq_old_after", "retention_days", mode="before")
    @classmethod
    def _read_days(cls, value: Any) -> timedelta:
        if isinstance(value, timedelta):
            return value
        try:
            return timedelta(days=float(value))
        except (TypeError, ValueError, OverflowError):
            raise ValueError("give a number of days, for instance 730") from None

    @field_validator("maintainers", mode="before")
    @classmethod
    def _read_ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        ids = {part.strip() for part in value.split(",") if part.strip()}
        if wrong := sorted(part for part in ids if not re.fullmatch("[UW][A-Z0-9]+", part)):
            raise ValueError(f"{wrong[0]!r} is no Slack id: they look like U012AB3CD (profile > Copy member ID)")
        return ids

    @field_validator("slack_api_url", "faq_url")
    @classmethod
    def _check_address(cls, value: str, info: ValidationInfo) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("give a web address that begins with https://")
        return value.rstrip("/") + "/" if info.field_name == "slack_api_url" else value

    @field_validator("digest_day", mode="before")
    @classmethod
    def _lower_case(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _raise_case(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @property
    def has_slack(self) -> bool:
        """Whether any Slack setting is present."""
        return any((self.slack_bot_token, self.slack_app_token, self.slack_signing_secret))

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that nobody may see, the password within DATABASE_URL on its own."""
        given = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.database_url)
        values = [secret.get_secret_value() for secret in given if secret]
        address = self.database_url.get_secret_value() if self.database_url else ""
        passwords = [address.rpartition("@")[0].partition("://")[2].partition(":")[2]]
        passwords += [found.strip("'") for found in re.findall(r"\bpassword\s*=\s*('[^']*'|[^&\s]+)", address)]
        return tuple(value for value in (*values, *passwords, *map(unquote, passwords)) if value)

    @property
    def token_problems(self) -> tuple[SettingsError, ...]:
        """What keeps the Slack settings from being complete, each with where to get what is missing."""
        if not self.has_slack:
            return (NO_SETTINGS,)
        return (*_missing(self), *_misplaced(self))

    @property
    def transport(self) -> Transport:
        """How Slack reaches the bot.

        Raises:
            SettingsError: a token is missing, or one stands where another belongs.
        """
        if problems := self.token_problems:
            raise SettingsError(" ".join(str(problem) for problem in problems))
        return "socket" if self.slack_app_token else "http"


def _missing(settings: Settings) -> Iterator[SettingsError]:
    if not settings.slack_bot_token:
        yield SettingsError("SLACK_BOT_TOKEN is missing.", f"Copy it from {WHERE_TO_GET['slack_bot_token']}.")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        yield SettingsError(
            "SLACK_APP_TOKEN is missing.",
            f"Create one at {WHERE_TO_GET['slack_app_token']}. (For HTTP instead of Socket Mode, set"
            f" SLACK_SIGNING_SECRET from {WHERE_TO_GET['slack_signing_secret']}.)",
        )


def _misplaced(settings: Settings) -> Iterator[SettingsError]:
    for name, prefix in TOKEN_PREFIXES.items():
        token: SecretStr | None = getattr(settings, name)
        if token and not token.get_secret_value().startswith(prefix):
            what = f"{name.upper()} {_what_it_is(token)}; it must begin with {prefix}."
            yield SettingsError(what, f"Copy it from {WHERE_TO_GET[name]}.")
    secret = settings.slack_signing_secret
    if secret and secret.get_secret_value().startswith(("xoxb-", "xapp-", "xoxp-")):
        what = f"SLACK_SIGNING_SECRET {_what_it_is(secret)}."
        yield SettingsError(what, f"Copy it from {WHERE_TO_GET['slack_signing_secret']}.")


def _what_it_is(token: SecretStr) -> str:
    kinds = {"xoxb-": "holds a bot token", "xapp-": "holds an app-level token", "xoxp-": "holds a user token"}
    value = token.get_secret_value()
    return next((kind for prefix, kind in kinds.items() if value.startswith(prefix)), "is not a Slack token")


def load_settings(**overrides: Any) -> Settings:
    """Read the environment and `.env`; `overrides` (from the command line) win where they are not None.

    Raises:
        SettingsError: a value is malformed; names each setting, never a secret's value.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [f"{_setting_name(item['loc'])}: {_plain(item['msg'])}." for item in error.errors()]
        raise SettingsError(" ".join(lines)) from None
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(f".env cannot be read: {error}. Save it as UTF-8 text.") from None


def _setting_name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location).upper() or "settings"


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").removesuffix(".")


def hide_token() -> None:
    """Take the bot token out of the environment once it is read: Bolt looks there, too, and warns of a second one."""
    os.environ.pop("SLACK_BOT_TOKEN", None)


def build_child_environment(settings: Settings) -> dict[str, str]:
    """Give the environment of a bot that serves the same FAQ in the same way, without any setting for Slack.

    Values from `.env` are in it, so that the child needs none of its own.
    """
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("SLACK_")}
    places = [str(PACKAGE.parent), *environment.get("PYTHONPATH", "").split(os.pathsep)]
    environment["PYTHONPATH"] = os.pathsep.join(place for place in places if place)
    for name in ("faq_url", "help_text", "faq_max_wrong", "faq_min_suggestion", "faq_semantic", "log_level"):
        if name in settings.model_fields_set:
            environment[name.upper()] = str(getattr(settings, name))
    # A playground's thumbs and questions are nobody's: they stay out of the database of the real bot.
    environment["DATABASE_URL"] = str((settings.data_path / "playground.db").resolve())
    environment["METRICS_PORT"] = "0"  # the port belongs to the real bot
    environment["FAQ_OLD_AFTER"] = str(settings.faq_old_after / timedelta(days=1))
    for name in ("faq_path", "faq_signposts", "faq_semantic_model", "data_path"):
        if (path := getattr(settings, name)) is not None:
            environment[name.upper()] = str(path.resolve())
    return environment


def has_display() -> bool:
    """Tell whether a browser could open a window here."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
