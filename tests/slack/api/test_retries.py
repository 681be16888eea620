"""Calls of the Web API on a bad day, against a server that answers as Slack and what stands before it do."""

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import retry_handlers


async def test_a_gateway_that_stumbles_is_asked_again() -> None:
    statuses = [502, 504, 200]

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"ok": True}, status=statuses.pop(0))

    app = web.Application()
    app.router.add_post("/auth.test", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    seen: list[tuple[str, str]] = []
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    handlers = retry_handlers(lambda method, error: seen.append((method, error)))
    await AsyncWebClient(token="xoxb-1", base_url=address, retry_handlers=handlers).auth_test()
    assert seen == [("auth.test", "http_502"), ("auth.test", "http_504"), ("auth.test", "")]
    await runner.cleanup()
