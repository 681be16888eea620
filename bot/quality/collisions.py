"""An index -> where its entries get in each other's way: what an author should know before readers find out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.faq.entry import Entry
from bot.matching import Index


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The entry that an entry is most easily confused with."""

    entry: Entry
    other: Entry
    phrasing: str
    """The phrasing of `entry` that comes nearest to `other`."""
    chance: float
    """Probability that `other` would be taken to answer that phrasing, were it not in the FAQ."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A phrasing that would be answered with something else if it were not in the FAQ."""

    entry: Entry
    phrasing: str
    taken_by: str
    """Id of the entry, or topic of the signpost, that it would go to."""
    chance: float
    """Probability that the wrong one would have."""


@dataclass(frozen=True, slots=True)
class Collisions:
    """Everything found, the worst first."""

    neighbours: tuple[Neighbour, ...]
    """At most one for each entry."""
    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True)
class _HeldOut:
    entry: int
    text: str
    chances: Sequence[float]


def find_collisions(index: Index, least: float = 0.2) -> Collisions:
    """Hold out each phrasing in turn and see what would become of it; chances below `least` are not told."""
    found = _held_out(index)
    neighbours = [_neighbour(index, place, found) for place in range(len(index.entries))]
    misfits = [misfit for held in found if (misfit := _misfit(index, held))]
    return Collisions(
        tuple(sorted((n for n in neighbours if n and n.chance >= least), key=lambda n: -n.chance)),
        tuple(sorted((m for m in misfits if m.chance >= least), key=lambda m: -m.chance)),
    )


def _held_out(index: Index) -> list[_HeldOut]:
    return [
        _HeldOut(held.owner, held.text, held.chances.round(4).tolist())
        for held in index.held_out()
        if held.owner < len(index.entries)
    ]


def _neighbour(index: Index, place: int, found: Sequence[_HeldOut]) -> Neighbour | None:
    others = [other for other in range(len(index.entries)) if other != place]
    pairs = [(held.chances[other], held.text, other) for held in found if held.entry == place for other in others]
    if not pairs:
        return None
    chance, text, other = max(pairs, key=lambda pair: pair[0])
    return Neighbour(index.entries[place], index.entries[other], text, chance)


def _misfit(index: Index, held: _HeldOut) -> Misfit | None:
    best = max(range(len(held.chances)), key=lambda place: held.chances[place])
    if best == held.entry:
        return None
    entries = len(index.entries)
    taker = index.entries[best].id if best < entries else index.signposts[best - entries].topic
    return Misfit(index.entries[held.entry], held.text, taker, held.chances[best])
