"""What a workspace's admins are told is what the manifest asks for and what the database holds."""

from pathlib import Path

from bot.slack.setup.manifest import build_manifest
from bot.store.tables import METADATA
from tools import admin_page
from tools.admin_page import DATA_INVENTORY, render_admin_page, render_scope_table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "for-workspace-admins.md"


def test_everything_the_manifest_asks_for_has_a_reason_and_nothing_else_has() -> None:
    manifest = build_manifest()
    features, settings = manifest["features"], manifest["settings"]
    assert manifest["oauth_config"].keys() == {"scopes"}
    assert manifest["oauth_config"]["scopes"].keys() == {"bot"}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == admin_page.SCOPE_REASONS.keys()
    assert settings["event_subscriptions"].keys() == {"bot_events"}
    assert set(settings["event_subscriptions"]["bot_events"]) == admin_page.EVENT_REASONS.keys()
    assert {each["command"] for each in features["slash_commands"]} == admin_page.COMMAND_REASONS.keys()
    assert {each["callback_id"] for each in features["shortcuts"]} == admin_page.SHORTCUT_REASONS.keys()
    others = (features.keys() | {"interactivity"}) - {"slash_commands", "shortcuts"}
    assert others == admin_page.FEATURE_REASONS.keys()


def test_what_the_page_says_it_is_not_is_not_in_the_manifest() -> None:
    settings = build_manifest()["settings"]
    known = {"event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled"}
    assert settings.keys() == known | {"token_rotation_enabled"}
    assert settings["org_deploy_enabled"] is False


def test_every_table_and_column_of_the_database_is_explained() -> None:
    tables = {name: {column.name for column in table.columns} for name, table in METADATA.tables.items()}
    assert tables == {name: held.columns.keys() for name, held in DATA_INVENTORY.items()}


def test_the_page_for_admins_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_admin_page(), "run: make docs"


def test_the_readme_names_the_same_scopes_with_the_same_reasons() -> None:
    assert render_scope_table() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_settings_that_the_page_names_exist() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in (
        "RETENTION_DAYS",
        "KEEP_UNANSWERED",
        "MAINTAINERS_CHANNEL",
        "TELL_ASKERS",
        "DIGEST_DAY",
        "MAINTAINERS",
    ):
        assert name in render_admin_page()
        assert f"#{name}=" in example
