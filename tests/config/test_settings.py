"""Settings as operators write them, and what they are told when one is wrong."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.config import SHIPPED_FAQ, Settings, build_child_environment, load_settings
from bot.errors import SettingsError

ROOT = Path(__file__).parents[2]
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_shipped_faq_is_served() -> None:
    settings = load_settings()
    assert settings.faq_path == SHIPPED_FAQ
    assert settings.faq_url == "https://www.flatcar-linux.org/faq/"
    assert not settings.has_slack


def test_somebody_elses_faq_does_not_send_people_to_the_documentation_of_flatcar() -> None:
    assert "flatcar" in load_settings().help
    assert load_settings(faq_url="https://c.example/").help == ""


def test_where_people_help_can_be_said_for_any_faq(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELP_TEXT", "the forum")
    assert load_settings(faq_url="https://c.example/").help == "the forum"


def test_the_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("FAQ_URL=https://a.example/\nPORT=4000\n")
    monkeypatch.setenv("FAQ_URL", "https://b.example/")
    settings = load_settings()
    assert (settings.faq_url, settings.port) == ("https://b.example/", 4000)


def test_the_command_line_wins_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_URL", "https://b.example/")
    assert load_settings(faq_url="https://c.example/", faq_path=None).faq_url == "https://c.example/"


def test_an_empty_line_of_the_env_file_counts_as_unset() -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=\nPORT=\n")
    assert not load_settings().has_slack


def test_the_example_file_as_it_is_changes_nothing() -> None:
    Path(".env").write_text((ROOT / ".env.example").read_text())
    assert load_settings().model_dump() == Settings(_env_file=None).model_dump()


ALL = {name.upper() for name in Settings.model_fields}
EXAMPLE = (ROOT / ".env.example").read_text()
README = (ROOT / "README.md").read_text().partition("\n## Settings\n")[2].partition("\n## ")[0]


def test_the_example_file_names_every_setting_and_no_other() -> None:
    assert set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == ALL


def test_the_readme_names_every_setting_and_no_other() -> None:
    levels = {"DEBUG", "INFO", "WARNING", "ERROR"}
    assert set(re.findall("`([A-Z_]+)`", README)) - levels == ALL


def test_the_readme_tells_the_defaults() -> None:
    rows = [line.split(" | ") for line in README.splitlines() if line.startswith("| `")]
    told = {row[0].strip("|` "): re.findall("^`(.+?)`", row[1]) for row in rows}
    for name, field in Settings.model_fields.items():
        value = field.default.days if isinstance(field.default, timedelta) else field.default
        if told.get(name.upper()) and name != "faq_signposts":
            assert told[name.upper()][0].lower() == str(value).lower(), name


def test_every_setting_that_the_documentation_names_exists() -> None:
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {
        name: file.name
        for file in files
        for name in re.findall("`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`", file.read_text(encoding="utf-8"))
        if file.name != "CHANGELOG.md"
    }
    assert named.keys() - ALL == {"OPENBLAS_NUM_THREADS"}, "numpy's, which the program sets by itself"


def test_no_other_module_holds_a_list_of_settings() -> None:
    """Three names of settings beside one another are a list, which nobody would keep up to date."""
    found = set()
    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = {str(each.value).upper() for each in getattr(node, "elts", ()) if isinstance(each, ast.Constant)}
            if len(names & ALL) > 2:
                found.add(str(file.relative_to(ROOT)))
    assert not found


def test_a_playgrounds_bot_gets_every_setting_of_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    more = "QUESTIONS_PER_MINUTE=7\nRETENTION_DAYS=30.5\nTELL_ASKERS=no\nKEEP_UNANSWERED=1\n"
    Path(".env").write_text(re.sub("^#([A-Z_]+=.)", r"\1", EXAMPLE, flags=re.MULTILINE) + more)
    given = load_settings()
    environment = build_child_environment(given)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for name in ALL & environment.keys():
        monkeypatch.setenv(name, environment[name])
    got = load_settings()
    differing = {name for name in Settings.model_fields if getattr(got, name) != getattr(given, name)}
    assert differing == {"database_url", "faq_path", "faq_signposts", "data_path"}
    assert got.faq_path == tmp_path / "faq"
    assert (got.questions_per_minute, got.retention_days) == (7, timedelta(days=30.5))
    assert (got.tell_askers, got.keep_unanswered) == (False, True)


def test_a_misspelt_line_of_the_env_file_is_named_with_what_is_meant() -> None:
    Path(".env").write_text("MAINTAINER_CHANNEL=C1\nSOMETHING_ELSE=1\n")
    with pytest.raises(SettingsError, match=r"\.env: MAINTAINER_CHANNEL is not a setting; MAINTAINERS_CHANNEL is"):
        load_settings()


def test_a_misspelt_variable_of_the_environment_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_ULR", "https://a.example/")
    monkeypatch.setenv("DATABASE_URI", "somebody else's")
    monkeypatch.setenv("DATABASE_URL", "bot.db")
    with structlog.testing.capture_logs() as logs:
        load_settings()
    assert [(line["variable"], line["setting"]) for line in logs] == [("FAQ_ULR", "FAQ_URL")]


def test_a_metrics_port_over_http_is_told_of() -> None:
    tokens = {"slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET, "metrics_port": 9000}
    with pytest.raises(SettingsError, match="METRICS_PORT is for Socket Mode: over HTTP, .* served at PORT"):
        load_settings(**tokens).check_tokens()
    load_settings(**tokens, slack_app_token="xapp-1").check_tokens()


@pytest.mark.parametrize(
    ("tokens", "transport"),
    [
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}, "socket"),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET}, "http"),
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", "slack_signing_secret": SECRET}, "socket"),
    ],
)
def test_the_tokens_decide_the_transport(tokens: dict[str, str], transport: str) -> None:
    assert load_settings(**tokens).transport == transport


def test_secrets_are_read_from_files_without_the_white_space_around_them(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("secret").write_text(f"\ufeff {SECRET}\r\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-1 ")
    monkeypatch.setenv("SLACK_SIGNING_SECRET_FILE", "secret")
    settings = load_settings()
    assert settings.secrets == ("xoxb-1", SECRET)
    assert settings.transport == "http"


def test_a_secret_in_two_places_or_in_a_file_that_is_not_there_is_named_with_its_file() -> None:
    Path("secret").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set"):
        load_settings(slack_bot_token="xoxb-1", slack_bot_token_file="secret")
    with pytest.raises(SettingsError, match="DATABASE_URL_FILE names secret, which cannot be read: it is not UTF-8"):
        load_settings(database_url_file="secret")
    with pytest.raises(SettingsError, match="DATABASE_URL_FILE names elsewhere, .* No such file"):
        load_settings(database_url_file="elsewhere")


@pytest.mark.parametrize(
    ("tokens", "told"),
    [
        ({}, "No Slack settings found"),
        ({"slack_bot_token": "xoxb-1"}, "SLACK_APP_TOKEN is missing"),
        ({"slack_app_token": "xapp-1"}, "SLACK_BOT_TOKEN is missing"),
        ({"slack_signing_secret": SECRET}, "SLACK_BOT_TOKEN is missing"),
        (
            {"slack_bot_token": "xapp-swapped", "slack_app_token": "xoxb-swapped"},
            "SLACK_BOT_TOKEN holds an app-level token",
        ),
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "xoxb-2"}, "SLACK_APP_TOKEN holds a bot token"),
        ({"slack_bot_token": "xoxp-1", "slack_app_token": "xapp-2"}, "SLACK_BOT_TOKEN holds a user token"),
        ({"slack_bot_token": "nonsense", "slack_app_token": "xapp-2"}, "SLACK_BOT_TOKEN is not a Slack token"),
        (
            {"slack_bot_token": "xoxb-1", "slack_signing_secret": "xapp-2"},
            "SLACK_SIGNING_SECRET holds an app-level token",
        ),
    ],
)
def test_a_missing_or_misplaced_token_is_named_with_where_to_get_it(tokens: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError) as raised:
        _ = load_settings(**tokens).transport
    assert told in str(raised.value)
    assert not any(value in str(raised.value) for value in tokens.values())


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "many", "PORT"),
        ("PORT", "70000", "PORT"),
        ("FAQ_OLD_AFTER", "two years", "number of days"),
        ("FAQ_OLD_AFTER", "inf", "number of days"),
        ("FAQ_URL", "flatcar-linux.org", "https://"),
        ("SLACK_API_URL", "slack", "https://"),
        ("LOG_LEVEL", "chatty", "LOG_LEVEL"),
        ("FAQ_MAX_WRONG", "0", "FAQ_MAX_WRONG"),
        ("FAQ_MIN_SUGGESTION", "2", "FAQ_MIN_SUGGESTION"),
    ],
)
def test_a_malformed_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert name in str(raised.value)
    assert told in str(raised.value)


def test_an_env_file_that_is_not_text_is_named() -> None:
    Path(".env").write_bytes(b"FAQ_URL=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env"):
        load_settings()


def test_days_and_levels_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_OLD_AFTER", "30")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api")
    settings = load_settings()
    assert settings.faq_old_after == timedelta(days=30)
    assert settings.log_level == "DEBUG"
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"


def test_secrets_are_not_in_a_settings_repr() -> None:
    assert "xoxb-secret" not in repr(load_settings(slack_bot_token="xoxb-secret"))
