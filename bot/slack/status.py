"""The bot's state in, GET /healthz, /readyz and /metrics out: for supervisors, load balancers and dashboards."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import CONTENT_TYPE, Metrics


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells how the bot fares; each gives a reason, or nothing where all is well."""

    faq: Callable[[], str]
    """Why the newest FAQ is not the one that is served."""
    database: Callable[[], str]
    """Why nothing can be saved. Answers go on all the same."""
    slack: Callable[[], str]
    """Why nobody can be answered."""
    metrics: Metrics


def status_routes(signs: Signs) -> list[Route]:
    """Serve the signs: /readyz has status 503 while nobody can be answered."""

    async def be_healthy(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def tell_readiness(_: Request) -> Response:
        faq, database, slack = signs.faq(), signs.database(), signs.slack()
        told = {
            "ready": not slack,
            "slack": slack or "reachable",
            "faq": f"the last good one: {faq}" if faq else "up to date",
            "database": database or "saves",
        }
        return JSONResponse(told, status_code=503 if slack else 200)

    async def tell_metrics(_: Request) -> Response:
        return Response(signs.metrics.render(), headers={"content-type": CONTENT_TYPE})

    return [
        Route("/healthz", be_healthy, methods=["GET"]),
        Route("/readyz", tell_readiness, methods=["GET"]),
        Route("/metrics", tell_metrics, methods=["GET"]),
    ]


def build_status_app(signs: Signs) -> Starlette:
    """Serve the signs alone, beside Socket Mode."""
    return Starlette(routes=status_routes(signs))
