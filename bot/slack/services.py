"""What every listener works with, in one value, and the frame around a reply that follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.helpdesk import HelpDesk
from bot.slack.replies import Frame
from bot.store import Feedback, ReplyBook, SeenEvents


@dataclass(frozen=True, slots=True)
class Services:
    """The help desk, the memory, the clock, and who may do what."""

    desk: HelpDesk
    today: Callable[[], date]
    maintainers: frozenset[str] = frozenset()
    """Ids of the people who may remove any reply."""
    seen: SeenEvents = field(default_factory=SeenEvents)
    replies: ReplyBook = field(default_factory=ReplyBook)
    feedback: Feedback = field(default_factory=Feedback)

    def frame(self, asker: str = "", *, can_be_shared: bool = False) -> Frame:
        """Give the frame of a reply; with an asker, that person and the maintainers may remove it."""
        return Frame(self.desk.publication, self.today(), asker, can_be_shared)
