"""A ranking -> a reply: an answer, a few suggestions, a signpost, or an honest no."""

from collections.abc import Sequence
from math import prod
from typing import Final

from bot.dialogue import Answer, Match, NoAnswer, Reply, Signposted, Suggestions
from bot.matching.index import Index, Ranking
from bot.matching.thresholds import Thresholds

MOST_CHOICES: Final = 3
"""Buttons that are offered at once."""
LEAST_LIKELY: Final = 0.02
"""A choice that is less likely is not offered beside others."""
MOST_ANSWERS: Final = 3
"""Answers to one message."""


def reply_to(index: Index, text: str, thresholds: Thresholds | None = None, *, public: bool = True) -> Reply:
    """Search for the text and decide what to say; in public by default."""
    [ranking] = index.search_all([text])
    return decide(ranking, thresholds or Thresholds(), public=public)


def decide(ranking: Ranking, thresholds: Thresholds, *, public: bool = True, tentative: bool = False) -> Reply:
    """Choose the kind of reply for a ranking; a tentative one offers at most.

    What says nothing by itself gets no answer, unless its caller read it together with what was said before; neither
    does the bare name of what the FAQ is about.
    """
    if ranking.is_bare:
        return NoAnswer(ranking.matches, unclear=True)
    offered = _offered(ranking.matches, thresholds, public=public)
    if tentative:
        return offered if isinstance(offered, Suggestions) else NoAnswer(ranking.matches, unclear=True)
    if ranking.is_subject:
        return offered
    return _sure(ranking, thresholds, public=public) or _elsewhere(ranking, thresholds) or offered


def _sure(ranking: Ranking, thresholds: Thresholds, *, public: bool) -> Reply | None:
    """Return the reply to a message that is sure as a whole or in a part."""
    sure = _sure_parts(ranking, thresholds)
    if len(sure) > 1:
        return Answer(sure[0], tuple(Answer(matches) for matches in sure[1:]))
    if ranking and ranking[0].confidence >= thresholds.answer:
        return Answer(ranking.matches)
    return _offered(_of_all_parts(ranking), thresholds, public=public) if sure else None


def _elsewhere(ranking: Ranking, thresholds: Thresholds) -> Signposted | None:
    """Return the signpost of a message that is likelier on its subject than about an entry."""
    best = ranking[0].confidence if ranking else 0.0
    if ranking.signposts and ranking.signposts[0].confidence > max(best, thresholds.min_suggestion):
        return Signposted(ranking.matches, ranking.signposts[0].signpost)
    return None


def choices_of(matches: Sequence[Match]) -> int:
    """Return how many of the matches are worth a click: up to three, the best one in any case."""
    return max(min(1, len(matches)), sum(match.confidence >= LEAST_LIKELY for match in matches[:MOST_CHOICES]))


def chance_of_one(matches: Sequence[Match]) -> float:
    """Return the probability that one of the matches that would be offered is right: 1 less the product of doubts."""
    return 1.0 - prod(1.0 - match.confidence for match in matches[: choices_of(matches)])


def _offered(matches: tuple[Match, ...], thresholds: Thresholds, *, public: bool) -> Suggestions | NoAnswer:
    chance = chance_of_one(matches)
    if not matches or chance < thresholds.suggestion(public=public):
        return NoAnswer(matches)
    return Suggestions(matches, choices_of(matches), likely=chance >= thresholds.likely)


def _of_all_parts(ranking: Ranking) -> tuple[Match, ...]:
    """Rank each entry by the message or the part of it that it suits best: the one sure part may not be all."""
    found: dict[str, Match] = {}
    for match in sorted((m for matches in (ranking, *ranking.parts) for m in matches), key=lambda m: -m.confidence):
        found.setdefault(match.entry.id, match)
    return tuple(found.values())[: max(1, len(ranking))]


def _sure_parts(ranking: Ranking, thresholds: Thresholds) -> list[tuple[Match, ...]]:
    """Return the matches of the parts that are surely questions of their own: one for each entry, in their order."""
    found: dict[str, tuple[Match, ...]] = {}
    for matches in ranking.parts:
        if matches and matches[0].confidence >= thresholds.answer:
            found.setdefault(matches[0].entry.id, matches)
    return list(found.values())[:MOST_ANSWERS]
