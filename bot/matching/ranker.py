"""Ranks the likeliest entries anew, with all that is known of each, and says how likely each one is.

A conditional logit over the entries and "none of them" (McFadden 1974, "Conditional logit analysis of qualitative
choice behavior"): probabilities of one question's entries add up to less than one. Its coefficients are learnt on many
FAQs by `tools/learn_coefficients.py`, so that they hold for one that was never seen; they depend on how many phrasings
an entry has, since the more there are, the more the FAQ's own lessons say.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from bot.encoder import Encoding, Vectors
from bot.matching.coefficients import COEFFICIENTS, Coefficients
from bot.matching.entry_texts import EntryTexts
from bot.matching.kernel import in_order
from bot.matching.message import Part
from bot.matching.phrasings import Phrasings
from bot.matching.sparse import Floats, Ints

CANDIDATES: Final = 12
"""Entries that are looked at closely."""
FEW: Final = 10.0
"""Entries below which an FAQ lacks most of what is asked about its subject: the pages learnt from have more."""
FEW_DOUBT: Final = 1.5
"""What the logarithm of how many times fewer there are adds to the score of "none of them", times this."""
FEW_BLUR: Final = 0.4
"""Share of all differences between scores that it takes away, times this. Both were chosen on parts of the pages
that the coefficients were learnt from: docs/matching.md."""
PLENTY: Final = 16.0
"""Phrasings an entry from which its FAQ's own lessons count in full."""

