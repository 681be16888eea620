"""What else is done with the environment: a child gets its own, Bolt sees no token, and is there a screen?"""

import hashlib
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.config.settings import PACKAGE, Settings


def hide_token() -> None:
    """Take the bot token out of the environment once it is read: Bolt looks there, too, and warns of a second one."""
    os.environ.pop("SLACK_BOT_TOKEN", None)


def build_child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of a bot that serves the same FAQ in the same way, without any setting for Slack.

    Values from `.env` and the command line are in it, so that the child needs none of its own.
    """
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("SLACK_")}
    places = [str(PACKAGE.parent), *environment.get("PYTHONPATH", "").split(os.pathsep)]
    environment["PYTHONPATH"] = os.pathsep.join(place for place in places if place)
    for name, value in settings:
        is_ours = not name.startswith("slack_") and not name.endswith("_file")
        if is_ours and value is not None and (name in settings.model_fields_set or isinstance(value, Path)):
            environment[name.upper()] = _written(value)
    environment["FAQ_URL"] = settings.faq_url  # a working copy of the FAQ is published where the FAQ is
    # A playground's thumbs and questions are nobody's: they stay out of the database of the real bot, and each FAQ has
    # numbers of its own.
    path = str(settings.faq_path.resolve())
    name = f"playground-{hashlib.sha256(path.encode(errors='surrogateescape')).hexdigest()[:8]}.db"
    environment["DATABASE_URL"] = str((settings.data_path / name).resolve())
    environment.pop("DATABASE_URL_FILE", None)
    environment["METRICS_PORT"] = "0"  # the port belongs to the real bot
    return environment


def is_set(name: str) -> bool:
    """Return whether a variable stands in the environment, whatever its value."""
    return name in os.environ


def has_display() -> bool:
    """Return whether a browser could open a window here."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _written(value: Any) -> str:
    """Write a setting's value as people do."""
    match value:
        case timedelta():
            return str(value / timedelta(days=1))
        case Path():
            return str(value.resolve())  # the child runs in another folder
        case frozenset():
            return ",".join(sorted(value))
        case SecretStr():
            return value.get_secret_value()
        case _:
            return str(value)
