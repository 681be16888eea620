"""Entries and signposts -> the phrasings of their classes as words, in the order that every array of the model has."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.faq.entry import Entry, Signpost
from bot.matching.normalise import plain, words


@dataclass(frozen=True, slots=True)
class Phrasings:
    """All phrasings of an FAQ: those of the first entry first, then the other entries', then the signposts'."""

    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    """How many phrasings each class has, at least 1; a class is an entry or a signpost."""
    entries: int
    """How many of the classes are entries."""

    @property
    def owners(self) -> NDArray[np.int64]:
        """Each phrasing's class."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def greatest(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give, for q x phrasings values, the greatest of each class: q x classes."""
        starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(int)
        return np.asarray(np.maximum.reduceat(values, starts, axis=1))


def collect(entries: Sequence[Entry], signposts: Sequence[Signpost]) -> Phrasings:
    """Gather the phrasings; one that says the same as an earlier one of its class counts once."""
    groups = [(entry.question, *entry.also_asked) for entry in entries]
    groups += [signpost.also_asked or (signpost.topic,) for signpost in signposts]
    texts: list[str] = []
    spoken: list[tuple[str, ...]] = []
    sizes: list[int] = []
    for group in groups:
        distinct = {tuple(words(plain(text))): text for text in reversed(group)}
        ordered = list(reversed(distinct.items()))
        spoken += [said for said, _ in ordered]
        texts += [text for _, text in ordered]
        sizes.append(len(ordered))
    return Phrasings(tuple(texts), tuple(spoken), tuple(sizes), len(entries))
