"""The app manifest: what the bot may do in a workspace, with the smallest scopes that let it do its work.

Limits and schema: https://github.com/slackapi/manifest-schema
"""

from typing import Any

from bot.slack.views import action_ids

SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history")
EVENTS = ("app_home_opened", "app_mention", "message.im")

LONG_DESCRIPTION = (
    "Ask a question by mentioning the bot, with /flatcar-faq or in a direct message. It looks the question up in the"
    " project's FAQ and replies with the answer and a link to its place there. When it is not sure it offers entries"
    " to choose from; when the FAQ has no answer it says so, and you may send your question to the FAQ's maintainers."
    " It reads only what is addressed to it, stores no other messages, and generates no text: every word it says stands"
    " in the FAQ."
)


def build_manifest(url: str | None = None) -> dict[str, Any]:
    """Build the manifest of an app that connects through Socket Mode, or that Slack reaches at `url` over HTTP.

    `url` is the public address of the bot, with or without /slack/events at its end.
    """
    address = f"{url.rstrip('/').removesuffix('/slack/events')}/slack/events" if url else None
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Flatcar FAQ",
            "description": "Answers questions from the Flatcar Linux FAQ: right, or quiet.",
            "long_description": LONG_DESCRIPTION,
            "background_color": "#0b2d48",
        },
        "features": _features(address),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": _settings(address),
    }


def _features(address: str | None) -> dict[str, Any]:
    command = {
        "command": "/flatcar-faq",
        "description": "Look a question up in the Flatcar FAQ",
        "usage_hint": "your question, list, or help",
        "should_escape": False,
    }
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "flatcar-faq", "always_online": False},
        "shortcuts": [
            {
                "name": "Answer from the FAQ",
                "type": "message",
                "callback_id": action_ids.SHORTCUT,
                "description": "See what the FAQ says to this message, and post it in its thread",
            }
        ],
        "slash_commands": [command | ({"url": address} if address else {})],
    }


def _settings(address: str | None) -> dict[str, Any]:
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if address:
        events["request_url"] = address
        interactivity |= {"request_url": address, "message_menu_options_url": address}
    return {
        "event_subscriptions": events,
        "interactivity": interactivity,
        "org_deploy_enabled": False,
        "socket_mode_enabled": address is None,
        "token_rotation_enabled": False,
    }
