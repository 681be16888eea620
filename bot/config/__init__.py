"""Settings: the only room that reads the environment."""

from bot.config.environment import build_child_environment, has_display, hide_token, is_set
from bot.config.settings import SHIPPED_FAQ, Settings, load_settings
from bot.config.tokens import WHERE_TO_GET

__all__ = [
    "SHIPPED_FAQ",
    "WHERE_TO_GET",
    "Settings",
    "build_child_environment",
    "has_display",
    "hide_token",
    "is_set",
    "load_settings",
]
