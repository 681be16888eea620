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
        "likeness to a question": (0.5303, -1.434),
        "likeness to a question, best sentence": (-0.844, -1.698),
        "likeness to a passage": (2.373, -0.7559),
        "likeness to a passage, best sentence": (0.7235, -1.463),
        "likeness of pieces to a question": (4.106, -3.024),
        "likeness of pieces to a text": (2.151, -2.184),
        "likeness of pieces to the entry": (9.385, -0.2161),
        "covered by its questions": (-2.327, 0.02352),
        "covered by the entry": (-2.494, -1.703),
        "covered by a passage": (3.055, -3.251),
        "question covered": (0.4058, 0.6946),
        "weight covered by its questions": (0.06295, 0.2087),
        "weight covered by the entry": (0.7991, 0.9712),
        "heaviest word it holds": (2.269, -2.088),
        "heaviest word its questions hold": (0.4018, -0.2639),
        "heaviest word it lacks": (-0.2636, -0.8717),
        "heaviest word its questions lack": (2.79, -0.7061),
        "shared words": (-1.148, 3.817),
        "order-free likeness": (-3.435, 1.21),
        "passages": (-0.927, 0.532),
        "regression": (0.3435, 0.1219),
        "regression of this FAQ": (0.132, 0.2701),
    },
    none={
        "constant": (8.28, -5.125),
        "unknown share": (-0.4219, 0.7395),
        "heaviest unknown word": (0.1086, 0.9768),
        "length": (0.5468, 0.5766),
        "several sentences": (-0.4265, 0.8877),
        "likeness to a signpost": (-3.805, 3.175),
        "regression of a signpost": (0.08834, 0.3272),
        "entries": (0.9492, -0.7362),
        "weight": (-0.8552, 0.5653),
    },
)
