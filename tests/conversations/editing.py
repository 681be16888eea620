"""What somebody does to the files of the FAQ while the bot runs, and waiting until it has noticed."""

from pathlib import Path

from .grammar import Turn, unquote
from .watching import Watching

RELOADED = ("reloaded", "last good one is served")


class Editing(Watching):
    """Edits, adds, deletes, breaks and mends; in the end all is put back."""

    async def somebody_edits(self, turn: Turn) -> None:
        [old], [new] = unquote(turn.parts["old"]), unquote(turn.parts["new"])
        before = self._file(turn).read_text()
        assert old in before, f"{old!r} does not stand in it"
        await self._write(turn, before.replace(old, new))

    async def somebody_adds(self, turn: Turn) -> None:
        [question], [answer] = unquote(turn.parts["question"]), unquote(turn.parts["answer"])
        await self._write(turn, f"---\nquestion: {question}\n---\n{answer}\n")

    async def somebody_breaks(self, turn: Turn) -> None:
        await self._write(turn, "---\nquestion: Is this the end?\n")

    async def somebody_deletes(self, turn: Turn) -> None:
        await self._write(turn, None)

    async def somebody_mends(self, turn: Turn) -> None:
        await self._write(turn, self.spoilt[self._file(turn)])

    async def somebody_restarts(self, turn: Turn) -> None:
        await self.slack.settle()
        await self.bot.stop()
        await self.bot.start()
        await self.bot.wait_until_ready()

    async def restore(self) -> None:
        """Put the FAQ back as it was."""
        for path, text in self.spoilt.items():
            if _read(path) != text:
                await self._await_reload(path, text)

    async def _write(self, turn: Turn, text: str | None) -> None:
        path = self._file(turn)
        self.spoilt.setdefault(path, _read(path))
        await self._await_reload(path, text)

    async def _await_reload(self, path: Path, text: str | None) -> None:
        """Change one file and wait until the bot has said that it looked at it: each change is seen by itself."""
        start = self.bot.log_size
        _put(path, text)
        await self.bot.wait_for_log(*RELOADED, since=start)

    def _file(self, turn: Turn) -> Path:
        assert self.faq is not None
        return self.faq / turn.parts["file"]


def _read(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


def _put(path: Path, text: str | None) -> None:
    """Change a file in one step: the bot, which may look at any moment, never finds half of it."""
    if text is None:
        path.unlink(missing_ok=True)
    else:
        fresh = path.parent.parent / path.name
        fresh.write_text(text)
        fresh.replace(path)
