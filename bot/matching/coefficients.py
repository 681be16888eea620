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
        "likeness to a question": (0.4925, -1.457),
        "likeness to a question, best sentence": (-0.8089, -1.738),
        "likeness to a passage": (2.227, -0.6318),
        "likeness to a passage, best sentence": (0.7067, -1.382),
        "likeness of pieces to a question": (4.4, -3.266),
        "likeness of pieces to a text": (2.457, -2.303),
        "likeness of pieces to the entry": (8.832, 0.09412),
        "covered by its questions": (-2.78, 0.6209),
        "covered by the entry": (-2.416, -1.685),
        "covered by a passage": (2.862, -3.016),
        "question covered": (0.6767, 0.2909),
        "weight covered by its questions": (0.05723, 0.2159),
        "weight covered by the entry": (0.8165, 0.9486),
        "heaviest word it holds": (2.274, -2.067),
        "heaviest word its questions hold": (0.4893, -0.4454),
        "heaviest word it lacks": (0.1327, -1.039),
        "heaviest word its questions lack": (2.752, -0.8397),
        "shared words": (-0.8319, 3.503),
        "order-free likeness": (-3.782, 1.449),
        "passages": (-0.916, 0.5203),
        "regression": (0.3503, 0.1174),
        "regression of this FAQ": (0.1384, 0.2619),
    },
    none={
        "constant": (7.25, -4.116),
        "unknown share": (-0.05078, 0.2221),
        "heaviest unknown word": (0.1115, 1.053),
        "length": (0.4626, 0.6268),
        "several sentences": (-0.2543, 0.6143),
        "likeness to a signpost": (-3.772, 3.113),
        "regression of a signpost": (0.06437, 0.3559),
        "entries": (0.974, -0.7533),
        "weight": (-0.7492, 0.4659),
    },
)
