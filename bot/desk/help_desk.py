"""The help desk: everything that happens between a question and its end, for any chat network.

Handlers of a network read its events, ask the desk, and show what it says. What fails here is logged, and its caller
gets a value that says so: a question always gets some reply.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Literal

import structlog

from bot.desk.answerer import Answerer, Publication
from bot.desk.conversations import PostedReplies
from bot.desk.rate_limit import RateLimit
from bot.dialogue import Answer, Asked, NoAnswer, Question, Reply, Signposted
from bot.faq import Entry, Faq
from bot.metrics import Metrics
from bot.store import TEXT_LIMIT, AsyncStore, Decision, Deduplication, Item, Sent, storable

MOST_BY_WORKFLOWS = 3
"""Questions that workflows get answered in one thread within a day: two bots may answer each other."""
DAY = 86_400.0

Admission = Literal["welcome", "limit reached", "ignored"]

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator has set; the settings of the same names tell more."""

    maintainers: frozenset[str] = frozenset()
    """Ids of the people who decide about the inbox and may remove any reply."""
    maintainers_channel: str | None = None
    tell_askers: bool = True
    keep_unanswered: bool = False
    digest_day: str = "never"
    questions_per_minute: int = 300


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a maintainer's decision."""

    item: Item | None
    """The question as it is now; None where there is no such question."""
    is_first: bool
    """Whether this decision counts; else somebody else had decided before."""


def _utc_today() -> date:
    return datetime.now(UTC).date()


