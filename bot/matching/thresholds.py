"""What a maintainer may set -> the probabilities from which the bot speaks. The one place for both."""

from dataclasses import dataclass
from typing import Final

STRICTNESS: Final = 2.8
"""Most answers above a threshold are far surer than it: measured, those above 1 - 2.8 x are wrong in x of all cases."""
LEAST_SURE: Final = 0.5
"""An answer that is more likely wrong than right is never given."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the bot must be. docs/matching.md says how the defaults were measured."""

    max_wrong: float = 0.05
    """How often a direct answer may be wrong: 0 to 1."""
    min_suggestion: float = 0.35
    """How likely one of the entries offered in public must be right: a needless offer costs everybody a line."""
    min_private_suggestion: float = 0.17
    """The same where the asker alone sees it, for whom a needless offer is a glance; never above the public one."""
    likely: float = 0.5
    """From here the bot asks "did you mean"; below, it says that it is not sure."""

    @property
    def answer(self) -> float:
        """The confidence from which an entry is given as the answer."""
        return min(0.99, max(LEAST_SURE, 1.0 - STRICTNESS * self.max_wrong))

    def suggestion(self, *, public: bool) -> float:
        """The probability from which entries are offered."""
        return self.min_suggestion if public else min(self.min_suggestion, self.min_private_suggestion)
