"""A message -> what it asks: the whole, the sentences that may be the question, and clauses that may be two."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from bot.faq.passages import sentences
from bot.matching.normalise import code_lines, plain, words

MOST_PARTS: Final = 3
"""Sentences, and clauses, of one message that are looked at, so that a pasted log costs no more than a letter."""
MOST_READ: Final = 6
"""Parts that are read at all, the whole among them."""
SHORTEST_PART: Final = 3
"""Words from which a sentence can stand for the message."""
LONGEST_OF_TWO: Final = 60
"""Words of a message that is looked through for two questions in one sentence: what is longer is a story or a log."""
LONGEST_READ: Final = 300
"""Characters of a part that the encoder is given."""

_JOINT: Final = re.compile(r"\s(?:and|also|plus|und|et|y)\s|[,;&]\s", re.IGNORECASE)
_SEMICOLON: Final = re.compile(r";\s+")
_ASKING: Final = ("?", "？", "؟", "՞")
_SPOKEN: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Part:
    """A text that may be a question by itself."""

    text: str
    """As written, without Slack's markup; misspelt words repaired."""
    words: tuple[str, ...]

    def repaired(self, repairs: Mapping[str, str]) -> "Part":
        """Return the part with some words, given as `words` holds them, replaced."""
        text = _SPOKEN.sub(lambda word: repairs.get(word[0].lower(), word[0]), self.text)
        return Part(text, tuple(repairs.get(word, word) for word in self.words))


@dataclass(frozen=True)
class Message:
    """A message, taken apart."""

    whole: Part
    sentences: tuple[Part, ...] = ()
    """Where there are several: those with a question mark, or all where none has one."""
    clauses: tuple[Part, ...] = ()
    """What stands around an `and` or a comma."""
    told: tuple[Part, ...] = ()
    """Its last sentences, where there are several, whether they ask or not: a story may say what it is about."""
    code: tuple[Part, ...] = ()
    """Lines of its code blocks: a log, or an error."""

    @cached_property
    def readings(self) -> tuple[Part, ...]:
        """The whole and its sentences: what may speak for an entry."""
        return tuple(dict.fromkeys((self.whole, *self.sentences, *self.told)))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The whole and all its parts, as many as there is time for."""
        return tuple(dict.fromkeys((*self.readings, *self.clauses)))[:MOST_READ]

    @cached_property
    def questions(self) -> tuple[Part, ...]:
        """The parts that may be questions of their own."""
        return tuple(part for part in (*self.sentences, *self.clauses) if part in self.parts)

    def with_code(self, lines: Sequence[Part]) -> "Message":
        """Return the message with lines of its code as a part of what it says."""
        text, words = self.whole.text, self.whole.words
        for line in lines:
            text, words = f"{text} {line.text}", words + line.words
        return replace(self, whole=Part(text[:LONGEST_READ], words))

    def repaired(self, repairs: Mapping[str, str]) -> "Message":
        """Return the message with some words replaced."""

        def repair(parts: tuple[Part, ...]) -> tuple[Part, ...]:
            return tuple(part.repaired(repairs) for part in parts)

        return Message(
            self.whole.repaired(repairs),
            repair(self.sentences),
            repair(self.clauses),
            repair(self.told),
            self.code,
        )


def read(text: str) -> Message:
    """Take a message apart."""
    said = plain(text)
    pieces = [part for part in map(_part, _sentences(said)) if part.words]
    long = [part for part in pieces if len(part.words) >= SHORTEST_PART]
    asking = [part for part in long if part.text.endswith(_ASKING)] or long
    whole = pieces[0] if len(pieces) == 1 else _part(said)
    joined = len(whole.words) <= LONGEST_OF_TWO and _JOINT.search(said)
    clauses = [clause for part in asking for clause in _JOINT.split(part.text)] if joined else []
    return Message(
        whole=whole,
        sentences=tuple(asking)[-MOST_PARTS:] if len(pieces) > 1 else (),
        clauses=_long(clauses) if len(clauses) > 1 else (),
        told=tuple(long)[-MOST_PARTS:] if len(pieces) > 1 else (),
        code=_long(code_lines(text)),
    )


def _sentences(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        yield from _SEMICOLON.split(sentence)


def _part(text: str) -> Part:
    return Part(" ".join(text.split())[:LONGEST_READ], tuple(words(text)))


def _long(texts: list[str]) -> tuple[Part, ...]:
    parts = map(_part, texts[-4 * MOST_PARTS :])
    return tuple(part for part in parts if len(part.words) >= SHORTEST_PART)[-MOST_PARTS:]
