"""A ranking -> a reply: an answer, a few suggestions, a signpost, or an honest no."""

from collections.abc import Sequence
from typing import Final

from bot.dialogue import Answer, Match, NoAnswer, Reply, Signposted, Suggestions
from bot.matching.index import Index, Ranking
from bot.matching.thresholds import Thresholds

MOST_CHOICES: Final = 3
"""Buttons that are offered at once."""
MOST_ANSWERS: Final = 3
"""Answers to one message."""


def reply_to(index: Index, text: str, thresholds: Thresholds | None = None) -> Reply:
    """Search for the text and decide what to say."""
    [reply] = replies_to(index, [text], thresholds or Thresholds())
    return reply


def replies_to(index: Index, texts: Sequence[str], thresholds: Thresholds) -> list[Reply]:
    """Give the reply to each of several texts."""
    return [decide(ranking, thresholds) for ranking in index.search_all(texts)]


def decide(ranking: Ranking, thresholds: Thresholds) -> Reply:
    """Choose the kind of reply for a ranking."""
    sure = _sure_parts(ranking, thresholds)
    if len(sure) > 1:
        return Answer(sure[0], tuple(Answer(matches) for matches in sure[1:]))
    best = ranking[0].confidence if ranking else 0.0
    if ranking and best >= thresholds.answer:
        return Answer(ranking.matches)
    if sure:
        return _offered(_of_all_parts(ranking), thresholds)
    if ranking.signposts and ranking.signposts[0].confidence > max(best, thresholds.min_suggestion):
        return Signposted(ranking.matches, ranking.signposts[0].signpost)
    return _offered(ranking.matches, thresholds)


def _offered(matches: tuple[Match, ...], thresholds: Thresholds) -> Suggestions | NoAnswer:
    choices = sum(match.confidence >= thresholds.min_suggestion for match in matches[:MOST_CHOICES])
    return Suggestions(matches, choices) if choices else NoAnswer(matches)


def _of_all_parts(ranking: Ranking) -> tuple[Match, ...]:
    """Rank each entry by the message or the part of it that it suits best: the one sure part may not be all."""
    found: dict[str, Match] = {}
    for match in sorted((m for matches in (ranking, *ranking.parts) for m in matches), key=lambda m: -m.confidence):
        found.setdefault(match.entry.id, match)
    return tuple(found.values())[: max(1, len(ranking))]


def _sure_parts(ranking: Ranking, thresholds: Thresholds) -> list[tuple[Match, ...]]:
    """Give the matches of the parts that are surely questions of their own: one for each entry, in their order."""
    found: dict[str, tuple[Match, ...]] = {}
    for matches in ranking.parts:
        if matches[0].confidence >= thresholds.answer:
            found.setdefault(matches[0].entry.id, matches)
    return list(found.values())[:MOST_ANSWERS]
