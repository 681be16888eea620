"""Serves a Bolt app to Slack over the transport that the settings choose, until the bot is to stop."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.slack.transport.dispatch import Dispatcher
from bot.slack.transport.health import Health, build_health_app
from bot.slack.transport.http import Gatekeeper, build_http_app
from bot.slack.transport.server import listening
from bot.slack.transport.socket_mode import Rhythm, SocketMode

GRACE = 8.0
"""Seconds for what is under way once nothing new is taken; three of them for the last acknowledgements."""


async def serve_slack(
    app: AsyncApp, health: Health, settings: Settings, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Serve until `stop` is set, and call `ready` once Slack can reach the bot.

    Raises:
        SettingsError: the address to listen at is taken.
        LineLostError: Slack was out of reach for too long.
    """
    dispatcher = Dispatcher(app, health.metrics)
    try:
        if settings.transport == "http":
            await _serve_http(dispatcher, health, settings, stop, ready)
        else:
            await _serve_socket_mode(dispatcher, app.client, health, settings, stop, ready)
    finally:
        await dispatcher.finish(GRACE - 3.0)


async def _serve_http(
    dispatcher: Dispatcher, health: Health, settings: Settings, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Listen; when the bot is to stop, say so at /readyz, and go on for as long as load balancers need to see it."""
    gatekeeper, reason = Gatekeeper(_reveal(settings.slack_signing_secret), health.metrics), health.slack
    health = replace(
        health,
        slack=lambda: "the bot is stopping" if stop.is_set() else reason(),
        requests=lambda: gatekeeper.trouble,
    )
    web = build_http_app(dispatcher, gatekeeper, health)
    async with listening(web, settings.host, settings.port, health.metrics):
        ready()
        await stop.wait()
        await asyncio.sleep(settings.drain_seconds)


async def _serve_socket_mode(
    dispatcher: Dispatcher,
    client: AsyncWebClient,
    health: Health,
    settings: Settings,
    stop: asyncio.Event,
    ready: Callable[[], None],
) -> None:
    rhythm = Rhythm(settings.line_renew_minutes * 60, settings.line_lost_minutes * 60)
    token = _reveal(settings.slack_app_token)
    connection, reason = SocketMode(client, token, dispatcher.receive, rhythm, health.metrics), health.slack
    health = replace(health, slack=lambda: connection.trouble or reason())
    async with AsyncExitStack() as stack:
        if settings.metrics_port:
            web = build_health_app(health)
            await stack.enter_async_context(listening(web, settings.host, settings.metrics_port, health.metrics))
        await connection.serve(stop, ready)


def _reveal(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
