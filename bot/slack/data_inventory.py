"""What each table of the database holds, column by column, and for how long, in words for people. Reads nothing."""

from dataclasses import dataclass

from bot.store.events import EXPIRY, KEEP_REPLIES


@dataclass(frozen=True, slots=True)
class Holding:
    """One table, explained to somebody who has to agree to it."""

    what: str
    columns: dict[str, str]
    """What each column holds, by its name."""
    how_long: str


def _days(seconds: float) -> str:
    days = round(seconds / 86_400)
    return f"{days} day{'s' * (days != 1)}"


_WHEN = "when"
_RETENTION = "`RETENTION_DAYS` (365 days), or until `forget`"

HOLDINGS: dict[str, Holding] = {
    "events": Holding(
        "which deliveries of Slack's are being answered or were, so that none is answered twice",
        {"key": "Slack's id of the event, or of the message", "state": "how far it got", "taker": "which process",
         "at": _WHEN},
        _days(EXPIRY),
    ),
    "replies": Holding(
        "where the bot's replies stand, so that an edited or deleted question finds its own",
        {"channel": "the channel's id", "question_ts": "the question's id", "reply_ts": "the reply's id", "at": _WHEN},
        _days(KEEP_REPLIES),
    ),
    "feedback": Holding(
        "thumbs that people pressed, with the reason that they typed, if they did",
        {"reply": "the reply's id", "person": "who pressed: a Slack id", "entry": "the entry's id",
         "helpful": "up or down", "reason": "what they typed", "at": _WHEN},
        _RETENTION,
    ),
    "counts": Holding(
        "numbers: how often which entry was given on which day, of which kind, by which way; no person",
        {"day": "the day", "entry": "the entry's id", "kind": "the kind of reply", "surface": "mention, command, ...",
         "number": "how often"},
        "until the database is deleted",
    ),
    "inbox": Holding(
        "questions that their askers sent on to the maintainers, and what became of them"
        " (with `KEEP_UNANSWERED`, off by default, also every question without an answer)",
        {"id": "a number", "source": "the question's id", "text": "the question as it was typed",
         "asker": "who asked: a Slack id", "channel": "where: an id", "thread": "the thread's id",
         "surface": "mention, command, ...", "at": _WHEN, "sent_on": "whether its asker sent it on",
         "best": "the likeliest entry's id", "confidence": "how likely it was", "status": "what became of it",
         "entry": "the entry that answers it", "topic": "the subject it belongs to",
         "handled_by": "the maintainer's Slack id", "handled_at": _WHEN, "told": "whether its asker was told",
         "written": "whether it became a phrasing in the FAQ", "card": "its message in the maintainers' channel",
         "shown": "what that message says became of it"},
        _RETENTION,
    ),
}  # fmt: skip
