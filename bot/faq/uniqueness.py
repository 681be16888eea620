"""Gives every entry an id that occurs once; what stands twice is a problem."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bot.faq.diagnostics import Diagnostics
from bot.faq.entry import Entry
from bot.faq.entry_form import Placed

MAX_ID = 120
"""Characters: an id travels in the values of Slack's buttons."""


def without_repeated(placed: Iterable[Placed], diagnostics: Diagnostics) -> list[Placed]:
    """Leave out what is asked a second time, compared without case, punctuation and spacing.

    In an entry file that is a problem; a page keeps its other questions. Pages may ask the same in two sections
    ("How long does it take?"): there the section is part of the question.
    """
    first: dict[tuple[str, str | None], Entry] = {}
    kept = []
    for one in placed:
        entries = []
        for entry in one.entries:
            other = first.setdefault((_normalised(entry.question), entry.section if one.from_page else None), entry)
            if other is entry:
                entries.append(entry)
            else:
                _tell_repeated(one, entry, other, diagnostics)
        kept.append(replace(one, entries=tuple(entries)))
    return kept


def _tell_repeated(one: Placed, entry: Entry, other: Entry, diagnostics: Diagnostics) -> None:
    place = f"{other.file}:{other.line}"
    if one.from_page:
        diagnostics.note(f"{entry.file}:{entry.line}: the same question stands at {place}, left out")
    else:
        diagnostics.problem(entry.file, entry.line, f"The same question stands at {place}; keep one of the two.")


def check_anchors(placed: Iterable[Placed], diagnostics: Diagnostics) -> None:
    """Record every anchor that two entry files share: their links would lead to one place."""
    first: dict[tuple[str | None, str], Entry] = {}
    for entry in (entry for one in placed if not one.from_page for entry in one.entries):
        other = first.setdefault((entry.url, entry.anchor), entry)
        if other is not entry and entry.anchor:
            place = f"{other.file}:{other.line}"
            text = f"The anchor `{entry.anchor}` is also that of {place}; give one of them an `anchor` of its own."
            diagnostics.problem(entry.file, entry.line, text)


def with_page_sections(placed: Sequence[Placed]) -> list[Placed]:
    """Return the entries of several pages, where they have no section, the page's title for one."""
    if sum(one.from_page for one in placed) < 2:
        return list(placed)
    return [replace(one, entries=tuple(_in_section(entry, one.title) for entry in one.entries)) for one in placed]


def _in_section(entry: Entry, title: str) -> Entry:
    return replace(entry, section=title) if title and entry.section is None else entry


def unique_ids(placed: Iterable[Placed]) -> tuple[Entry, ...]:
    """Return all entries in order, each with an id of its own of at most MAX_ID characters.

    Where files share an id, each gets its file's name in front, so that the order of the files does not matter.
    """
    named = [(one.name, entry) for one in placed for entry in one.entries]
    counts = Counter(entry.id for _, entry in named)
    prefixed = [_prefixed(name, entry) if counts[entry.id] > 1 else entry for name, entry in named]
    counts = Counter(entry.id for entry in prefixed)
    shortened = [_shortened(entry, clash=counts[entry.id] > 1) for entry in prefixed]
    seen: Counter[str] = Counter()
    for number, entry in enumerate(shortened):
        seen[entry.id] += 1
        if seen[entry.id] > 1:
            shortened[number] = replace(entry, id=f"{entry.id}-{seen[entry.id]}")
    return tuple(shortened)


def _prefixed(name: str, entry: Entry) -> Entry:
    path = PurePosixPath(name)
    stem = path.parent.name if path.stem.lower() in ("index", "_index", "readme") else path.stem
    return replace(entry, id=f"{stem or path.stem}-{entry.id}")


def _shortened(entry: Entry, *, clash: bool) -> Entry:
    if entry.id and len(entry.id) <= MAX_ID and not clash:
        return entry
    text = f"{Path(entry.file).name}\n{entry.section}\n{entry.question}\n{entry.id}"
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return replace(entry, id=f"{entry.id[: MAX_ID - 16]}-{digest}".lstrip("-"))


def _normalised(question: str) -> str:
    text = unicodedata.normalize("NFKC", question).casefold()
    words = "".join(c if unicodedata.category(c)[0] in "LNMS" else " " for c in text).split()
    return " ".join(words) or text
