"""What the ranker has learnt: written by `python -m tools.learn_ranking`, never by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Coefficients:
    """By the name of the feature: its coefficient in an FAQ without phrasings, and what richness adds to it."""

    entry: Mapping[str, tuple[float, float]]
    none: Mapping[str, tuple[float, float]]


COEFFICIENTS: Final = Coefficients(
    entry={
        "likeness to a question": (0.6156, -1.58),
        "likeness to a question, best sentence": (-1.011, -1.536),
        "likeness to a passage": (2.783, -1.188),
        "likeness to a passage, best sentence": (0.8834, -1.559),
        "likeness of pieces to a question": (5.5, -4.366),
        "likeness of pieces to a text": (3.072, -2.917),
        "likeness of pieces to the entry": (11.04, -2.114),
        "covered by its questions": (-3.475, 1.316),
        "covered by the entry": (-3.02, -1.081),
        "covered by a passage": (3.577, -3.731),
        "question covered": (0.8459, 0.1217),
        "weight covered by its questions": (0.07153, 0.2016),
        "weight covered by the entry": (1.021, 0.7445),
        "heaviest word it holds": (2.843, -2.636),
        "heaviest word its questions hold": (0.6117, -0.5678),
        "heaviest word it lacks": (0.1659, -1.073),
        "heaviest word its questions lack": (3.44, -1.528),
        "shared words": (-1.04, 3.711),
        "order-free likeness": (-4.728, 2.394),
        "passages": (-1.145, 0.7493),
        "regression": (0.4379, 0.02979),
        "regression of this FAQ": (0.173, 0.2273),
    },
    none={
        "constant": (9.463, -6.328),
        "unknown share": (-0.06348, 0.2348),
        "heaviest unknown word": (0.1394, 1.025),
        "length": (0.5782, 0.5111),
        "several sentences": (-0.3179, 0.6778),
        "likeness to a signpost": (-4.715, 4.056),
        "regression of a signpost": (0.08046, 0.3398),
        "entries": (1.218, -0.9968),
        "weight": (-0.9365, 0.6532),
    },
)
