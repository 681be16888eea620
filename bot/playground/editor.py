"""What a maintainer does to an FAQ on the page: pick one, edit it in a working copy, ask it, measure it.

Works on files and on the help desk; knows nothing of HTTP. The bot, our child, is started anew on another FAQ; within
one it follows its files by itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import FaqError, Problem, SettingsError
from bot.faq import Entry, Faq
from bot.matching import Index
from bot.quality.checks import Advice, advise
from bot.quality.collisions import find_collisions
from bot.quality.evaluate import Evaluation, evaluate, read_cases

from .editor_desk import Bench
from .working_copy import Passage, WorkingCopy, find_passage, save_passage, whole_file

LIKELY = 0.5
"""Collisions below this probability are not worth an author's time."""
MOST_CHECKED = 300
"""Entries up to which phrasings are held out one by one after every change."""


@dataclass(frozen=True, slots=True)
class Report:
    """How an FAQ does at the moment."""

    faq: Faq
    """The last one that could be read."""
    problems: tuple[Problem, ...] = ()
    advice: tuple[Advice, ...] = ()


class School:
    """Holds the FAQ that is taught."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.bench, self._folder = bench, folder
        self.copy: WorkingCopy | None = None
        self.restart: Callable[[Path, Path], Awaitable[None]] | None = None
        """Starts the bot on another FAQ, a copy of a second one or itself, and waits until it can be asked."""
        self.restarting: asyncio.Future[None] | None = None
        """Nobody waits for it: the help desk answers here, and the chat shows when the bot is back."""
        self.evaluation: Evaluation | None = None
        self._copies = 0
        self._faq = Faq(())
        self._advised: tuple[Faq, tuple[Advice, ...]] = self._faq, ()

    async def look(self) -> Report:
        """Read the FAQ and say what is wrong with it and what would make it better."""
        try:
            desk = await self.bench.desk()
        except FaqError as error:
            return Report(self._faq, error.problems)
        self._faq = desk.faq
        if self.bench.problems:
            return Report(self._faq, self.bench.problems)
        if self._advised[0] is not self._faq:
            self._advised = self._faq, await asyncio.to_thread(self._advise, self._faq, desk.index)
        return Report(self._faq, advice=self._advised[1])

    async def open_path(self, path: Path) -> None:
        """Teach another FAQ of this machine; raises FaqError where it has problems."""
        await asyncio.to_thread(self.bench.tools.load, path)
        self.copy = None
        await self._move(path)

    async def open_text(self, text: str) -> None:
        """Teach a pasted page; raises FaqError where it has problems, OSError."""
        copy = WorkingCopy.of_text(text, self._next_folder())
        await asyncio.to_thread(self.bench.tools.load, copy.path)
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
            self.copy = WorkingCopy.of(self.bench.path, self._next_folder(), self.bench.tools.signposts)
            await self._move(self.copy.path)
            await self.bench.desk()  # the last good one, should the change be a bad one
        file = self.copy.path / name if self.copy.path.is_dir() else self.copy.path
        if not self.copy.holds(file):
            raise SettingsError(f"{name} is no file of this FAQ.", "Load the page anew.")
        now = whole_file(file).text.splitlines(keepends=True)
        if "".join(now[wanted.start : wanted.end]) != wanted.text:
            raise SettingsError(f"{name} has changed meanwhile.", "Copy your text, load the page anew, and put it in.")
        save_passage(Passage(file, wanted.start, wanted.end, wanted.text), text)

    async def measure(self, lines: Sequence[str], name: str) -> Evaluation:
        """Ask questions with known answers; raises FaqError for lines that cannot be read."""
        desk = await self.bench.desk()
        cases = read_cases(lines, desk.faq.entries, name)
        if not cases:
            raise SettingsError("There is no question to measure with.", 'Give lines of {"text": ..., "gold": ...}.')
        self.evaluation = await asyncio.to_thread(evaluate, desk.index, cases, desk.thresholds)
        return self.evaluation

    def passage(self, entry: Entry | None, file: str = "") -> Passage | None:
        """Give what is to be edited: an entry's lines, or a whole file of the FAQ."""
        if file and Path(file) in self._files():
            return whole_file(Path(file))
        return find_passage(entry, self._faq.entries) if entry and Path(entry.file).is_file() else None

    def _files(self) -> set[Path]:
        known = {Path(entry.file) for entry in self._faq.entries}
        return known | set(self.bench.path.rglob("*.md") if self.bench.path.is_dir() else [self.bench.path])

    def _name_of(self, file: Path) -> str:
        root = self.bench.path
        if file not in self._files():
            raise SettingsError(f"{file.name} is no file of this FAQ.", "Load the page anew.")
        return file.relative_to(root).as_posix() if root.is_dir() else file.name

    async def _move(self, path: Path) -> None:
        origin = (self.copy.original if self.copy else None) or path
        await self.bench.move_to(path, origin)
        self.evaluation = None
        if self.restart is not None:
            self.restarting = asyncio.ensure_future(self.restart(path, origin))

    def _next_folder(self) -> Path:
        self._copies += 1
        return self._folder / f"copy-{self._copies}"

    def _advise(self, faq: Faq, index: Index) -> tuple[Advice, ...]:
        checked = index if len(faq.entries) <= MOST_CHECKED else Index(())
        return advise(faq, find_collisions(checked, LIKELY), self.bench.tools.faq_url)


@dataclass(frozen=True, slots=True)
class Notes:
    """Problems and advice, put beside the entries that they are about."""

    problems: Sequence[Problem]
    advice: Sequence[Advice]
    of_entry: dict[str, list[str]] = field(default_factory=dict)


def by_section(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Put entries of the same section together, in the order in which the sections first come."""
    sections: dict[str, list[Entry]] = {}
    for entry in entries:
        sections.setdefault(entry.section or "", []).append(entry)
    return sections


def sort_notes(report: Report) -> Notes:
    """Put each piece of advice beside its entry."""
    notes = Notes(report.problems, report.advice)
    for entry in report.faq.entries:
        found = [each.text for each in report.advice if (each.file, each.line) == (entry.file, entry.line)]
        if found:
            notes.of_entry[entry.id] = found
    return notes
