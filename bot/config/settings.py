"""Settings, read from the environment and `.env` into one frozen value. The only list of them."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote

import structlog
from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.config.tokens import WHERE_TO_GET, Tokens, find_problems
from bot.errors import SettingsError

PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED_FAQ = next(
    (folder for folder in (PACKAGE / "shipped_faq", PACKAGE.parent / "faq") if folder.is_dir()),
    PACKAGE.parent / "faq",
)
"""The Flatcar FAQ: inside the package when it was installed from a wheel, beside it in a checkout."""
SHIPPED_FAQ_URL = "https://www.flatcar-linux.org/faq/"


Transport = Literal["socket", "http"]

LIKE = 0.85
"""How alike (difflib's ratio) a name and a setting's are for the one to be a slip of the pen."""

log = structlog.stdlib.get_logger(__name__)


class Settings(BaseSettings):
    """What an operator sets. Every field is also a line of `.env.example` and of the README's table: tests hold that.

    A secret may stand in a file: NAME_FILE is its path.

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
    slack_bot_token_file: Path | None = None
    slack_app_token_file: Path | None = None
    slack_signing_secret_file: Path | None = None
    slack_api_url: str = "https://slack.com/api/"
    """Base address of the Web API; another one for GovSlack or a proxy."""

    faq_path: Path = SHIPPED_FAQ
    faq_signposts: Path | None = None
    faq_url: str = Field(default="", validate_default=True)
    """Where the full FAQ is published; Flatcar's page for the FAQ that ships with the bot, else empty: no links."""
    help_text: str = "[the documentation](https://docs.flatcar-linux.org/)"
    """Markdown: where people help; the end of the sentence "You may find help in ..."."""
    faq_old_after: Annotated[timedelta, NoDecode] = timedelta(days=730)
    """In days: answers older than this say when they were written."""
    faq_max_wrong: float = Field(default=0.05, gt=0, lt=1)
    """How often a direct answer may be wrong."""
    faq_min_suggestion: float | None = Field(default=None, gt=0, lt=1)
    """How likely one of the entries offered in public must be right; measured default in the matcher."""

    data_path: Path = Path("data")
    """Where the bot keeps what it would otherwise have to compute again, and the default database."""
    database_url: SecretStr | None = None
    """A PostgreSQL database, or another SQLite file than flatcar-faq.db in the data folder."""
    database_url_file: Path | None = None
    retention_days: Annotated[timedelta, NoDecode] = timedelta(days=365)
    """In days: thumbs, and questions that were sent on, are deleted after this time."""

    maintainers: Annotated[frozenset[str], NoDecode] = frozenset()
    """Slack IDs (U...) of the people who look after the FAQ, separated by commas: they see the inbox in Home, decide
    about the questions in it, and may remove any reply."""
    maintainers_channel: str | None = Field(default=None, pattern="^[CG][A-Z0-9]+$")
    """Slack ID (C...) of the channel where questions that people send on appear, and the weekly digest."""
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
    drain_seconds: float = Field(default=3, ge=0)
    """HTTP: how long after SIGTERM requests are still taken while /readyz says 503, for load balancers to see that."""
    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Socket Mode: where /healthz, /readyz and /metrics are served, beside HOST; 0 serves nothing."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def help(self) -> str:
        """HELP_TEXT; empty where an FAQ that is published elsewhere leaves it unset: Flatcar's would mislead there."""
        return "" if self.faq_url != SHIPPED_FAQ_URL and "help_text" not in self.model_fields_set else self.help_text

    @model_validator(mode="before")
    @classmethod
    def _read_secret_files(cls, given: dict[str, Any]) -> dict[str, Any]:
        names = [name for name in cls.model_fields if f"{name}_file" in cls.model_fields]
        files = {name: given[f"{name}_file"] for name in names if given.get(f"{name}_file")}
        if twice := [name.upper() for name in files if given.get(name)]:
            raise ValueError(f"{twice[0]} and {twice[0]}_FILE are both set: keep one of them")
        return given | {name: _read_secret(name, Path(path)) for name, path in files.items()}

    @field_validator("*", mode="before")
    @classmethod
    def _strip(cls, value: Any) -> Any:
        return value.strip() if isinstance(value, str) else value

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
            raise ValueError(f"{wrong[0]!r} is not a Slack ID: they look like U012AB3CD (profile > Copy member ID)")
        return ids

    @field_validator("slack_api_url", "faq_url")
    @classmethod
    def _check_address(cls, value: str, info: ValidationInfo) -> str:
        if info.field_name == "faq_url" and not value:
            path = info.data.get("faq_path")
            return SHIPPED_FAQ_URL if path and path.resolve() == SHIPPED_FAQ.resolve() else ""
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
        return any(self._tokens.values())

    @property
    def _tokens(self) -> Tokens:
        return {name: getattr(self, name) for name in WHERE_TO_GET}

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that nobody may see, the password within DATABASE_URL on its own."""
        values = [value.get_secret_value() for _, value in self if isinstance(value, SecretStr)]
        address = self.database_url.get_secret_value() if self.database_url else ""
        passwords = [address.rpartition("@")[0].partition("://")[2].partition(":")[2]]
        passwords += [found.strip("'") for found in re.findall(r"\bpassword\s*=\s*('[^']*'|[^&\s]+)", address)]
        return tuple(value for value in (*values, *passwords, *map(unquote, passwords)) if value)

    @property
    def token_problems(self) -> tuple[SettingsError, ...]:
        """What keeps the Slack settings from being complete or consistent, each with what to do."""
        if self.metrics_port and self.slack_signing_secret and not self.slack_app_token:
            what = "METRICS_PORT is for Socket Mode: over HTTP, /healthz, /readyz and /metrics are served at PORT."
            return (*find_problems(self._tokens), SettingsError(what, "Remove METRICS_PORT."))
        return find_problems(self._tokens)

    def check_tokens(self) -> None:
        """Check that the bot can be reached.

        Raises:
            SettingsError: a token is missing, or one stands where another belongs.
        """
        if problems := self.token_problems:
            raise SettingsError(" ".join(str(problem) for problem in problems))

    @property
    def transport(self) -> Transport:
        """How Slack reaches the bot; raises like `check_tokens`."""
        self.check_tokens()
        return "socket" if self.slack_app_token else "http"


def load_settings(**overrides: Any) -> Settings:
    """Read the environment and `.env`; `overrides` (from the command line) win where they are not None.

    Raises:
        SettingsError: a value is malformed, or `.env` names a setting that does not exist but nearly does; names each
            setting, never a secret's value.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        _check_spelling()
        return Settings(**given)
    except ValidationError as error:
        lines = [f"{_setting_name(item['loc'])}: {_plain(item['msg'])}." for item in error.errors()]
        raise SettingsError(" ".join(lines)) from None
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(f".env cannot be read: {error}. Save it as UTF-8 text.") from None


def _check_spelling() -> None:
    """Refuse a slip of the pen in `.env`; in the environment, which others share, only warn of it."""
    file = dotenv_values(".env")
    for name, meant in _misspelt({*file, *os.environ}):
        said = f"{name} is not a setting; {meant} is."
        if name in file:
            raise SettingsError(f".env: {said}", "Correct the name, or remove the line.")
        log.warning("a variable is nearly a setting and has no effect", variable=name, setting=meant)


def _misspelt(names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that nearly is a setting's, with that setting, unless the setting is given as well."""
    known = {name.upper() for name in Settings.model_fields}
    given = {name.upper() for name in names}
    for name in sorted(names):
        near = [] if name.upper() in known else get_close_matches(name.upper(), known, n=1, cutoff=LIKE)
        if near and near[0] not in given:
            yield name, near[0]


def _read_secret(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ValueError(f"{name.upper()}_FILE names {path}, which cannot be read: {reason}") from None


def _setting_name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location).upper() or "settings"


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").removesuffix(".")
