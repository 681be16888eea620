"""What the ranker has learnt: written by `python -m tools.learn_coefficients`, never by hand."""

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
        "likeness to a question": (0.6062, -0.6289),
        "likeness to a question, best sentence": (-1.349, 1.153),
        "likeness to a passage": (2.653, -2.313),
        "likeness to a passage, best sentence": (1.188, -1.029),
        "likeness of pieces to a question": (6.495, -6.487),
        "likeness of pieces to a text": (4.11, -3.6),
        "likeness of pieces to the entry": (10.23, -9.069),
        "covered by its questions": (-4.858, 3.463),
        "covered by the entry": (-2.471, 1.83),
        "covered by a passage": (3.398, -3.517),
        "question covered": (0.9703, -0.4219),
        "weight covered by its questions": (0.03568, 0.154),
        "weight covered by the entry": (1.01, -0.2272),
        "heaviest word it holds": (2.851, -2.299),
        "heaviest word its questions hold": (0.66, -0.109),
        "heaviest word it lacks": (1.064, -1.157),
        "heaviest word its questions lack": (2.315, -2.355),
        "shared words": (-0.6037, 3.196),
        "order-free likeness": (-4.871, 4.316),
        "passages": (-1.154, 1.076),
        "regression": (0.4962, -0.1664),
        "regression of this FAQ": (0.06925, 0.5152),
    },
    none={
        "constant": (9.727, -7.278),
        "unknown share": (0.06161, 0.09116),
        "heaviest unknown word": (-0.0165, 0.2358),
        "length": (0.7166, -0.7358),
        "several sentences": (-0.2779, 0.3159),
        "likeness to a signpost": (-4.947, 4.992),
        "regression of a signpost": (0.06317, 0.3267),
        "entries": (1.28, -1.308),
        "weight": (-1.034, 0.9066),
    },
)