ENTRY_FEATURES: Final = (
    "likeness to a question",
    "likeness to a question, best sentence",
    "likeness to a passage",
    "likeness to a passage, best sentence",
    "likeness of pieces to a question",
    "likeness of pieces to a text",
    "likeness of pieces to the entry",
    "covered by its questions",
    "covered by the entry",
    "covered by a passage",
    "question covered",
    "weight covered by its questions",
    "weight covered by the entry",
    "heaviest word it holds",
    "heaviest word its questions hold",
    "heaviest word it lacks",
    "heaviest word its questions lack",
    "shared words",
    "order-free likeness",
    "passages",
    "regression",
    "regression of this FAQ",
)
NONE_FEATURES: Final = (
    "constant",
    "unknown share",
    "heaviest unknown word",
    "length",
    "several sentences",
    "likeness to a signpost",
    "regression of a signpost",
    "entries",
    "weight",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the ranker takes it: the whole text first, then its sentences."""

    parts: Sequence[Part]
    encoding: Encoding
    """Of the parts; with the states of the first."""
    regression: Floats
    """Log odds of each entry by the regression, as learnt on many FAQs."""
    levelled: Floats
    """The same at the level of this FAQ's own lessons."""
    shared_words: Floats
    """Likeness of words with each phrasing."""
    signpost: float
    """Log odds of the likeliest signpost; 0 for even odds."""


class Ranker:
    """Ranks the entries of one FAQ."""

    def __init__(
        self,
        texts: EntryTexts,
        phrasings: Phrasings,
        phrasing_vectors: Vectors,
        coefficients: Coefficients = COEFFICIENTS,
    ) -> None:
        """Take all texts of the FAQ, and the sentence vectors of its phrasings."""
        self.coefficients = coefficients
        self._texts = texts
        self._vectors = phrasing_vectors
        self._starts = np.searchsorted(phrasings.owners, np.arange(phrasings.entries))
        self._ends = np.searchsorted(phrasings.owners, np.arange(phrasings.entries), side="right")
        sizes = self._ends - self._starts
        few = float(np.median(sizes)) if len(sizes) else 1.0
        self.richness = min(1.0, math.log2(max(1.0, few)) / math.log2(PLENTY))
        """0 with one phrasing an entry, 1 with sixteen or more."""
        missing = (1.0 - self.richness) * max(0.0, math.log(FEW / max(3, len(sizes))))
        self._doubt, self._sureness = FEW_DOUBT * missing, 1.0 - FEW_BLUR * missing

    def probabilities(self, asked: Asked) -> Floats:
        """Return for each entry the probability that it answers the question; 0 for those not looked at."""
        chosen, table, none = self.features(asked)
        scores = _blend(table, self.coefficients.entry, ENTRY_FEATURES, self.richness)
        rival = float(_blend(none[None], self.coefficients.none, NONE_FEATURES, self.richness)[0])
        scores, rival = scores * self._sureness, (rival + self._doubt) * self._sureness
        top = max(rival, float(scores.max(initial=rival)))
        weights = np.exp(scores - top)
        found = np.zeros(self._texts.count)
        found[chosen] = weights / (weights.sum() + math.exp(rival - top))
        return found

    def features(self, asked: Asked) -> tuple[Ints, Floats, Floats]:
        """Return the entries that are looked at, k; their features, k x len(ENTRY_FEATURES); and those of "none"."""
        texts, vectors = self._texts, asked.encoding.vectors
        likeness = vectors @ self._vectors.T
        own = int(self._ends[-1])
        to_question = np.maximum.reduceat(likeness[:, :own], self._starts, axis=1)
        to_passage = to_question.copy()
        if len(texts.passage_places):
            alike = vectors @ texts.passage_vectors.T
            told, firsts = np.unique(texts.passage_places, return_index=True)
            to_passage[:, told] = np.maximum.reduceat(alike, firsts, axis=1)
        chosen = _candidates(asked.regression, np.maximum(to_question, to_passage).max(axis=0))
        table = np.zeros((len(chosen), len(ENTRY_FEATURES)))
        table[:, 0] = to_question[0, chosen]
        table[:, 1] = to_question[:, chosen].max(axis=0)
        table[:, 2] = to_passage[0, chosen]
        table[:, 3] = to_passage[:, chosen].max(axis=0)
        table[:, 4:7] = self._likeness_of_pieces(asked.encoding, chosen)
        weights = texts.stems.weigh(asked.parts[0].words)
        total = sum(weights.values())
        for row, entry in enumerate(chosen.tolist()):
            table[row, 7:17] = self._coverage(weights, total or 1e-9, entry)
            table[row, 17] = asked.shared_words[self._starts[entry] : self._ends[entry]].max()
        table[:, 18] = self._order_free(asked.parts, chosen)
        table[:, 19] = [math.log1p(len(texts.passages[entry])) for entry in chosen]
        table[:, 20] = asked.regression[chosen]
        table[:, 21] = asked.levelled[chosen]
        elsewhere = likeness[0, own:]
        return chosen, table, self._none(asked, weights, total, float(elsewhere.max(initial=0.0)))

    def _none(self, asked: Asked, weights: Mapping[str, float], total: float, elsewhere: float) -> Floats:
        strange = [weight for key, weight in weights.items() if key not in self._texts.stems]
        return np.array(
            [
                1.0,
                sum(strange) / (total or 1e-9),
                max(strange, default=0.0) / 6.0,
                math.log(max(1, len(asked.parts[0].words))) - 2.0,
                float(len(asked.parts) > 1),
                elsewhere,
                asked.signpost,
                math.log(max(1, self._texts.count)),
                total / 20.0,
            ]
        )

    def _coverage(self, weights: Mapping[str, float], total: float, entry: int) -> tuple[float, ...]:
        """Return the features of words that question and entry share."""
        texts = self._texts
        asked, told = texts.question_stems[entry], texts.answer_stems[entry]
        by_question = {key: weight for key, weight in weights.items() if key in asked}
        by_entry = {key: weight for key, weight in weights.items() if key in asked or key in told}
        covered, whole = sum(by_question.values()), sum(by_entry.values())
        told_at_once = (sum(weights[key] for key in weights.keys() & held) for held in texts.passage_stems[entry])
        lacked = (weight for key, weight in weights.items() if key not in by_entry)
        not_asked = (weight for key, weight in weights.items() if key not in by_question)
        return (
            covered / total,
            whole / total,
            max(told_at_once, default=0.0) / total,
            max(sum(shares[key] for key in weights.keys() & shares) for shares in texts.question_shares[entry]),
            covered / 10.0,
            whole / 10.0,
            max(by_entry.values(), default=0.0) / 6.0,
            max(by_question.values(), default=0.0) / 6.0,
            max(lacked, default=0.0) / 6.0,
            max(not_asked, default=0.0) / 6.0,
        )

    def _order_free(self, parts: Sequence[Part], chosen: Ints) -> Floats:
        asked = [in_order(part.words) for part in parts]
        said = [[in_order(each) for each in self._texts.question_words[entry]] for entry in chosen]
        alike = process.cdist(asked, [text for each in said for text in each], scorer=fuzz.ratio, dtype=np.uint8)
        starts = np.cumsum([0, *(len(each) for each in said)])[:-1]
        return np.asarray(np.maximum.reduceat(alike.max(axis=0), starts) / 100.0)

    def _likeness_of_pieces(self, encoding: Encoding, chosen: Ints) -> Floats:
        """Return how alike the pieces of the question and of each entry are, in their contexts: k x 3.

        Each piece of the question finds the likest one of a text (Khattab and Zaharia 2020, "ColBERT"); by the
        likest question, the likest text, and all the entry's texts together.
        """
        found = np.zeros((len(chosen), 3))
        asked = encoding.states[0].astype(np.float32) * np.float32(1.0 / 127.0**2)
        held = self._texts.states_of(chosen.tolist())
        if not len(asked) or not len(held.starts):
            return found
        weights = self._texts.piece_weights(encoding.pieces[0].tolist())
        likest = np.maximum.reduceat(asked @ held.columns, held.starts, axis=1)
        by_text = weights @ likest
        firsts = np.flatnonzero(np.diff(held.owners, prepend=-1))
        there = held.owners[firsts]
        found[there, 0] = np.maximum.reduceat(np.where(held.asking, by_text, 0.0), firsts)
        found[there, 1] = np.maximum.reduceat(by_text, firsts)
        found[there, 2] = weights @ np.maximum.reduceat(likest, firsts, axis=1)
        return found


def _candidates(regression: Floats, likeness: Vectors) -> Ints:
    """Return the entries that the regression or the encoder thinks likeliest, in the order of the FAQ."""
    most = min(CANDIDATES, len(regression))
    best = np.argsort(-regression, kind="stable")[:most]
    if len(regression) > most:
        best = np.union1d(best[: most * 2 // 3], np.argsort(-likeness, kind="stable")[: most * 2 // 3])
    return np.sort(best)


def _blend(
    table: Floats, coefficients: Mapping[str, tuple[float, float]], names: Sequence[str], richness: float
) -> Floats:
    """Return the scores of rows of features; each coefficient changes with the richness of the FAQ."""
    slopes = np.array([coefficients[name][0] + richness * coefficients[name][1] for name in names])
    return np.asarray(table @ slopes)
