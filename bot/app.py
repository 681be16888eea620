"""Wiring only: settings -> FAQ -> help desk -> Bolt app -> transport. Decides nothing."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter

import structlog
import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SHIPPED_FAQ, Settings
from bot.faq import load_faq
from bot.helpdesk import HelpDesk, Publication
from bot.matching import Thresholds
from bot.slack.connect import build_client, check_tokens
from bot.slack.http import build_http_app
from bot.slack.listeners import attach_listeners
from bot.slack.services import Services

log = structlog.stdlib.get_logger(__name__)


def open_help_desk(settings: Settings) -> HelpDesk:
    """Load the FAQ and build its index.

    Raises:
        FaqError: the FAQ has problems; lists all of them.
    """
    faq = load_faq(settings.faq_path, signposts=settings.faq_signposts, faq_url=settings.faq_url)
    publication = Publication(settings.faq_url, settings.help_text, settings.faq_old_after)
    return HelpDesk(faq, publication, thresholds_from(settings))


def thresholds_from(settings: Settings) -> Thresholds:
    """Give the thresholds that the maintainer set, with measured defaults for the rest."""
    if settings.faq_min_suggestion is None:
        return Thresholds(max_wrong=settings.faq_max_wrong)
    return Thresholds(max_wrong=settings.faq_max_wrong, min_suggestion=settings.faq_min_suggestion)


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises:
        SettingsError: a token is missing or misplaced.
        FaqError: the FAQ has problems.
        SlackSetupError: Slack refuses a token or cannot be reached.
    """
    started = perf_counter()
    transport = settings.transport
    desk = open_help_desk(settings)
    warn_of_foreign_links(settings)
    client = build_client(settings)
    await check_tokens(client, settings)
    stop = _stop_on_signal()
    app = _build_bolt_app(client, desk, settings)
    facts: dict[str, object] = {"transport": transport, "entries": len(desk.faq.entries), "start": started}
    if transport == "socket":
        await _serve_socket(app, settings, stop, facts)
    else:
        await _serve_http(app, settings, stop, facts)


def warn_of_foreign_links(settings: Settings) -> None:
    """Say so when somebody's own FAQ would be linked to the Flatcar page, because FAQ_URL was left unset."""
    own_faq = settings.faq_path.resolve() != SHIPPED_FAQ.resolve()
    if own_faq and "faq_url" not in settings.model_fields_set:
        log.warning("FAQ_URL is not set: answers link to the default page", faq_url=settings.faq_url)


def _build_bolt_app(client: AsyncWebClient, desk: HelpDesk, settings: Settings) -> AsyncApp:
    # Requests over HTTP are verified in bot.slack.http before Bolt parses them; a socket needs no signature.
    app = AsyncApp(client=client, logger=logging.getLogger("slack_bolt"), request_verification_enabled=False)
    services = Services(desk, today=lambda: datetime.now(UTC).date(), maintainers=settings.maintainers)
    attach_listeners(app, services)
    return app


async def _serve_socket(app: AsyncApp, settings: Settings, stop: asyncio.Event, facts: dict[str, object]) -> None:
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    handler = AsyncSocketModeHandler(app, token, ping_interval=5)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    _log_ready(facts)
    try:
        await stop.wait()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _serve_http(app: AsyncApp, settings: Settings, stop: asyncio.Event, facts: dict[str, object]) -> None:
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    config = uvicorn.Config(
        build_http_app(app, secret), settings.host, settings.port, log_config=None, access_log=False
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    _log_ready(facts | {"host": settings.host, "port": settings.port})
    await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
    stopping.cancel()


class _Server(uvicorn.Server):
    """Leaves signals to us: stock uvicorn raises them again when it is done, so that SIGTERM ends in status 143."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    return stop


def _log_ready(facts: dict[str, object]) -> None:
    seconds = perf_counter() - float(str(facts.pop("start")))
    log.info("ready", seconds=round(seconds, 2), **facts)
