"""The trigger_id that comes with commands, clicks and shortcuts: it opens one modal within three seconds.

Source: https://docs.slack.dev/reference/methods/views.open (errors).
"""

import itertools
import uuid
from collections.abc import Callable

from .acceptance import SlackError

LIFETIME = 3.0


class Triggers:
    """Issues trigger ids and takes each back once."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.lifetime = LIFETIME
        self._issued: dict[str, tuple[float, str]] = {}
        self._spent: set[str] = set()
        self._numbers = itertools.count(1)

    def issue(self, user: str) -> str:
        """Give a fresh one to that person's deed."""
        trigger = f"{next(self._numbers):013d}.1111111111.{uuid.uuid4().hex}"
        self._issued[trigger] = (self.clock(), user)
        return trigger

    def spend(self, trigger: object) -> str:
        """Take one back; gives the person.

        Raises:
            SlackError: invalid_trigger_id, exchanged_trigger_id, expired_trigger_id.
        """
        if not isinstance(trigger, str) or trigger not in self._issued:
            raise SlackError("invalid_trigger_id")
        if trigger in self._spent:
            raise SlackError("exchanged_trigger_id")
        issued, user = self._issued[trigger]
        if self.clock() - issued >= self.lifetime:
            raise SlackError("expired_trigger_id")
        self._spent.add(trigger)
        return user
