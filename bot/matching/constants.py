"""The numbers of the model that were chosen by measurement, in one place; docs/matching.md tells how."""

from dataclasses import dataclass, field

from bot.matching.vectors import Shares


@dataclass(frozen=True, slots=True)
class Constants:
    """What the model is tuned with. The same for every FAQ."""

    shares: Shares = field(default_factory=Shares)
    phrasing_noise: float = 0.5
    """Ridge penalty of a phrasing of a class of median size; in proportion for others, so that classes weigh alike."""
    answer_noise: float = 0.6
    """Ridge penalty of an entry's answer."""
    coefficients: tuple[float, ...] = (-4.68, 8.14, 3.48, -0.69, 0.37, 1.15, 2.35, -5.0)
    """Of the features, in the order of `FEATURES`; they serve any FAQ and were learnt from public ones."""
    candidates: int = 8
    """Entries a question whose probability is taught and asked for."""
    most_phrasings: int = 2000
    """Above this the model is fitted anew for each question, to its nearest phrasings alone."""
    neighbours: int = 80
    """How many phrasings that are."""
    sample: int = 300
    """How many phrasings teach the probabilities of a large FAQ."""
