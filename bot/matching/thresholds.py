"""What a maintainer may set -> the probabilities from which the bot speaks. The one place for both."""

from dataclasses import dataclass
from typing import Final

STRICTNESS: Final = 2.8
"""Most answers above a threshold are far surer than it: measured, those above 1 - 2.8 x are wrong in x of all cases."""
LEAST_SURE: Final = 0.5
"""An answer that is more likely wrong than right is never given."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the bot must be."""

    max_wrong: float = 0.05
    """How often a direct answer may be wrong: 0 to 1."""
    min_suggestion: float = 0.18
    """How likely a suggestion must be to be shown: 0 to 1."""

    @property
    def answer(self) -> float:
        """The confidence from which an entry is given as the answer."""
        return min(0.99, max(LEAST_SURE, 1.0 - STRICTNESS * self.max_wrong))
