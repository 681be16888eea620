"""A call that Slack keeps waiting until the test lets it go on or loses it: for what must happen meanwhile."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from bot.emulator import Outage


@dataclass(frozen=True, slots=True)
class Hold(Outage):
    """Holds one call."""

    gate: asyncio.Future[bool] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    async def strike(self, request: web.Request) -> web.StreamResponse | None:
        return None if await self.gate else web.Response(status=500, text="lost on the way")

    def let_go(self) -> None:
        """Let Slack carry it out, whether whoever called is still there or not."""
        self.gate.set_result(True)

    def lose(self) -> None:
        """Let it be as if it had never reached Slack."""
        self.gate.set_result(False)
