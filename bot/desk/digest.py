"""Once a week: the seven days before in numbers, posted to the maintainers by one of the processes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import structlog

from bot.desk.help_desk import HelpDesk
from bot.desk.notices import Messenger, NotDeliveredError, Once
from bot.store import DIGEST, Stats

HOUR = 8
"""The digest is due at this hour, in UTC like the days that are counted: no clock is ever put forward or back."""
LATEST = timedelta(days=5)
"""For so long a digest comes late where the bot was not running, or the network did not take it."""
INTERVAL = 60.0
"""Seconds between two looks at the clock."""
PAUSE = timedelta(minutes=10)
"""Between two tries where the network does not take it."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

log = structlog.stdlib.get_logger(__name__)


class Digest:
    """Posts the digest when its time has come. `now` gives the time with its zone."""

    def __init__(self, desk: HelpDesk, messenger: Messenger, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._messenger = messenger
        self._now = now
        self._done: date | None = None
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._trouble = ""

    async def follow(self) -> None:
        """Look at the clock until cancelled."""
        while True:
            await self.post_if_due()
            await asyncio.sleep(INTERVAL)

    async def post_if_due(self) -> bool:
        """Post the newest digest that is due if nobody has; return whether this call did."""
        now, policy = self._now().astimezone(UTC), self._desk.policy
        due = _newest(now, policy.digest_day)
        if not policy.maintainers_channel or due is None or due == self._done or now < self._not_before:
            return False
        stats = await self._load(due)
        is_late = due != now.date()
        if stats is None or not (stats.asked or (stats.waiting and not is_late)):
            return False
        return await self._post(stats, due)

    async def _load(self, due: date) -> Stats | None:
        """Load the numbers of the seven days before."""
        last = due - timedelta(days=1)
        return await self._desk.store.load(lambda store: store.stats(last), otherwise=None)

    async def _post(self, stats: Stats, due: date) -> bool:
        try:
            once = Once(self._desk, f"{DIGEST}{due.isoformat()}")
            if not await self._messenger.post_digest(stats, self._desk.faq, once):
                return False
        except NotDeliveredError as error:
            self._not_before = self._now() + PAUSE
            if self._trouble != error.reason:
                self._trouble = error.reason
                log.error("the digest could not be posted, will try again", error=error.reason)  # noqa: TRY400
            return False
        self._done = due
        log.info("digest posted")
        return True


def _newest(now: datetime, day: str) -> date | None:
    """Return the day on which the newest digest was due; None where that is too long ago, or none is wanted."""
    if day not in DAYS:
        return None
    due = now.date() - timedelta(days=(now.weekday() - DAYS.index(day)) % 7)
    if datetime.combine(due, time(HOUR), UTC) > now:
        due -= timedelta(days=7)
    return due if now - datetime.combine(due, time(HOUR), UTC) <= LATEST else None
