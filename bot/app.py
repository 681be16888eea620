"""Wiring only: settings -> FAQ -> help desk -> Bolt app -> transport. Decides nothing."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import structlog
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings, hide_token, is_set
from bot.encoder import Encoder, load_encoder
from bot.faq import Faq, load_faq
from bot.faq.sources import leads_outside
from bot.helpdesk import HelpDesk, Publication
from bot.matching import Thresholds
from bot.reload import Fingerprint, LastGood, Reloader, Result, take_fingerprint
from bot.slack.connect import build_client, check_tokens, open_session
from bot.slack.digest import Digest
from bot.slack.listeners import attach_listeners
from bot.slack.services import Policy, Services
from bot.slack.telling_askers import Telling
from bot.slack.transport import Health, RateLimit, TokenHealth, serve_slack
from bot.store import AsyncStore, Deduplication, FitCache, open_store, read_address

JOB_PAUSE = 10.0
"""Seconds after which a job that failed by a fault of the program is started again."""

log = structlog.stdlib.get_logger(__name__)


def open_faq(settings: Settings) -> Faq:
    """Load the FAQ that the settings name.

    Raises:
        FaqError: it has problems; lists all of them.
    """
    return load_faq(settings.faq_path, signposts=settings.faq_signposts, faq_url=settings.faq_url)


def open_encoder(settings: Settings) -> Encoder:
    """Load the sentence encoder, which keeps the vectors of the FAQ's texts in the data folder."""
    return load_encoder(settings.data_path / "vectors")


def open_help_desk(settings: Settings, fits: FitCache | None = None, last_good: LastGood | None = None) -> HelpDesk:
    """Load the FAQ, or its `last_good` copy, and build its index, from a kept fit where there is one.

    Raises:
        FaqError: the FAQ has problems, and there is no copy.
    """
    if is_set("FAQ_SEMANTIC"):
        log.warning("FAQ_SEMANTIC is no longer a setting and is ignored: there is one encoder, which is always used")
    publication = Publication(settings.faq_url, settings.help, settings.faq_old_after)
    faq, trouble = last_good.load(lambda: open_faq(settings)) if last_good else (open_faq(settings), "")
    if not all(entry.link(settings.faq_url) for entry in faq.entries):
        log.warning("FAQ_URL is not set: answers carry no link to the full FAQ")
    desk = HelpDesk(faq, publication, thresholds_from(settings), open_encoder(settings), fits)
    desk.trouble = trouble
    if last_good and not trouble:
        last_good.keep(faq)
    return desk


def build_keeper(settings: Settings) -> AsyncStore:
    """Make the keeper of the database that the settings name; it opens it when it is first needed.

    Raises:
        StoreError: DATABASE_URL is no address of a database.
    """
    url = read_address(_reveal(settings.database_url), settings.data_path)
    return AsyncStore(lambda: open_store(url), settings.retention_days)


def thresholds_from(settings: Settings) -> Thresholds:
    """Give the thresholds that the maintainer set, with measured defaults for the rest."""
    if settings.faq_min_suggestion is None:
        return Thresholds(max_wrong=settings.faq_max_wrong)
    return Thresholds(max_wrong=settings.faq_max_wrong, min_suggestion=settings.faq_min_suggestion)


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises:
        SettingsError: a token is missing or misplaced.
        StoreError: DATABASE_URL is no address of a database.
        FaqError: the FAQ has problems, and no copy of a good one was kept.
        SlackSetupError: Slack refuses a token or cannot be reached.
        LineLostError: Slack was out of reach for too long.
    """
    started = perf_counter()
    transport = settings.transport
    keeper, state = build_keeper(settings), TokenHealth()
    async with open_session() as session:
        client = build_client(settings, state.see, session)
        await check_tokens(client, settings)
        reading = take_fingerprint(_followed(settings))
        last_good = LastGood(settings.data_path / "last-good", settings.faq_path)
        desk = open_help_desk(settings, FitCache(settings.data_path / "fits"), last_good)
        stop = _stop_on_signal()
        services = build_services(desk, keeper, settings, state)
        digest = Digest(services, client, lambda: datetime.now(UTC))
        reloader = _reloader(desk, state, settings, reading, last_good)
        followers = (reloader, keeper, digest, Telling(services, client))
        following = [asyncio.create_task(_run_until(stop, each.follow)) for each in followers]

        def ready() -> None:
            seconds = round(perf_counter() - started, 2)
            log.info("ready", transport=transport, entries=len(desk.faq.entries), seconds=seconds)

        try:
            await serve_slack(build_bolt_app(client, services), _watch(services, state), settings, stop, ready)
        finally:
            stop.set()
            await asyncio.gather(*following)
            await keeper.close()


async def _run_until(stop: asyncio.Event, follow: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run what never ends by itself until the bot is to stop, and wait until it has; a fault starts it anew."""
    stopping = asyncio.create_task(stop.wait())
    while not stop.is_set():
        running = asyncio.create_task(follow())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        [ended] = await asyncio.gather(running, return_exceptions=True)
        if isinstance(ended, Exception):
            log.error("a job failed and is started again", exc_info=ended)
            await asyncio.wait({stopping}, timeout=JOB_PAUSE)


