"""A copy of an FAQ that may be edited freely; the original is touched by `write_back` alone, on request."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.faq import Entry

SUFFIXES = (".md", ".mdx", ".markdown")
SIGNPOSTS = "signposts"


@dataclass(frozen=True, slots=True)
class Changed:
    """A file of the copy that differs from its original."""

    name: str
    copy: Path
    original: Path | None
    """None where the page was pasted."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The lines of a file that make up one entry, or all of them."""

    file: Path
    start: int
    """From 0."""
    end: int
    text: str


class WorkingCopy:
    """The files of one FAQ, copied into a folder that goes when the playground ends."""

    def __init__(self, folder: Path, path: Path, original: Path | None) -> None:
        self.folder, self.path, self.original = folder, path, original

    @classmethod
    def of(cls, original: Path, folder: Path, signposts: Path | None = None) -> "WorkingCopy":
        """Copy the Markdown of an FAQ and of its signposts; raises OSError."""
        if original.is_dir():
            target = folder / "faq"
            _copy_folder(original, target)
            beside = target
        else:
            target, beside = folder / original.name, folder
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(original, target)
            if (original.parent / SIGNPOSTS).is_dir():
                _copy_folder(original.parent / SIGNPOSTS, folder / SIGNPOSTS)
        if signposts is not None and signposts.is_dir():
            _copy_folder(signposts, beside / SIGNPOSTS)
        return cls(folder, target, original)

    @classmethod
    def of_text(cls, text: str, folder: Path) -> "WorkingCopy":
        """Keep a page that somebody pasted; raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / "pasted.md"
        page.write_text(text, encoding="utf-8")
        return cls(folder, page, None)

    def holds(self, file: Path) -> bool:
        """Return whether a file is one of the copy's."""
        return file.is_file() and file.resolve().is_relative_to(self.folder.resolve())

    def changed(self) -> list[Changed]:
        """Return the files that differ from their originals."""
        files = sorted(self.path.rglob("*")) if self.path.is_dir() else [self.path]
        pairs = [Changed(self.name_of(file), file, self._original_of(file)) for file in files if file.is_file()]
        return [each for each in pairs if each.original is None or not _same(each.copy, each.original)]

    def name_of(self, file: Path) -> str:
        """Return a file's name as its FAQ knows it."""
        return file.relative_to(self.path).as_posix() if self.path.is_dir() else file.name

    def write_back(self, name: str) -> Path:
        """Write one changed file over its original; returns the original.

        Raises:
            LookupError: no such file has changed.
            OSError: it cannot be written.
        """
        for each in self.changed():
            if each.name == name and each.original is not None:
                shutil.copyfile(each.copy, each.original)
                return each.original
        raise LookupError(name)

    def _original_of(self, file: Path) -> Path | None:
        if self.original is None:
            return None
        return self.original / self.name_of(file) if self.original.is_dir() else self.original


def find_passage(entry: Entry, entries: Sequence[Entry]) -> Passage:
    """Find an entry's lines: its whole file where it has one of its own, else up to where the next one begins."""
    lines = load_lines(Path(entry.file))
    starts = sorted(other.line for other in entries if other.file == entry.file)
    if len(starts) == 1:
        return whole_file(Path(entry.file))
    later = [line for line in starts if line > entry.line]
    end = later[0] - 1 if later else len(lines)
    return Passage(Path(entry.file), entry.line - 1, end, "".join(lines[entry.line - 1 : end]))


def whole_file(file: Path) -> Passage:
    """Return all lines of a file."""
    lines = load_lines(file)
    return Passage(file, 0, len(lines), "".join(lines))


def load_lines(file: Path) -> list[str]:
    """Read a file's lines, with their ends; raises OSError."""
    with file.open(encoding="utf-8", newline="") as stream:
        return stream.read().splitlines(keepends=True)


def save_passage(passage: Passage, text: str) -> None:
    """Put other text in the place of a passage; raises OSError."""
    lines = load_lines(passage.file)
    gap = "" if not text or text.endswith("\n") or passage.end >= len(lines) else "\n"
    merged = [*lines[: passage.start], text + gap, *lines[passage.end :]]
    passage.file.write_text("".join(merged), encoding="utf-8", newline="")


def _copy_folder(source: Path, target: Path) -> None:
    def unwanted(folder: str, names: list[str]) -> list[str]:
        return [n for n in names if n.startswith(".") or not ((Path(folder) / n).is_dir() or n.endswith(SUFFIXES))]

    shutil.copytree(source, target, ignore=unwanted, dirs_exist_ok=True)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()
