"""What buttons carry over a restart: packed, signed, and unpacked again with distrust.

The bot cannot read a message in a channel again, so a button carries the question; before a click nothing is stored.
Whoever can see a message can send Slack a click with another value. A signature binds each value to its action, and to
the channel, thread and person as far as these are known when it is drawn.
"""

import base64
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.store import Sent

VALUE_LIMIT = 2000
"""Characters that a button's value holds."""
OPTION_LIMIT = 150
"""Characters that the value of an option of a select or menu holds."""
SIGNATURE_ROOM = 36
"""Characters that a signature adds at most."""

PICKER = "pick_for_"
"""Begins the block_id of the select of a preview; the thread's ts stands behind it, since a select carries no value."""
CARD = "inbox_"
"""Begins the block_id of the row of buttons of a question in the inbox; the item's number stands behind it."""
BLOCK = "block_id"
"""What a block_id is signed for: the actions of the block share it."""

_MARK = r"([ctpk]*)\.([A-Za-z0-9_-]{22})"
_IN_JSON = re.compile(rf'(?s)(.*?)(?:, )?"k": "{_MARK}"\}}')
_BEHIND = re.compile(rf"(?s)(.*)~{_MARK}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is drawn or clicked, as far as that is known. A signature counts nowhere else."""

    channel: str = ""
    thread: str = ""
    """The ts of the thread's first message."""
    person: str = ""
    """The one who sees it, where nobody else does."""
    kind: str = ""
    """With which letter the channel's id begins: D is a direct message, even where its id is not known yet."""


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
    """Pack into what a value holds beside its signature: the question is cut, then runners-up are left out."""
    packed = {key: value for name, key in _KEYS.items() if (value := getattr(carried, name))}
    others = list(carried.others)
    room = VALUE_LIMIT - SIGNATURE_ROOM
    while (excess := len(text := _dump(packed, others)) - room) > 0 and ("q" in packed or others):
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


def option_value(text: str) -> str:
    """Return an id or topic as the value of an option; one that is too long with its signature ends in a hash."""
    if len(text) <= OPTION_LIMIT - SIGNATURE_ROOM:
        return text
    return f"{text[:80]}-{sha256(text.encode(errors='replace')).hexdigest()[:32]}"


def sign(text: str, purpose: str, key: str, place: Place) -> str:
    """Sign a value for what it does, usually an action_id, in a place. Values in JSON stay JSON."""
    scope = "".join(name[0] for name in Place.__slots__ if getattr(place, name))
    mark = f"{scope}.{_tag(text, purpose, key, scope, place)}"
    if not text.endswith("}"):
        return f"{text}~{mark}"
    comma = "" if text == "{}" else ", "
    return f'{text[:-1]}{comma}"k": "{mark}"}}'


def verify(value: str, purpose: str, key: str, place: Place) -> str | None:
    """Return what was signed; None where the signature is missing, is of another key, or is for something else."""
    text, scope, tag = _split(value)
    return text if tag and hmac.compare_digest(tag, _tag(text, purpose, key, scope, place)) else None


def unsigned(value: str) -> str | None:
    """Return a value that has no signature, as older versions drew them; None where it has one."""
    return None if _split(value)[2] else value


def sign_blocks(blocks: Iterable[dict[str, Any]], key: str, place: Place) -> tuple[dict[str, Any], ...]:
    """Sign all that blocks carry: values, those of options, and block_ids with something in them."""
    return tuple(_sign_all(block, "", key, place) for block in blocks)


def _sign_all(node: Any, action: str, key: str, place: Place) -> Any:
    if isinstance(node, list):
        return [_sign_all(each, action, key, place) for each in node]
    if not isinstance(node, dict):
        return node
    action = node.get("action_id", action)
    signed = {name: _sign_all(each, action, key, place) for name, each in node.items()}
    if "value" in node:
        signed["value"] = sign(node["value"], action, key, place)
    if str(node.get("block_id")).startswith((PICKER, CARD)):
        signed["block_id"] = sign(node["block_id"], BLOCK, key, place)
    return signed


def _split(value: str) -> tuple[str, str, str]:
    """Return a value without its signature, for which parts of the place that is, and the signature, empty if none."""
    if found := _IN_JSON.fullmatch(value):
        return f"{found[1]}}}", found[2], found[3]
    if found := _BEHIND.fullmatch(value):
        return found[1], found[2], found[3]
    return value, "", ""


def plain(text: str) -> str:
    """Return a text without entities, so that it does not matter whether Slack gives & and < back as such."""
    return re.sub("&(?:amp;)+", "&", text).replace("&lt;", "<").replace("&gt;", ">")


def _tag(text: str, purpose: str, key: str, scope: str, place: Place) -> str:
    known = [getattr(place, name) for name in Place.__slots__ if name[0] in scope]
    digest = hmac.digest(key.encode(), json.dumps([plain(text), purpose, scope, *known]).encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
