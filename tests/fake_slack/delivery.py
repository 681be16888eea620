"""What both transports share: how a delivery is acknowledged and how it says that it is a repetition."""

from dataclasses import dataclass
from typing import Protocol

from .messages import Json


@dataclass(frozen=True, slots=True)
class Ack:
    """The bot's answer to one delivery."""

    ok: bool
    payload: Json | None = None
    """What came with it: for a command, a message to the asker."""
    seconds: float = 0.0
    """How long it took. Slack gives up after 3."""
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """Marks a repetition of an event that Slack believes was not received."""

    number: int = 1
    reason: str = "http_timeout"


class Transport(Protocol):
    """Carries payloads to the bot."""

    async def send_event(self, payload: Json, retry: Retry | None = None) -> Ack: ...

    async def send_command(self, form: Json) -> Ack: ...

    async def send_interaction(self, payload: Json) -> Ack: ...

    async def close(self) -> None: ...
