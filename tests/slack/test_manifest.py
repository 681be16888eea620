"""The manifest that people paste into Slack, and the file in the repository."""

import json
from pathlib import Path

from bot.slack.setup.manifest import build_manifest

ROOT = Path(__file__).parents[2]


def test_the_manifest_in_the_repository_is_the_one_the_program_prints() -> None:
    assert json.loads((ROOT / "manifest.json").read_text()) == build_manifest(), "run: make manifest"


def test_the_bot_asks_for_the_smallest_scopes() -> None:
    scopes = build_manifest()["oauth_config"]["scopes"]
    assert scopes == {"bot": ["app_mentions:read", "chat:write", "commands", "im:history"]}


def test_people_can_write_to_the_bot() -> None:
    home = build_manifest()["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False


def test_for_http_every_request_goes_to_one_address() -> None:
    manifest = build_manifest("https://faq.example.org/")
    address = "https://faq.example.org/slack/events"
    assert manifest["settings"]["event_subscriptions"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["message_menu_options_url"] == address
    assert manifest["features"]["slash_commands"][0]["url"] == address
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert build_manifest(address) == manifest


def test_slack_accepts_the_lengths() -> None:
    manifest = build_manifest()
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    for shortcut in manifest["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in manifest["features"]["slash_commands"]:
        assert command["command"].startswith("/")
        assert len(command["command"]) <= 32
        assert command["should_escape"] is False
