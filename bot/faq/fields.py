"""A Document's front matter comes in, typed values go out; a value of the wrong type becomes a problem, not a guess."""

import datetime
import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from bot.faq.diagnostics import Diagnostics
from bot.faq.front_matter import Document
from bot.faq.placeholders import Unreadable, find_odd_blank, find_template, name_of
from bot.faq.strict_yaml import KeyPath

MAX_QUESTION = 300
"""Characters of a question, topic, section or anchor."""
MAX_PHRASING = 2_000
MAX_PHRASINGS = 1_000
"""Phrasings of one entry."""

_NAMES = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    dict: "a mapping (a colon with a space behind it makes one)",
    list: "a list",
    datetime.date: "a date",
    datetime.datetime: "a date",
    datetime.time: "a time",
    type(None): "nothing",
    Unreadable: "a value that cannot be read",
}
_DATE_FORMATS = ("%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y-%m-%d %H:%M:%S %z")


class Fields:
    """Reads the front matter of one document key by key."""

    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self.document = document
        self._diagnostics = diagnostics

    def problem(self, text: str, *path: str | int) -> None:
        """Record what is wrong with the key or item at `path`."""
        self._diagnostics.problem(self.document.source.file, self.document.line(*path), text)

    def wrong(self, value: object, text: str, *path: str | int) -> None:
        """Record why a value cannot be taken: for what it holds, or else for what it is, as the end of a sentence."""
        if isinstance(value, Unreadable):
            text = value.why
        elif isinstance(value, str) and (odd := find_odd_blank(value)):
            text = f"{text} {name_of(odd)} stands in it: if a space is meant, write a plain one."
        self.problem(f"`{_name(path)}` {text}", *path)

    def note(self, text: str, *path: str | int) -> None:
        """Record what is no fault of the key or item at `path`, but should be told."""
        self._diagnostics.note(f"{self.document.source.file}:{self.document.line(*path)}: {text}")

    def text(self, *path: str | int, limit: int = MAX_QUESTION) -> str | None:
        """Return the text at `path` on one line, or None where it is absent, empty or wrong."""
        value = self.value(*path)
        if value is None:
            return None
        text = self._as_text(value, path)
        if text is None:
            return None
        if len(text) > limit:
            self.problem(f"`{_name(path)}` is longer than {limit} characters; shorten it.", *path)
            return None
        return text or None

    def texts(self, *path: str | int) -> tuple[str, ...]:
        """Return the list of texts at `path`; each item that is none becomes a problem."""
        value = self.value(*path)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(value, f"is {kind_of(value)}; write a list, one phrasing a line behind `- `.", *path)
            return ()
        if len(value) > MAX_PHRASINGS:
            self.problem(f"`{_name(path)}` holds more than {MAX_PHRASINGS} phrasings; keep the most telling.", *path)
            return ()
        items = [self._item(item, (*path, number)) for number, item in enumerate(value)]
        return tuple(dict.fromkeys(item for item in items if item))

    def number(self, key: str) -> int | None:
        """Return the whole number at `key`."""
        value = self.value(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.wrong(value, f"is {kind_of(value)}; write a whole number without quotes.", key)
        return None

    def flag(self, key: str) -> bool:
        """Return the truth value at `key`, false where it is absent."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.wrong(value, f"is {kind_of(value)}; write true or false without quotes.", key)
        return False

    def day(self, key: str) -> datetime.date | None:
        """Return the date at `key`: a date, a date with a time, or a text that tells one; a template is none."""
        value = self.value(key)
        if value is None or value == "":
            return None
        day = parse_day(value)
        if day is None and isinstance(value, Unreadable) and value.is_template:
            self.note(f"`{key}` {value.why}", key)
        elif day is None:
            self.wrong(value, "is not a date; write it as 2018-03-05.", key)
        return day

    def unreadable(self) -> Iterator[tuple[KeyPath, Unreadable]]:
        """Yield every value that could not be read, with its place."""

        def visit(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, Unreadable]]:
            if isinstance(value, Unreadable):
                yield path, value
            pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for step, child in pairs:
                yield from visit(child, (*path, step))

        return visit(dict(self.document.metadata), ())

    def value(self, *path: str | int) -> object:
        """Return whatever stands at `path`, None where nothing does."""
        value: object = self.document.metadata
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step]
            else:
                return None
        return value

    def _as_text(self, value: object, path: KeyPath) -> str | None:
        if isinstance(value, str):
            if template := find_template(value):
                text = f"`{_name(path)}` holds `{template}`, a template that was never filled in"
                tell = self.problem if path[-1] in ("url", "anchor") else self.note
                tell(text, *path)
            return re.sub(r"\s+", " ", value).strip()
        self.wrong(value, f"is read as {kind_of(value)}, not as text; put it in quotes.", *path)
        return None

    def _item(self, value: object, path: KeyPath) -> str | None:
        text = self._as_text(value, path)
        if text == "":
            self.problem("This phrasing is empty; write one or remove it.", *path)
        elif text is not None and len(text) > MAX_PHRASING:
            self.problem(f"This phrasing is longer than {MAX_PHRASING:,} characters; shorten it.", *path)
            return None
        return text


def kind_of(value: object) -> str:
    """Name a value's type in words: "a number"."""
    return _NAMES.get(type(value), "a text")


def closest(word: str, known: Iterable[str], cutoff: float = 75) -> str | None:
    """Return the one of `known` that `word` was probably meant to be."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=cutoff)
    return found[0] if found else None


def _name(path: KeyPath) -> str:
    named = [step for step in path if isinstance(step, str)]
    return ".".join(named)


def parse_day(value: object) -> datetime.date | None:
    """Return the date that a value tells, however it is written; None where it tells none."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    for form in ("", *_DATE_FORMATS):
        try:
            return datetime.datetime.strptime(text, form).date() if form else datetime.date.fromisoformat(text[:10])  # noqa: DTZ007
        except ValueError:
            continue
    return None
