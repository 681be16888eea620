"""An FAQ before and after a change come in, what that does to its answers goes out: for whom better or worse. Pure.

Every phrasing is held out in turn, which needs no other questions; questions with known answers are asked besides.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.matching import Index, Thresholds
from bot.quality.evaluate import Case, evaluate
from bot.quality.metrics import Outcome

LIKELY = 0.5
"""A signpost's question is lost to an entry that is likelier than not to answer it."""
ELSEWHERE = ""
"""Stands for all that no entry answers, among ids of entries."""

CLEARLY = 0.1
"""By how much a phrasing's lead must shrink to be lost: every change moves all of them by a hair."""

Leads = Mapping[tuple[str, str], float]
"""Whose question, and its text -> by how much its right way is likelier than the best wrong one; found above 0."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How well an FAQ answers."""

    own: Leads
    """Its own phrasings and examples, each as if it were not listed."""
    asked: Leads
    """The questions with known answers; none where there are no such."""


@dataclass(frozen=True, slots=True)
class Score:
    """Of how many questions how many find their way."""

    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does; new phrasings themselves do not count, for they were not there before."""

    own_before: Score
    own_after: Score
    asked_before: Score
    asked_after: Score
    losses: Mapping[str, int]
    """Entries (or ELSEWHERE) other than the one that is taught -> how many questions fewer find them."""
    lost: tuple[str, ...]
    """Those questions."""


def standing(index: Index, cases: Sequence[Case], thresholds: Thresholds) -> Standing:
    """Measure how well an FAQ answers its own phrasings held out, and questions with known answers."""
    outcomes = evaluate(index, cases, thresholds).outcomes
    asked = {
        (each.gold[0] if each.gold else ELSEWHERE, each.text): 1.0 if _is_right(each) else -1.0 for each in outcomes
    }
    return Standing(_own(index), asked)


def compare_standings(before: Standing, after: Standing, taught: str) -> Effect:
    """Return the effect of a change that taught the entry (or ELSEWHERE) of the id `taught`."""
    kept = before.own.keys() & after.own.keys()
    pairs = [(key, before.own[key], after.own[key]) for key in sorted(kept)]
    pairs += [(key, before.asked[key], after.asked[key]) for key in sorted(before.asked.keys() & after.asked.keys())]
    change = Counter[str]()
    for (owner, _), was, now in pairs:
        change[owner] += (was <= 0 < now) - _is_lost(was, now)
    losses = {owner: -number for owner, number in change.items() if number < 0 and owner != taught}
    lost = tuple(text for (owner, text), was, now in pairs if owner in losses and _is_lost(was, now))
    own = [{key: leads[key] for key in kept} for leads in (before.own, after.own)]
    return Effect(_score(own[0]), _score(own[1]), _score(before.asked), _score(after.asked), losses, lost)


def _is_lost(was: float, now: float) -> bool:
    return was > 0 >= now and was - now >= CLEARLY


def _is_right(outcome: Outcome) -> bool:
    return outcome.right if outcome.gold else outcome.reply != "answer"


def _own(index: Index) -> Leads:
    entries = len(index.entries)
    leads: dict[tuple[str, str], float] = {}
    for held in index.held_out():
        owner, text, chances = held.owner, held.text, held.chances
        if owner < entries:
            rival = max((float(chance) for other, chance in enumerate(chances) if other != owner), default=0.0)
            leads[index.entries[owner].id, text] = float(chances[owner]) - rival
        elif not index.signposts[owner - entries].small_talk:
            leads[ELSEWHERE, text] = max(LIKELY, float(chances[entries:].max())) - float(
                max(chances[:entries], default=0)
            )
    return leads


def _score(leads: Leads) -> Score:
    return Score(sum(lead > 0 for lead in leads.values()), len(leads))
