"""What every handler works with: the help desk, and the way to post."""

from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import HelpDesk
from bot.slack.api import ChannelQueues, post_message
from bot.slack.views import Carried, Frame, Message


@dataclass(frozen=True, slots=True)
class Context:
    """The desk that is served in Slack, and the order in which replies get into each channel."""

    desk: HelpDesk
    queues: ChannelQueues = field(default_factory=ChannelQueues)

    async def post(
        self, client: AsyncWebClient, channel: str, thread: str | None, message: Message, *, once: str = ""
    ) -> str:
        """Post when it is the channel's turn; return the post's ts. Raises like `post_message`."""
        return await self.queues.post(channel, lambda: post_message(client, channel, thread, message, once=once))

    def frame(self, asker: str = "", *, can_be_shared: bool = False, question: Carried | None = None) -> Frame:
        """Return the frame of a reply; with an asker, that person and the maintainers may remove it."""
        desk = self.desk
        keeps = desk.policy.keep_unanswered
        return Frame(desk.publication, desk.today(), asker, can_be_shared, question, keeps)
