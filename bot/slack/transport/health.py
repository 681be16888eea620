"""Serves GET /healthz, /readyz and /metrics to supervisors, load balancers and dashboards. Shows no host or person."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import CONTENT_TYPE, Metrics

NO_TROUBLE = "no trouble"
"""What /readyz says of requests over HTTP where none are suspicious."""


@dataclass(frozen=True, slots=True)
class Health:
    """What tells how the bot fares; each gives a reason, or nothing where all is well."""

    faq: Callable[[], str]
    """Why the newest FAQ is not the one that is served."""
    database: Callable[[], str]
    """Why nothing can be saved. Answers go on all the same."""
    slack: Callable[[], str]
    """Why nobody can be answered."""
    metrics: Metrics
    requests: Callable[[], str] = lambda: ""
    """Why Slack's requests over HTTP are refused. Anybody can send forged ones, so this alone makes nothing unready."""


def health_routes(health: Health) -> list[Route]:
    """Serve the signs of life: /readyz has status 503 while nobody can be answered, and when the bot stops."""
    metrics = health.metrics
    metrics.observe("ready", "Whether people can be answered", lambda: float(not health.slack()))
    metrics.observe("stale", "Whether an older FAQ is served than the newest", lambda: float(bool(health.faq())))
    metrics.observe("refused", "Whether all recent signatures were wrong", lambda: float(bool(health.requests())))

    async def be_healthy(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def tell_readiness(_: Request) -> Response:
        faq, slack = health.faq(), health.slack()
        told = {
            "ready": not slack,
            "slack": slack or "reachable",
            "requests": health.requests() or NO_TROUBLE,
            "faq": f"the last good one: {faq}" if faq else "up to date",
            "database": health.database() or "saves",
        }
        return JSONResponse(told, status_code=503 if slack else 200)

    async def tell_metrics(_: Request) -> Response:
        return Response(metrics.render(), headers={"content-type": CONTENT_TYPE})

    return [
        Route("/healthz", be_healthy, methods=["GET"]),
        Route("/readyz", tell_readiness, methods=["GET"]),
        Route("/metrics", tell_metrics, methods=["GET"]),
    ]


def build_health_app(health: Health) -> Starlette:
    """Serve the signs of life alone, beside Socket Mode."""
    return Starlette(routes=health_routes(health))
