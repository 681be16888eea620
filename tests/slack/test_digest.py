"""The week in numbers comes to the maintainers' channel once, on its day, and only if there is something to tell."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.faq import Faq
from bot.helpdesk import HelpDesk
from bot.matching import Thresholds
from bot.slack.digest import Digest
from bot.slack.services import Policy, Services
from bot.store import Counted, Keeper, Ledger, open_store
from tests.builders import PUBLICATION, TODAY, entry

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
ASKED = Counted("2026-11-20", "who-pays", "answer", "mention")


class Channel:
    """The edge of Slack: notes what is posted."""

    def __init__(self):
        self.posted = []

    async def chat_postMessage(self, **message):
        self.posted.append(message)
        return {"ts": "1.1"}


@pytest.fixture
async def keeper(tmp_path):
    keeper = Keeper(lambda: open_store(str(tmp_path / "bot.db")), timedelta(days=365))
    yield keeper
    await keeper.close()


def digest(keeper, channel, now, day="monday"):
    desk = HelpDesk(Faq((entry("Who pays?"),)), PUBLICATION, Thresholds())
    services = Services(desk, lambda: TODAY, keeper, Ledger(keeper), policy=Policy("CMAINT", digest_day=day))
    return Digest(services, channel, lambda: now)


async def test_it_comes_once_though_there_are_two_processes(keeper):
    await keeper.save(lambda store: store.counts.add({ASKED: 3}))
    channel = Channel()
    first, second = digest(keeper, channel, MONDAY), digest(keeper, channel, MONDAY + timedelta(hours=3))
    assert await first.post_if_due()
    assert not await first.post_if_due()
    assert not await second.post_if_due()
    [message] = channel.posted
    assert message["channel"] == "CMAINT"
    assert "3 asked: 3 answered" in message["text"]
    assert "3 × Who pays?" in message["text"]
    assert await digest(keeper, channel, MONDAY + timedelta(days=2), "wednesday").post_if_due()


@pytest.mark.parametrize(
    ("now", "day"),
    [(MONDAY - timedelta(hours=2), "monday"), (MONDAY + timedelta(days=1), "monday"), (MONDAY, "never")],
)
async def test_it_comes_on_its_day_and_not_before_its_hour(keeper, now, day):
    await keeper.save(lambda store: store.counts.add({ASKED: 3}))
    assert not await digest(keeper, Channel(), now, day).post_if_due()


async def test_a_week_without_a_question_is_not_told_of(keeper):
    await keeper.save(lambda store: store.counts.add({Counted("2026-11-16", "", "answer", "mention"): 3}))
    assert not await digest(keeper, Channel(), MONDAY).post_if_due()
