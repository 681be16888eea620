"""The week in numbers comes to the maintainers' channel once, on its day, and only if there is something to tell."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncSlackResponse

from bot.config import SHIPPED_FAQ
from bot.desk import Answerer, Digest, HelpDesk, Policy
from bot.faq import Faq, load_faq
from bot.matching import Thresholds
from bot.slack.handlers.context import Context
from bot.slack.handlers.messenger import SlackMessenger
from bot.slack.views.overview import render_digest
from bot.store import AsyncStore, Counted, Deduplication, open_store
from tests.builders import PUBLICATION, TODAY, entry
from tests.slack.door import UPDATE, direct, open_door
from tests.store.builders import Clock, sent

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
ASKED = Counted("2026-11-20", "who-pays", "answer", "mention")


class Channel:
    """The edge of Slack: notes what is posted, refuses it, or takes its time over it."""

    def __init__(self):
        self.posted = []
        self.refusal = None
        self.called, self.answers = asyncio.Event(), asyncio.Event()
        self.answers.set()

    async def chat_postMessage(self, **message):
        self.called.set()
        await self.answers.wait()
        if self.refusal:
            raise self.refusal
        self.posted.append(message)
        return {"ts": "1.1"}


@pytest.fixture
async def async_store(tmp_path):
    async_store = AsyncStore(lambda: open_store(str(tmp_path / "bot.db")), timedelta(days=365))
    yield async_store
    await async_store.close()


def digest(async_store, channel, now, day="monday"):
    answerer = Answerer(Faq((entry("Who pays?"),)), PUBLICATION, Thresholds())
    policy = Policy(maintainers_channel="CMAINT", digest_day=day)
    desk = HelpDesk(answerer, async_store, policy, today=lambda: TODAY)
    return Digest(desk, SlackMessenger(Context(desk, "xoxb-1"), channel), lambda: now)


async def test_it_comes_once_though_there_are_two_processes(async_store):
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    channel = Channel()
    first, second = digest(async_store, channel, MONDAY), digest(async_store, channel, MONDAY + timedelta(hours=3))
    assert await first.post_if_due()
    assert not await first.post_if_due()
    assert not await second.post_if_due()
    [message] = channel.posted
    assert message["channel"] == "CMAINT"
    assert "3 asked: 3 answered" in message["text"]
    assert "3 × Who pays?" in message["text"]
    assert await digest(async_store, channel, MONDAY + timedelta(days=2), "wednesday").post_if_due()


async def test_small_talk_is_neither_a_question_nor_one_without_an_answer(tmp_path):
    async with open_door(tmp_path) as door:
        desk, async_store = door.desk, door.desk.store
        desk.answerer.reopen(Faq(desk.faq.entries, load_faq(SHIPPED_FAQ).signposts))
        for number, text in enumerate(("hello", "thanks!", "Where is the bakery of Lyon?", UPDATE.question)):
            await door.ask(direct(text, ts=f"1700000000.00{number}"))
        await async_store.flush()
        today = datetime.now(UTC).date()
        stats = await async_store.load(lambda store: store.stats(today), otherwise=None)
    assert (stats.asked, stats.answered, stats.unanswered + stats.elsewhere) == (2, 1, 1)
    assert "2 asked: 1 answered, 0 in doubt, 1 without an answer" in render_digest(stats, Faq(())).text


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (MONDAY - timedelta(hours=2), "monday"),
        (MONDAY + timedelta(days=6), "monday"),
        (MONDAY, "never"),
        (MONDAY.replace(hour=9, tzinfo=timezone(timedelta(hours=2))), "monday"),
    ],
)
async def test_it_comes_on_its_day_and_not_before_its_hour(async_store, now, day):
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    assert not await digest(async_store, Channel(), now, day).post_if_due()


async def test_a_week_without_a_question_is_not_told_of(async_store):
    await async_store.save(lambda store: store.counts.add({Counted("2026-11-15", "", "answer", "mention"): 3}))
    assert not await digest(async_store, Channel(), MONDAY).post_if_due()


async def test_a_bot_that_was_down_on_the_day_posts_it_late_and_once(async_store):
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    channel = Channel()
    assert await digest(async_store, channel, MONDAY + timedelta(days=3)).post_if_due()
    assert not await digest(async_store, channel, MONDAY + timedelta(days=4)).post_if_due(), (
        "it is known after a restart"
    )
    assert "16 November to 22 November" in channel.posted[0]["text"]


async def test_a_posted_digest_is_known_for_longer_than_events_are(tmp_path):
    clock = Clock(MONDAY.timestamp())
    async_store = AsyncStore(lambda: open_store(str(tmp_path / "bot.db"), clock=clock), timedelta(days=365))
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    assert await digest(async_store, Channel(), MONDAY).post_if_due()
    clock.now += timedelta(days=4).total_seconds()
    await async_store.save(lambda store: store.events.expire())
    assert not await digest(async_store, Channel(), MONDAY + timedelta(days=4)).post_if_due()
    await async_store.close()


async def test_every_day_is_in_one_digest(async_store):
    days = [(MONDAY + timedelta(days=number)).date().isoformat() for number in range(-14, 7)]
    await async_store.save(
        lambda store: store.counts.add({Counted(day, "who-pays", "answer", "mention"): 1 for day in days})
    )
    channel = Channel()
    for week in range(-1, 2):
        assert await digest(async_store, channel, MONDAY + timedelta(days=7 * week)).post_if_due()
    assert ["7 asked" in message["text"] for message in channel.posted] == [True] * 3


async def test_a_new_bot_posts_no_late_digest_of_a_week_without_a_question(async_store):
    await async_store.save(lambda store: store.inbox.add(sent()))
    assert not await digest(async_store, Channel(), MONDAY + timedelta(days=2)).post_if_due()
    assert await digest(async_store, Channel(), MONDAY).post_if_due(), "on its day what waits is told"


@pytest.mark.parametrize("refusal", [SlackApiError("no", {"error": "not_in_channel"}), TimeoutError()])
async def test_what_slack_does_not_take_is_tried_again_later_and_told_once(async_store, refusal):
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    channel, times = Channel(), [MONDAY]
    channel.refusal = refusal
    one = digest(async_store, channel, MONDAY)
    one._now = lambda: times[-1]
    with structlog.testing.capture_logs() as logs:
        for minutes in (0, 1, 15, 30):
            times.append(MONDAY + timedelta(minutes=minutes))
            assert not await one.post_if_due()
        channel.refusal = None
        times.append(MONDAY + timedelta(minutes=45))
        assert await one.post_if_due()
    assert [line["event"] for line in logs] == ["the digest could not be posted, will try again", "digest posted"]
    assert len(channel.posted) == 1


async def stopped_while_slack_is_called(following, channel):
    """Stop a job as SIGTERM does, in the middle of a call of Slack's."""
    await channel.called.wait()
    following.cancel()
    await asyncio.sleep(0)
    channel.answers.set()
    await asyncio.gather(following, return_exceptions=True)


