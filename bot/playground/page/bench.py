"""The help desk of the playground's own process, on the very FAQ that the bot serves: for explaining and for teaching.

It is opened when it is first needed, and follows its files. Knows nothing of Slack.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.faq import Faq
from bot.helpdesk import HelpDesk
from bot.reload import Fingerprint, take_fingerprint


@dataclass(frozen=True, slots=True)
class FaqTools:
    """What the command line gives to explain and to teach with."""

    path: Path
    """The FAQ that was asked for."""
    open_desk: Callable[[Path], HelpDesk]
    """Opens a help desk on another FAQ; raises FaqError."""
    load: Callable[[Path], Faq]
    """Reads an FAQ; raises FaqError."""
    faq_url: str
    is_shipped: Callable[[Path], bool]
    """Whether that is the FAQ that comes with the bot."""
    questions: Path | None = None
    """Questions with known answers for the shipped FAQ, where there are such."""
    can_restart: bool = True
    """Whether the bot runs as our child, which can be started on another FAQ."""


class Bench:
    """Opens the desk once, and again where its files changed; one at a time."""

    def __init__(self, tools: FaqTools) -> None:
        self.tools = tools
        self.path = tools.path
        self._desk: HelpDesk | None = None
        self._served: Fingerprint = frozenset()
        self._turn = asyncio.Lock()

    async def desk(self) -> HelpDesk:
        """Give the desk for the FAQ as it stands on disk.

        Raises:
            FaqError: the FAQ has problems.
        """
        async with self._turn:
            found = await asyncio.to_thread(take_fingerprint, self.watched)
            if self._desk is None:
                self._desk = await asyncio.to_thread(self.tools.open_desk, self.path)
            elif found != self._served:
                faq = await asyncio.to_thread(self.tools.load, self.path)
                await asyncio.to_thread(self._desk.reopen, faq)
            self._served = found
            return self._desk

    @property
    def watched(self) -> list[Path]:
        """What is looked at for changes."""
        return [self.path, self.path.parent / "signposts"]

    def move_to(self, path: Path) -> None:
        """Serve another FAQ from now on."""
        self.path, self._desk = path, None
