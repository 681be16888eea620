"""Lessons on one entry, signpost or gap come in, proposals go out: one for all who asked alike. Pure.

How alike two questions are is what the matcher says: its kernel, scaled so that a text is alike to itself by 1.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.faq.fields import MAX_PHRASING
from bot.matching import Floats, plain
from bot.teaching.lesson import Dropped, Evidence, Lesson, Proposal

ALIKE = 0.4
"""From here two questions ask for the same: "who pays for it" and "which company pays for it" have 0.49."""
SAME = 0.85
"""From here a wording adds nothing to another one: case, punctuation, order, an ending."""

Likeness = Callable[[Sequence[str]], Floats]
"""Texts -> how alike each is to each, n x n from 0 to 1."""


@dataclass(slots=True)
class _Group:
    places: list[int] = field(default_factory=list)
    """Of its lessons."""
    chosen: list[int] = field(default_factory=list)
    """Of those among them whose wordings differ."""


def as_phrasing(text: str) -> str:
    """Return a question as a phrasing: one line, without mentions, links, emoji codes and quotations of Slack."""
    readable = plain(text).encode("utf-8", "ignore").decode()
    return re.sub(r"\s+", " ", readable).strip()


def group(
    lessons: Sequence[Lesson], known: Sequence[str], likeness: Likeness
) -> tuple[tuple[Proposal, ...], tuple[Dropped, ...]]:
    """Return the proposals of lessons that have one target, most asked first, and what the target has already.

    `known` are the wordings that the target has.
    """
    usable = [lesson for lesson in lessons if 0 < len(as_phrasing(lesson.text)) <= MAX_PHRASING]
    dropped = [_unusable(lesson) for lesson in lessons if lesson not in usable]
    texts = [as_phrasing(lesson.text) for lesson in usable]
    alike = likeness([*known, *texts]) if texts else np.zeros((0, 0))
    to_known, to_others = alike[len(known) :, : len(known)], alike[len(known) :, len(known) :]
    groups: list[_Group] = []
    for place, lesson in enumerate(usable):
        nearest = int(to_known[place].argmax()) if known else -1
        if known and to_known[place, nearest] >= SAME:
            reason = f"is there already: {known[nearest]}"
            dropped.append(Dropped((lesson.id,), texts[place], reason, settled=True))
        else:
            _join(groups, place, to_others[place])
    groups.sort(key=lambda each: -len(each.places))
    return tuple(_proposal(each, usable, texts) for each in groups), tuple(dropped)


def _join(groups: list[_Group], place: int, alike: Floats) -> None:
    """Put a lesson into the group whose first lesson it is most alike to, or into one of its own."""
    nearest = max(groups, key=lambda each: alike[each.places[0]], default=None)
    if nearest is None or alike[nearest.places[0]] < ALIKE:
        groups.append(nearest := _Group())
    nearest.places.append(place)
    if all(alike[other] < SAME for other in nearest.chosen):
        nearest.chosen.append(place)


def _proposal(found: _Group, lessons: Sequence[Lesson], texts: Sequence[str]) -> Proposal:
    members = [lessons[place] for place in found.places]
    days = [lesson.day for lesson in members]
    evidence = Evidence(tuple(lesson.id for lesson in members), min(days), max(days))
    chosen = tuple(texts[place] for place in found.chosen)
    return Proposal(members[0].kind, members[0].target, chosen, evidence)


def _unusable(lesson: Lesson) -> Dropped:
    text = as_phrasing(lesson.text)
    reason = f"is longer than {MAX_PHRASING:,} characters; word it shorter by hand" if text else "holds no words"
    return Dropped((lesson.id,), text[:80], reason, settled=False)
