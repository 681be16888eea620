"""The web server, as far as it is stock that another version may change."""

import asyncio
import signal
import socket
from urllib.parse import urlsplit

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import SettingsError
from bot.metrics import Metrics
from bot.slack.transport.server import Connections, listening


async def say_who(request: Request) -> PlainTextResponse:
    assert request.client is not None
    return PlainTextResponse(f"{request.client.host}:{request.client.port}")


WEB = Starlette(routes=[Route("/", say_who)])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_signals_stay_ours_while_uvicorn_serves() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    async with listening(WEB, "127.0.0.1", free_port(), Metrics()):
        during = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    assert during == before, f"uvicorn {uvicorn.__version__} no longer takes signals in Server.capture_signals"


async def test_a_request_is_known_by_its_connection_whatever_a_proxy_adds() -> None:
    port = free_port()
    async with listening(WEB, "127.0.0.1", port, Metrics()), aiohttp.ClientSession() as session:
        for _ in range(2):
            async with session.get(f"http://127.0.0.1:{port}/", headers={"X-Forwarded-For": "10.9.8.7"}) as answer:
                assert urlsplit(f"//{await answer.text()}").hostname == "127.0.0.1", uvicorn.__version__


async def test_where_there_are_too_many_the_one_that_was_silent_for_longest_goes() -> None:
    closed: list[str] = []

    class Transport(asyncio.Transport):
        def __init__(self, name: str) -> None:
            self.name = name

        def abort(self) -> None:
            closed.append(self.name)

    first, second, third = (("10.0.0.1", port) for port in (1, 2, 3))
    connections = Connections(Metrics(), most=2, patience=3600)
    connections.add(first, Transport("first"))
    connections.add(second, Transport("second"))
    with connections.asking(first):
        connections.add(third, Transport("third"))
    assert closed == ["second"], "the first works on a request"
    assert len(connections) == 2


async def test_a_port_that_is_taken_is_named() -> None:
    port = free_port()
    async with listening(WEB, "127.0.0.1", port, Metrics()):
        with pytest.raises(SettingsError, match=f"PORT {port}"):
            async with listening(WEB, "127.0.0.1", port, Metrics()):
                pass
