"""A path comes in, the text of the Markdown files behind it goes out; never looks into what they say."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.faq.diagnostics import Diagnostics
from bot.faq.unsupported import unsupported_by_name

MAX_FILE_BYTES = 5_000_000
SUFFIXES = (".md", ".mdx", ".markdown")
_NOT_UTF8 = "This name is not UTF-8, so it cannot be shown; rename it."


@dataclass(frozen=True, slots=True)
class Source:
    """One file, read: its text has line ends of `\\n` alone and no byte order mark."""

    file: str
    """The path as its reader knows it, for problems."""
    name: str
    """The path below the folder that was asked for: entries are ordered by it."""
    text: str

    @property
    def stem(self) -> str:
        """Return the file's name without its folder and ending."""
        return Path(self.name).stem


def load_sources(root: Path, diagnostics: Diagnostics, leave_out: tuple[Path, ...] = ()) -> tuple[Source, ...]:
    """Read the file `root`, or every Markdown file below the folder `root` but not below `leave_out`.

    Hidden files and folders are passed over, links are followed within the folder alone. What cannot be read becomes a
    problem.
    """
    try:
        if _is_unprintable(root):
            diagnostics.problem(str(root), 0, _NOT_UTF8)
            return ()
        if not root.exists():
            diagnostics.problem(str(root), 0, "There is no such file or folder; check the path.")
            return ()
        if (reason := unsupported_by_name(root.name)) and not root.is_dir():
            diagnostics.problem(str(root), 0, reason)
            return ()
        paths = sorted(_Walk(root, diagnostics, leave_out).files(root)) if root.is_dir() else [root]
    except (OSError, ValueError) as error:
        diagnostics.problem(str(root), 0, f"This path cannot be read ({_reason(error)}).")
        return ()
    sources = [_load_source(path, root, diagnostics) for path in paths]
    return tuple(source for source in sources if source)


def is_folder(path: Path) -> bool:
    """Return whether `path` is a folder, also where it cannot even be looked up."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def leads_outside(path: Path, root: Path) -> str:
    """Return where a link leads if that is neither the folder `root` nor anything in it; else nothing.

    Whoever writes files into an FAQ must not be able to have others of the machine read. The links by which Kubernetes
    (`..data`) and git-sync exchange all files at once stay within the folder that they mount.
    """
    if not path.is_symlink():
        return ""
    base, target = os.path.realpath(root), os.path.realpath(path)
    return "" if os.path.commonpath([base, target]) == base else target


@dataclass(frozen=True, slots=True)
class _Walk:
    root: Path
    diagnostics: Diagnostics
    leave_out: tuple[Path, ...]

    def files(self, folder: Path, above: tuple[str, ...] = ()) -> Iterator[Path]:
        real = os.path.realpath(folder)
        if real in above:
            self._problem(folder, "This link leads back to a folder above it; remove the link.")
            return
        try:
            children = sorted(folder.iterdir())
        except OSError as error:
            self._problem(folder, f"This folder cannot be read ({_reason(error)}); check its permissions.")
            return
        for child in children:
            is_hidden = child.name.startswith(".") or any(_same(child, other) for other in self.leave_out)
            if is_hidden or not (child.is_dir() or child.suffix.lower() in SUFFIXES):
                continue
            if outside := leads_outside(child, self.root):
                self._problem(child, f"This link leads out of the FAQ's folder, to {outside}; copy what it names here.")
            elif _is_unprintable(child):
                self._problem(child, _NOT_UTF8)
            elif child.is_dir():
                yield from self.files(child, (*above, real))
            else:
                yield child

    def _problem(self, path: Path, text: str) -> None:
        self.diagnostics.problem(str(path), 0, text)


def _is_unprintable(path: Path) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in str(path))


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _load_source(path: Path, root: Path, diagnostics: Diagnostics) -> Source | None:
    data = _load_bytes(path, diagnostics)
    text = None if data is None else _decode(str(path), data, diagnostics)
    if text is None:
        return None
    name = path.relative_to(root).as_posix() if path != root else path.name
    return Source(str(path), name, text)


def _load_bytes(path: Path, diagnostics: Diagnostics) -> bytes | None:
    try:
        if not path.is_file():
            diagnostics.problem(str(path), 0, "This is no regular file, or a link to nothing; remove or replace it.")
            return None
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        diagnostics.problem(str(path), 0, f"This file cannot be read ({_reason(error)}); check its permissions.")
        return None
    if len(data) > MAX_FILE_BYTES:
        diagnostics.problem(
            str(path), 0, f"This file is larger than {MAX_FILE_BYTES // 1_000_000} MB; split it into several files."
        )
        return None
    return data


def _decode(file: str, data: bytes, diagnostics: Diagnostics) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = data[error.start]
        diagnostics.problem(file, line, f"Byte 0x{byte:02x} is not UTF-8; save the file in the encoding UTF-8.")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        diagnostics.problem(file, line, "A NUL byte stands here; this is no text, or it is damaged: remove the byte.")
        return None
    return text


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
