"""Questions -> ranked entries and a decision. Pure: no files, no clock, no network, no randomness."""

from bot.matching.decide import choices_of, decide, reply_to
from bot.matching.explain import Effect, Explanation, Likeness
from bot.matching.follow_up import choice_of, is_follow_up
from bot.matching.index import Direction, Index, Ranking
from bot.matching.model import Fit
from bot.matching.thresholds import Thresholds

__all__ = [
    "Direction",
    "Effect",
    "Explanation",
    "Fit",
    "Index",
    "Likeness",
    "Ranking",
    "Thresholds",
    "choice_of",
    "choices_of",
    "decide",
    "is_follow_up",
    "reply_to",
]
