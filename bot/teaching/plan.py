"""Lessons and the FAQ they are for come in, a plan goes out: each proposal with its effect, taken up or refused. Pure.

Proposals are tried one after the other, the most asked first, each beside those that were taken up before it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.encoder import Encoder
from bot.faq.entry import Entry, Faq, Signpost
from bot.matching import Index, Thresholds
from bot.quality.evaluate import Case
from bot.teaching.effects import ELSEWHERE, Effect, Standing, compare_standings, standing
from bot.teaching.grouping import Likeness, group
from bot.teaching.lesson import Dropped, Lesson, Proposal


@dataclass(frozen=True, slots=True)
class Step:
    """A proposal, what it does, and whether it is taken up."""

    proposal: Proposal
    effect: Effect | None
    """None for a draft, which the bot does not read."""
    refusal: str = ""
    """Why it is not taken up; empty if it is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be taught, and what not."""

    steps: tuple[Step, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def taken_up(self) -> tuple[Proposal, ...]:
        """Return the proposals that are taken up."""
        return tuple(step.proposal for step in self.steps if not step.refusal)

    @property
    def complete(self) -> bool:
        """Return whether every lesson is taught, or known already."""
        return all(not step.refusal for step in self.steps) and all(each.settled for each in self.dropped)


@dataclass(frozen=True, slots=True)
class Judges:
    """What proposals are judged with."""

    cases: Sequence[Case] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    encoder: Encoder | None = None
    force: bool = False
    """Take up what makes other entries worse, too."""
    progress: Callable[[int, int], None] = lambda _done, _of: None


def make_plan(lessons: Sequence[Lesson], faq: Faq, judges: Judges) -> Plan:
    """Group the lessons, and try each proposal on the FAQ."""
    if not lessons:
        return Plan()
    index = Index(faq.entries, faq.signposts, encoder=judges.encoder)
    proposals, dropped = _proposals(lessons, faq, index.likeness)
    taught = [each for each in proposals if each.kind != "draft"]
    now = standing(index, judges.cases, judges.thresholds) if taught else None
    steps = []
    for done, proposal in enumerate(proposals):
        judges.progress(done, len(proposals))
        if proposal.kind == "draft" or now is None:
            steps.append(Step(proposal, None))
            continue
        richer = teach(faq, proposal)
        step, then = _try(proposal, richer, now, judges)
        steps.append(step)
        if not step.refusal:
            faq, now = richer, then
    return Plan(tuple(steps), dropped)


def teach(faq: Faq, proposal: Proposal) -> Faq:
    """Return the FAQ as it would be with a proposal."""

    def taught(one: Entry, kind: str, name: str) -> Entry:
        hit = proposal.kind == kind and proposal.target == name
        return replace(one, also_asked=(*one.also_asked, *proposal.texts)) if hit else one

    entries = tuple(taught(entry, "phrasing", entry.id) for entry in faq.entries)
    signposts = tuple(
        replace(each, also_asked=(*each.also_asked, *proposal.texts))
        if proposal.kind == "example" and each.topic == proposal.target
        else each
        for each in faq.signposts
    )
    return replace(faq, entries=entries, signposts=signposts)


def _try(proposal: Proposal, richer: Faq, now: Standing, judges: Judges) -> tuple[Step, Standing]:
    index = Index(richer.entries, richer.signposts, encoder=judges.encoder)
    then = standing(index, judges.cases, judges.thresholds)
    effect = compare_standings(now, then, proposal.target if proposal.kind == "phrasing" else ELSEWHERE)
    refusal = "" if judges.force or not effect.losses else _told(effect)
    return Step(proposal, effect, refusal), then


def _told(effect: Effect) -> str:
    named = ", ".join(
        f"{owner or 'what the FAQ does not answer'} ({number})" for owner, number in effect.losses.items()
    )
    return f"makes others worse: {named}; for instance: {effect.lost[0]}"


def _proposals(lessons: Sequence[Lesson], faq: Faq, likeness: Likeness) -> tuple[list[Proposal], tuple[Dropped, ...]]:
    proposals: list[Proposal] = []
    dropped: list[Dropped] = []
    for kind, target in dict.fromkeys((lesson.kind, lesson.target) for lesson in lessons):
        mine = [lesson for lesson in lessons if (lesson.kind, lesson.target) == (kind, target)]
        known = _known(kind, target, faq)
        if isinstance(known, str):
            dropped += [Dropped((lesson.id,), lesson.text, known, settled=False) for lesson in mine]
            continue
        grouped, left = group(mine, known, likeness)
        proposals += grouped
        dropped += left
    return sorted(proposals, key=lambda each: -len(each.evidence.items)), tuple(dropped)


def _known(kind: str, target: str, faq: Faq) -> tuple[str, ...] | str:
    """Return the wordings that a target has, or say why it cannot be taught."""
    if kind == "draft":
        return tuple(text for entry in faq.entries for text in (entry.question, *entry.also_asked))
    if kind == "phrasing":
        entry = faq.entry(target)
        return (entry.question, *entry.also_asked) if entry else f"belongs to `{target}`, which has gone from the FAQ"
    return _examples(target, faq)


def _examples(topic: str, faq: Faq) -> tuple[str, ...] | str:
    found: Signpost | None = next((each for each in faq.signposts if each.topic == topic), None)
    if found is None:
        return f"belongs to the signpost `{topic}`, which has gone"
    return f"is small talk (`{topic}`), which ships with the bot" if found.small_talk else found.also_asked
