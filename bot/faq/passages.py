"""Split an answer into passages: what one sentence, item, row, heading or line of code says by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

MOST: Final = 120
"""Passages of an answer that are read: more is a manual, whose end says little about its question."""

_SENTENCE_END: Final = re.compile(r"(?<=[.?!…])[\"'”’)\]]?\s+|(?<=[。？！｡।۔؟።།])|\n+")
_SHORT: Final = re.compile(r"\b(?:e\.g|i\.e|vs|cf|approx|incl|z\.b|d\.h|bzw)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an answer, as plain text."""

    text: str
    is_code: bool = False
    """Whether it is a line of a code block: a command, a setting, a log line."""


def passages(answer: str) -> tuple[Passage, ...]:
    """Return the passages of an answer, in its order; none where it says nothing."""
    return tuple(_passages(_parser().parse(answer)))[:MOST]


def sentences(text: str) -> list[str]:
    """Return the sentences of a plain text, in any script."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and _SHORT.search(found[-1]):
            found[-1] = f"{found[-1]} {piece.strip()}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    row: list[str] = []
    in_row = False
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield from (Passage(line.strip(), is_code=True) for line in token.content.splitlines() if line.strip())
        elif token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            in_row = False
            yield from (Passage(text) for text in [", ".join(filter(None, row))] if text)
        elif token.type == "inline":
            text = _plain(token.children or ())
            if in_row:
                row.append(" ".join(text.split()))
            else:
                yield from map(Passage, sentences(text))


def _plain(tokens: Sequence[Token]) -> str:
    pieces: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type == "image":
            pieces.append(_plain(token.children or ()))
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