def build_services(desk: HelpDesk, keeper: AsyncStore, settings: Settings, state: TokenHealth) -> Services:
    """Put together what every listener works with."""
    policy = Policy(settings.maintainers_channel, settings.tell_askers, settings.keep_unanswered, settings.digest_day)
    return Services(
        desk,
        today=lambda: datetime.now(UTC).date(),
        keeper=keeper,
        ledger=Deduplication(keeper),
        maintainers=settings.maintainers,
        policy=policy,
        pace=RateLimit(settings.questions_per_minute),
        metrics=state.metrics,
    )


def _watch(services: Services, state: TokenHealth) -> Health:
    """Count what piles up, and tell what is out of order."""
    metrics, desk, keeper = services.metrics, services.desk, services.keeper
    metrics.observe("queue", "Replies that wait for their turn in a channel", lambda: float(services.queues.waiting))
    metrics.observe("store_down", "Whether nothing can be saved", lambda: float(bool(keeper.trouble)))
    metrics.count("store_failures", "Failures of the database since the start", lambda: float(keeper.failures))
    return Health(lambda: desk.trouble, lambda: keeper.trouble, lambda: state.token_trouble, metrics)


def build_bolt_app(client: AsyncWebClient, services: Services) -> AsyncApp:
    """Build the Bolt app with the bot's handlers; bot.slack.transport brings payloads to it."""
    hide_token()
    # bot.slack.transport verifies requests before Bolt sees them, decides when each is acknowledged, which takes
    # process_before_response, and acknowledges what no handler wants, which takes raise_error_for_unhandled_request.
    # Without a name Bolt looks one up in the source of all modules, which takes longer than all else here.
    app = AsyncApp(
        name="flatcar-faq",
        client=client,
        logger=logging.getLogger("slack_bolt"),
        request_verification_enabled=False,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    attach_listeners(app, services)
    return app


def _followed(settings: Settings) -> list[Path]:
    """Return what a change of the FAQ can be seen in; signposts that lie inside its folder are part of that."""
    if settings.faq_signposts:
        return [settings.faq_path, settings.faq_signposts]
    beside = settings.faq_path.parent / "signposts"
    is_outside = settings.faq_path.is_dir() or leads_outside(beside, beside.parent)
    return [settings.faq_path] if is_outside else [settings.faq_path, beside]


def _reloader(
    desk: HelpDesk, state: TokenHealth, settings: Settings, reading: Fingerprint, last_good: LastGood
) -> Reloader:
    """Follow the FAQ's files from the state that was read; SIGHUP asks for a reload at once."""
    reloads = state.metrics.reloads

    def count(result: Result) -> None:
        reloads.labels(result).inc()
        if result == "served":
            last_good.keep(desk.faq)

    reloader = Reloader(desk, lambda: open_faq(settings), _followed(settings), count, served=reading)
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reloader.want)
    return reloader


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    return stop


def _reveal(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
