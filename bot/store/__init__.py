"""What must outlive a restart: events taken, thumbs, questions sent on, and counts, in SQLite or PostgreSQL."""

from bot.store.address import read_address
from bot.store.async_store import AsyncStore, Batches, in_thread
from bot.store.deduplication import Deduplication, SeenEvents
from bot.store.events import DIGEST, Claim, Events
from bot.store.feedback import REASON_LIMIT, Feedback, Thumbs
from bot.store.fit_cache import FitCache
from bot.store.inbox import TEXT_LIMIT, Decision, Inbox, Item, Sent, Status
from bot.store.stats import Counted, Happening, Stats
from bot.store.store import Forgotten, SigningKey, Store, open_store
from bot.store.tables import storable

__all__ = [
    "DIGEST",
    "REASON_LIMIT",
    "TEXT_LIMIT",
    "AsyncStore",
    "Batches",
    "Claim",
    "Counted",
    "Decision",
    "Deduplication",
    "Events",
    "Feedback",
    "FitCache",
    "Forgotten",
    "Happening",
    "Inbox",
    "Item",
    "SeenEvents",
    "Sent",
    "SigningKey",
    "Stats",
    "Status",
    "Store",
    "Thumbs",
    "in_thread",
    "open_store",
    "read_address",
    "storable",
]
