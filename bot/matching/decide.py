"""A ranking -> a reply: an answer, a few suggestions, a signpost, or an honest no."""

from dataclasses import dataclass

from bot.dialogue import Answer, NoAnswer, Reply, Signposted, Suggestions
from bot.matching.index import Index, Ranking

MOST_CHOICES = 3
"""Buttons that are offered at once."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on the bot speaks. Both are settings that a maintainer may change."""

    max_wrong: float = 0.05
    """How often a direct answer may be wrong: 0 to 1."""
    min_suggestion: float = 0.20
    """How likely a suggestion must be to be shown: 0 to 1."""

    @property
    def answer(self) -> float:
        """The confidence from which an entry is given as the answer."""
        return 0.6


def reply_to(index: Index, text: str, thresholds: Thresholds | None = None) -> Reply:
    """Search for the text and decide what to say."""
    return decide(index.search(text), thresholds or Thresholds())


def decide(ranking: Ranking, thresholds: Thresholds) -> Reply:
    """Choose the kind of reply for a ranking."""
    best = ranking[0].confidence if ranking else 0.0
    if ranking and best >= thresholds.answer:
        return Answer(ranking.matches)
    if ranking.signposts and ranking.signposts[0].confidence > best:
        return Signposted(ranking.matches, ranking.signposts[0].signpost)
    choices = sum(match.confidence >= thresholds.min_suggestion for match in ranking.matches[:MOST_CHOICES])
    return Suggestions(ranking.matches, choices) if choices else NoAnswer(ranking.matches)
