"""A question -> why it got its best match: phrasings, words for and against, repairs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.dialogue import Match
from bot.faq import Entry
from bot.matching.model import Model
from bot.matching.thresholds import Thresholds

MOST_WORDS: Final = 40
MOST_PHRASINGS: Final = 5

Confidences = Callable[[Sequence[Sequence[str]], Entry], Sequence[float]]
"""Texts, given as words -> the confidence in an entry for each of them."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A phrasing that is like the question."""

    text: str
    entry: bool
    """Whether an entry owns it, rather than a signpost."""
    owner: int
    """Place of its entry, or of its signpost, in the index."""
    similarity: float
    """0 to 1: the kernel, as a share of that of a text with itself."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word of the question did to the confidence in the best match."""

    word: str
    change: float
    """Confidence with the word less the confidence without it: above 0 it spoke for the match."""
    known: bool
    """Whether a phrasing of the FAQ holds it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the matcher came to its best match."""

    understood: str
    """The question as it was read: its words, repaired."""
    repairs: tuple[tuple[str, str], ...]
    """Misspelt words and what they were taken for."""
    matches: tuple[Match, ...]
    phrasings: tuple[Likeness, ...]
    """The most similar ones, best first."""
    passage: str
    """The passage of the best match's answer that is nearest to the question; empty where a phrasing is nearer."""
    effects: tuple[Effect, ...]
    """In the order of the question."""
    thresholds: Thresholds

    @property
    def confidence(self) -> float:
        """That of the best match; 0 where there is none."""
        return self.matches[0].confidence if self.matches else 0.0

    @property
    def runner_up(self) -> Match | None:
        """The second best match."""
        return self.matches[1] if len(self.matches) > 1 else None


def explain(
    model: Model,
    asked: Sequence[str],
    repairs: dict[str, str],
    matches: tuple[Match, ...],
    passage: str,
    confidences: Confidences,
    thresholds: Thresholds | None,
) -> Explanation:
    """Explain a question, given as repaired words, whose matches are known."""
    some = bool(matches and asked)
    return Explanation(
        understood=" ".join(asked),
        repairs=tuple(repairs.items()),
        matches=matches,
        phrasings=_phrasings(model, asked) if some else (),
        passage=passage,
        effects=_effects(model, asked, matches[0], confidences) if some else (),
        thresholds=thresholds or Thresholds(),
    )


def _phrasings(model: Model, asked: Sequence[str]) -> tuple[Likeness, ...]:
    phrasings = model.phrasings
    alike = model.kernel.to([asked], model.encoder.encode([" ".join(asked)]).vectors)[0, : len(phrasings.texts)]
    alike = alike / model.kernel.greatest
    best = np.argsort(-alike, kind="stable")[:MOST_PHRASINGS]
    return tuple(_likeness(model, int(place), float(alike[place])) for place in best if alike[place] > 0.0)


def _likeness(model: Model, place: int, similarity: float) -> Likeness:
    owner, entries = int(model.phrasings.owners[place]), model.phrasings.entries
    entry = owner < entries
    return Likeness(model.phrasings.texts[place], entry, owner if entry else owner - entries, round(similarity, 4))


def _effects(model: Model, asked: Sequence[str], best: Match, confidences: Confidences) -> tuple[Effect, ...]:
    """Ask again without each word in turn."""
    distinct = list(dict.fromkeys(asked))[:MOST_WORDS]
    chances = confidences([asked, *([other for other in asked if other != word] for word in distinct)], best.entry)
    return tuple(
        Effect(word, round(chances[0] - without, 4), word in model.weights.counts)
        for word, without in zip(distinct, chances[1:], strict=True)
    )