async def test_a_digest_that_is_being_posted_when_the_bot_stops_is_posted_once(async_store):
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    channel = Channel()
    channel.answers.clear()
    await stopped_while_slack_is_called(asyncio.create_task(digest(async_store, channel, MONDAY).follow()), channel)
    assert not await digest(async_store, channel, MONDAY).post_if_due()
    assert len(channel.posted) == 1


async def test_a_digest_that_slack_limits_when_the_bot_stops_is_posted_by_the_next_bot(async_store):
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    channel = Channel()
    limited = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": "ratelimited"},
        headers={"Retry-After": "100"}, status_code=429,
    )  # fmt: skip
    channel.refusal = SlackApiError("slow down", limited)
    await stopped_while_slack_is_called(asyncio.create_task(digest(async_store, channel, MONDAY).follow()), channel)
    channel.refusal = None
    assert await digest(async_store, channel, MONDAY).post_if_due()


async def test_a_digest_whose_bot_was_killed_is_posted_by_another_after_a_while(tmp_path):
    clock = Clock(MONDAY.timestamp())
    async_store = AsyncStore(lambda: open_store(str(tmp_path / "bot.db"), clock=clock), timedelta(days=365))
    await async_store.save(lambda store: store.counts.add({ASKED: 3}))
    assert await Deduplication(async_store).take_job("digest 2026-11-23")
    channel = Channel()
    alive = digest(async_store, channel, MONDAY)
    assert not await alive.post_if_due()
    clock.now += timedelta(minutes=6).total_seconds()
    assert await alive.post_if_due()
    await async_store.close()
