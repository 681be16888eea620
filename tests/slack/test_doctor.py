"""The doctor: one finding for each thing the bot needs, with the one next step."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import WSMsgType, web

from bot.cli.doctor import examine_faq, findings_as_json, is_well
from bot.config import Settings
from bot.slack.setup.doctor import Finding, examine_slack
from bot.slack.setup.manifest import SCOPES

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
SECRET = "0123456789abcdef0123456789abcdef"
Handler = Callable[[web.Request], Any]


@asynccontextmanager
async def slack(
    *, scopes: str | None = ",".join(SCOPES), skew: float = 0.0, error: str = "", hello: dict[str, Any] | None = None
) -> AsyncIterator[str]:
    """The edge of Slack that the doctor touches."""

    async def auth_test(_: web.Request) -> web.Response:
        headers = {"Date": format_datetime(NOW - timedelta(seconds=skew), usegmt=True)}
        headers |= {"X-OAuth-Scopes": scopes} if scopes is not None else {}
        told = {"ok": False, "error": error} if error else {"ok": True, "user": "flatcar-faq", "team": "Flatcar"}
        return web.json_response(told, headers=headers)

    async def open_connection(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{request.url.port}/socket"})

    async def serve_socket(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(hello if hello is not None else {"type": "hello"})
        async for message in socket:
            if message.type is WSMsgType.ERROR:
                break
        return socket

    app = web.Application()
    app.router.add_post("/api/auth.test", auth_test)
    app.router.add_post("/api/apps.connections.open", open_connection)
    app.router.add_get("/socket", serve_socket)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}/api/"
    finally:
        await runner.cleanup()


def settings(url: str = "http://127.0.0.1:9/api/", **tokens: str) -> Settings:
    chosen = tokens or {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}
    return Settings(_env_file=None, slack_api_url=url, **chosen)  # type: ignore[arg-type]


def by_name(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


async def test_a_good_set_up_is_well() -> None:
    async with slack() as url:
        findings = await examine_slack(settings(url), NOW)
    assert is_well(findings)
    assert list(by_name(findings)) == ["tokens", "bot token", "scopes", "clock", "socket mode"]


async def test_a_good_set_up_over_http_is_well() -> None:
    async with slack() as url:
        found = settings(url, slack_bot_token="xoxb-1", slack_signing_secret=SECRET)
        assert is_well(await examine_slack(found, NOW))


@pytest.mark.parametrize(
    ("scopes", "told"),
    [
        ("app_mentions:read,commands,im:history", "missing: chat:write"),
        (",".join((*SCOPES, "channels:history")), "not needed: channels:history"),
    ],
)
async def test_missing_and_needless_scopes_are_named(scopes: str, told: str) -> None:
    async with slack(scopes=scopes) as url:
        finding = by_name(await examine_slack(settings(url), NOW))["scopes"]
    assert (finding.status, finding.text) == ("problem", told)
    assert "reinstall" in finding.next_step


async def test_scopes_that_slack_does_not_tell_are_skipped() -> None:
    async with slack(scopes=None) as url:
        assert by_name(await examine_slack(settings(url), NOW))["scopes"].status == "skipped"


@pytest.mark.parametrize(("skew", "told"), [(400.0, "ahead of"), (-400.0, "behind")])
async def test_a_wrong_clock_is_a_problem(skew: float, told: str) -> None:
    async with slack(skew=skew) as url:
        finding = by_name(await examine_slack(settings(url), NOW))["clock"]
    assert finding.status == "problem"
    assert told in finding.text


async def test_a_refused_token_is_a_problem_with_where_to_get_another() -> None:
    async with slack(error="invalid_auth") as url:
        finding = by_name(await examine_slack(settings(url), NOW))["bot token"]
    assert "invalid_auth" in finding.text
    assert "OAuth & Permissions" in finding.next_step


async def test_a_slack_that_cannot_be_reached_is_told() -> None:
    findings = by_name(await examine_slack(settings(), NOW))
    assert "cannot be reached" in findings["bot token"].text
    assert findings["socket mode"].status == "problem"


async def test_a_socket_without_a_hello_is_a_problem() -> None:
    async with slack(hello={"type": "goodbye"}) as url:
        assert by_name(await examine_slack(settings(url), NOW))["socket mode"].text == "no hello"


async def test_swapped_tokens_are_found_without_asking_slack() -> None:
    swapped = settings(slack_bot_token="xapp-1", slack_app_token="xoxb-1")
    findings = await examine_slack(swapped, NOW)
    assert [finding.name for finding in findings] == ["tokens", "tokens"]
    assert all(finding.next_step for finding in findings)


async def test_a_signing_secret_of_the_wrong_shape_is_a_problem_and_not_printed() -> None:
    async with slack() as url:
        found = settings(url, slack_bot_token="xoxb-1", slack_signing_secret="hunter2")
        finding = by_name(await examine_slack(found, NOW))["signing secret"]
    assert finding.status == "problem"
    assert "hunter2" not in finding.text + finding.next_step


def test_a_broken_faq_is_a_problem_with_its_first_reason(tmp_path: Any) -> None:
    (tmp_path / "faq.md").write_text("---\nquestion: Why?\n---\n")
    finding = examine_faq(Settings(_env_file=None, faq_path=tmp_path))  # type: ignore[call-arg]
    assert finding.status == "problem"
    assert "faq.md" in finding.text
    assert examine_faq(Settings(_env_file=None)).status == "ok"  # type: ignore[call-arg]


def test_findings_as_json_say_whether_all_is_well() -> None:
    good, bad = Finding("a", "ok", "fine"), Finding("b", "problem", "broken", "mend it")
    assert findings_as_json([good])["ok"] is True
    told = findings_as_json([good, bad])
    assert told["ok"] is False
    assert told["checks"][1] == {"name": "b", "status": "problem", "text": "broken", "next_step": "mend it"}
