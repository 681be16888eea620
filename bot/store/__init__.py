"""What the bot remembers: events seen, where its replies stand, and what people thought of them."""

from bot.store.feedback import Feedback
from bot.store.replies import ReplyBook
from bot.store.seen import SeenEvents

__all__ = ["Feedback", "ReplyBook", "SeenEvents"]
