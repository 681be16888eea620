"""The bot as an app of a workspace: its manifest, and what is wrong with its installation."""

from bot.slack.setup.doctor import Finding, examine_slack
from bot.slack.setup.manifest import build_manifest

__all__ = ["Finding", "build_manifest", "examine_slack"]
