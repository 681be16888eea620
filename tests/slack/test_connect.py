"""The client that the whole process shares."""

import pytest
from aiohttp import web

from bot.config import Settings
from bot.slack.api.client import build_client, open_session


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "http_proxy"])
async def test_calls_go_through_the_proxy_that_the_environment_names(monkeypatch, variable):
    asked = []

    async def pass_on(request):
        asked.append(str(request.url))
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", pass_on)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setenv(variable, f"http://127.0.0.1:{runner.addresses[0][1]}")
    settings = Settings(_env_file=None, slack_bot_token="xoxb-1", slack_api_url="http://slack.invalid/api/")
    async with open_session() as session:
        assert (await build_client(settings, session=session).auth_test())["ok"]
    await runner.cleanup()
    assert asked == ["http://slack.invalid/api/auth.test"]
