"""What the workspace granted the app: its tokens, and from its manifest the scopes, events, commands and shortcuts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .workspace import APP_ID

EVERY_EVENT = frozenset(
    {"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "reaction_added"}
)
EVERY_SCOPE = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "chat:write",
        "commands",
        "groups:history",
        "im:history",
        "reactions:read",
    }
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Slack gave the app; made up for each run, so that other users of this machine cannot know it."""

    bot_token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(24)}")
    app_token: str = field(default_factory=lambda: f"xapp-1-{APP_ID}-{secrets.token_hex(24)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Grants:
    """What the app may do and hears of."""

    scopes: frozenset[str] = EVERY_SCOPE
    events: frozenset[str] = EVERY_EVENT
    commands: tuple[Mapping[str, Any], ...] = ()
    """As in the manifest; empty lets any command through."""
    shortcuts: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> "Grants":
        """Read a manifest, as Slack does when an app is created from it."""
        features = manifest.get("features", {})
        return cls(
            frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            frozenset(manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", ())),
            tuple(features.get("slash_commands", ())),
            tuple(features.get("shortcuts", ())),
        )

    def knows_command(self, command: str) -> bool:
        """Whether the app has registered that command."""
        return not self.commands or any(each["command"] == command for each in self.commands)
