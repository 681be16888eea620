"""Questions -> ranked entries and a decision. Pure: no clock, no network, no randomness, no files but its word list."""

from bot.matching.decide import choices_of, decide, reply_to
from bot.matching.explain import Effect, Explanation, Likeness
from bot.matching.follow_up import choice_of, is_bare, is_follow_up
from bot.matching.index import Direction, HeldOut, Index, Ranking
from bot.matching.model import Fit
from bot.matching.normalise import fold, plain, words
from bot.matching.sparse import Floats
from bot.matching.thresholds import Thresholds

__all__ = [
    "Direction",
    "Effect",
    "Explanation",
    "Fit",
    "Floats",
    "HeldOut",
    "Index",
    "Likeness",
    "Ranking",
    "Thresholds",
    "choice_of",
    "choices_of",
    "decide",
    "fold",
    "is_bare",
    "is_follow_up",
    "plain",
    "reply_to",
    "words",
]
