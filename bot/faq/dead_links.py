"""Find links of an FAQ's files to Markdown files that do not exist. Fetches nothing.

Only links that name a file are looked at, for addresses are made by the site; and only in files that lie in place,
which another such link that leads somewhere, or a site's settings above them, shows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from bot.faq.diagnostics import Diagnostics
from bot.faq.entry import Entry
from bot.faq.front_matter import parse_document
from bot.faq.sources import SUFFIXES, load_sources

MOST_CHARACTERS = 500_000
"""Longer files are not looked through."""
_SITES = (
    "mkdocs.yml", "mkdocs.yaml", "docusaurus.config.js", "docusaurus.config.ts", "hugo.toml", "hugo.yaml",
    "_config.yml", "book.toml", ".vitepress", "zensical.toml",
)  # fmt: skip
_LEVELS = 6
"""Folders above a file in which a site's settings are looked for."""
_FALLBACK = frozenset(["i18n", "versioned_docs", "_includes", "snippets"])
"""Folders whose files are put together with others of the site before links are followed."""


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere."""

    file: str
    line: int
    target: str


def load_dead_links(entries: Iterable[Entry]) -> tuple[DeadLink, ...]:
    """Look through the files of the entries; what cannot be decided, or read, is left out."""
    files = dict.fromkeys(entry.file for entry in entries if entry.file)
    return tuple(dead for file in files for dead in _dead_in(Path(file)))


def _dead_in(path: Path) -> list[DeadLink]:
    if _FALLBACK & set(path.parts):
        return []
    found = [(line, target, _leads_somewhere(path, target)) for line, target in _file_links(path)]
    dead = [DeadLink(str(path), line, target) for line, target, there in found if not there]
    lies_in_place = any(there for _, _, there in found) or (bool(dead) and _has_site_above(path))
    return dead if lies_in_place else []


def _file_links(path: Path) -> Iterator[tuple[int, str]]:
    """Return the relative links to Markdown files, with their lines."""
    diagnostics = Diagnostics()
    for source in load_sources(path, diagnostics):
        document = parse_document(source, diagnostics)
        if document is None or len(document.body) > MOST_CHARACTERS:
            return
        for token in MarkdownIt("commonmark").enable("table").parse(document.body):
            for child in token.children or ():
                target = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
                if _names_a_file(target):
                    yield document.body_line + (token.map or [0])[0], unquote(target)


def _names_a_file(target: str) -> bool:
    if not target or target.startswith(("/", "#", "@")) or any(sign in unquote(target) for sign in "{}<>$*"):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and parts.path.lower().endswith(SUFFIXES)


def _leads_somewhere(path: Path, target: str) -> bool:
    try:
        return (path.parent / urlsplit(target).path).exists()
    except (OSError, ValueError):
        return True


def _has_site_above(path: Path) -> bool:
    try:
        above = list(path.resolve().parents)[:_LEVELS]
        return any((folder / name).exists() for folder in above for name in _SITES)
    except OSError:
        return False
