"""Asking the help desk on behalf of somebody in Slack: whatever fails is logged, and the asker gets a sentence."""

from time import perf_counter

import structlog

from bot.dialogue import Answer, NoAnswer, Question, Reply, Signposted
from bot.slack.questions import unpack
from bot.slack.services import Services
from bot.slack.values import Carried

log = structlog.stdlib.get_logger(__name__)


async def ask_desk(services: Services, question: Question) -> Reply | None:
    """Give the reply, counted and logged in a line; None if the program itself failed, its traceback in the log."""
    started = perf_counter()
    try:
        reply = await services.desk.reply_soon(question)
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
    services.metrics.questions.labels(question.surface, reply.kind).inc()
    services.metrics.confidence.labels(reply.kind).observe(best.confidence if best else 0.0)
    given = reply.matches[0].entry.id if isinstance(reply, Answer) else ""
    is_small_talk = isinstance(reply, Signposted) and reply.signpost.small_talk
    services.keeper.count("small_talk" if is_small_talk else reply.kind, given, question.surface)
    return reply


async def keep_unanswered(services: Services, reply: Reply, carried: Carried) -> None:
    """Keep a question without an answer for the maintainers, if the operator has set so; else nothing is kept."""
    if (
        not services.policy.keep_unanswered
        or not isinstance(reply, NoAnswer)
        or reply.unclear
        or not (sent := unpack(carried))
    ):
        return
    await services.keeper.save(lambda store: store.inbox.add(sent, sent_on=False))
