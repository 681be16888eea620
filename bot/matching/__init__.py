"""Questions -> ranked entries and a decision. Pure: no files, no clock, no network, no randomness."""

from bot.matching.decide import Thresholds, reply_to
from bot.matching.index import Direction, Index, Ranking

__all__ = ["Direction", "Index", "Ranking", "Thresholds", "reply_to"]
