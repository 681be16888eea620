"""Faults of the wire on demand: a JSON wish in, a worse Slack out.

{"fault": "rate_limited", "seconds": 1, "times": 2, "method": "chat.postMessage"}    the next calls
{"fault": "server_error", "share": 0.3, "seed": 7, "method": "response_url"}         every third call or so
{"fault": "one_a_second"}                                                            of chat.postMessage in a channel
{"fault": "drop"}                                                                    the socket, now
"""

from collections.abc import Awaitable, Callable
from typing import get_args

from .actions import NotUnderstoodError, Wish
from .emulator import Emulator
from .messages import Json
from .outages import KINDS, Outage
from .socket_mode import Goodbye
from .workspace import Change

LONGEST = 600.0


async def make_trouble(wish: Wish) -> Json:
    """Do what the wish says."""
    fault = wish.text("fault")
    if fault in KINDS:
        outage = Outage(KINDS[KINDS.index(fault)], _number(wish, "seconds", 1.0, LONGEST))
        method = wish.text("method", "chat.postMessage")
        if "share" in wish.fields:
            share, seed = _number(wish, "share", 0.0, 1.0), int(_number(wish, "seed", 0, 2**31))
            wish.slack.outages.stand(outage, share, method, seed)
        else:
            wish.slack.disturb(outage, int(_number(wish, "times", 1, 1000)), method)
    elif fault in _ON_THE_LINE:
        await _ON_THE_LINE[fault](wish)
    else:
        raise NotUnderstoodError(f"“fault” is one of {', '.join([*KINDS, *_ON_THE_LINE])}.")
    wish.slack.workspace.announce(Change("trouble"))
    return {}


def end_trouble(slack: Emulator) -> None:
    """Let good days come."""
    slack.outages.clear()
    slack.socket.recover()
    slack.api.pace.is_kept = False
    slack.dispatch.duplicates = 0
    slack.dispatch.delays.clear()
    slack.workspace.announce(Change("trouble"))


async def _drop(wish: Wish) -> None:
    wish.slack.socket.drop()


async def _fall_silent(wish: Wish) -> None:
    wish.slack.socket.loses_everything = True


async def _ignore_pings(wish: Wish) -> None:
    wish.slack.socket.loses_everything = wish.slack.socket.ignores_pings = True


async def _refuse(wish: Wish) -> None:
    wish.slack.socket.refusals = int(_number(wish, "times", 1, 1000))


async def _refresh(wish: Wish) -> None:
    reasons: dict[str, Goodbye] = {reason: reason for reason in get_args(Goodbye)}
    reason = wish.text("reason", "refresh_requested")
    if reason not in reasons:
        raise NotUnderstoodError(f"“reason” is one of {', '.join(reasons)}.")
    await wish.slack.socket.ask_to_reconnect(reasons[reason])


async def _duplicate(wish: Wish) -> None:
    wish.slack.dispatch.duplicates = int(_number(wish, "times", 1, 1000))


async def _keep_pace(wish: Wish) -> None:
    wish.slack.api.pace.is_kept = True


async def _delay(wish: Wish) -> None:
    times, seconds = int(_number(wish, "times", 1, 1000)), _number(wish, "seconds", 1.0, LONGEST)
    wish.slack.dispatch.delays.extend([seconds] * times)


_ON_THE_LINE: dict[str, Callable[[Wish], Awaitable[None]]] = {
    "drop": _drop,
    "silent": _fall_silent,
    "dead": _ignore_pings,
    "refuse": _refuse,
    "refresh": _refresh,
    "duplicate": _duplicate,
    "late": _delay,
    "one_a_second": _keep_pace,
}


def _number(wish: Wish, name: str, default: float, most: float) -> float:
    value = wish.fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise NotUnderstoodError(f"“{name}” is a number from 0 to {most:g}.")
    return float(value)
