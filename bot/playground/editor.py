"""What a maintainer does to an FAQ on the page: pick one, edit it in a working copy, ask it, measure it.

Works on files and on a help desk of the playground's own, which follows the files that the bot serves; knows nothing of
HTTP. The bot, our child, is started anew on another FAQ; within one it follows its files by itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.desk import Answerer
from bot.desk.reload import Fingerprint, take_fingerprint
from bot.errors import FaqError, Problem, SettingsError
from bot.faq import Entry, Faq
from bot.matching import Index
from bot.quality.checks import Advice, advise
from bot.quality.collisions import find_collisions
from bot.quality.evaluate import Evaluation, evaluate, read_cases

from .working_copy import Passage, WorkingCopy, find_passage, save_passage, whole_file

LIKELY = 0.5
"""Collisions below this probability are not worth an author's time."""
MOST_CHECKED = 300
"""Entries up to which phrasings are held out one by one after every change."""


@dataclass(frozen=True, slots=True)
class FaqTools:
    """What the command line gives to explain and to teach with."""

    path: Path
    """The FAQ that was asked for."""
    open_answerer: Callable[[Path], Answerer]
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


@dataclass(frozen=True, slots=True)
class Report:
    """How an FAQ does at the moment."""

    faq: Faq
    """The last one that could be read."""
    problems: tuple[Problem, ...] = ()
    advice: tuple[Advice, ...] = ()
    advice_of: dict[str, list[str]] = field(default_factory=dict)
    """The advice on each entry, by its id."""


class Editor:
    """Holds the FAQ that is taught, and opens the help desk when it is first needed."""

    def __init__(self, tools: FaqTools, folder: Path) -> None:
        self.tools, self._folder = tools, folder
        self.path = self.origin = tools.path
        self.copy: WorkingCopy | None = None
        self.restart: Callable[[Path, Path], Awaitable[None]] | None = None
        """Starts the bot on another FAQ, a copy of a second one or itself, and waits until it can be asked."""
        self.restarting: asyncio.Future[None] | None = None
        """Nobody waits for it: the help desk answers here, and the chat shows when the bot is back."""
        self.evaluation: Evaluation | None = None
        self._answerer: Answerer | None = None
        self._served: Fingerprint | None = None
        """Of the files that the desk serves; None where it serves those of another FAQ, or there is no answerer."""
        self._problems: tuple[Problem, ...] = ()
        """What is wrong with the FAQ on disk, while the last good one is served."""
        self._turn = asyncio.Lock()
        self._copies = 0
        self._report = Report(Faq(()))

    async def answerer(self) -> Answerer:
        """Return the desk for the FAQ as it stands on disk, or as it stood when it was last good, as the bot does.

        Raises:
            FaqError: the FAQ has problems, and never was good.
        """
        async with self._turn:
            found = await asyncio.to_thread(take_fingerprint, [self.path, self.path.parent / "signposts"])
            if self._answerer is None:
                self._answerer = await asyncio.to_thread(self.tools.open_answerer, self.path)
            elif found != self._served:
                await self._reopen(self._answerer)
            self._served = found
            return self._answerer

    async def look(self) -> Report:
        """Read the FAQ and say what is wrong with it and what would make it better."""
        try:
            answerer = await self.answerer()
        except FaqError as error:
            return Report(self._report.faq, error.problems)
        if self._problems:
            return Report(answerer.faq, self._problems)
        if self._report.faq is not answerer.faq:
            self._report = await asyncio.to_thread(self._advise, answerer.faq, answerer.index)
        return self._report

    async def open_path(self, path: Path) -> None:
        """Teach another FAQ of this machine; raises FaqError where it has problems."""
        await asyncio.to_thread(self.tools.load, path)
        self.copy = None
        await self._move(path)

    async def open_text(self, text: str) -> None:
        """Teach a pasted page; raises FaqError where it has problems, OSError."""
        copy = WorkingCopy.of_text(text, self._next_folder())
        await asyncio.to_thread(self.tools.load, copy.path)
        self.copy = copy
        await self._move(copy.path)

    async def save(self, wanted: Passage, text: str) -> None:
        """Put other text in the place of a passage, in a working copy that is made when it is first needed.

        Raises:
            SettingsError: the file has changed since it was read, or is none of the FAQ's.
            OSError: it cannot be written.
        """
        name = self._name_of(wanted.file)
        if self.copy is None:
            self.copy = WorkingCopy.of(self.path, self._next_folder(), self.tools.signposts)
            await self._move(self.copy.path)
            await self.answerer()  # the last good one, should the change be a bad one
        file = self.copy.path / name if self.copy.path.is_dir() else self.copy.path
        if not self.copy.holds(file):
            raise SettingsError(f"{name} is not a file of this FAQ.", "Reload the page.")
        now = whole_file(file).text.splitlines(keepends=True)
        if "".join(now[wanted.start : wanted.end]) != wanted.text:
            raise SettingsError(f"{name} has changed meanwhile.", "Copy your text, reload the page, and put it in.")
        save_passage(Passage(file, wanted.start, wanted.end, wanted.text), text)

    async def measure(self, lines: Sequence[str], name: str) -> Evaluation:
        """Ask questions with known answers; raises FaqError for lines that cannot be read."""
        answerer = await self.answerer()
        cases = read_cases(lines, answerer.faq.entries, name)
        if not cases:
            raise SettingsError("There is no question to measure with.", 'Write lines of {"text": ..., "gold": ...}.')
        self.evaluation = await asyncio.to_thread(evaluate, answerer.index, cases, answerer.thresholds)
        return self.evaluation

    def passage(self, faq: Faq, entry: Entry | None, file: str = "") -> Passage | None:
        """Return what is to be edited: an entry's lines, or a whole file of the FAQ."""
        if file and Path(file) in self._files(faq):
            return whole_file(Path(file))
        return find_passage(entry, faq.entries) if entry and Path(entry.file).is_file() else None

    def _files(self, faq: Faq) -> set[Path]:
        known = {Path(entry.file) for entry in faq.entries}
        return known | set(self.path.rglob("*.md") if self.path.is_dir() else [self.path])

    def _name_of(self, file: Path) -> str:
        if file not in self._files(self._report.faq):
            raise SettingsError(f"{file.name} is not a file of this FAQ.", "Reload the page.")
        return file.relative_to(self.path).as_posix() if self.path.is_dir() else file.name

    async def _reopen(self, answerer: Answerer) -> None:
        self._problems = ()
        try:
            faq = await asyncio.to_thread(self.tools.load, self.path)
        except FaqError as error:
            if self._served is None:
                raise
            self._problems = error.problems
        else:
            await asyncio.to_thread(answerer.reopen, faq)

    async def _move(self, path: Path) -> None:
        async with self._turn:
            self.path, self.origin = path, (self.copy.original if self.copy else None) or path
            self._served, self._problems = None, ()
        self.evaluation = None
        if self.restart is not None:
            self.restarting = asyncio.ensure_future(self.restart(path, self.origin))

    def _next_folder(self) -> Path:
        self._copies += 1
        return self._folder / f"copy-{self._copies}"

    def _advise(self, faq: Faq, index: Index) -> Report:
        checked = index if len(faq.entries) <= MOST_CHECKED else Index(())
        advice = advise(faq, find_collisions(checked, LIKELY), self.tools.faq_url)
        report = Report(faq, advice=advice)
        for entry in faq.entries:
            if found := [each.text for each in advice if (each.file, each.line) == (entry.file, entry.line)]:
                report.advice_of[entry.id] = found
        return report
