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
        "likeness to a question": (0.8262, -0.6761),
        "likeness to a question, best sentence": (-1.193, -0.7846),
        "likeness to a passage": (2.733, -1.795),
        "likeness to a passage, best sentence": (0.947, -1.864),
        "likeness of pieces to a question": (5.447, -5.443),
        "likeness of pieces to a text": (2.941, -4.346),
        "likeness of pieces to the entry": (11.18, -2.856),
        "covered by its questions": (-3.317, 1.314),
        "covered by the entry": (-2.916, -1.242),
        "covered by a passage": (3.549, -3.673),
        "question covered": (0.6952, 0.1446),
        "weight covered by its questions": (-0.04601, 0.1985),
        "weight covered by the entry": (1.024, 0.334),
        "heaviest word it holds": (2.767, -2.497),
        "heaviest word its questions hold": (0.6334, 0.0658),
        "heaviest word it lacks": (0.04676, -0.7886),
        "heaviest word its questions lack": (4.032, -1.606),
        "shared words": (-0.6126, 4.551),
        "order-free likeness": (-4.912, 1.553),
        "passages": (-1.142, 0.7302),
        "regression": (0.4388, -0.006988),
        "regression of this FAQ": (0.177, 0.2126),
    },
    none={
        "constant": (9.585, -7.728),
        "unknown share": (-0.05858, 0.7822),
        "heaviest unknown word": (0.319, 0.8478),
        "length": (0.5493, 0.1859),
        "several sentences": (-0.3228, 0.4307),
        "likeness to a signpost": (-4.75, 4.07),
        "regression of a signpost": (0.08373, 0.2988),
        "entries": (1.255, -0.9655),
        "weight": (-0.923, 0.6482),
    },
)
