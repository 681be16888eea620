"""The help desk of the playground's own process, on the very FAQ that the bot serves: for explaining and for teaching.

It is opened when it is first needed, and follows its files. Knows nothing of Slack.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.desk import Answerer
from bot.desk.reload import Fingerprint, take_fingerprint
from bot.errors import FaqError, Problem
from bot.faq import Faq


@dataclass(frozen=True, slots=True)
class FaqTools:
    """What the command line gives to explain and to teach with."""

    path: Path
    """The FAQ that was asked for."""
    open_desk: Callable[[Path], Answerer]
    """Opens a help desk on another FAQ; raises FaqError."""
    load: Callable[[Path], Faq]
    """Reads an FAQ; raises FaqError."""
    faq_url: str
    is_shipped: Callable[[Path], bool]
    """Whether that is the FAQ that comes with the bot."""
    questions: Path | None = None
    """Questions with known answers for the shipped FAQ, where there are such."""
    signposts: Path | None = None
    """Where the signposts are, if not beside the entries."""


class Bench:
    """Opens the desk once, and again where its files changed; one at a time."""

    def __init__(self, tools: FaqTools) -> None:
        self.tools = tools
        self.path = self.origin = tools.path
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with the FAQ on disk, while the last good one is served."""
        self._desk: Answerer | None = None
        self._served: Fingerprint | None = None
        """Of the files that the desk serves; None where it serves those of another FAQ, or there is no desk."""
        self._turn = asyncio.Lock()

    async def desk(self) -> Answerer:
        """Give the desk for the FAQ as it stands on disk, or as it stood when it was last good, as the bot does.

        Raises:
            FaqError: the FAQ has problems, and never was good.
        """
        async with self._turn:
            found = await asyncio.to_thread(take_fingerprint, self.watched)
            if self._desk is None:
                self._desk = await asyncio.to_thread(self.tools.open_desk, self.path)
            elif found != self._served:
                await self._reopen(self._desk)
            self._served = found
            return self._desk

    async def _reopen(self, desk: Answerer) -> None:
        self.problems = ()
        try:
            faq = await asyncio.to_thread(self.tools.load, self.path)
        except FaqError as error:
            if self._served is None:
                raise
            self.problems = error.problems
        else:
            await asyncio.to_thread(desk.reopen, faq)

    @property
    def watched(self) -> list[Path]:
        """What is looked at for changes."""
        return [self.path, self.path.parent / "signposts"]

    async def move_to(self, path: Path, origin: Path) -> None:
        """Serve another FAQ from now on, which may be a copy."""
        async with self._turn:
            self.path, self.origin, self._served, self.problems = path, origin, None, ()
