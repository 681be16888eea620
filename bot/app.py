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
from bot.desk import (
    Answerer,
    Digest,
    Fingerprint,
    HelpDesk,
    LastGood,
    Notices,
    Policy,
    Publication,
    Reloader,
    Result,
    take_fingerprint,
)
from bot.encoder import Encoder, load_encoder
from bot.faq import Faq, load_faq
from bot.faq.sources import leads_outside
from bot.matching import Thresholds
from bot.metrics import Metrics
from bot.slack.api import TokenHealth, build_client, check_tokens, open_session
from bot.slack.handlers import Context, SlackMessenger, attach_listeners
from bot.slack.transport import Health, serve_slack
from bot.store import AsyncStore, FitCache, open_store, read_address

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


def open_answerer(settings: Settings, fits: FitCache | None = None, last_good: LastGood | None = None) -> Answerer:
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
    answerer = Answerer(faq, publication, thresholds_from(settings), open_encoder(settings), fits)
    answerer.trouble = trouble
    if last_good and not trouble:
        last_good.keep(faq)
    return answerer


def build_store(settings: Settings) -> AsyncStore:
    """Return the store that the settings name; it is opened when it is first needed.

    Raises:
        StoreError: DATABASE_URL is not the address of a database.
    """
    url = read_address(_reveal(settings.database_url), settings.data_path)
    return AsyncStore(lambda: open_store(url), settings.retention_days)


def thresholds_from(settings: Settings) -> Thresholds:
    """Return the thresholds that the maintainer set, with measured defaults for the rest."""
    if settings.faq_min_suggestion is None:
        return Thresholds(max_wrong=settings.faq_max_wrong)
    return Thresholds(max_wrong=settings.faq_max_wrong, min_suggestion=settings.faq_min_suggestion)


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises:
        SettingsError: a token is missing or misplaced.
        StoreError: DATABASE_URL is not the address of a database.
        FaqError: the FAQ has problems, and no copy of a good one was kept.
        SlackSetupError: Slack refuses a token or cannot be reached.
        LineLostError: Slack was out of reach for too long.
    """
    started = perf_counter()
    transport = settings.transport
    store, metrics = build_store(settings), Metrics()
    health = TokenHealth(metrics)
    async with open_session() as session:
        client = build_client(settings, health.record, session)
        await check_tokens(client, settings)
        reading = take_fingerprint(_followed(settings))
        last_good = LastGood(settings.data_path / "last-good", settings.faq_path)
        answerer = open_answerer(settings, FitCache(settings.data_path / "fits"), last_good)
        stop = _stop_on_signal()
        desk = HelpDesk(answerer, store, policy_from(settings), metrics)
        slack = Context(desk, client.token or "")
        messenger = SlackMessenger(slack, client)
        digest = Digest(desk, messenger, lambda: datetime.now(UTC))
        followers = (_reloader(desk, settings, reading, last_good), store, digest, Notices(desk, messenger))
        following = [asyncio.create_task(_run_until(stop, each.follow)) for each in followers]

        def ready() -> None:
            seconds = round(perf_counter() - started, 2)
            log.info("ready", transport=transport, entries=len(desk.faq.entries), seconds=seconds)

        try:
            await serve_slack(build_bolt_app(client, slack), _watch(slack, health), settings, stop, ready)
        finally:
            stop.set()
            await asyncio.gather(*following)
            await store.close()


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


def policy_from(settings: Settings) -> Policy:
    """Return what the operator has set about who may do what, and what is told to whom."""
    return Policy(
        maintainers=settings.maintainers,
        maintainers_channel=settings.maintainers_channel,
        tell_askers=settings.tell_askers,
        keep_unanswered=settings.keep_unanswered,
        digest_day=settings.digest_day,
        questions_per_minute=settings.questions_per_minute,
    )


def _watch(slack: Context, health: TokenHealth) -> Health:
    """Count what piles up, and tell what is out of order."""
    metrics, answerer, store = slack.desk.metrics, slack.desk.answerer, slack.desk.store
    metrics.observe("queue", "Replies that wait for their turn in a channel", lambda: float(slack.queues.waiting))
    metrics.observe("store_down", "Whether nothing can be saved", lambda: float(bool(store.trouble)))
    metrics.count("store_failures", "Failures of the database since the start", lambda: float(store.failures))
    return Health(lambda: answerer.trouble, lambda: store.trouble, lambda: health.trouble, metrics)


def build_bolt_app(client: AsyncWebClient, slack: Context) -> AsyncApp:
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
    attach_listeners(app, slack)
    return app


def _followed(settings: Settings) -> list[Path]:
    """Return what a change of the FAQ can be seen in; signposts that lie inside its folder are part of that."""
    if settings.faq_signposts:
        return [settings.faq_path, settings.faq_signposts]
    beside = settings.faq_path.parent / "signposts"
    is_outside = settings.faq_path.is_dir() or leads_outside(beside, beside.parent)
    return [settings.faq_path] if is_outside else [settings.faq_path, beside]


def _reloader(desk: HelpDesk, settings: Settings, reading: Fingerprint, last_good: LastGood) -> Reloader:
    """Follow the FAQ's files from the state that was read; SIGHUP asks for a reload at once."""
    reloads = desk.metrics.reloads

    def count(result: Result) -> None:
        reloads.labels(result).inc()
        if result == "served":
            last_good.keep(desk.faq)

    reloader = Reloader(desk.answerer, lambda: open_faq(settings), _followed(settings), count, served=reading)
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
