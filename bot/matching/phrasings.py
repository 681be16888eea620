"""Entries and signposts -> the texts of their classes as words, in the order that every array of the model has."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.faq.entry import Entry, Signpost
from bot.matching.normalise import plain, words

Ints = NDArray[np.int64]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrasings:
    """All phrasings of an FAQ: those of the first entry first, then the other entries', then the signposts'."""

    texts: tuple[str, ...]
    """As written."""
    words: tuple[Words, ...]
    owners: Ints
    """Each phrasing's class: an entry or a signpost."""
    answers: tuple[Words, ...]
    """The words of each entry's answer."""
    classes: int
    """How many there are; the first `len(answers)` are entries."""

    @property
    def entries(self) -> int:
        """How many of the classes are entries."""
        return len(self.answers)

    @property
    def sizes(self) -> Ints:
        """How many phrasings each class has, at least 1."""
        return np.bincount(self.owners, minlength=self.classes)


def collect(entries: Sequence[Entry], signposts: Sequence[Signpost]) -> Phrasings:
    """Gather the phrasings; one that says the same as an earlier one of its class counts once."""
    groups = [(entry.question, *entry.also_asked) for entry in entries]
    groups += [signpost.also_asked or (signpost.topic,) for signpost in signposts]
    found = [
        (text, said, owner) for owner, group in enumerate(groups) for said, text in reversed(_distinct(group).items())
    ]
    return Phrasings(
        texts=tuple(text for text, _, _ in found),
        words=tuple(said for _, said, _ in found),
        owners=np.array([owner for _, _, owner in found], dtype=np.int64),
        answers=tuple(tuple(words(plain(entry.answer))) for entry in entries),
        classes=len(groups),
    )


def _distinct(group: Sequence[str]) -> dict[Words, str]:
    return {tuple(words(plain(text))): text for text in reversed(group)}
