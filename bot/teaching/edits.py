"""A text comes in with places to change, the changed text goes out; all that is not at those places stays as it is."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_COMMA = re.compile(r"#[^\n]*|,")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the characters from `start` to `end` of a text."""

    start: int
    end: int
    text: str


def insert(place: int, text: str) -> Edit:
    """Build the edit that only adds."""
    return Edit(place, place, text)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Make edits that do not overlap; of two at one place the first stands first."""
    pieces, position = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])


def with_line_ends(raw: str, edits: Iterable[Edit]) -> list[Edit]:
    """Move edits of a text whose line ends are `\\n` to `raw`, the same text with line ends of any kind.

    New lines end as the line does that they are put behind.
    """
    pairs = [match.start() - number for number, match in enumerate(re.finditer("\r\n", raw))]

    def moved(place: int) -> int:
        return place + bisect_left(pairs, place)

    return [
        Edit(moved(edit.start), moved(edit.end), edit.text.replace("\n", _line_end(raw, moved(edit.start))))
        for edit in edits
    ]


def end_of_line(text: str, place: int) -> int:
    """Return where the line ends that holds `place`, before its line feed."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def extend_brackets(text: str, outside: Span, inside: Sequence[Span], items: Sequence[str]) -> list[Edit]:
    """Put items behind the others in brackets, in the layout that these have: on one line, or each on its own.

    `outside` spans both brackets, `inside` each item that they hold.
    """
    start, close = outside[0] + 1, outside[1] - 1
    if not inside:
        space = " " if text.startswith("#", start) else ""
        return [insert(start, ", ".join(items) + space)]
    first, last = inside[-1]
    indent = text[text.rfind("\n", 0, first) + 1 : first]
    if indent.strip() or "\n" not in text[start:first]:
        return [insert(last, "".join(f", {item}" for item in items))]
    comma = next((found.end() for found in _COMMA.finditer(text, last, close) if found[0] == ","), 0)
    place = min(end_of_line(text, comma or last), len(text[:close].rstrip(" \t")) if close else close)
    lines = f",\n{indent}".join(items)
    new = insert(max(place, comma or last), f"\n{indent}{lines}{',' if comma else ''}")
    return [new] if comma else [insert(last, ","), new]


def _line_end(raw: str, place: int) -> str:
    found = re.compile("\r\n|\r|\n").search(raw, place) or re.search("\r\n|\r|\n", raw)
    return found[0] if found else "\n"
