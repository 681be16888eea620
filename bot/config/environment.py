"""The environment where it is no setting: what a child is handed, what Bolt must not see, whether there is a screen."""

import os
import sys
from datetime import timedelta

from bot.config.settings import PACKAGE, Settings


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
    for name in ("faq_url", "help_text", "faq_max_wrong", "faq_min_suggestion", "log_level"):
        if name in settings.model_fields_set:
            environment[name.upper()] = str(getattr(settings, name))
    # A playground's thumbs and questions are nobody's: they stay out of the database of the real bot.
    environment["DATABASE_URL"] = str((settings.data_path / "playground.db").resolve())
    environment.pop("DATABASE_URL_FILE", None)
    environment["METRICS_PORT"] = "0"  # the port belongs to the real bot
    environment["FAQ_OLD_AFTER"] = str(settings.faq_old_after / timedelta(days=1))
    for name in ("faq_path", "faq_signposts", "data_path"):
        if (path := getattr(settings, name)) is not None:
            environment[name.upper()] = str(path.resolve())
    return environment


def is_set(name: str) -> bool:
    """Return whether a variable stands in the environment, whatever its value."""
    return name in os.environ


def has_display() -> bool:
    """Tell whether a browser could open a window here."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