@dataclass(slots=True)
class HelpDesk:
    """Answers, remembers what must be remembered, and knows who may do what."""

    answerer: Answerer
    store: AsyncStore
    policy: Policy = field(default_factory=Policy)
    metrics: Metrics = field(default_factory=Metrics)
    today: Callable[[], date] = _utc_today
    replies: PostedReplies = field(default_factory=PostedReplies)
    events: Deduplication = field(init=False)
    """Tells which events are this process's to answer."""
    _people: RateLimit = field(init=False)
    _workflows: RateLimit = field(init=False)

    def __post_init__(self) -> None:
        """Build what follows from the parts."""
        self.events = Deduplication(self.store)
        self._people = RateLimit(self.policy.questions_per_minute)
        self._workflows = RateLimit(MOST_BY_WORKFLOWS, window=DAY)

    @property
    def faq(self) -> Faq:
        """The FAQ that is served."""
        return self.answerer.faq

    @property
    def publication(self) -> Publication:
        """Where the full FAQ can be read."""
        return self.answerer.publication

    def admit(self, asked: Asked) -> Admission:
        """Count a question, and return whether to answer it; "limit reached" once a minute, for who asks too often."""
        if asked.workflow and self._workflows.exceeds(asked.question.conversation):
            log.warning("a thread in which workflows ask again and again is ignored")
            return "ignored"
        too_many = self._people.exceeds(asked.asker or asked.workflow)
        if not too_many:
            return "welcome"
        self.metrics.limited.inc()
        if too_many > 1:
            return "ignored"
        log.warning("a person or a workflow asks too often")
        return "limit reached"

    async def ask(self, question: Question) -> Reply | None:
        """Return the reply, counted and logged; None if the program itself failed, its traceback in the log."""
        started = perf_counter()
        try:
            reply = await self.answerer.reply_soon(question)
        except Exception:
            log.exception("a question could not be answered", surface=question.surface)
            return None
        best = reply.matches[0] if reply.matches else None
        log.info(
            "replied",
            surface=question.surface,
            kind=reply.kind,
            entry=best.entry.id if best else None,
            confidence=best.confidence if best else None,
            ms=round((perf_counter() - started) * 1000, 1),
        )
        self.metrics.questions.labels(question.surface, reply.kind).inc()
        self.metrics.confidence.labels(reply.kind).observe(best.confidence if best else 0.0)
        is_small_talk = isinstance(reply, Signposted) and reply.signpost.small_talk
        given = reply.matches[0].entry.id if isinstance(reply, Answer) else ""
        self.store.count("small_talk" if is_small_talk else reply.kind, given, question.surface)
        return reply

    async def keep_unanswered(self, reply: Reply, sent: Sent | None) -> None:
        """Keep a question without an answer for the maintainers, if the operator has set so; else nothing is kept."""
        if self.policy.keep_unanswered and sent and isinstance(reply, NoAnswer) and not reply.unclear:
            await self.store.save(lambda store: store.inbox.add(sent, sent_on=False))

    def answer_above(self, asked: Asked, reply: Reply) -> str | None:
        """Return the message of the same thread that holds this answer already; None where the reply is to be given."""
        if not isinstance(reply, Answer) or reply.more:
            return None
        return self.replies.answer_in(asked.channel, asked.thread or "", reply.matches[0].entry.id)

    async def record_reply(self, asked: Asked, reply: Reply | None, message: str | None) -> None:
        """Remember where the reply to a question stands, and which answers its thread holds now."""
        self.replies.record_reply(asked.channel, asked.message, message)
        if message is None:
            return
        if asked.question.surface.follows_edits:
            await self.store.save(lambda store: store.events.record_reply(asked.channel, asked.message, message))
        for entry_id in _given(reply) if asked.thread else ():
            self.replies.record_answer(asked.channel, asked.thread or "", entry_id, message)

    async def reply_to(self, channel: str, message: str) -> str | None:
        """Return the message that replies to another one: from memory, or from the store after a restart."""
        found = self.replies.reply_to(channel, message)
        return found or await self.store.load(lambda store: store.events.reply_to(channel, message), None)

    async def forget_reply(self, channel: str, reply: str) -> None:
        """Forget a reply that was removed."""
        self.replies.forget_reply(channel, reply)
        await self.store.save(lambda store: store.events.forget_reply(channel, reply))

    def may_remove(self, person: str, asker: str) -> bool:
        """Return whether a person may remove a reply: its asker and maintainers may."""
        return person == asker or person in self.policy.maintainers

    def choose(self, entry_id: str, conversation: str) -> Entry | None:
        """Return the entry that somebody chose from those offered, counted; None where it has gone from the FAQ."""
        entry = self.faq.entry(entry_id)
        if entry:
            log.info("chosen", entry=entry.id)
            self.store.count("chosen", entry.id, "click")
            self.answerer.record_given(conversation, entry.id)
        return entry

    def refuse_all(self) -> None:
        """Count that none of the entries that were offered was right."""
        log.info("none of these")
        self.store.count("none_of_these", "", "click")

    def entries(self, ids: tuple[str, ...]) -> tuple[Entry, ...]:
        """Return the entries of these ids that the FAQ still has."""
        return tuple(entry for entry_id in ids if (entry := self.faq.entry(entry_id)))

    async def rate(self, reply: str, person: str, entry_id: str, *, helpful: bool) -> bool:
        """Save a thumb; return whether it is safe."""
        saved = await self.store.save(lambda store: store.feedback.record(reply, person, entry_id, helpful=helpful))
        log.info("feedback", entry=entry_id, helpful=helpful, saved=saved)
        return saved

    async def give_reason(self, reply: str, person: str, reason: str) -> bool:
        """Save why an answer was no help; return whether it is safe."""
        saved = await self.store.save(lambda store: store.feedback.record_reason(reply, person, reason))
        log.info("reason given", saved=saved)
        return saved

    async def submit(self, sent: Sent) -> tuple[Item | None, bool]:
        """Put a question into the inbox; return it, None where that failed, and whether it is new there."""
        item, is_new = await self.store.load(lambda store: store.inbox.add(sent), otherwise=(None, False))
        log.info("sent on", item=item.id if item else None, saved=item is not None, new=is_new)
        return item, is_new

    async def decide(self, number: int, decision: Decision, by: str, subject: str) -> Decided | None:
        """Decide about a question of the inbox; None where that could not be saved.

        `subject` is the id of the entry that answers it, or the topic of the signpost it belongs to.
        """
        about = {"answered": {"entry": subject}, "not_for_faq": {"topic": subject}}.get(decision, {})
        found = await self.store.load(lambda store: store.inbox.handle(number, decision, by, **about), otherwise=None)
        if found is None:
            return None
        log.info("decided", item=number, decision=decision, won=found[1])
        return Decided(*found)


def sent_from(asked: Asked, text: str, reply: Reply) -> Sent:
    """Build what goes into the inbox if the asker sends the question on; `text` is the question without mentions."""
    best = reply.matches[0] if reply.matches else None
    return Sent(
        source=asked.keys[-1],
        text=storable(text, TEXT_LIMIT),
        asker=asked.asker,
        channel=asked.channel,
        thread=asked.thread or "",
        surface=asked.question.surface,
        best=best.entry.id if best else "",
        confidence=best.confidence if best else 0.0,
    )


def _given(reply: Reply | None) -> tuple[str, ...]:
    """Return the ids of the entries that a reply holds in full."""
    replies = (reply, *reply.more) if reply else ()
    return tuple(each.matches[0].entry.id for each in replies if isinstance(each, Answer))
