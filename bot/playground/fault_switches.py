"""The faults of the wire as switches: which there are, which are on. Makes none itself: /control/trouble does."""

from bot.emulator.emulator import Emulator
from bot.emulator.messages import Json

POSTING = "chat.postMessage"

WEATHERS: tuple[tuple[str, str, Json], ...] = (
    ("fair", "Fair: Slack takes every message", {}),
    ("slow", "Slow: each takes two seconds", {"fault": "slow", "seconds": 2, "share": 1.0}),
    ("rate_limited", "Limited: every second is put off", {"fault": "rate_limited", "seconds": 1, "share": 0.5}),
    ("server_error", "Failing: every third meets an error", {"fault": "server_error", "share": 0.34}),
    ("reset", "Breaking: every third loses its line", {"fault": "reset", "share": 0.34}),
    ("refuse_blocks", "Refusing: no message may have blocks", {"fault": "refuse_blocks", "share": 1.0}),
)
"""Name, label, and the wish that makes it so."""


def current_weather(slack: Emulator) -> str:
    """Give the name of the weather that stays."""
    outage, _ = slack.outages.standing.get(POSTING, (None, 0.0))
    return outage.kind if outage else "fair"


def tell_troubles(slack: Emulator) -> list[str]:
    """Say in a few words each what goes wrong on purpose now."""
    told = [
        label.partition(":")[2].strip() for name, label, wish in WEATHERS if wish and name == current_weather(slack)
    ]
    if slack.outages.left:
        told.append(f"{slack.outages.left} calls to come will fail")
    if slack.socket.loses_everything:
        told.append("the line loses everything")
    if slack.dispatch.duplicates:
        told.append("the next event comes twice")
    if slack.dispatch.delays:
        told.append("the next event comes late")
    return told
