"""What every listener works with, in one value, and the frame around a reply that follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from slack_sdk.web.async_client import AsyncWebClient

from bot.helpdesk import HelpDesk
from bot.metrics import Metrics
from bot.slack.elements import Message
from bot.slack.posting import post_message
from bot.slack.replies import Frame
from bot.slack.reply_book import ReplyBook
from bot.slack.transport import ChannelQueues, RateLimit
from bot.slack.values import Carried
from bot.store import AsyncStore, Deduplication


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator has set about questions without an answer; the settings of the same names tell more."""

    maintainers_channel: str | None = None
    tell_askers: bool = True
    keep_unanswered: bool = False
    digest_day: str = "never"


@dataclass(frozen=True, slots=True)
class Services:
    """The help desk, the memory, the clock, and who may do what."""

    desk: HelpDesk
    today: Callable[[], date]
    keeper: AsyncStore
    """Saves what must outlive a restart."""
    ledger: Deduplication
    """Tells which events are this process's to answer."""
    maintainers: frozenset[str] = frozenset()
    """Ids of the people who decide about the inbox and may remove any reply."""
    policy: Policy = field(default_factory=Policy)
    replies: ReplyBook = field(default_factory=ReplyBook)
    pace: RateLimit = field(default_factory=lambda: RateLimit(most=300))
    """Tells who asks too often."""
    bots_pace: RateLimit = field(default_factory=lambda: RateLimit(most=3, window=86_400.0))
    """Tells in which threads workflows ask too often, as two bots do that answer each other."""
    queues: ChannelQueues = field(default_factory=ChannelQueues)
    """The order in which replies get into each channel."""
    metrics: Metrics = field(default_factory=Metrics)

    async def post(
        self, client: AsyncWebClient, channel: str, thread: str | None, message: Message, *, once: str = ""
    ) -> str:
        """Post when it is the channel's turn; gives the post's ts, raises like `post_message`."""
        return await self.queues.post(channel, lambda: post_message(client, channel, thread, message, once=once))

    def frame(self, asker: str = "", *, can_be_shared: bool = False, question: Carried | None = None) -> Frame:
        """Give the frame of a reply; with an asker, that person and the maintainers may remove it."""
        return Frame(self.desk.publication, self.today(), asker, can_be_shared, question, self.policy.keep_unanswered)
