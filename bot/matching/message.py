"""A message -> what it asks: the whole, the sentences that may be the question, and clauses that may be two."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.matching.normalise import plain, words

MOST_PARTS: Final = 3
"""Sentences, and clauses, of one message that are looked at, so that a pasted log costs no more than a letter."""
SHORTEST_PART: Final = 3
"""Words from which a sentence can stand for the message."""

LONGEST_OF_TWO: Final = 60
"""Words of a message that is looked through for two questions in one sentence: what is longer is a story or a log."""

_SENTENCE_END: Final = re.compile(r"(?<=[.?!…。？！])\s+|(?<=[。？！])|\n+|;\s+")
_JOINT: Final = re.compile(r"\s(?:and|also|plus|und|et|y)\s|[,;&]\s", re.IGNORECASE)
_ASKING: Final = ("?", "？", "؟")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as words."""

    whole: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    """Where there are several: those with a question mark, or all where none has one."""
    clauses: tuple[tuple[str, ...], ...]
    """What stands around an `and` or a comma."""

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The whole and all parts, in this order."""
        return (self.whole, *self.sentences, *self.clauses)

    def repaired(self, repairs: Mapping[str, str]) -> "Message":
        """Give the message with some words replaced."""

        def repair(words: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(repairs.get(word, word) for word in words)

        return Message(repair(self.whole), tuple(map(repair, self.sentences)), tuple(map(repair, self.clauses)))


def read(text: str) -> Message:
    """Take a message apart."""
    said = plain(text)
    pieces = [(piece.strip(), held) for piece in _SENTENCE_END.split(said) if (held := tuple(words(piece)))]
    long = [(piece, held) for piece, held in pieces if len(held) >= SHORTEST_PART]
    asking = [(piece, held) for piece, held in long if piece.endswith(_ASKING)] or long
    whole = tuple(words(said)) if len(pieces) != 1 else pieces[0][1]
    joined = len(whole) <= LONGEST_OF_TWO and _JOINT.search(said)
    clauses = [clause for piece, _ in asking for clause in _JOINT.split(piece)] if joined else []
    return Message(
        whole=whole,
        sentences=tuple(held for _, held in asking)[-MOST_PARTS:] if len(pieces) > 1 else (),
        clauses=_parts(clauses) if len(clauses) > 1 else (),
    )


def _parts(texts: list[str]) -> tuple[tuple[str, ...], ...]:
    parts = [tuple(words(text)) for text in texts[-4 * MOST_PARTS :]]
    return tuple(part for part in parts if len(part) >= SHORTEST_PART)[-MOST_PARTS:]
