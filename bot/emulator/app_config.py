"""What the workspace granted the app: its tokens, and from its manifest the scopes, events, commands and shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVERY_EVENT = frozenset(
    {"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "reaction_added"}
)
EVERY_SCOPE = frozenset(
    {
        "app_mentions:read", "channels:history", "channels:join", "channels:manage", "channels:read", "chat:write",
        "commands", "groups:history", "groups:read", "im:history", "im:read", "im:write", "pins:read", "pins:write",
        "reactions:read", "reactions:write", "team:read", "users.profile:read", "users:read", "users:read.email",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Slack gave the app; anything else is refused."""

    bot_token: str = "xoxb-1111111111-2222222222-flatcarbottoken"  # noqa: S105
    app_token: str = "xapp-1-A0FAQBOT01-3333333333-flatcarapptoken"  # noqa: S105
    signing_secret: str = "8f742231b10e8888abcd99aaabbb85a5"  # noqa: S105


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
