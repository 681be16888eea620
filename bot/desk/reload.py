"""The FAQ's files on disk -> fresh answers, without a restart. A broken FAQ never takes the place of a good one,
neither while the bot runs nor when it starts: the last good one is kept.

Files are compared twice a second instead of being watched by the kernel, through watchfiles or the like. Tried: a watch
is bound to the folder that was there when it began, so one that is moved away and replaced (a deployment, git-sync's
symlink) is never heard of again, and a network mount tells of nothing that another machine writes. A look at a hundred
files takes a few milliseconds.
"""

import asyncio
import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import structlog
from pydantic import TypeAdapter

from bot.desk.answerer import Answerer
from bot.errors import FaqError
from bot.faq import Faq
from bot.faq.sources import leads_outside

INTERVAL = 0.5
"""Seconds between two looks; new answers are to be there within two."""

QUIET = 0.1
"""Seconds in which nothing may change before the files are read: somebody may be writing several."""

COPIES = 20
"""FAQs of which the last good one is kept: a playground serves many."""

Fingerprint = frozenset[tuple[str, int, int, int]]
"""Path, time of change, size and inode of every file."""

Result = Literal["served", "problems", "failed"]
"""What came of reading the files anew."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Copy:
    path: str
    """What it is a copy of: another FAQ must not answer in its stead."""
    faq: Faq


class LastGood:
    """A copy of the FAQ at `path` that was served last, in `folder`, beside those of other FAQs."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._path = str(path.absolute())
        name = hashlib.sha256(self._path.encode(errors="surrogateescape")).hexdigest()[:16]
        self._file = folder / f"{name}.json"
        self._form = TypeAdapter(_Copy)

    def load(self, load: Callable[[], Faq]) -> tuple[Faq, str]:
        """Return what `load` gives, or the copy and why it is needed.

        Raises:
            FaqError: the FAQ has problems, and there is no copy.
        """
        try:
            return load(), ""
        except FaqError as error:
            if (faq := self._read()) is None:
                raise
            log.error("the FAQ has problems, the last good one is served", problems=str(error))  # noqa: TRY400
            return faq, str(error)

    def keep(self, faq: Faq) -> None:
        """Put a good FAQ in the place of the copy; where that fails the bot goes on without."""
        new = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(self._form.dump_json(_Copy(self._path, faq)))
            new.replace(self._file)
            copies = sorted(self._file.parent.glob("*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
            for old in copies[COPIES:]:
                old.unlink()
        except (OSError, ValueError) as error:
            log.warning(
                "no copy of the FAQ could be kept: a broken one will keep the bot from starting", error=str(error)
            )

    def _read(self) -> Faq | None:
        try:
            copy = self._form.validate_json(self._file.read_bytes())
        except (OSError, ValueError):
            return None
        return copy.faq if copy.path == self._path else None


class Reloader:
    """Keeps a help desk up to date with its files."""

    def __init__(
        self,
        answerer: Answerer,
        load: Callable[[], Faq],
        paths: Sequence[Path],
        tell: Callable[[Result], None] = lambda _: None,
        *,
        served: Fingerprint | None = None,
    ) -> None:
        """Follow `paths`; `served` is their fingerprint from before the desk's FAQ was read, by default that of now."""
        self._answerer = answerer
        self._load = load
        self._tell = tell
        self._paths = tuple(paths)
        self._wanted = asyncio.Event()
        self._served = take_fingerprint(self._paths) if served is None else served

    def want(self) -> None:
        """Reload at once, whether files changed or not."""
        self._wanted.set()

    async def follow(self, interval: float = INTERVAL) -> None:
        """Look for changes until cancelled."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), interval)
            await self._look()

    async def _look(self) -> None:
        found = await asyncio.to_thread(take_fingerprint, self._paths)
        if found == self._served and not self._wanted.is_set():
            return
        await asyncio.sleep(QUIET)
        if await asyncio.to_thread(take_fingerprint, self._paths) != found:
            return
        self._wanted.clear()
        self._served = found
        await asyncio.to_thread(self._reload)

    def _reload(self) -> None:
        try:
            self._answerer.reopen(self._load())
        except FaqError as error:
            self._answerer.trouble = str(error)
            self._tell("problems")
            log.error("the changed FAQ has problems, the last good one is served", problems=str(error))  # noqa: TRY400
        except Exception as error:
            self._answerer.trouble = f"{type(error).__name__} while the index was built"
            self._tell("failed")
            log.exception("the changed FAQ could not be indexed, the last good one is served")
        else:
            self._tell("served")
            log.info("reloaded", entries=len(self._answerer.faq.entries))


def take_fingerprint(paths: Sequence[Path]) -> Fingerprint:
    """Return what tells states of the files apart, in a few milliseconds; what cannot be read counts as absent."""
    return frozenset(_describe(file) for path in paths for file in _files(path))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    walked = set()
    for folder, subfolders, names in os.walk(path, followlinks=True):
        subfolders[:] = [
            name for name in subfolders if not name.startswith(".") and not leads_outside(Path(folder, name), path)
        ]
        if (real := os.path.realpath(folder)) in walked:
            subfolders.clear()
            continue
        walked.add(real)
        yield from (Path(folder, name) for name in names)


def _describe(file: Path) -> tuple[str, int, int, int]:
    try:
        state = file.stat()
    except OSError:
        return str(file), 0, 0, 0
    return str(file), state.st_mtime_ns, state.st_size, state.st_ino
