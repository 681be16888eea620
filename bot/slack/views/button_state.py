"""What buttons carry over a restart, packed into the text that Slack keeps for us, and unpacked again with distrust.

The bot cannot read a message in a channel again, so a button carries the question; before a click nothing is stored.
"""

import json
from dataclasses import dataclass
from typing import Any

from bot.store import Sent

VALUE_LIMIT = 2000
"""Characters that a button's value holds."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The state behind a button; most buttons need a part of it."""

    entry: str = ""
    """The id of the entry it is about."""
    asker: str = ""
    """The id of the person whose question it was."""
    thread: str = ""
    """The ts of the thread a reply belongs to."""
    others: tuple[str, ...] = ()
    """The ids of the runners-up."""
    thumb: str = ""
    """What somebody thinks of the entry: "up" or "down"."""
    page: int = 0
    text: str = ""
    """The question, as its asker typed it: the bot cannot read a message in a channel again."""
    channel: str = ""
    """Where it was asked."""
    source: str = ""
    """What tells it from every other question."""
    surface: str = ""
    """The way by which it came."""
    confidence: str = ""
    """How likely `entry` was to answer it, as a decimal number."""


_KEYS = {
    "entry": "e",
    "asker": "a",
    "thread": "t",
    "thumb": "f",
    "page": "p",
    "text": "q",
    "channel": "c",
    "source": "s",
    "surface": "w",
    "confidence": "n",
}


def encode(carried: Carried) -> str:
    """Pack into at most 2,000 characters: the question is cut to that, and runners-up that do not fit are left out."""
    packed = {key: value for name, key in _KEYS.items() if (value := getattr(carried, name))}
    others = list(carried.others)
    while (excess := len(text := _dump(packed, others)) - VALUE_LIMIT) > 0 and ("q" in packed or others):
        if question := packed.pop("q", ""):
            packed |= {"q": shorter} if (shorter := question[: -max(1, excess // 2)]) else {}
        else:
            others.pop()
    return text


def _dump(packed: dict[str, Any], others: list[str]) -> str:
    return json.dumps(packed | ({"o": others} if others else {}), ensure_ascii=False)


def decode(value: object) -> Carried | None:
    """Unpack; None where the text is not one that `encode` made: somebody tampered with it."""
    try:
        packed = json.loads(str(value or ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(packed, dict):
        return None
    texts = {name: packed.get(key, "") for name, key in _KEYS.items() if name != "page"}
    others, page = packed.get("o", []), packed.get("p", 0)
    well_typed = all(isinstance(text, str) for text in texts.values()) and type(page) is int and page >= 0
    if not (well_typed and isinstance(others, list) and all(isinstance(other, str) for other in others)):
        return None
    return Carried(**texts, others=tuple(others), page=page)


def carry(sent: Sent) -> Carried:
    """Pack a question that its asker may send on to the maintainers."""
    return Carried(
        text=sent.text,
        entry=sent.best,
        confidence=f"{sent.confidence:.4f}" if sent.best else "",
        surface=sent.surface,
        asker=sent.asker,
        channel=sent.channel,
        thread=sent.thread,
        source=sent.source,
    )


def sent_of(carried: Carried) -> Sent | None:
    """Return what goes into the inbox, or None where a button carries no question."""
    if not (carried.text and carried.source and carried.asker):
        return None
    try:
        confidence = float(carried.confidence or 0)
    except ValueError:
        return None
    return Sent(
        source=carried.source,
        text=carried.text,
        asker=carried.asker,
        channel=carried.channel,
        thread=carried.thread,
        surface=carried.surface,
        best=carried.entry,
        confidence=confidence,
    )
