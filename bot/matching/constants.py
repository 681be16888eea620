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
    words_alone: tuple[float, ...] = (-4.53, 9.06, 5.14, -0.46, 0.33, 1.10, 2.31, -5.0)
    """Coefficients of the features that serve any FAQ, learnt from public ones; without an embedder."""
    by_words: tuple[float, ...] = (-4.95, 8.55, 3.72, -0.72, 0.27, 1.09, 2.84, -5.0)
    """The same with an embedder that adds up words."""
    by_sentences: tuple[float, ...] = (-4.92, 8.51, 3.31, -0.55, 0.33, 1.13, 2.59, -5.0)
    """The same with an embedder that reads sentences."""
    candidates: int = 8
    """Entries a question whose probability is taught and asked for."""
    most_phrasings: int = 2000
    """Above this the model is fitted anew for each question, to its nearest phrasings alone."""
    neighbours: int = 80
    """How many phrasings that are."""
    sample: int = 300
    """How many phrasings teach the probabilities of a large FAQ."""
