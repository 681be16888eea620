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
    start: tuple[float, ...] = (-3.93, 7.03, 6.47, 0.25, 0.0, 0.14, 2.42, 2.31)
    """Coefficients of the features that serve any FAQ, learnt from public ones."""
    trust_in_start: float = 50.0
    """How strongly the FAQ's own phrasings are resisted, where answerable and other ones weigh 1000 each."""
    candidates: int = 8
    """Entries a question whose probability is taught and asked for."""
    most_phrasings: int = 2000
    """Above this the model is fitted anew for each question, to its nearest phrasings alone."""
    neighbours: int = 80
    """How many phrasings that are."""
    sample: int = 300
    """How many phrasings teach the probabilities of a large FAQ."""
