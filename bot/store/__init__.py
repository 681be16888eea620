"""What the bot remembers about events and, later, about feedback."""

from bot.store.seen import SeenEvents

__all__ = ["SeenEvents"]
