"""The help desk: the whole conversation, for any chat network. It knows none, and nothing of Slack."""

from bot.desk.answerer import Answerer, Publication
from bot.desk.digest import Digest
from bot.desk.help_desk import Admission, Decided, HelpDesk, Policy, sent_from
from bot.desk.notices import Messenger, NotDeliveredError, Notice, Notices, Once
from bot.desk.reload import Fingerprint, LastGood, Reloader, Result, take_fingerprint

__all__ = [
    "Admission",
    "Answerer",
    "Decided",
    "Digest",
    "Fingerprint",
    "HelpDesk",
    "LastGood",
    "Messenger",
    "NotDeliveredError",
    "Notice",
    "Notices",
    "Once",
    "Policy",
    "Publication",
    "Reloader",
    "Result",
    "sent_from",
    "take_fingerprint",
]
