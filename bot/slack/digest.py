"""Once a week: the week in numbers, posted to the maintainers' channel by one of the processes."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.overview import render_digest
from bot.slack.posting import POSTING_ERRORS, describe
from bot.slack.services import Services
from bot.store import Numbers, load_numbers

HOUR = 8
"""The digest comes at this hour (UTC), or later that day where the bot was not running."""
INTERVAL = 60.0

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

log = structlog.stdlib.get_logger(__name__)


class Digest:
    """Posts the digest when its time has come."""

    def __init__(self, services: Services, client: AsyncWebClient, now: Callable[[], datetime]) -> None:
        self._services = services
        self._client = client
        self._now = now

    async def follow(self) -> None:
        """Look at the clock until cancelled."""
        while True:
            await self.post_if_due()
            await asyncio.sleep(INTERVAL)

    async def post_if_due(self) -> bool:
        """Post the digest of this week if it is time and nobody has; tells whether it did."""
        now, policy = self._now(), self._services.policy
        if not policy.maintainers_channel or DAYS[now.weekday()] != policy.digest_day or now.hour < HOUR:
            return False
        numbers = await self._services.keeper.load(lambda store: load_numbers(store, now.date()), otherwise=None)
        if numbers is None or not (numbers.asked or numbers.waiting):
            return False
        key = (f"digest {now.date().isoformat()}",)
        if not await self._services.ledger.take(key) or not await self._services.ledger.begin_posting(key):
            return False
        return await self._post(policy.maintainers_channel, numbers)

    async def _post(self, channel: str, numbers: Numbers) -> bool:
        try:
            await self._services.post(self._client, channel, None, render_digest(numbers, self._services.desk.faq))
        except POSTING_ERRORS as error:
            log.error("the digest could not be posted", error=describe(error))  # noqa: TRY400
            return False
        log.info("digest posted")
        return True
