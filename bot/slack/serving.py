"""A Bolt app and the settings in, a bot that Slack can reach out, with its signs of life, until it is to stop."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp

from bot.config import Settings
from bot.slack.http import build_http_app
from bot.slack.line import Line, Rhythm
from bot.slack.reception import Reception
from bot.slack.services import Services
from bot.slack.state import SlackState
from bot.slack.status import Signs, build_status_app
from bot.slack.transport import listening, serve_http, serve_socket


async def serve_slack(
    app: AsyncApp,
    services: Services,
    state: SlackState,
    settings: Settings,
    stop: asyncio.Event,
    ready: Callable[[], None],
) -> None:
    """Serve over the transport that the settings choose.

    Raises:
        SettingsError: the address to listen at is taken.
        LineLostError: Slack was out of reach for too long.
    """
    reception = Reception(app)
    _observe(services, reception)
    if settings.transport == "http":
        web = build_http_app(reception, _reveal(settings.slack_signing_secret), _signs(services, state))
        await serve_http(web, (settings.host, settings.port), reception, stop, ready)
        return
    rhythm = Rhythm(settings.line_renew_minutes * 60, settings.line_lost_minutes * 60)
    line = Line(app.client, _reveal(settings.slack_app_token), reception.receive, rhythm)
    services.metrics.observe("line_up", "Whether the Socket Mode connection is there", lambda: float(line.is_up))
    services.metrics.observe("line_connections", "Connections opened since the start", lambda: float(line.connections))
    async with AsyncExitStack() as stack:
        if settings.metrics_port:
            web = build_status_app(_signs(services, state, line))
            await stack.enter_async_context(listening(web, settings.host, settings.metrics_port))
        await serve_socket(line, reception, stop, ready)


def _signs(services: Services, state: SlackState, line: Line | None = None) -> Signs:
    def slack() -> str:
        if line is not None and not line.is_up:
            return "no connection"
        return state.token_trouble

    desk, keeper = services.desk, services.keeper
    return Signs(lambda: desk.trouble, lambda: keeper.trouble, slack, services.metrics)


def _observe(services: Services, reception: Reception) -> None:
    metrics, keeper, lanes = services.metrics, services.keeper, services.lanes
    metrics.observe("under_way", "Requests of Slack's that are worked on", lambda: float(reception.under_way))
    metrics.observe("queue", "Replies that wait for their turn in a channel", lambda: float(lanes.waiting))
    metrics.observe("store_down", "Whether nothing can be saved", lambda: float(bool(keeper.trouble)))
    metrics.observe("store_failures", "Failures of the database since the start", lambda: float(keeper.failures))


def _reveal(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
