"""The app manifest: what the bot may do in a workspace, with the smallest scopes that let it do its work.

Limits and schema: https://github.com/slackapi/manifest-schema
"""

from typing import Any

SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history")
EVENTS = ("app_mention", "message.im")


def build_manifest() -> dict[str, Any]:
    """Build the manifest of an app that connects through Socket Mode."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Flatcar FAQ",
            "description": "Answers questions from the Flatcar Linux FAQ: right, or quiet.",
            "long_description": (
                "Ask a question by mentioning the bot, with /flatcar-faq or in a direct message. It looks the question"
                " up in the project's FAQ and replies with the answer and a link to its place there. When it is not"
                " sure it offers entries to choose from; when the FAQ has no answer it says so. It reads only what is"
                " addressed to it, stores no messages, and generates no text: every word it says stands in the FAQ."
            ),
            "background_color": "#0b2d48",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "flatcar-faq", "always_online": False},
            "slash_commands": [
                {
                    "command": "/flatcar-faq",
                    "description": "Look a question up in the Flatcar FAQ",
                    "usage_hint": "your question, or help",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
