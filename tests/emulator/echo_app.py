"""A minimal Bolt app for testing the fake itself, over either transport: somebody else's app must run on it, too."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from starlette.applications import Starlette
from starlette.routing import Route

from .fake_slack import FakeSlack

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Press me"}, "action_id": "press", "value": "v1"}
ASK = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Press the button"}},
    {"type": "actions", "elements": [BUTTON]},
]
SEARCH = {
    "type": "external_select",
    "action_id": "fruit",
    "placeholder": {"type": "plain_text", "text": "Fruit"},
    "min_query_length": 1,
}
FORM = {
    "type": "modal",
    "callback_id": "order",
    "title": {"type": "plain_text", "text": "Order"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "text", "min_length": 2, "max_length": 20},
        }
    ],
}


def client_of(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.credentials.bot_token, base_url=f"{slack.url}/api/")


async def refusal_of(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Await a call that Slack must refuse, and give its answer."""
    with pytest.raises(SlackApiError) as refusal:
        await call
    return refusal.value.response


def build_echo_app(slack: FakeSlack) -> AsyncApp:
    """Build an app that repeats mentions in the thread, greets in direct messages and offers a button."""
    app = AsyncApp(client=client_of(slack), signing_secret=slack.credentials.signing_secret)

    @app.event("app_mention")
    async def repeat(event, say):
        await say(text=event["text"], thread_ts=event.get("thread_ts", event["ts"]), unfurl_links=False)

    @app.event("message")
    async def greet(event, say):
        if event.get("channel_type") == "im" and "subtype" not in event:
            await say(text="hello yourself")

    @app.command("/flatcar-faq")
    async def offer(ack, respond, command):
        await ack("one moment" if command["text"] == "slow" else "")
        await respond(text="Press the button", blocks=ASK)

    @app.action("press")
    async def replace(ack, respond, action):
        await ack()
        await respond(text=f"you sent {action['value']}", blocks=[], replace_original=True)

    add_forms(app)
    return app


def add_forms(app: AsyncApp) -> None:
    """Give the app a Home with a search, a form, and a shortcut."""

    @app.event("app_home_opened")
    async def show_home(event, client):
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Pick"}, "accessory": SEARCH}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.options("fruit")
    async def offer(ack, payload):
        fruits = [fruit for fruit in ("apple", "apricot", "x" * 200) if fruit.startswith(payload["value"])]
        await ack(options=[{"text": {"type": "plain_text", "text": fruit}, "value": fruit} for fruit in fruits])

    @app.action("fruit")
    async def open_form(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("order")
    async def take(ack, view):
        name = view["state"]["values"]["name"]["text"]["value"]
        errors = {"nobody": {"name": "Nobody is no name"}, "somewhere": {"town": "There is no such input"}}
        await (ack(response_action="errors", errors=errors[name]) if name in errors else ack())

    @app.shortcut("praise")
    async def praise(ack, shortcut, respond):
        await ack()
        await respond(f"Well said: {shortcut['message']['text']}")


@asynccontextmanager
async def running_echo_app(slack: FakeSlack) -> AsyncIterator[AsyncApp]:
    app = build_echo_app(slack)
    async with running(app, slack):
        yield app


@asynccontextmanager
async def running(app: AsyncApp, slack: FakeSlack) -> AsyncIterator[None]:
    """Connect any Bolt app to this Slack."""
    async with _over_socket(app, slack) if slack.transport_name == "socket" else _over_http(app, slack):
        yield


@asynccontextmanager
async def _over_socket(app: AsyncApp, slack: FakeSlack) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(app, slack.credentials.app_token, ping_interval=1)
    await handler.connect_async()
    await slack.socket.wait_until_connected()
    try:
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def _over_http(app: AsyncApp, slack: FakeSlack) -> AsyncIterator[None]:
    handler = AsyncSlackRequestHandler(app)
    door = Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        slack.http.bot_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(door, log_config=None, lifespan="off", ws="none"))
        serving = asyncio.ensure_future(server._serve([listening]))
        try:
            while not server.started:
                await asyncio.sleep(0.01)
            yield
        finally:
            server.should_exit = True
            await serving
