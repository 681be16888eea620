"""What every listener works with, in one value, and the frame around a reply that follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.helpdesk import HelpDesk
from bot.slack.replies import Frame
from bot.store import Keeper, Ledger, ReplyBook


@dataclass(frozen=True, slots=True)
class Services:
    """The help desk, the memory, the clock, and who may do what."""

    desk: HelpDesk
    today: Callable[[], date]
    keeper: Keeper
    """Saves what must outlive a restart."""
    ledger: Ledger
    """Tells which events are this process's to answer."""
    maintainers: frozenset[str] = frozenset()
    """Ids of the people who may remove any reply."""
    replies: ReplyBook = field(default_factory=ReplyBook)

    def frame(self, asker: str = "", *, can_be_shared: bool = False) -> Frame:
        """Give the frame of a reply; with an asker, that person and the maintainers may remove it."""
        return Frame(self.desk.publication, self.today(), asker, can_be_shared)
