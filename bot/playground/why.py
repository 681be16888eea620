"""Explains how a question got its reply, for the panel beside it; asks the help desk again, and posts nothing."""

from dataclasses import dataclass
from time import perf_counter

from bot.desk import Answerer
from bot.dialogue import Answer, Match, NoAnswer, Question, Reply, Signposted, Suggestions, Surface
from bot.matching import Direction, Effect, Explanation, Likeness, Thresholds

TELLING = 0.005
"""Words that change the confidence by less are not worth a place."""
MOST_LIKELY = 3
CERTAIN_SIGNPOST = 0.01
"""A signpost less likely than this is not shown."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What the panel shows."""

    asked: str
    explanation: Explanation
    decision: str
    signpost: Direction | None
    """The nearest signpost, where it is nearer than every entry."""
    thresholds: Thresholds
    effects: tuple[Effect, ...]
    """The words that count, those for the first match first."""
    phrasings: tuple[tuple[str, str, float], ...]
    """Text, owner and likeness."""
    desk_seconds: float
    wire_seconds: float | None
    """From the message to the reply, as the asker waited; None where the reply was changed since."""

    @property
    def matches(self) -> tuple[Match, ...]:
        """The likeliest entries."""
        return self.explanation.matches[:MOST_LIKELY]

    @property
    def unknown(self) -> list[str]:
        """The words that the FAQ lacks."""
        return [effect.word for effect in self.explanation.effects if not effect.known]


def find_out(answerer: Answerer, asked: str, wire_seconds: float | None) -> Happened:
    """Ask the same question again and explain the reply."""
    started = perf_counter()
    reply = answerer.reply_to(Question(asked, Surface.TERMINAL))
    took = perf_counter() - started
    explanation = answerer.index.explain(asked, answerer.thresholds)
    nearest = max(explanation.confidence, CERTAIN_SIGNPOST)
    telling = [effect for effect in explanation.effects if abs(effect.change) > TELLING]
    return Happened(
        asked=asked,
        explanation=explanation,
        decision=describe(reply, answerer.thresholds),
        signpost=next((each for each in answerer.index.search(asked).signposts[:1] if each.confidence > nearest), None),
        thresholds=answerer.thresholds,
        effects=tuple(sorted(telling, key=lambda effect: -effect.change)),
        phrasings=tuple((a.text, _owner(answerer, a), a.similarity) for a in explanation.phrasings[:MOST_LIKELY]),
        desk_seconds=took,
        wire_seconds=wire_seconds,
    )


def describe(reply: Reply, thresholds: Thresholds) -> str:
    """Say in a sentence what was decided, and why."""
    best = reply.matches[0].confidence if reply.matches else 0.0
    match reply:
        case Answer() if reply.more:
            return f"Several questions in one message, {1 + len(reply.more)} of them answered."
        case Answer():
            return f"A direct answer: {best:.0%} is at least {thresholds.answer:.0%}."
        case Suggestions():
            return f"Suggestions: {best:.0%} is too little for a direct answer, which takes {thresholds.answer:.0%}."
        case Signposted():
            return f"A signpost, since it is nearer than the best entry with its {best:.0%}."
        case NoAnswer():
            return f"An honest no: {best:.0%} is below the {thresholds.min_suggestion:.0%} of a suggestion."


def _owner(answerer: Answerer, likeness: Likeness) -> str:
    if likeness.entry:
        return answerer.faq.entries[likeness.owner].question
    return f"signpost: {answerer.faq.signposts[likeness.owner].topic}"
