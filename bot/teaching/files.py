"""Changed texts of files come in and are written, each at once and whole, or not at all where another wrote first."""

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FaqError, Problem


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it was read, and as it shall be. Line ends and a byte order mark are as in the file."""

    path: Path
    before: str | None
    """None: there is no such file yet."""
    after: str


def load_text(path: Path) -> str:
    """Read a file with its line ends and byte order mark; raises FaqError."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FaqError([Problem(str(path), 0, f"This file cannot be read ({error}).")]) from None


def write_changes(changes: tuple[Change, ...]) -> None:
    """Write every file, or none if one of them has changed since it was read.

    A file takes its new content in one step and keeps its mode; a link stays one. Raises FaqError.
    """
    problems = [Problem(str(change.path), 0, reason) for change in changes if (reason := _stale(change))]
    if problems:
        raise FaqError(problems)
    for change in changes:
        try:
            _write(change)
        except OSError as error:
            reason = f"This file cannot be written ({error.strerror or error}); check the permissions and the disk."
            raise FaqError([Problem(str(change.path), 0, reason)]) from None


def _stale(change: Change) -> str:
    if change.before is None:
        return "There is such a file already; rename or remove it, and try again." if change.path.exists() else ""
    now = load_text(change.path) if change.path.exists() else None
    return "" if now == change.before else "This file was changed meanwhile; look at it, and try again."


def _write(change: Change) -> None:
    target = Path(os.path.realpath(change.path))
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".teaching")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(change.after.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        _dress(Path(name), target)
        if change.before is None:
            Path(target).hardlink_to(name)
        elif _stale(change):
            raise FaqError([Problem(str(change.path), 0, _stale(change))])
        else:
            Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def _dress(new: Path, old: Path) -> None:
    """Return a new file the mode and owner of the old one; one without a forerunner is as any new file."""
    if not old.exists():
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)
        return
    shutil.copymode(old, new)
    held = old.stat()
    with suppress(OSError):
        os.chown(new, held.st_uid, held.st_gid)
        new.chmod(stat.S_IMODE(held.st_mode))
