"""The text between the marks of front matter comes in, its values with the line of each go out; nothing is guessed.

A key that means nothing here and cannot be read is left out instead of refusing the file.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.faq.delimiters import Form, Refused, find_key, is_of_entry, means_nothing
from bot.faq.placeholders import (
    Placeholders,
    Unreadable,
    explain_syntax,
    find_line_ends,
    find_odd_blank,
    name_of,
    plain_key,
    why_unreadable,
)
from bot.faq.strict_yaml import MAX_DEPTH, KeyPath, Parsed, Report, parse_yaml

MAX_FRONT_MATTER = 1_000_000
"""Characters: a thousand entries with thirty phrasings each stay below it."""
_SEARCH_WINDOW = 20_000
_ESCAPED = re.compile(r"[\x00-\x1f\"\\\ud800-\udfff]")
"""What a text may have been written with an escape for."""
_MOST_DROPPED = 20
"""Keys of one file that are left out; fewer where it takes long to read it anew."""

Finding = tuple[int, str]
"""A line, counted from 0 in the text at hand, and a sentence."""


@dataclass(slots=True)
class Metadata:
    """What front matter says."""

    values: dict[str, object] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def read_metadata(head: str, form: Form) -> Metadata:
    """Read front matter; lines are counted from 0 in `head`."""
    if len(head) > MAX_FRONT_MATTER:
        text = f"The front matter is longer than {MAX_FRONT_MATTER:,} characters; shorten it."
        return Metadata(problems=[(-1, text)])
    read = _read(head, form)
    dropped: list[Finding] = []
    most = min(_MOST_DROPPED, 2 * MAX_FRONT_MATTER // (len(head) + 1))
    while read.problems and len(dropped) < most and (found := _meaningless(head, read.problems[0][0])):
        key, start, end = found
        line = head.count("\n", 0, start)
        dropped.append((line, f"`{key}` cannot be read and is left out: {read.problems[0][1]}"))
        head = head[:start] + re.sub(r"[^\n]", " ", head[start:end]) + head[end:]
        read = _read(head, form)
    if not read.problems:
        read.notes = [*dropped, *read.notes]
    return read


def _meaningless(head: str, line: int) -> tuple[str, int, int] | None:
    """Find the key that means nothing here and holds the line of a problem, or ends above it as an open bracket may."""
    in_entry = is_of_entry(head)
    found = find_key(head, line)
    if found and not means_nothing(found[0], in_entry=in_entry):
        found = find_key(head, head.count("\n", 0, found[1]) - 1)
    return found if found and means_nothing(found[0], in_entry=in_entry) else None


def _read(head: str, form: Form) -> Metadata:
    quoted = form != "yaml"
    tries = [Placeholders(head), Placeholders(head, rewrite=True, quoted=quoted)]
    first = _parse(head, form, tries[0])
    return first if not first.problems or tries[0].text == tries[1].text else _parse(head, form, tries[1])


def _parse(head: str, form: Form, hidden: Placeholders) -> Metadata:
    read = Metadata()

    def report(line: int, what: str) -> None:
        read.problems.append((min(line, head.count("\n")), what))

    try:
        parsed = _PARSERS[form](hidden.text, report)
    except Refused as refused:
        report(refused.line, refused.text)
        return read
    value = {} if parsed.value is None else parsed.value
    if not read.problems and not isinstance(value, dict):
        odd = find_odd_blank(value) if isinstance(value, str) else ""
        if odd:
            report(head.count("\n", 0, head.index(odd)), explain_syntax("YAML", "", odd, ""))
        else:
            report(-1, "The front matter is a list or a mere text; write `key: value` lines.")
    if read.problems or not isinstance(value, dict):
        return read
    read.lines = {_restored(path, hidden): line for path, line in parsed.lines.items()}
    read.values = _Settler(hidden, read, in_entry=(in_entry := is_of_entry(head))).mapping(value, ())
    for line, character in find_line_ends(head):
        read.notes.append((line, f"{name_of(character)} stands here and is read as a space; write one instead."))
    for path, line, cut in parsed.cuts:
        if not means_nothing(str(path[0]), in_entry=in_entry):
            what = f"`{_named(path)}` ends before `{hidden.restore(cut)}`, which YAML takes for a comment"
            read.notes.append((line, f"{what}; put the whole text in quotes, or two spaces and `# ` if it is one."))
    return read


class _Settler:
    """Brings back what was hidden from the parser, and sets aside what cannot be shown to anybody."""

    def __init__(self, hidden: Placeholders, read: Metadata, *, in_entry: bool) -> None:
        self._in_entry = in_entry
        self._hidden = hidden
        self._read = read

    def mapping(self, value: dict[str, Any], path: KeyPath) -> dict[str, object]:
        settled: dict[str, object] = {}
        for key, child in value.items():
            name = _plain(key, self._hidden)
            place = (*path, name)
            if name in settled:
                line = self._read.lines.get(place, 0)
                self._read.problems.append((line, f"The key `{name}` stands here for the second time; keep one."))
            settled[name] = self.value(child, place)
        return settled

    def value(self, value: object, path: KeyPath) -> object:
        if isinstance(value, dict):
            return self.mapping(value, path)
        if isinstance(value, list):
            return [self.value(child, (*path, number)) for number, child in enumerate(value)]
        if isinstance(value, str):
            text = self._hidden.restore(value)
            return why_unreadable(text) or text
        if isinstance(value, Unreadable) and not means_nothing(str(path[0]), in_entry=self._in_entry):
            self._read.problems.append((self._read.lines.get(path, 0), f"`{_named(path)}` {value.why}"))
        return value


def _plain(key: str, hidden: Placeholders) -> str:
    return plain_key(hidden.restore(key)).encode("utf-8", "backslashreplace").decode()


def _restored(path: KeyPath, hidden: Placeholders) -> KeyPath:
    return tuple(_plain(step, hidden) if isinstance(step, str) else step for step in path)


def _named(path: KeyPath) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _parse_yaml(text: str, report: Report) -> Parsed:
    return parse_yaml(f"{text}\n", report)


def _parse_toml(text: str, report: Report) -> Parsed:
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) - 1 if place else text.count("\n")
        report(line, explain_syntax("TOML", str(error), text.split("\n")[line], "; text stands in quotes"))
        return Parsed()
    except (RecursionError, ValueError):
        report(-1, "The TOML front matter nests too deeply or holds a huge number; simplify it.")
        return Parsed()
    return Parsed(value, _find_lines(value, text))


def _parse_json(text: str, report: Report) -> Parsed:
    def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            if key in values:
                place = max(text.rfind(json.dumps(key, ensure_ascii=False)), 0)
                report(text.count("\n", 0, place), f"The key `{key}` stands here for the second time; keep one.")
            values[key] = value
        return values

    try:
        value = json.loads(text, object_pairs_hook=without_duplicates)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        report(error.lineno - 1, explain_syntax("JSON", error.msg, line, "; check quotes, commas and braces"))
        return Parsed()
    return Parsed(value, _find_lines(value, text))


_PARSERS = {"yaml": _parse_yaml, "toml": _parse_toml, "json": _parse_json}


def _find_lines(value: object, text: str) -> dict[KeyPath, int]:
    """Find the lines of keys and texts in formats whose parsers do not tell them: in order, by searching."""
    lines: dict[KeyPath, int] = {}
    position = counted = line = 0
    for path, needle in _needles(value, ()):
        needle = _ESCAPED.split(needle, maxsplit=1)[0]  # noqa: PLW2901
        place = text.find(needle, position, position + _SEARCH_WINDOW) if needle else -1
        if place >= 0:
            line += text.count("\n", counted, place)
            position = counted = place
        lines[path] = line
        if len(path) > MAX_DEPTH:
            raise Refused(line, f"The front matter nests deeper than {MAX_DEPTH} levels; flatten it.")
    return lines


def _needles(value: object, path: KeyPath, needle: str = "") -> Iterator[tuple[KeyPath, str]]:
    yield path, needle
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _needles(child, (*path, key), key)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _needles(child, (*path, number), child[:30] if isinstance(child, str) else "")
