"""Changes of files come in, one unified diff goes out, in the form that `git apply` and `patch` take. Reads nothing."""

import difflib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.teaching.files import Change

NO_LINE_END = "\\ No newline at end of file\n"


def render_diff(changes: Iterable[Change], folder: Path) -> str:
    """Return the diff; paths are told from `folder`, where they lie below it."""
    return "".join(line for change in changes for line in _of_file(change, folder))


def _of_file(change: Change, folder: Path) -> Iterator[str]:
    name = os.path.relpath(change.path, folder)
    name = str(change.path).lstrip("/") if name.startswith("..") else Path(name).as_posix()
    old = f"a/{name}" if change.before is not None else "/dev/null"
    if change.before is None:
        yield f"diff --git a/{name} b/{name}\nnew file mode 100644\n"
    for line in difflib.unified_diff(_lines(change.before or ""), _lines(change.after), old, f"b/{name}", n=2):
        yield line if line.endswith("\n") else f"{line}\n{NO_LINE_END}"


def _lines(text: str) -> list[str]:
    """Split as git does: at line feeds alone."""
    lines = text.split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
