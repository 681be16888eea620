"""The numbers of the model that were chosen by measurement, in one place; docs/matching.md tells how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bot.matching.vectors import Shares

COEFFICIENTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "bias": -4.68,
        "score": 8.14,
        "lead over the next": 3.48,
        "unknown words": -0.69,
        "length": 0.37,
        "usual words": 1.15,
        "missing word": 2.35,
        "foreign subject": -5.0,
    }
)


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """What the model is tuned with. The same for every FAQ."""

    shares: Shares = field(default_factory=Shares)
    phrasing_noise: float = 0.5
    """Ridge penalty of a phrasing of a class of median size; in proportion for others, so that classes weigh alike."""
    answer_noise: float = 0.6
    """Ridge penalty of an entry's answer."""
    coefficients: Mapping[str, float] = field(default_factory=lambda: COEFFICIENTS)
    """Of the features of a class, by name; they serve any FAQ and were learnt from public ones."""
    candidates: int = 8
    """Entries a question whose probability is taught and asked for."""
    most_phrasings: int = 2000
    """Above this the model is fitted anew for each question, to its nearest phrasings alone."""
    neighbours: int = 80
    """How many phrasings that are."""
    sample: int = 300
    """How many phrasings teach the probabilities of a large FAQ."""
