"""Reads an FAQ: Markdown in, Faq(entries, signposts, notes) out. Knows nothing of Slack and of matching."""

from bot.faq.entry import Entry, Faq, Signpost
from bot.faq.loader import load_entries, load_faq

__all__ = ["Entry", "Faq", "Signpost", "load_entries", "load_faq"]
