"""What must outlive a restart: events taken, thumbs, questions sent on, and counts, in SQLite or PostgreSQL."""

from bot.store.address import read_address
from bot.store.counts import Counted, Happening
from bot.store.deletion import Forgotten
from bot.store.events import DIGEST, Claim, Events
from bot.store.feedback import Feedback, Thumbs
from bot.store.inbox import Inbox
from bot.store.items import Decision, Item, Sent, Status
from bot.store.keeper import Keeper
from bot.store.ledger import Ledger
from bot.store.numbers import Numbers, load_numbers
from bot.store.replies import ReplyBook
from bot.store.seen import SeenEvents
from bot.store.store import Store, open_store

__all__ = [
    "DIGEST",
    "Claim",
    "Counted",
    "Decision",
    "Events",
    "Feedback",
    "Forgotten",
    "Happening",
    "Inbox",
    "Item",
    "Keeper",
    "Ledger",
    "Numbers",
    "ReplyBook",
    "SeenEvents",
    "Sent",
    "Status",
    "Store",
    "Thumbs",
    "load_numbers",
    "open_store",
    "read_address",
]
