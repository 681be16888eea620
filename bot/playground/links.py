"""An address in, a link that is safe to click out, or mere text: only web and mail addresses can be followed."""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bot.emulator.workspace import TEAM_DOMAIN

SAFE = ("http", "https", "mailto")
_PERMALINK = re.compile(
    rf"https://{TEAM_DOMAIN}\.slack\.com/archives/(?P<channel>[A-Z0-9]+)/p(?P<s>\d+)(?P<f>\d{{6}})"
    r"(?:\?thread_ts=(?P<thread>[0-9.]+).*)?"
)


def is_safe(url: str) -> bool:
    """Tell whether an address may be followed."""
    try:
        return urlsplit(url.strip()).scheme.lower() in SAFE
    except ValueError:
        return False


def local(url: str) -> str | None:
    """Give the place on this page that a permalink of this workspace leads to."""
    found = _PERMALINK.fullmatch(url)
    if not found:
        return None
    ts = f"{found['s']}.{found['f']}"
    return f"/?in={found['channel']}&thread={found['thread'] or ts}#m-{ts}"


def link(url: str, shown: Markup) -> Markup:
    """Build a link; it opens beside the chat, unless it leads to a place in it."""
    if here := local(url):
        return Markup('<a href="{}" data-go>{}</a>').format(here, shown)
    if not is_safe(url):
        return escape(shown)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, shown)
